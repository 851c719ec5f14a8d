/// One run of a recipe: what went in, what each step did, and what came out.
public struct IndexRun: Sendable {
  /// What the index is made of; with exposure, if there is any.
  public let framework: IndexFramework
  /// The framework with places in place of names.
  public var tree: IndexTree { runner.tree }
  /// The recipe that was run.
  public let recipe: IndexRecipe
  /// Exposure, if there is any.
  public let exposure: IndexExposure?
  /// The data as they were given, with exposure; units and values before every step.
  public let data: IndicatorData
  /// What each step did, in their order.
  public let records: [StepRecord]
  /// The cells of each indicator before normalisation, one a unit of the result; by node.
  public let cells: [[IndicatorCell?]]
  /// Computes the index over arrays.
  public let runner: IndexRunner
  /// The choices of this run; to be varied and handed to ``runner``.
  public let choices: IndexRunner.Choices
  /// What the runner came to.
  public let outcome: IndexRunner.Outcome
  /// Scores, ranks, coverage, contributions and warnings.
  public let result: IndexResult

  /// The same data by another recipe.
  ///
  /// - Throws: As ``IndexRecipe/run(on:framework:exposure:)``.
  public func rerun(_ recipe: IndexRecipe) throws(RiskIndexError) -> IndexRun {
    try IndexRun(recipe, prepared: data, framework: framework, exposure: exposure)
  }

  /// The same with exposure having another share of the score; 0 is the framework alone, to the last
  /// bit.
  ///
  /// - Throws: As ``IndexRecipe/run(on:framework:exposure:)``.
  public func rerun(exposureShare: Double) throws(RiskIndexError) -> IndexRun {
    var exposure = exposure
    exposure?.share = exposureShare
    return try IndexRun(recipe, prepared: data, framework: framework, exposure: exposure)
  }
}

extension IndexRecipe {
  /// Computes the index.
  ///
  /// Indicators are normalised over the units given and aggregated upwards over the values that a unit
  /// has. A missing value takes no part and is never 0. A dimension without a usable value for any unit
  /// takes no part for all, and its weight goes to the others in proportion. How units with less data are
  /// treated: ``UnitScore/isComplete``.
  ///
  /// - Parameters:
  ///   - data: The units and their values.
  ///   - framework: What the index is made of.
  ///   - exposure: What is measured of transport, with its share of the score; nil for none.
  /// - Returns: The run, with one entry a unit in the order of the data.
  /// - Throws: ``RiskIndexError``: `invalidSpecification`, `invalidFramework`, `unknownIndicator`,
  ///   `unknownUnit`, `conflictingYears`, `tooFewUnits`, `notFinite`, or `nothingToScore` if no unit has
  ///   a score.
  /// - Complexity: O(cells + units × nodes + units log units).
  public func run(
    on data: IndicatorData, framework: IndexFramework, exposure: IndexExposure? = nil
  ) throws(RiskIndexError) -> IndexRun {
    try framework.validate(file: framework.name)
    guard let exposure else { return try IndexRun(self, prepared: data, framework: framework) }
    return try IndexRun(
      self, prepared: data.adding(exposure), framework: framework.adding(exposure),
      exposure: exposure)
  }
}

extension IndexRun {
  /// - Parameters:
  ///   - data: With exposure, if there is any.
  ///   - framework: Checked; with exposure, if there is any.
  init(
    _ recipe: IndexRecipe, prepared data: IndicatorData, framework: IndexFramework,
    exposure: IndexExposure? = nil
  ) throws(RiskIndexError) {
    let tree = IndexTree(framework)
    try recipe.check(framework, tree: tree)
    try exposure?.check()
    var work = IndexWork(data: data, framework: framework, recipe: recipe)
    var records: [StepRecord] = []
    for step in recipe.steps { records.append(try work.carryOut(step)) }
    let leaves = framework.indicators + framework.supplements
    var cells: [[IndicatorCell?]] = []
    for leaf in leaves { cells.append(try work.data.column(leaf.id)) }
    try recipe.checkUnits(work.data)
    let weights = try recipe.weights.resolved(framework, tree: tree)
    var choices = recipe.choices(
      units: work.data.units, cells: cells, weights: weights, framework: framework, tree: tree,
      exposure: exposure)
    let runner = IndexRunner(tree: tree, directions: leaves.map(\.direction))
    var outcome = try runner.outcome(choices)
    var balance: [StepRecord.Touch] = []
    if recipe.weights.method == .balanced {
      balance = try runner.balance(&choices, outcome, names: framework.dimensions.map(\.id))
      outcome = try runner.outcome(choices)
    }
    let reporting = IndexReporting(
      framework: framework, tree: tree, units: work.data.units, cells: cells, choices: choices,
      outcome: outcome, exposure: exposure)
    self.framework = framework
    self.recipe = recipe
    self.exposure = exposure
    self.data = data
    self.cells = cells
    self.runner = runner
    self.choices = choices
    self.outcome = outcome
    self.records = records.map { reporting.completed($0, balance: balance) }
    result = try reporting.result(
      unitsLeftAside: data.unitsLeftAside, ofSteps: work.warnings,
      isTreated: recipe.steps.contains { $0.kind == .treat },
      runner: runner)
  }
}

extension IndexExposure {
  func check() throws(RiskIndexError) {
    guard share >= 0, share < 1 else {
      throw .invalidSpecification(
        field: "exposure weight", value: "\(share)",
        expected: "a share of the score, at least 0 and below 1")
    }
    if let posts = goalposts,
      !(posts.low.isUsable && posts.high.isUsable && posts.low < posts.high)
    {
      throw .invalidSpecification(
        field: "exposure goalposts", value: "\(posts.low), \(posts.high)",
        expected: "finite, low below high")
    }
  }
}
