import TransportGraph

/// What becomes of every trip when sets of elements close together, as a tree for each trip.
///
/// A set matters to a trip beyond its parts only if, with some of it closed, another of it lies on what
/// decides the trip's way: so the tree branches on the elements that do, then on those that decide the
/// way that replaces it. With S closed, one goes from the root down by the first element of S that
/// decides, and the node where none does holds the outcome: its way avoids S, and what closes elsewhere
/// makes no other way cheaper. Elements before the one that is branched on are known to stay open below,
/// so no set of elements is closed twice.
struct ClosureTree: Sendable {
  /// A trip with some elements closed.
  struct Node: Sendable {
    let trip: Int
    /// Elements closed, in the order in which they decided.
    let closed: [Int]
    /// Elements that stay open in the sets that lead here.
    let excluded: [Int]
    /// What closing them does to the trip.
    var effect: ClosureEffect
    /// Elements that may change the trip further, ascending; neither closed nor excluded.
    var deciding: [Int]
    /// The node with the first of them closed as well; those of the others follow it.
    var firstChild: Int?
    /// What the search for the trip's alternatives came by, for the nodes below.
    var history: AlternativeHistory?
  }

  /// Nodes by the number of closed elements; the first ones are the trips' roots.
  private(set) var nodes: [Node]
  /// False where the tree ends early because it would have too many nodes.
  private(set) var isComplete = true

  /// - Parameters:
  ///   - depth: How many elements close at most.
  ///   - limit: How many nodes at most.
  ///   - progress: Takes how many nodes of how many known ones are there.
  init(
    _ study: ClosureStudy, _ elements: [CriticalElement], depth: Int, limit: Int = .max,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws(CorridorKitError) {
    let lookup = ElementLookup(elements, linkCount: study.analysis.area.graph.links.count)
    nodes = study.open.enumerated().map { trip, open in
      Node(
        trip: trip, closed: [], excluded: [], effect: ClosureEffect(),
        deciding: depth > 0 ? lookup.deciding(open) : [], history: open.history)
    }
    var level = nodes.indices
    for step in 1...max(1, depth) where !level.isEmpty {
      let count = nodes[level].reduce(0) { $0 + $1.deciding.count }
      guard nodes.count + count <= limit else {
        isComplete = false
        return
      }
      var children: [Node] = []
      children.reserveCapacity(count)
      for index in level {
        let node = nodes[index]
        if !node.deciding.isEmpty { nodes[index].firstChild = nodes.count + children.count }
        for (place, element) in node.deciding.enumerated() {
          children.append(
            Node(
              trip: node.trip, closed: node.closed + [element],
              excluded: node.excluded + node.deciding[..<place], effect: ClosureEffect(),
              deciding: [], history: node.history))
        }
      }
      let known = nodes.count
      try Self.fill(
        &children, study, elements, lookup: lookup, isLast: step == depth,
        progress: progress.map { progress in
          { @Sendable (done: Int) in progress(known + done, known + count) }
        })
      level = nodes.count..<(nodes.count + children.count)
      nodes += children
    }
  }

  /// Sends the trips of new nodes, those with the same elements closed together.
  private static func fill(
    _ nodes: inout [Node], _ study: ClosureStudy, _ elements: [CriticalElement],
    lookup: ElementLookup, isLast: Bool, progress: (@Sendable (Int) -> Void)?
  ) throws(CorridorKitError) {
    var groups: [[Int]] = []
    var groupOfSet: [[Int]: Int] = [:]
    for (index, node) in nodes.enumerated() {
      let set = node.closed.sorted()
      if let group = groupOfSet[set] {
        groups[group].append(index)
      } else {
        groupOfSet[set] = groups.count
        groups.append([index])
      }
    }
    let asked = nodes
    let parts = groups
    let average = max(1, nodes.count / max(1, parts.count))
    let answers = try inParallel(
      parts.count, threads: study.threads, state: study.router,
      progress: progress.map { progress in
        { @Sendable (done: Int) in progress(min(done * average, asked.count)) }
      }
    ) { (router, part) throws(CorridorKitError) in
      let trips = parts[part].map { asked[$0].trip }
      let links = asked[parts[part][0]].closed.flatMap { elements[$0].links }
      let histories = parts[part].map { asked[$0].history }
      return try zip(trips, router.send(trips, closing: links, after: histories)).map {
        trip, sent in
        (
          study.effect(of: sent, on: trip), isLast ? [] : lookup.deciding(sent),
          isLast ? nil : sent.history
        )
      }
    }
    for (part, answers) in zip(parts, answers) {
      for (index, (effect, deciding, history)) in zip(part, answers) {
        nodes[index].effect = effect
        nodes[index].history = history
        let known = Set(nodes[index].closed + nodes[index].excluded)
        nodes[index].deciding = deciding.filter { !known.contains($0) }
      }
    }
  }

  /// What closing a set does to one trip.
  ///
  /// - Parameters:
  ///   - root: The trip's place among the trips.
  ///   - set: Ascending, no larger than the tree is deep.
  func effect(on root: Int, closing set: [Int]) -> ClosureEffect {
    var node = root
    while let child = nodes[node].firstChild,
      let place = firstCommon(nodes[node].deciding, set)
    {
      node = child + place
    }
    return nodes[node].effect
  }

  /// The place in `a` of its first element that is in `b`, both ascending.
  private func firstCommon(_ a: [Int], _ b: [Int]) -> Int? {
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] { return i }
      if a[i] < b[j] { i += 1 } else { j += 1 }
    }
    return nil
  }
}
