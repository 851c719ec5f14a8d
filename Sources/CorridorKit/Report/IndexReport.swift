import Geography
public import RiskIndex

/// The scores of an index of one's own, what they are made of, and what each step did.
public struct IndexReport: Report {
  /// One unit.
  public struct Row: Encodable, Sendable, Hashable {
    /// The unit's id.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// Nil without any value.
    public let score: Double?
    /// 1 for the highest score; nil for a unit that is not ranked.
    public let rank: Int?
    /// False for a unit that lacks a part of the index that others have; it is not ranked.
    public let isComplete: Bool
    /// Indicators with a value of their own.
    public let indicatorsAvailable: Int
    /// Indicators of the framework.
    public let indicatorsTotal: Int
    /// All dimensions at every depth, in the order of the framework.
    public let dimensions: [DimensionPart]
    /// All indicators, in the order of the framework.
    public let indicators: [IndicatorPart]
  }

  /// One dimension of one unit.
  public struct DimensionPart: Encodable, Sendable, Hashable {
    /// The dimension's id.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// The dimension that it is a part of; nil for a part of the index itself.
    public let parent: String?
    /// 2 for a dimension of indicators alone, else one more than its highest part.
    public let level: Int
    /// Nil for a dimension of which the unit has too little: it is never filled.
    public let score: Double?
    /// Among the units that have a score of it.
    public let rank: Int?
    /// The share of the whole score, 0 to 1.
    public let weight: Double
    /// Points of the score, or a share where the index is no arithmetic mean; nil where it takes no part.
    public let contribution: Double?
    /// Indicators with a value of their own.
    public let indicatorsAvailable: Int
    /// Indicators of the framework.
    public let indicatorsTotal: Int
  }

  /// One indicator of one unit.
  public struct IndicatorPart: Encodable, Sendable, Hashable {
    /// The indicator's id.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// The dimension that it is a part of.
    public let dimension: String
    /// As it was normalised, in ``unit``; nil where there is none.
    public let value: Double?
    /// The unit of the value; nil where nobody says.
    public let unit: String?
    /// The year of the value; nil where nobody says.
    public let year: Int?
    /// Who published the value; nil where nobody says.
    public let source: String?
    /// What a reader should know of it.
    public let note: String?
    /// `given`, `derived`, `imputed` or `inherited`; nil where there is no value.
    public let origin: String?
    /// On the common scale, direction applied; nil where there is none.
    public let normalised: Double?
    /// The share of the whole score, 0 to 1.
    public let weight: Double
    /// As ``DimensionPart/contribution``.
    public let contribution: Double?
  }

  /// One step of the recipe.
  public struct StepPart: Encodable, Sendable, Hashable {
    /// Its kind, such as `normalise`.
    public let kind: String
    /// What it does, with its parameters.
    public let description: String
    /// How many units there were after it.
    public let units: Int
    /// What it changed, filled, left out or marked.
    public let touched: [TouchPart]
  }

  /// What a step changed.
  public struct TouchPart: Encodable, Sendable, Hashable {
    /// The indicator or dimension; nil where it is about a whole unit.
    public let part: String?
    /// The unit; nil where it is about a whole column.
    public let unit: String?
    /// Nil where there was no value.
    public let before: Double?
    /// Nil where there is no value.
    public let after: Double?
    /// Why, or by what.
    public let note: String
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The name of the framework.
  public let framework: String
  /// The edition of the framework; empty where it has none.
  public let edition: String
  /// The recipe, with what each step did.
  public let steps: [StepPart]
  /// In the order of the data.
  public let units: [Row]
  /// What a reader must know before comparing scores, a sentence each.
  public let warnings: [String]
  /// How sure scores and ranks are; nil where nobody asked.
  public let uncertainty: IndexUncertaintyPart?
  let explained: String?
  private let outlines: [String: [Polygon]]?

  private enum CodingKeys: CodingKey {
    case manifest, framework, edition, steps, units, warnings, uncertainty
  }

  /// - Parameters:
  ///   - run: What was computed.
  ///   - explained: The id of a unit that the text takes apart; nil for the table of all.
  ///   - uncertainty: How sure the scores are; nil where nobody asked.
  ///   - layer: The provinces that the units are; nil where they are none, and have no map.
  public init(
    _ run: IndexRun, explaining explained: String? = nil,
    uncertainty: IndexUncertaintyPart? = nil, layer: ProvinceLayer? = nil, manifest: Manifest
  ) {
    self.manifest = manifest
    self.uncertainty = uncertainty
    self.explained = explained
    framework = run.framework.name
    edition = run.framework.edition
    steps = run.records.map(StepPart.init)
    units = run.result.units.map(Row.init)
    warnings = run.result.warnings.map(\.description)
    outlines = layer.map { layer in
      Dictionary(uniqueKeysWithValues: layer.provinces.map { ($0.id, $0.polygons) })
    }
  }

  public var features: [ReportFeature]? {
    outlines.map {
      scoreFeatures(units, outlines: $0, uncertainty: uncertainty, notice: manifest.notice)
    }
  }
}

extension IndexReport.Row: ScoredRow {
  fileprivate init(_ unit: UnitScore) {
    self.init(
      id: unit.unit, name: unit.name, score: unit.score, rank: unit.rank,
      isComplete: unit.isComplete, indicatorsAvailable: unit.coverage.available,
      indicatorsTotal: unit.coverage.total,
      dimensions: unit.dimensions.map {
        .init(
          id: $0.id, name: $0.name, parent: $0.parent, level: $0.level, score: $0.score,
          rank: $0.rank, weight: $0.weight, contribution: $0.contribution,
          indicatorsAvailable: $0.coverage.available, indicatorsTotal: $0.coverage.total)
      },
      indicators: unit.indicators.map { indicator in
        func text(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        return .init(
          id: indicator.id, name: indicator.name, dimension: indicator.dimension,
          value: indicator.cell?.value, unit: text(indicator.cell?.measureUnit),
          year: indicator.cell?.year, source: text(indicator.cell?.source),
          note: text(indicator.cell?.note), origin: indicator.cell?.origin.rawValue,
          normalised: indicator.normalised, weight: indicator.weight,
          contribution: indicator.contribution)
      })
  }

  /// The figures of the unit that take part.
  var figures: [FigureSources.Figure] {
    indicators.filter { $0.value != nil && $0.weight > 0 }.map {
      FigureSources.Figure(indicator: $0.id, year: $0.year, source: $0.source)
    }
  }

  /// What a map shows of the unit.
  var properties: [String: PropertyValue] {
    var properties: [String: PropertyValue] = [
      "name": .text(name), "score": PropertyValue(score), "rank": PropertyValue(rank),
      "indicators_available": .integer(indicatorsAvailable),
      "indicators_total": .integer(indicatorsTotal), "is_complete": .flag(isComplete),
    ]
    for dimension in dimensions {
      properties["\(dimension.id)_score"] = PropertyValue(dimension.score)
      properties["\(dimension.id)_contribution"] = PropertyValue(dimension.contribution)
    }
    return properties
  }
}

extension IndexReport.StepPart {
  fileprivate init(_ record: StepRecord) {
    self.init(
      kind: record.step.kind.rawValue, description: record.step.description, units: record.units,
      touched: record.touched.map {
        .init(part: $0.part, unit: $0.unit, before: $0.before, after: $0.after, note: $0.note)
      })
  }
}
