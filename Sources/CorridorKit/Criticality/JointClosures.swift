/// What elements do when they close together, beyond what each does alone: the N-k analysis.
///
/// All sets of a size are answered exactly, without sending trips for each: see ``ClosureTree``.
public struct JointClosures: Sendable {
  /// Elements that close together.
  public struct Row: Sendable {
    /// Indices into ``JointClosures/elements``, ascending.
    public let members: [Int]
    /// What closing all of them does.
    public let joint: ClosureEffect
    /// Cost after over cost before, over the trips still connected; nil if there is none.
    public let detourFactor: Double?
    /// ``joint`` less the sum of what each does alone. Above 0: they stand in for one another, so that each
    /// looks harmless alone. Below 0: they lie one after another, so that the second closes what is
    /// closed already.
    public let synergy: ClosureEffect
  }

  /// What closes.
  public let elements: [CriticalElement]
  /// How many close together.
  public let size: Int
  /// What each does alone, in the order of the elements.
  public let single: [ClosureEffect]
  /// How many sets there are of the size; all of them are answered.
  public let setCount: Int
  /// How many ways of trips had to be found for it.
  public let sentCount: Int
  /// The sets of which no member could be left out: closing it, with some of the others closed or none,
  /// changes something. In the order of the members.
  public let rows: [Row]

  /// The places of the rows by the effect or the synergy, the largest first.
  ///
  /// - Returns: Indices into ``rows`` with their ranks: equal values share the better rank.
  public func ranked(
    by measure: CriticalityMeasure, of effect: (Row) -> ClosureEffect
  ) -> [(index: Int, rank: Int)] {
    rankedDescending(rows.indices.map { $0 }) { index in
      (effect(rows[index])[measure], ids(rows[index]).joined(separator: "\u{0}"))
    }
  }

  /// The ids of a row's members, in their order.
  public func ids(_ row: Row) -> [String] { row.members.map { elements[$0].id } }
}

extension ClosureStudy {
  /// Sizes of sets that are answered: more would not be listed by anyone.
  public static let setSizes = 2...3

  /// Closes every set of a size.
  ///
  /// - Parameters:
  ///   - size: 2 or 3.
  ///   - elements: No two share a link.
  ///   - progress: Takes how many ways of how many known ones are found, from any thread.
  /// - Throws: ``CorridorKitError/contradiction(_:)`` for another size or fewer elements.
  /// - Complexity: the ways of each trip with each set closed that decides it; O(sets × trips that use
  ///   their members) to sum up.
  public func closingSets(
    of size: Int, _ elements: [CriticalElement],
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws(CorridorKitError) -> JointClosures {
    guard Self.setSizes.contains(size) else {
      throw .contradiction("sets of \(size) are not answered; expected 2 or 3")
    }
    guard elements.count >= size else {
      throw .contradiction(
        "sets of \(size) need as many elements; there are \(elements.count) that can close")
    }
    let tree = try ClosureTree(self, elements, depth: size, progress: progress)
    let affected = TripsByElement(self, elements)
    let single = elements.indices.map { sum([$0], tree, affected) }
    let pairs = Combinations(elements.count, 2)
    let ofPair = try inParallel(pairs.first.count, threads: threads, state: ()) {
      (_, first) throws(CorridorKitError) in
      pairs.starting(with: first).map { sum($0, tree, affected) }
    }
    func pair(_ a: Int, _ b: Int) -> ClosureEffect { ofPair[a][b - a - 1] }
    func row(_ set: [Int], _ joint: ClosureEffect) -> JointClosures.Row {
      let parts = set.reduce(ClosureEffect()) { $0 + single[$1] }
      return .init(
        members: set, joint: joint, detourFactor: joint.detourFactor(costBefore: cost),
        synergy: joint - parts)
    }
    let none = ClosureEffect()
    if size == 2 {
      let rows = elements.indices.flatMap { a in
        ((a + 1)..<elements.count).compactMap { b -> JointClosures.Row? in
          let joint = pair(a, b)
          guard single[a] != none || joint != single[b], single[b] != none || joint != single[a]
          else { return nil }
          return row([a, b], joint)
        }
      }
      return JointClosures(
        elements: elements, size: size, single: single, setCount: pairs.count,
        sentCount: tree.nodes.count, rows: rows)
    }
    let triples = Combinations(elements.count, 3)
    let rows = try inParallel(triples.first.count, threads: threads, state: ()) {
      (_, first) throws(CorridorKitError) in
      triples.starting(with: first).compactMap { set -> JointClosures.Row? in
        let joint = sum(set, tree, affected)
        /// Whether closing one changes something, with the two others closed, one of them, or none.
        func counts(_ x: Int, _ y: Int, _ z: Int) -> Bool {
          single[x] != none || pair(min(x, y), max(x, y)) != single[y]
            || pair(min(x, z), max(x, z)) != single[z] || joint != pair(y, z)
        }
        let (a, b, c) = (set[0], set[1], set[2])
        guard counts(a, b, c), counts(b, a, c), counts(c, a, b) else { return nil }
        return row(set, joint)
      }
    }
    return JointClosures(
      elements: elements, size: size, single: single, setCount: triples.count,
      sentCount: tree.nodes.count, rows: rows.flatMap { $0 })
  }

  /// What closing a set does to all trips, summed in their order.
  private func sum(
    _ set: [Int], _ tree: ClosureTree, _ affected: TripsByElement
  ) -> ClosureEffect {
    var effect = ClosureEffect()
    // The trips of all members, each once, ascending.
    var rests = set.map { affected[$0][...] }
    while let trip = rests.compactMap(\.first).min() {
      effect += tree.effect(on: trip, closing: set)
      for index in rests.indices where rests[index].first == trip { rests[index].removeFirst() }
    }
    return effect
  }
}

/// The sets of a size of the numbers below a count, by their first member.
private struct Combinations: Sendable {
  private let total: Int
  private let size: Int

  init(_ total: Int, _ size: Int) {
    (self.total, self.size) = (total, size)
  }

  /// The numbers that may come first.
  var first: Range<Int> { 0..<max(0, total - size + 1) }

  var count: Int { first.reduce(0) { $0 + starting(with: $1).count } }

  func starting(with first: Int) -> [[Int]] {
    var sets = [[first]]
    for _ in 1..<size {
      sets = sets.flatMap { set in ((set.last ?? 0) + 1..<total).map { set + [$0] } }
    }
    return sets
  }
}
