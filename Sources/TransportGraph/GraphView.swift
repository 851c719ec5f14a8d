/// A graph as one scenario sees it: what each link costs and which links are closed.
///
/// The topology is shared; a closure or a delay makes a new view and leaves the old one as it was,
/// so that scenarios run side by side and undoing one is dropping its view.
///
/// The impedance of an arc is a whole number of milliseconds (or millimetres, for a profile that
/// measures distance), rounded to nearest and at least 1. Sums of whole numbers are exact, so that
/// equal routes are recognised as equal and every algorithm finds the same ones.
public struct GraphView: Sendable {
  /// The topology, shared by all views of it.
  public let graph: TransportGraph
  /// What travellers minimise.
  public let profile: ImpedanceProfile
  /// Seconds on every link, with this view's delays; also of closed links, as if they were open.
  public private(set) var times: LinkTimes

  /// One bit a link.
  private var closedBits: [UInt64]
  /// One bit a link; an excluded link is closed as well.
  private var excludedBits: [UInt64]
  /// The sum of the impedances of all links: no route costs more, for it uses a link once at most.
  private(set) var totalImpedance: UInt64
  /// ``PackedArc`` with the head's rank, by slot of `graph.outgoing`.
  private(set) var outgoingArcs: [UInt64]
  /// ``PackedArc`` with the tail's rank, by slot of `graph.incoming`.
  private(set) var incomingArcs: [UInt64]

  /// Sums of two routes must fit 64 bits with a bit to spare.
  private static let maximumTotalImpedance: UInt64 = 1 << 62

  /// The graph under a profile, with every link open.
  ///
  /// - Throws: `badProfile`, `missingSpeed`, `linkTooSlow`, `impedanceOverflow`.
  /// - Complexity: O(nodes + links).
  public init(_ graph: TransportGraph, profile: ImpedanceProfile) throws(TransportGraphError) {
    self.graph = graph
    self.profile = profile
    times = try graph.times(profile)
    closedBits = [UInt64](repeating: 0, count: (graph.links.count + 63) / 64)
    excludedBits = closedBits
    totalImpedance = 0
    outgoingArcs = []
    incomingArcs = []
    var impedances: [UInt64] = []
    impedances.reserveCapacity(graph.links.count)
    for link in graph.links.indices {
      let impedance = try checkedImpedance(of: link)
      try addToTotal(impedance)
      impedances.append(impedance)
    }
    outgoingArcs = graph.outgoing.codes.map {
      PackedArc.pack(impedance: impedances[$0.link], rank: graph.headRank(of: $0))
    }
    incomingArcs = graph.incoming.codes.map {
      PackedArc.pack(impedance: impedances[$0.link], rank: graph.tailRank(of: $0))
    }
  }

  /// This view with more links closed, in both directions.
  ///
  /// - Complexity: O(arcs) to copy, then O(log degree) a link.
  public func closing(_ links: some Sequence<LinkID>) -> GraphView {
    var view = self
    view.close(links)
    return view
  }

  /// Closes links of this view itself, in both directions.
  ///
  /// - Returns: Those of the links that were open before, each once. ``reopen(_:)`` of them gives the
  ///   view as it was.
  /// - Complexity: O(log degree) a link; O(arcs) more the first time after the view was copied.
  @discardableResult
  public mutating func close(_ links: some Sequence<LinkID>) -> [LinkID] {
    var closed: [LinkID] = []
    for link in links where !isClosed(link) {
      closedBits[link.index / 64] |= 1 << UInt64(link.index % 64)
      pack(link.index)
      closed.append(link)
    }
    return closed
  }

  /// Reopens links of this view itself, in both directions. Links that are open, or that the view
  /// excludes, stay as they are.
  ///
  /// - Returns: Those of the links that were closed before, each once. ``close(_:)`` of them gives the
  ///   view as it was.
  /// - Complexity: as for ``close(_:)``.
  @discardableResult
  public mutating func reopen(_ links: some Sequence<LinkID>) -> [LinkID] {
    var reopened: [LinkID] = []
    for link in links where isClosed(link) && !isExcluded(link) {
      closedBits[link.index / 64] &= ~(1 << UInt64(link.index % 64))
      pack(link.index)
      reopened.append(link)
    }
    return reopened
  }

  /// This view without some links, in both directions: they are closed, and no reason for a missing way
  /// asks for their reopening. For links that are no part of the question, such as those of other
  /// modes.
  ///
  /// - Complexity: O(arcs) to copy, then O(log degree) a link.
  public func excluding(_ links: some Sequence<LinkID>) -> GraphView {
    let links = Array(links)
    var view = closing(links)
    for link in links { view.excludedBits[link.index / 64] |= 1 << UInt64(link.index % 64) }
    return view
  }

  /// This view with a delay on some links, added to any they have. A link named twice is delayed
  /// twice.
  ///
  /// - Parameter fixedSeconds: 0 or more. Changes no route of a profile that measures distance.
  /// - Throws: `badDelay`, `linkTooSlow`, `impedanceOverflow`.
  /// - Complexity: O(arcs) to copy, then O(log degree) a link.
  public func adding(
    fixedSeconds: Double, to links: some Sequence<LinkID>
  ) throws(TransportGraphError) -> GraphView {
    var view = self
    try view.add(fixedSeconds: fixedSeconds, to: links)
    return view
  }

  /// As ``adding(fixedSeconds:to:)``, to this view itself; where it throws, what was delayed before
  /// stays so.
  mutating func add(
    fixedSeconds: Double, to links: some Sequence<LinkID>
  ) throws(TransportGraphError) {
    guard fixedSeconds >= 0, fixedSeconds.isFinite else { throw .badDelay(seconds: fixedSeconds) }
    for link in links {
      let before = impedance(of: link)
      times.fixedSeconds[link.index] += fixedSeconds
      try reprice(link.index, before: before)
    }
  }

  /// Makes links what they are in another view of the graph, under the same profile.
  ///
  /// - Complexity: as for ``close(_:)``.
  mutating func restore(_ links: some Sequence<LinkID>, from other: GraphView) {
    for link in links {
      let (word, bit) = (link.index / 64, UInt64(1) << UInt64(link.index % 64))
      totalImpedance -= impedance(of: link)
      times.movingSeconds[link.index] = other.times.movingSeconds[link.index]
      times.fixedSeconds[link.index] = other.times.fixedSeconds[link.index]
      closedBits[word] = closedBits[word] & ~bit | other.closedBits[word] & bit
      excludedBits[word] = excludedBits[word] & ~bit | other.excludedBits[word] & bit
      // Within bounds: the other view's sum is, and each link between the two only takes its share.
      totalImpedance += impedance(of: link)
      pack(link.index)
    }
  }

  /// The links that are closed or cost otherwise than in another view of the graph, in link order.
  ///
  /// - Complexity: O(arcs).
  func changedLinks(from other: GraphView) -> [LinkID] {
    var changed: [LinkID] = []
    for slot in outgoingArcs.indices where outgoingArcs[slot] != other.outgoingArcs[slot] {
      changed.append(graph.outgoing.codes[slot].arc.link)
    }
    // A two-way link has two arcs.
    return Set(changed).sorted()
  }

  /// This view with every closed link open, excluded ones aside, at one price more than its impedance,
  /// above that of any way: the cheapest way then opens the fewest. ``isClosed(_:)`` still tells them.
  ///
  /// - Returns: nil where arcs or sums cannot hold the price.
  /// - Complexity: O(arcs).
  func pricingClosures() -> GraphView? {
    let price = totalImpedance + 1
    let closed = closedLinks.filter { !isExcluded($0) }
    let dearest = closed.reduce(0) { max($0, impedance(of: $1)) }
    guard price <= PackedArc.maximumImpedance - dearest,
      UInt64(closed.count) < Self.maximumTotalImpedance / price
    else { return nil }
    var view = self
    view.totalImpedance += price * UInt64(closed.count)
    func open(_ arcs: inout [UInt64], _ codes: [ArcCode], rank: (ArcCode) -> UInt32) {
      for slot in arcs.indices where arcs[slot] == PackedArc.closed {
        let link = codes[slot].arc.link
        guard !isExcluded(link) else { continue }
        arcs[slot] = PackedArc.pack(impedance: price + impedance(of: link), rank: rank(codes[slot]))
      }
    }
    open(&view.outgoingArcs, graph.outgoing.codes, rank: graph.headRank)
    open(&view.incomingArcs, graph.incoming.codes, rank: graph.tailRank)
    return view
  }

  /// This view with the moving time of some links multiplied; dwell and delays stay. A link named
  /// twice is slowed twice.
  ///
  /// - Parameter factor: 1 or more. Changes no route of a profile that measures distance.
  /// - Throws: `badFactor`, `linkTooSlow`, `impedanceOverflow`.
  /// - Complexity: O(arcs) to copy, then O(log degree) a link.
  public func scalingMoving(
    by factor: Double, on links: some Sequence<LinkID>
  ) throws(TransportGraphError) -> GraphView {
    try scaling(\.movingSeconds, by: factor, on: links)
  }

  /// This view with the dwell, transfer and delays of some links multiplied; moving time stays. A link
  /// named twice is slowed twice.
  ///
  /// - Parameter factor: 1 or more. Changes no route of a profile that measures distance.
  /// - Throws: `badFactor`, `linkTooSlow`, `impedanceOverflow`.
  /// - Complexity: O(arcs) to copy, then O(log degree) a link.
  public func scalingFixed(
    by factor: Double, on links: some Sequence<LinkID>
  ) throws(TransportGraphError) -> GraphView {
    try scaling(\.fixedSeconds, by: factor, on: links)
  }

  private func scaling(
    _ seconds: WritableKeyPath<LinkTimes, [Double]>, by factor: Double,
    on links: some Sequence<LinkID>
  ) throws(TransportGraphError) -> GraphView {
    guard factor >= 1, factor.isFinite else { throw .badFactor(factor) }
    var view = self
    for link in links {
      let before = view.impedance(of: link)
      view.times[keyPath: seconds][link.index] *= factor
      try view.reprice(link.index, before: before)
    }
    return view
  }

  /// This view with other times on its links, in place of the profile's and of any delay; what is closed
  /// or excluded stays so.
  ///
  /// - Parameter times: Seconds of every link, 0 or more. Change no route of a profile that measures
  ///   distance.
  /// - Throws: `badDelay` for a time below 0, `linkTooSlow`, `impedanceOverflow`.
  /// - Complexity: O(links + arcs).
  public func taking(_ times: LinkTimes) throws(TransportGraphError) -> GraphView {
    precondition(
      times.movingSeconds.count == graph.links.count
        && times.fixedSeconds.count == graph.links.count, "every link has times")
    var view = self
    view.times = times
    view.totalImpedance = 0
    var impedances: [UInt64] = []
    impedances.reserveCapacity(graph.links.count)
    for link in graph.links.indices {
      let least = min(times.movingSeconds[link], times.fixedSeconds[link])
      guard least >= 0 else { throw .badDelay(seconds: least) }
      let impedance = try view.checkedImpedance(of: link)
      try view.addToTotal(impedance)
      impedances.append(impedance)
    }
    func reprice(_ arcs: inout [UInt64], _ codes: [ArcCode], rank: (ArcCode) -> UInt32) {
      for slot in arcs.indices where arcs[slot] != PackedArc.closed {
        arcs[slot] = PackedArc.pack(
          impedance: impedances[codes[slot].link], rank: rank(codes[slot]))
      }
    }
    reprice(&view.outgoingArcs, graph.outgoing.codes, rank: graph.headRank)
    reprice(&view.incomingArcs, graph.incoming.codes, rank: graph.tailRank)
    return view
  }

  /// Whether the link is closed, in both directions. O(1).
  public func isClosed(_ link: LinkID) -> Bool {
    closedBits[link.index / 64] >> UInt64(link.index % 64) & 1 == 1
  }

  /// Whether the link is left out altogether; see ``excluding(_:)``. O(1).
  public func isExcluded(_ link: LinkID) -> Bool {
    excludedBits[link.index / 64] >> UInt64(link.index % 64) & 1 == 1
  }

  var hasExclusions: Bool { excludedBits.contains { $0 != 0 } }

  /// All closed links, excluded ones among them, in link order. O(links).
  public var closedLinks: [LinkID] {
    guard hasClosures else { return [] }
    return graph.links.indices.lazy.map(LinkID.init).filter(isClosed)
  }

  var hasClosures: Bool { closedBits.contains { $0 != 0 } }

  /// Whether any link is closed that is not excluded as well.
  var hasReopenableClosures: Bool { zip(closedBits, excludedBits).contains { $0 & ~$1 != 0 } }

  /// What the link costs, or would cost were it open: milliseconds or millimetres by the profile's
  /// measure. O(1).
  public func impedance(of link: LinkID) -> UInt64 {
    // In range: every value that gets into `times` has been checked.
    Self.rounded(exactImpedance(of: link.index))
  }

  /// The impedance of a link before it is rounded.
  func exactImpedance(of link: Int) -> Double {
    switch profile.measure {
    case .time: (times.movingSeconds[link] + times.fixedSeconds[link]) * 1000
    case .distance: graph.links[link].lengthMeters * 1000
    }
  }

  /// At least 1, so that costs grow strictly along every arc and the arcs of shortest routes form no
  /// cycle, even where a crossing is 0 m long.
  private static func rounded(_ impedance: Double) -> UInt64 {
    max(1, UInt64(impedance.rounded(.toNearestOrAwayFromZero)))
  }

  private func checkedImpedance(of link: Int) throws(TransportGraphError) -> UInt64 {
    let seconds = times.seconds(of: LinkID(link))
    guard seconds * 1000 <= Double(PackedArc.maximumImpedance) else {
      throw .linkTooSlow(link: graph.links[link].id, seconds: seconds)
    }
    return Self.rounded(exactImpedance(of: link))
  }

  private mutating func addToTotal(_ impedance: UInt64) throws(TransportGraphError) {
    totalImpedance += impedance
    guard totalImpedance < Self.maximumTotalImpedance else { throw .impedanceOverflow }
  }

  /// Brings the sum and the arcs up to date with a changed time.
  private mutating func reprice(
    _ link: Int, before: UInt64
  ) throws(TransportGraphError) {
    let impedance = try checkedImpedance(of: link)
    totalImpedance -= before
    try addToTotal(impedance)
    pack(link)
  }

  /// Writes a link's arcs into both adjacencies. O(log degree).
  private mutating func pack(_ link: Int) {
    let isClosed = isClosed(LinkID(link))
    let impedance = impedance(of: LinkID(link))
    let (from, to) = (graph.fromRank[link], graph.toRank[link])
    func write(
      _ arcs: inout [UInt64], _ adjacency: Adjacency, _ code: ArcCode, row: UInt32, other: UInt32
    ) {
      arcs[adjacency.slot(of: code, row: Int(row))] =
        isClosed ? PackedArc.closed : PackedArc.pack(impedance: impedance, rank: other)
    }
    let along = ArcCode(link: link, isForward: true)
    write(&outgoingArcs, graph.outgoing, along, row: from, other: to)
    write(&incomingArcs, graph.incoming, along, row: to, other: from)
    if graph.links[link].isOneWay { return }
    let against = ArcCode(link: link, isForward: false)
    write(&outgoingArcs, graph.outgoing, against, row: to, other: from)
    write(&incomingArcs, graph.incoming, against, row: from, other: to)
  }
}
