import Sampling

/// How much of what all closures do together each of them is accountable for: the Shapley value.
///
/// The game is v(S), what closing the elements S does; a value is the mean of what an element adds over
/// all orders of closing. Parallel crossings, each harmless alone, share what they do together.
///
/// Source: L. S. Shapley (1953), A value for n-person games, Contributions to the Theory of Games II,
/// Annals of Mathematics Studies 28, 307–317, https://doi.org/10.1515/9781400881970-018.
public struct ShapleyValues: Sendable {
  /// One element.
  public struct Row: Sendable {
    /// What closes.
    public let element: CriticalElement
    /// The Shapley value, in the unit of the measure.
    public let value: Double
    /// The standard error of the value where it is sampled; nil where it is exact.
    public let standardError: Double?
    /// v of the element alone.
    public let alone: Double
  }

  /// What v measures.
  public let measure: CriticalityMeasure
  /// One for each element, in their order. The values sum to ``total``.
  public let rows: [Row]
  /// v of all elements.
  public let total: Double
  /// How many orders of closing were sampled; nil where the values are exact.
  public let sampledOrders: Int?

  /// The places of the rows, the largest value first; of equal ones in the order of ids.
  ///
  /// - Returns: Indices into ``rows`` with their ranks: equal values share the better rank.
  public var ranked: [(index: Int, rank: Int)] {
    rankedDescending(rows.indices.map { $0 }) { (rows[$0].value, rows[$0].element.id) }
  }
}

/// How Shapley values are found.
public enum ShapleyMethod: Sendable, Hashable {
  /// Exactly for up to 16 elements, and beyond where the ways to be found are few enough; else by
  /// sampling so many orders.
  case automatic(seed: UInt64, orders: Int)
  /// By sampling orders, an even number of them, whatever the number of elements.
  case sampled(seed: UInt64, orders: Int)

  /// Orders that are sampled unless asked otherwise.
  public static let defaultOrders = 200
}

extension ClosureStudy {
  /// So many elements are answered exactly, whatever it takes.
  public static let exactShapleyElements = 16
  /// Beyond, so many ways of trips are found at most before orders are sampled instead.
  private static let exactShapleyNodes = 200_000

  /// The Shapley value of each element.
  ///
  /// - Parameters:
  ///   - measure: What a set's closure is judged by. Whether a trip is lost does not depend on the model of
  ///     route choice.
  ///   - elements: The players; no two share a link. Everything else stays open.
  ///   - method: Exact or sampled.
  ///   - progress: Takes how many of how many known steps are done, from any thread.
  /// - Throws: ``CorridorKitError`` of the model of route choice.
  /// - Complexity: exact: the ways of each trip with each set closed that decides it (``ClosureTree``);
  ///   sampled: for each order, the ways of each trip as often as a closure may change it.
  public func shapleyValues(
    of measure: CriticalityMeasure, _ elements: [CriticalElement], method: ShapleyMethod,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) throws(CorridorKitError) -> ShapleyValues {
    let study = measure == .lost ? try shortest() : self
    let single = try study.closingEach(elements).rows.map { $0.effect[measure] }
    switch method {
    case .sampled(let seed, let orders):
      return try study.sampled(
        measure, elements, single, seed: seed, orders: orders, progress: progress)
    case .automatic(let seed, let orders):
      let isFew = elements.count <= Self.exactShapleyElements
      let tree = try ClosureTree(
        study, elements, depth: elements.count, limit: isFew ? .max : Self.exactShapleyNodes,
        progress: progress)
      if tree.isComplete { return Self.exact(measure, elements, single, tree) }
      return try study.sampled(
        measure, elements, single, seed: seed, orders: orders, progress: progress)
    }
  }

  /// Sums the values over the nodes of the trees.
  ///
  /// A node's outcome holds for the sets that have all its closed elements C and none of its excluded and
  /// deciding ones E: a game that is worth the outcome there and nothing elsewhere. With c = |C| and
  /// e = |E|, an element of C completes the set in (c − 1)! e! of the (c + e)! orders of C and E, and one
  /// of E spoils it in c! (e − 1)!; other elements have no part in it. The value of a sum of games is the
  /// sum of their values.
  ///
  /// Source: S. M. Lundberg et al. (2020), From local explanations to global understanding with
  /// explainable AI for trees, Nature Machine Intelligence 2, 56–67, whose leaves of decision trees are
  /// such games, https://doi.org/10.1038/s42256-019-0138-9.
  private static func exact(
    _ measure: CriticalityMeasure, _ elements: [CriticalElement], _ single: [Double],
    _ tree: ClosureTree
  ) -> ShapleyValues {
    var values = [Double](repeating: 0, count: elements.count)
    var total = 0.0
    for node in tree.nodes {
      let worth = node.effect[measure]
      if worth == 0 { continue }
      let out = node.excluded + node.deciding
      if out.isEmpty { total += worth }
      let (c, e) = (Double(node.closed.count), Double(out.count))
      // (c + e)! / (c! e!)
      var choices = 1.0
      for step in stride(from: 1, through: e, by: 1) { choices *= (c + step) / step }
      for element in node.closed { values[element] += worth / (c * choices) }
      for element in out { values[element] -= worth / (e * choices) }
    }
    return ShapleyValues(
      measure: measure,
      rows: elements.indices.map {
        .init(
          element: elements[$0], value: values[$0], standardError: nil, alone: single[$0])
      }, total: total, sampledOrders: nil)
  }

  /// The mean of what each element adds over random orders and the reverse of each: what comes early in
  /// the one comes late in the other, which evens out part of the chance.
  ///
  /// Source: J. Castro, D. Gómez, J. Tejada (2009), Polynomial calculation of the Shapley value based on
  /// sampling, Computers & Operations Research 36, 1726–1730, https://doi.org/10.1016/j.cor.2008.04.004;
  /// for reversed orders R. Mitchell, J. Cooper, E. Frank, G. Holmes (2022), Sampling permutations for
  /// Shapley value estimation, Journal of Machine Learning Research 23, 1–46.
  private func sampled(
    _ measure: CriticalityMeasure, _ elements: [CriticalElement], _ single: [Double],
    seed: UInt64, orders: Int, progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
  ) throws(CorridorKitError) -> ShapleyValues {
    // Two of them give no standard error.
    let pairCount = max(2, (orders + 1) / 2)
    let streams = RandomStreams(seed: seed)
    let lookup = ElementLookup(elements, linkCount: analysis.area.graph.links.count)
    let means = try inParallel(
      pairCount, threads: threads, state: router,
      progress: progress.map { progress in { @Sendable (done: Int) in progress(done, pairCount) } }
    ) { (router, pair) throws(CorridorKitError) in
      var random = streams.substream(
        factor: RandomStreams.key("shapley"), draw: UInt64(pair))
      let order = random.permutation(elements.count)
      let forward = try added(by: order, measure, elements, lookup, &router)
      let backward = try added(by: order.reversed(), measure, elements, lookup, &router)
      return zip(forward, backward).map { ($0 + $1) / 2 }
    }
    let count = Double(pairCount)
    let rows = elements.indices.map { element in
      let mean = means.reduce(0) { $0 + $1[element] } / count
      let squares = means.reduce(0) { $0 + ($1[element] - mean) * ($1[element] - mean) }
      return ShapleyValues.Row(
        element: elements[element], value: mean,
        standardError: (squares / (count - 1) / count).squareRoot(), alone: single[element])
    }
    return ShapleyValues(
      measure: measure, rows: rows, total: rows.reduce(0) { $0 + $1.value },
      sampledOrders: 2 * pairCount)
  }

  /// What each element adds when all close one after another.
  private func added(
    by order: [Int], _ measure: CriticalityMeasure, _ elements: [CriticalElement],
    _ lookup: ElementLookup, _ router: inout ClosureRouter
  ) throws(CorridorKitError) -> [Double] {
    var added = [Double](repeating: 0, count: elements.count)
    var worth = [Double](repeating: 0, count: trips.count)
    var deciding = open.map { Set(lookup.deciding($0)) }
    var histories = open.map(\.history)
    var closed: [Int] = []
    for element in order {
      closed.append(element)
      let changed = trips.indices.filter { deciding[$0].contains(element) }
      if changed.isEmpty { continue }
      let sent = try router.send(
        changed, closing: closed.flatMap { elements[$0].links },
        after: changed.map { histories[$0] })
      for (trip, sent) in zip(changed, sent) {
        let now = effect(of: sent, on: trip)[measure]
        added[element] += now - worth[trip]
        worth[trip] = now
        deciding[trip] = Set(lookup.deciding(sent))
        histories[trip] = sent.history
      }
    }
    return added
  }
}
