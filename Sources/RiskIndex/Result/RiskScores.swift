/// The scores of a set of units with exposure and without it.
public struct RiskScores: Sendable {
  /// The run in which exposure has its share; the same as ``without`` where there is no exposure.
  public let with: IndexRun
  /// The run in which exposure has no share: the framework alone.
  public let without: IndexRun

  /// Both runs of a recipe.
  ///
  /// - Throws: As ``IndexRecipe/run(on:framework:exposure:)``.
  public init(
    _ recipe: IndexRecipe, on data: IndicatorData, framework: IndexFramework,
    exposure: IndexExposure?
  ) throws(RiskIndexError) {
    with = try recipe.run(on: data, framework: framework, exposure: exposure)
    without = exposure == nil ? with : try with.rerun(exposureShare: 0)
  }

  /// What a reader must know of the data and the method.
  public var warnings: [RiskWarning] { with.result.warnings }
}
