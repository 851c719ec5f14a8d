import Geography
public import RiskIndex

/// Provincial risk scores, with and without exposure, and what they are made of.
public struct RiskReport: Report {
  /// One province.
  public struct Row: Encodable, Sendable, Hashable {
    /// The province's id.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// 0 to 100, higher is riskier (z has no bounds, nor has a score under a scenario, which is on the scale of
    /// the state without it); nil without any value.
    public let score: Double?
    /// 1 for the highest risk; nil for a province that is not ranked.
    public let rank: Int?
    /// The score of the framework alone.
    public let scoreWithoutExposure: Double?
    /// The rank by the framework alone.
    public let rankWithoutExposure: Int?
    /// False for a province that lacks a dimension that others have; it is not ranked.
    public let isComplete: Bool
    /// Indicators with a value, and those of the framework.
    public let indicatorsAvailable: Int
    /// Indicators of the framework.
    public let indicatorsTotal: Int
    /// Exposure and what it adds.
    public let exposure: ExposurePart?
    /// The same province without the scenario; nil where there is none.
    public let before: State?
    /// In the order of the framework.
    public let dimensions: [DimensionPart]
  }

  /// A province without the scenario that the report is about.
  public struct State: Encodable, Sendable, Hashable {
    /// As ``Row/score``.
    public let score: Double?
    /// As ``Row/rank``.
    public let rank: Int?
    /// As ``ExposurePart/value``.
    public let exposureValue: Double?
  }

  /// The exposure block of one province.
  public struct ExposurePart: Encodable, Sendable, Hashable {
    /// What is measured, with its unit in words.
    public let measure: String
    /// In the unit of the measure.
    public let value: Double?
    /// 0 to 100 (z: 50 + 10 z); higher is riskier.
    public let normalised: Double?
    /// The share of the whole score, 0 to 1.
    public let weight: Double
    /// Points that the part adds to the score (arithmetic), or its share of the logarithm of the
    /// score (geometric).
    public let contribution: Double?
  }

  /// One dimension of one province.
  public struct DimensionPart: Encodable, Sendable, Hashable {
    /// The dimension's id in the framework.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// The id of the dimension that it is a part of; nil for a part of the index itself.
    public let parent: String?
    /// Nil for a dimension without data: it is never filled.
    public let score: Double?
    /// The share of the whole score, 0 to 1.
    public let weight: Double
    /// Points that the part adds to the score (arithmetic), or its share of the logarithm of the
    /// score (geometric).
    public let contribution: Double?
    /// Indicators with a value.
    public let indicatorsAvailable: Int
    /// Indicators of the framework.
    public let indicatorsTotal: Int
    /// The indicators that are direct parts of it and have a value.
    public let indicators: [IndicatorPart]
  }

  /// One indicator of one province that has a value.
  public struct IndicatorPart: Encodable, Sendable, Hashable {
    /// The indicator's id in the framework.
    public let id: String
    /// As published, in ``unit``.
    public let value: Double
    /// The unit of the value.
    public let unit: String
    /// The year that the value describes; nil where nobody says.
    public let year: Int?
    /// Who published it.
    public let source: String
    /// What a reader should know, for example that it is inherited.
    public let note: String?
    /// 0 to 100 (z: 50 + 10 z); higher is riskier.
    public let normalised: Double?
    /// The share of the whole score, 0 to 1.
    public let weight: Double
    /// Points that the part adds to the score (arithmetic), or its share of the logarithm of the
    /// score (geometric).
    public let contribution: Double?
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The name of the framework.
  public let framework: String
  /// The edition of the framework.
  public let edition: String
  /// `goalpost`, `min-max` or `z`.
  public let normalisation: String
  /// `arithmetic` or `geometric`.
  public let withinDimensions: String
  /// `arithmetic` or `geometric`.
  public let acrossDimensions: String
  /// The share of exposure in the score, from 0 to below 1.
  public let exposureWeight: Double
  /// The scenario that the scores hold under; nil for none. Each province then has a state before.
  public let scenario: String?
  /// In the order of the layer.
  public let provinces: [Row]
  /// What a reader must know before comparing scores, a sentence each.
  public let warnings: [String]
  /// How sure scores and ranks are; nil where nobody asked.
  public let uncertainty: IndexUncertaintyPart?
  private let outlines: [String: [Polygon]]
  let explained: String?

  private enum CodingKeys: CodingKey {
    case manifest, framework, edition, normalisation, withinDimensions, acrossDimensions,
      exposureWeight, scenario, provinces, warnings, uncertainty
  }

  /// - Parameters:
  ///   - scores: With and without exposure.
  ///   - before: The same without the scenario that `scores` hold under; nil where there is none.
  ///   - scenario: What readers call it.
  ///   - explained: The id of a province that the text takes apart; nil for the table of all.
  ///   - uncertainty: How sure the scores are; nil where nobody asked.
  public init(
    _ scores: RiskScores, before: RiskScores? = nil, scenario: String? = nil,
    explaining explained: String? = nil, uncertainty: IndexUncertaintyPart? = nil,
    analysis: Analysis, manifest: Manifest
  ) {
    self.manifest = manifest
    self.uncertainty = uncertainty
    self.explained = explained
    self.scenario = scenario
    let run = scores.with
    framework = run.framework.name
    edition = run.framework.edition
    normalisation = run.recipe.normalisation.method.rawValue
    withinDimensions = run.recipe.aggregation.method(at: 2).rawValue
    acrossDimensions = run.recipe.aggregation.method(at: run.tree.topLevel).rawValue
    exposureWeight = run.exposure?.share ?? 0
    provinces = zip(run.result.units, scores.without.result.units).map { unit, without in
      Row(
        unit, without: without, before: before?.with.result[unit.unit],
        exposure: run.exposure?.name)
    }
    warnings = scores.warnings.map(\.description)
    outlines = analysis.outlines
  }

  public var features: [ReportFeature]? {
    scoreFeatures(provinces, outlines: outlines, uncertainty: uncertainty, notice: manifest.notice)
  }
}

extension RiskReport.Row: ScoredRow {
  /// - Parameters:
  ///   - without: The same unit without exposure, whose parts hold where it has no score with it.
  ///   - exposure: The name of the measure; nil where there is none.
  fileprivate init(
    _ unit: UnitScore, without: UnitScore, before: UnitScore?, exposure: String?
  ) {
    let parts = unit.score == nil ? without : unit
    let exposed = unit.indicator(IndexFramework.exposureID)
    self.init(
      id: unit.unit, name: unit.name, score: unit.score, rank: unit.rank,
      scoreWithoutExposure: without.score, rankWithoutExposure: without.rank,
      isComplete: without.isComplete, indicatorsAvailable: unit.coverage.available,
      indicatorsTotal: unit.coverage.total,
      exposure: exposure.map {
        .init(
          measure: $0, value: exposed?.cell?.value, normalised: exposed?.normalised,
          weight: unit.score == nil ? 0 : exposed?.weight ?? 0,
          contribution: unit.score == nil ? nil : exposed?.contribution)
      },
      before: before.map {
        .init(
          score: $0.score, rank: $0.rank,
          exposureValue: $0.indicator(IndexFramework.exposureID)?.cell?.value)
      },
      dimensions: parts.dimensions.filter { $0.id != IndexFramework.exposureID }.map { dimension in
        .init(
          id: dimension.id, name: dimension.name, parent: dimension.parent,
          score: dimension.score, weight: dimension.weight, contribution: dimension.contribution,
          indicatorsAvailable: dimension.coverage.available,
          indicatorsTotal: dimension.coverage.total,
          indicators: parts.indicators(of: dimension.id).compactMap { indicator in
            indicator.cell.map { cell in
              .init(
                id: indicator.id, value: cell.value, unit: cell.measureUnit, year: cell.year,
                source: cell.source, note: cell.note.isEmpty ? nil : cell.note,
                normalised: indicator.normalised, weight: indicator.weight,
                contribution: indicator.contribution)
            }
          })
      })
  }

  /// The figures of the province that take part.
  var figures: [FigureSources.Figure] {
    dimensions.flatMap(\.indicators).filter { $0.weight > 0 }.map {
      FigureSources.Figure(indicator: $0.id, year: $0.year, source: $0.source)
    }
  }

  /// The score under the scenario less that without; nil where one of them is missing.
  var scoreChange: Double? {
    guard let score, let before = before?.score else { return nil }
    return score - before
  }

  /// What a map shows of the province.
  var properties: [String: PropertyValue] {
    var properties: [String: PropertyValue] = [
      "name": .text(name), "risk_score": PropertyValue(score), "risk_rank": PropertyValue(rank),
      "risk_score_without_exposure": PropertyValue(scoreWithoutExposure),
      "risk_rank_without_exposure": PropertyValue(rankWithoutExposure),
      "indicators_available": .integer(indicatorsAvailable),
      "indicators_total": .integer(indicatorsTotal), "is_complete": .flag(isComplete),
    ]
    if let before {
      properties["risk_score_before"] = PropertyValue(before.score)
      properties["risk_rank_before"] = PropertyValue(before.rank)
    }
    if let exposure {
      properties["exposure_value"] = PropertyValue(exposure.value)
      properties["exposure_contribution"] = PropertyValue(exposure.contribution)
    }
    for dimension in dimensions {
      properties["\(dimension.id)_score"] = PropertyValue(dimension.score)
      properties["\(dimension.id)_contribution"] = PropertyValue(dimension.contribution)
      properties["\(dimension.id)_available"] = .integer(dimension.indicatorsAvailable)
      properties["\(dimension.id)_total"] = .integer(dimension.indicatorsTotal)
    }
    return properties
  }
}
