/// Computes an index over arrays, without names: what a run and every re-run of an uncertainty analysis
/// go through.
///
/// Nothing in here depends on the order in which runs are made or on the thread that makes them.
public struct IndexRunner: Sendable, Hashable {
  /// What the index is made of.
  public let tree: IndexTree
  /// Which way each indicator points, by node.
  public let directions: [Indicator.Direction]

  /// Everything that may differ from run to run, resolved to places.
  public struct Choices: Sendable, Hashable {
    /// The values of each indicator, one a unit, after all steps before normalisation; by node.
    public var columns: [[Double?]]
    /// How each indicator is normalised, by node.
    public var normalisations: [Normalisation]
    /// The parameters of that, by node.
    public var normalisationParameters: [NormalisationParameters]
    /// What each indicator and dimension counts for among the parts of the same whole, none negative; by
    /// node. They need not add up to 1; 0 leaves a part out.
    public var weights: [Double]
    /// Parts with a fixed share of the index, 0 to below 1, by node: exposure. The other parts have what
    /// is left.
    public var shares: [Int: Double]
    /// How each dimension and the index are aggregated, by node less the number of indicators.
    public var aggregations: [Aggregation]
    /// The parameters of that.
    public var aggregationParameters: AggregationParameters
    /// The least share of the weight that a unit must have of each, by node less the number of
    /// indicators.
    public var minimumCoverages: [Double]
    /// Ranges that stand in for that of an indicator's own values under min-max, or under goalposts
    /// where it has none; values may lie beyond them. By node.
    public var scales: [Int: ClosedRange<Double>] = [:]
    /// Indicators that are left out, as if they had no values; by node.
    public var leftOut: Set<Int> = []
  }

  /// What a run comes to.
  public struct Outcome: Sendable, Hashable {
    /// Indicators on the common scale, by node; those without weight too.
    public var normalised: [NormalisedColumn]
    /// One value a unit on the common scale, by node; nil where the unit has too little.
    public var values: [[Double?]]
    /// Whether a node has a weight, or share, and a value for at least one unit; by node.
    public var isActive: [Bool]
  }

  /// A runner for a tree.
  public init(tree: IndexTree, directions: [Indicator.Direction]) {
    precondition(directions.count == tree.indicatorCount, "a direction an indicator")
    self.tree = tree
    self.directions = directions
  }

  /// The score of each unit on the common scale (1 stands for 100), nil where there is none.
  ///
  /// A unit that lacks a part of the index is scored on the rest; see ``isComplete(_:unit:)``.
  ///
  /// - Throws: ``RiskIndexError/invalidSpecification(field:value:expected:)`` where a geometric or
  ///   harmonic mean meets a value that is not above 0.
  /// - Complexity: O(units × nodes), O(units log units) an indicator for ranks, O(units²) a part for
  ///   Copeland's method.
  public func scores(_ choices: Choices) throws(RiskIndexError) -> [Double?] {
    try outcome(choices).values[tree.root]
  }

  /// All that a run comes to; as ``scores(_:)``.
  public func outcome(_ choices: Choices) throws(RiskIndexError) -> Outcome {
    let normalised = (0..<tree.indicatorCount).map { column($0, choices) }
    return try outcome(choices, normalised: normalised)
  }

  /// An indicator on the common scale.
  func column(_ index: Int, _ choices: Choices) -> NormalisedColumn {
    let parameters = choices.normalisationParameters[index]
    let method = choices.normalisations[index]
    let column = method.apply(
      to: choices.columns[index], direction: directions[index], parameters: parameters)
    let hasGoalposts = method == .goalpost && parameters.goalposts != nil
    guard let scale = choices.scales[index], scale.lowerBound < scale.upperBound,
      [.goalpost, .minMax].contains(method), !hasGoalposts, column.usability != .empty
    else { return column }
    let (low, width) = (parameters.low, parameters.high - parameters.low)
    return NormalisedColumn(
      usability: .usable,
      values: choices.columns[index].map {
        $0.map {
          let place = ($0 - scale.lowerBound) / (scale.upperBound - scale.lowerBound)
          return low + width * (directions[index] == .increasing ? place : 1 - place)
        }
      })
  }

  /// The same over columns that were normalised before.
  public func outcome(
    _ choices: Choices, normalised: [NormalisedColumn]
  ) throws(RiskIndexError) -> Outcome {
    var outcome = Outcome(
      normalised: normalised, values: normalised.map(\.values),
      isActive: Array(repeating: false, count: tree.nodeCount))
    outcome.values.reserveCapacity(tree.nodeCount)
    for index in 0..<tree.indicatorCount {
      outcome.isActive[index] =
        choices.weighs(index) && normalised[index].usability == .usable
        && !choices.leftOut.contains(index)
    }
    let unitCount = choices.columns.first?.count ?? 0
    for _ in tree.indicatorCount..<tree.nodeCount {
      outcome.values.append(Array(repeating: nil, count: unitCount))
    }
    for group in tree.upward {
      let computed = try values(of: group, outcome, choices, unitCount: unitCount)
      outcome.isActive[group] =
        (group == tree.root || choices.weighs(group)) && computed.contains { $0 != nil }
      outcome.values[group] = computed
    }
    return outcome
  }

  /// The aggregate of a group's active parts, unit by unit.
  private func values(
    of group: Int, _ outcome: Outcome, _ choices: Choices, unitCount: Int
  ) throws(RiskIndexError) -> [Double?] {
    let composition = GroupComposition(of: group, tree, outcome, choices)
    guard composition.wholeWeight > 0 else { return Array(repeating: nil, count: unitCount) }
    let method = choices.aggregations[group - tree.indicatorCount]
    var terms: [WeightedValue] = []
    if method == .copeland { return composition.outranking(unitCount: unitCount) }
    var values: [Double?] = []
    values.reserveCapacity(unitCount)
    for unit in 0..<unitCount {
      guard composition.terms(of: unit, into: &terms) else {
        values.append(nil)
        continue
      }
      if method.needsTrueZero, let bad = terms.first(where: { !($0.value > 0) }) {
        throw .invalidSpecification(
          field: "aggregation", value: method.rawValue,
          expected: "values above 0 for it; found \(bad.value)")
      }
      values.append(method.aggregate(terms, parameters: choices.aggregationParameters))
    }
    return values
  }

  /// Whether a unit has every part of the index that any unit has. One that has not is scored on the
  /// rest; its score is about something else and has no place in an order.
  public func isComplete(_ outcome: Outcome, unit: Int) -> Bool {
    tree.parts(of: tree.root).allSatisfy {
      !outcome.isActive[$0] || outcome.values[$0][unit] != nil
    }
  }
}

extension IndexRunner.Choices {
  /// Whether a part counts at all.
  func weighs(_ node: Int) -> Bool { (shares[node] ?? weights[node]) > 0 }
}

extension IndexRunner.Choices {
  /// What a value on the common scale is shown as: points of 100, but places and wins as they are.
  func shownScale(_ tree: IndexTree) -> Double {
    let top = aggregations[tree.root - tree.indicatorCount]
    if top == .copeland { return aggregationParameters.copelandScale == .share ? 100 : 1 }
    return Set(normalisations).isSubset(of: [.rank, .borda]) ? 1 : 100
  }
}

extension IndexRun {
  /// What a value on the common scale is shown as: points of 100, but places and wins as they are.
  public var shownScale: Double { choices.shownScale(tree) }
}
