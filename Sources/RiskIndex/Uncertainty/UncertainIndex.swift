import Sampling

/// An index ready to be computed again and again with what is uncertain about it drawn anew.
///
/// Every combination of steps that may be drawn is run once as a documented run, which checks it and gives
/// the columns and weights that re-runs start from. A re-run then changes weights, figures and exposure over
/// arrays, normalises anew only what changed, and aggregates.
public struct UncertainIndex: Sendable {
  /// The run as the recipe has it.
  public let run: IndexRun
  /// What is uncertain.
  public let uncertainty: IndexUncertainty
  /// What varies, in the order in which results list it.
  public let factors: [UncertainFactor]
  /// Whether scores of all runs are on one scale, so that they can be told as intervals. Ranks always can.
  public let scoresAreComparable: Bool
  /// The number of columns of a row.
  let columnCount: Int
  /// Exposure by draw, then by unit; empty if it is not uncertain.
  let exposureDraws: [[Double?]]
  private let exposureNode: Int?
  private let bases: [UncertainBase]
  /// By factor of steps: how far its alternatives stand apart among the bases.
  private let strides: [Int]
  private let weightNodes: [Int]
  private let leftOutNodes: [Int?]
  private let streams: RandomStreams

  /// The most combinations of steps.
  public static let largestCombinationCount = 1_000

  /// - Parameters:
  ///   - run: The run as the recipe has it.
  ///   - uncertainty: What is uncertain.
  ///   - exposureDraws: Exposure by draw, then by unit of the run, in the measure of the run's exposure; empty
  ///     if it is not uncertain.
  ///   - seed: The same seed gives the same draws.
  /// - Throws: ``RiskIndexError``: `invalidSpecification` where alternatives exclude one another or nothing is
  ///   uncertain, `unknownIndicator` or `unknownUnit` for a name that the index does not have.
  /// - Complexity: One run a combination of steps.
  public init(
    _ run: IndexRun, _ uncertainty: IndexUncertainty, exposureDraws: [[Double?]] = [],
    seed: UInt64
  ) throws(RiskIndexError) {
    self.run = run
    self.uncertainty = uncertainty
    self.exposureDraws = exposureDraws
    streams = RandomStreams(seed: seed)
    try uncertainty.check(run)
    let leaves = run.framework.indicators + run.framework.supplements
    exposureNode = leaves.firstIndex { run.framework.isExposure($0.id) }
    if !exposureDraws.isEmpty {
      let width = run.result.units.count
      guard exposureNode != nil, exposureDraws.allSatisfy({ $0.count == width }) else {
        throw .invalidSpecification(
          field: "exposure draws", value: "\(exposureDraws.count)",
          expected: "one value for each of \(width) units, and an index with exposure")
      }
    }
    bases = try UncertainBase.all(run, uncertainty)
    scoresAreComparable = UncertainBase.areComparable(bases, tree: run.tree)

    var factors: [UncertainFactor] = []
    var column = 0
    func add(_ kind: UncertainFactor.Kind, _ names: [String]) {
      guard !names.isEmpty else { return }
      factors.append(
        UncertainFactor(
          kind: kind, firstColumn: column, width: names.count,
          keys: names.map { RandomStreams.key("index:" + $0) }))
      column += names.count
    }
    let varied = uncertainty.alternatives.filter { $0.steps.count > 1 }
    for choice in varied { add(.step(choice.kind, labels: choice.labels), [choice.kind.rawValue]) }
    weightNodes =
      uncertainty.weightSpread == nil ? [] : UncertainBase.weightNodes(bases, tree: run.tree)
    let ids = leaves.map(\.id) + run.framework.dimensions.map(\.id)
    add(.weights, weightNodes.map { "weight:" + ids[$0] })
    let candidates = uncertainty.leftOutNodes(run)
    leftOutNodes = candidates.isEmpty ? [] : [nil] + candidates
    if !candidates.isEmpty {
      add(.leftOut(labels: ["nothing"] + candidates.map { ids[$0] }), ["left-out"])
    }
    if bases.contains(where: { !$0.errors.isEmpty }) { add(.data, ["data"]) }
    if exposureDraws.count > 1 { add(.exposure, ["exposure"]) }
    self.factors = factors
    columnCount = column
    // The last kind of step varies fastest.
    var strides = [Int](repeating: 1, count: varied.count)
    var stride = 1
    for (place, choice) in varied.enumerated().reversed() {
      strides[place] = stride
      stride *= choice.steps.count
    }
    self.strides = strides
    guard !factors.isEmpty else {
      throw .invalidSpecification(
        field: "uncertainty", value: uncertainty.name, expected: "something that varies")
    }
  }

  /// What a re-run comes to.
  struct Outcome {
    /// By unit, as shown; nil where there is none.
    var scores: [Double?]
    /// By unit; nil for a unit without a score, or one that lacks a part of the index.
    var ranks: [Int?]
  }

  /// Computes the index with what is uncertain as a row of probabilities has it.
  ///
  /// - Parameter row: A probability from 0 to below 1 for each column.
  /// - Returns: nil where the methods refuse the values, such as a geometric mean one that is not above 0.
  func outcome(_ row: [Double]) -> Outcome? {
    var place = 0
    var step = 0
    for factor in factors {
      guard case .step = factor.kind else { continue }
      place += strides[step] * factor.alternative(row)
      step += 1
    }
    let base = bases[place]
    var choices = base.choices
    var normalised = base.normalised
    for factor in factors {
      switch factor.kind {
      case .step: break
      case .weights:
        let spread = uncertainty.weightSpread ?? 0
        for (offset, node) in weightNodes.enumerated() {
          let change = 1 - spread + 2 * spread * row[factor.firstColumn + offset]
          if let share = choices.shares[node] {
            choices.shares[node] = min(share * change, 0.999)
          } else {
            choices.weights[node] *= change
          }
        }
      case .leftOut:
        if let node = leftOutNodes[factor.alternative(row)] { choices.leftOut.insert(node) }
      case .data:
        // The whole set of errors is drawn by one number, so that it is one factor.
        let draw = row[factor.firstColumn].bitPattern
        for column in base.errors {
          choices.columns[column.node] = drawn(column, draw: draw)
          normalised[column.node] = run.runner.column(column.node, choices)
        }
      case .exposure:
        guard let node = exposureNode else { break }
        let draw = min(
          Int(row[factor.firstColumn] * Double(exposureDraws.count)), exposureDraws.count - 1)
        choices.columns[node] = exposureDraws[draw]
        normalised[node] = run.runner.column(node, choices)
      }
    }
    guard let outcome = try? run.runner.outcome(choices, normalised: normalised) else { return nil }
    let scores = outcome.values[run.tree.root].map { $0.map { $0 * base.scale } }
    let ranked = scores.indices.map { unit in
      run.runner.isComplete(outcome, unit: unit) ? scores[unit] : nil
    }
    return Outcome(scores: scores, ranks: competitionRanks(ranked))
  }

  /// The values of an indicator with the errors of a draw.
  private func drawn(_ column: UncertainBase.ColumnErrors, draw: UInt64) -> [Double?] {
    var values = column.values
    for error in column.cells {
      guard let value = values[error.unit] else { continue }
      var random = streams.substream(factor: error.key, draw: draw)
      let deviate = normalQuantile(min(max(random.uniform(), 0x1p-54), 1 - 0x1p-53))
      let drawn = value + error.deviation * deviate
      values[error.unit] = column.isNeverNegative ? max(drawn, 0) : drawn
    }
    return column.treatment.map { $0.apply(to: values).values } ?? values
  }
}
