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
    let sums = ClosureSums(tree: tree, affected: TripsByElement(self, elements))
    let count = elements.count
    let single = elements.indices.map { sums.effect(closing: [$0]) }
    let pairs = try inParallel(count, threads: threads, state: sums) {
      (sums, a) throws(CorridorKitError) in
      ((a + 1)..<max(count, a + 1)).map { sums.effect(closing: [a, $0]) }
    }
    // What closing some members of a set does, where the set itself has more.
    @Sendable func part(_ members: [Int]) -> ClosureEffect {
      switch members.count {
      case 0: ClosureEffect()
      case 1: single[members[0]]
      default: pairs[members[0]][members[1] - members[0] - 1]
      }
    }
    let rows = try inParallel(count, threads: threads, state: sums) {
      (sums, first) throws(CorridorKitError) in
      Self.sets(of: size, startingWith: first, below: count).compactMap {
        set -> JointClosures.Row? in
        let joint = size == 2 ? part(set) : sums.effect(closing: set)
        guard Self.eachCounts(set, joint: joint, part: part) else { return nil }
        let parts = set.reduce(ClosureEffect()) { $0 + single[$1] }
        return JointClosures.Row(
          members: set, joint: joint, detourFactor: joint.detourFactor(costBefore: cost),
          synergy: joint - parts)
      }
    }
    return JointClosures(
      elements: elements, size: size, single: single,
      setCount: (0..<size).reduce(1) { $0 * (count - $1) / ($1 + 1) },
      sentCount: tree.nodes.count, rows: rows.flatMap { $0 })
  }

  /// The sets of a size of the numbers below a count whose least member is given, ascending.
  private static func sets(of size: Int, startingWith first: Int, below count: Int) -> [[Int]] {
    var sets = [[first]]
    for _ in 1..<size {
      sets = sets.flatMap { set in
        ((set.last ?? 0) + 1..<max(count, (set.last ?? 0) + 1)).map { set + [$0] }
      }
    }
    return sets
  }

  /// Whether closing any one member changes something with some of the others closed.
  private static func eachCounts(
    _ set: [Int], joint: ClosureEffect, part: ([Int]) -> ClosureEffect
  ) -> Bool {
    set.allSatisfy { member in
      let others = set.filter { $0 != member }
      return (0..<(1 << others.count)).contains { subset in
        let closed = others.indices.filter { subset >> $0 & 1 == 1 }.map { others[$0] }
        let more = closed.count == others.count ? joint : part((closed + [member]).sorted())
        return more != part(closed)
      }
    }
  }
}

/// Sums the outcomes of a tree over the trips.
private struct ClosureSums: Sendable {
  let tree: ClosureTree
  let affected: TripsByElement

  /// What closing a set does to all trips, summed in their order.
  ///
  /// - Parameter set: Ascending.
  func effect(closing set: [Int]) -> ClosureEffect {
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
