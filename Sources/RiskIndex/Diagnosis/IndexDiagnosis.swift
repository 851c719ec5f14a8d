/// What the correlations of an index say of how it is built.
///
/// Everything is told of what takes part in the run: indicators on the common scale with their direction, and the
/// scores of dimensions and of the index; exposure as any other part. With few units a correlation is a rough
/// figure: of 20 units, its standard error is about 0.2.
public struct IndexDiagnosis: Sendable, Hashable {
  /// Two indicators of different dimensions that say nearly the same.
  public struct Twins: Sendable, Hashable {
    /// The id of one.
    public var first: String
    /// The id of the other.
    public var second: String
    /// Their correlation.
    public var correlation: Double
  }

  /// A dimension, or the index itself, with its parts that take part.
  public struct Group: Sendable, Hashable {
    /// The dimension's id; nil for the index.
    public var id: String?
    /// What a reader calls it.
    public var name: String
    /// The ids of its parts.
    public var members: [String]
    /// Of each part with each other, in their order.
    public var correlations: [[Double?]]
    /// Of each part with the group's score.
    public var withGroup: [Double?]
    /// Whether the parts measure one thing; nil for one part.
    public var reliability: Reliability?
    /// In how many directions the parts vary; nil for one part or fewer than three whole units.
    public var components: PrincipalComponents?
  }

  /// What an indicator has to say in the index.
  public struct Influence: Sendable, Hashable {
    /// The indicator's id.
    public var id: String
    /// What a reader calls it.
    public var name: String
    /// Its correlation with the index.
    public var withIndex: Double?
    /// Its weight, beside what it really has to say.
    public var weight: EffectiveWeight
  }

  /// Which correlation it rests on; principal components and effective weights always rest on Pearson's.
  public let correlation: Correlation
  /// The index first, then dimensions in the framework's order; those with at least one part that takes part.
  public let groups: [Group]
  /// The indicators that take part, in the framework's order.
  public let influences: [Influence]
  /// What a reader should know of.
  public let flags: [CorrelationFlag]
  /// Pairs of indicators of different dimensions that say nearly the same: above the threshold for one
  /// dimension's.
  public let twins: [Twins]

  /// Diagnoses a run.
  ///
  /// - Complexity: O(indicators² × units).
  public init(
    _ run: IndexRun, correlation: Correlation = .pearson,
    thresholds: CorrelationThresholds = CorrelationThresholds()
  ) {
    self.correlation = correlation
    let tree = run.tree
    let leaves = run.framework.indicators + run.framework.supplements
    let ids = leaves.map(\.id) + run.framework.dimensions.map(\.id)
    let names = leaves.map(\.name) + run.framework.dimensions.map(\.name)
    let values = run.outcome.values
    let isActive = run.outcome.isActive
    var groups: [Group] = []
    var flags: [CorrelationFlag] = []
    for node in [tree.root] + Array(tree.indicatorCount..<tree.root) {
      let parts = tree.parts(of: node).filter { isActive[$0] }
      guard !parts.isEmpty, node == tree.root || isActive[node] else { continue }
      let columns = parts.map { values[$0] }
      let name = node == tree.root ? "the index" : names[node]
      groups.append(
        Group(
          id: node == tree.root ? nil : ids[node], name: name, members: parts.map { ids[$0] },
          correlations: correlation.matrix(columns),
          withGroup: columns.map { correlation.coefficient($0, values[node]) },
          reliability: Reliability(columns: columns),
          components: PrincipalComponents(columns: columns)))
      flags += thresholds.flags(
        group: node == tree.root ? name : ids[node], score: values[node],
        members: parts.map { ids[$0] }, columns: columns, correlation: correlation)
    }
    self.groups = groups
    self.flags = flags
    let active = (0..<tree.indicatorCount).filter { isActive[$0] && Self.counts($0, run) }
    let products = EffectiveWeight.products(
      weights: Self.weights(run), parents: tree.parents.map { $0 < 0 ? nil : $0 })
    let weights = EffectiveWeight.of(
      nominal: active.map { products[$0] }, columns: active.map { values[$0] },
      index: values[tree.root])
    influences = zip(active, weights).map { node, weight in
      Influence(
        id: ids[node], name: names[node],
        withIndex: correlation.coefficient(values[node], values[tree.root]), weight: weight)
    }
    var twins: [Twins] = []
    for (place, second) in active.enumerated() {
      for first in active[..<place] where tree.parents[first] != tree.parents[second] {
        guard let r = correlation.coefficient(values[first], values[second]),
          r > thresholds.collinear
        else { continue }
        twins.append(Twins(first: ids[first], second: ids[second], correlation: r))
      }
    }
    self.twins = twins
  }

  /// Whether all that an indicator is a part of takes part too.
  private static func counts(_ node: Int, _ run: IndexRun) -> Bool {
    var next = run.tree.parents[node]
    while next >= 0 {
      if !run.outcome.isActive[next] { return false }
      next = run.tree.parents[next]
    }
    return true
  }

  /// The weight of each node among those of its whole that take part, fixed shares among them.
  private static func weights(_ run: IndexRun) -> [Double] {
    let tree = run.tree
    var weights = (0..<tree.nodeCount).map { node in
      node == tree.root
        ? 1 : run.outcome.isActive[node] ? run.choices.weights[node] : 0
    }
    let parts = tree.parts(of: tree.root)
    let shared = parts.filter { run.choices.shares[$0] != nil && run.outcome.isActive[$0] }
    let share = shared.reduce(0) { $0 + (run.choices.shares[$1] ?? 0) }
    let others = parts.reduce(0) { run.choices.shares[$1] == nil ? $0 + weights[$1] : $0 }
    for node in shared {
      weights[node] = share < 1 ? (run.choices.shares[node] ?? 0) / (1 - share) * others : 0
    }
    return weights
  }
}

extension IndexRun {
  /// Where a unit stands above and below its peers, among the indicators that take part.
  ///
  /// - Parameters:
  ///   - unit: The unit's place in the result.
  ///   - peers: The places of its peers; nil for all others.
  public func profile(of unit: Int, peers: [Int]? = nil) -> UnitProfile {
    let (indicators, columns) = activeColumns
    return UnitProfile(
      unit: unit, peers: peers ?? Array(result.units.indices), indicators: indicators,
      columns: columns)
  }

  /// The profiles of all units, each among all others, in the order of the result.
  ///
  /// - Complexity: O(indicators × units log units).
  public func profiles() -> [UnitProfile] {
    let (indicators, columns) = activeColumns
    return UnitProfile.ofEach(
      of: result.units.count, indicators: indicators, columns: columns)
  }

  /// The indicators that take part, with their values by unit.
  private var activeColumns: (indicators: [String], columns: [[Double?]]) {
    let leaves = framework.indicators + framework.supplements
    let active = leaves.indices.filter { outcome.isActive[$0] }
    return (active.map { leaves[$0].id }, active.map { outcome.values[$0] })
  }
}
