import Geography
public import TransportGraph

/// How certain the exposure of provinces is, or what a scenario changes of it.
public struct UncertaintyReport: Report {
  /// The measures of one unit in one state of the network.
  public struct Measures: Encodable, Sendable, Hashable {
    /// Σ mass × metres in the unit.
    public let lengthM: DrawSummary
    /// Σ mass × seconds in the unit, dwell at its crossings included.
    public let travelTimeS: DrawSummary
    /// The mass whose way enters the unit.
    public let enteringMass: DrawSummary
    /// The same over the mass of all trips with a way: the probability that one of them enters.
    public let enteringShare: DrawSummary

    init(_ draws: ExposureDraws, of unit: Int, _ state: ExposureDraws.State) {
      func summary(_ measure: ExposureDraws.Measure) -> DrawSummary {
        DrawSummary(
          draws.values(measure, of: unit, state), plain: draws.plain(measure, of: unit, state))
      }
      lengthM = summary(.length)
      travelTimeS = summary(.time)
      enteringMass = summary(.entering)
      enteringShare = summary(.share)
    }

    subscript(measure: ExposureDraws.Measure) -> DrawSummary {
      switch measure {
      case .length: lengthM
      case .time: travelTimeS
      case .entering: enteringMass
      case .share: enteringShare
      }
    }
  }

  /// One reporting unit.
  public struct Row: Encodable, Sendable, Hashable {
    /// A province's id, or `ABROAD:RU`.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// ISO 3166-1 alpha-2, where known.
    public let country: String?
    /// Exposure; nil where a scenario is compared.
    public let exposure: Measures?
    /// Exposure without the scenario that is compared.
    public let before: Measures?
    /// Exposure with it.
    public let after: Measures?
    /// With it less without it, in the same draw.
    public let change: Measures?
    /// The share of the draws in which the ranking measure rises under the scenario.
    public let riseShare: Double?
    /// The share of the draws in which it falls.
    public let fallShare: Double?
    /// The province's rank by the ranking measure, or, where a scenario is compared, by its change.
    public let rank: UnitRanking.Ranks?
    let isAbroad: Bool
    let isMet: Bool

    private enum CodingKeys: CodingKey {
      case id, name, country, exposure, before, after, change, riseShare, fallShare, rank
    }

    /// What is ranked and mapped.
    var told: Measures? { change ?? exposure }
  }

  /// Two provinces, the first of them the one that more often lies above.
  public struct Pair: Encodable, Sendable, Hashable {
    /// The id of the first.
    public let a: String
    /// The id of the second.
    public let b: String
    /// P(A > B): the share of the draws in which the first lies strictly above the second.
    public let above: Double
    /// P(B > A).
    public let below: Double
    /// Whether one of the two shares is 0.95 or more.
    public let differ: Bool
  }

  /// The mass of the trips without a way.
  public struct Disconnected: Encodable, Sendable, Hashable {
    /// Without a scenario that is compared.
    public let before: DrawSummary
    /// With it, as if it held for all traffic less the open part.
    public let after: DrawSummary?
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The number of draws.
  public let draws: Int
  /// Their seed.
  public let seed: UInt64
  /// The measure that provinces are ranked and compared by.
  public let rankedBy: String
  /// The uncertain inputs.
  public let inputs: [UncertainInputs.Row]
  /// How many factors the draws vary.
  public let factorCount: Int
  /// The listed provinces in the order of the layer, those without exposure too.
  public let provinces: [Row]
  /// What lies abroad, by country, where there is exposure.
  public let abroad: [Row]
  /// Every pair of provinces that have exposure, or a change, in some draw.
  public let pairs: [Pair]
  /// The mass of the trips without a way.
  public let disconnectedMass: Disconnected
  /// One standard error of a probability of 0.5; others have less.
  public let probabilityStandardError: Double
  /// What a reader should know of the route choice in the run, a sentence each.
  public let warnings: [String]
  let measure: ExposureDraws.Measure
  /// Whether masses are others than 1.
  let isWeighted: Bool
  private let ranking: UnitRanking
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey {
    case manifest, draws, seed, rankedBy, inputs, factorCount, provinces, abroad, pairs,
      disconnectedMass, probabilityStandardError, warnings
  }

  /// A report on draws.
  ///
  /// - Parameters:
  ///   - draws: What was drawn.
  ///   - study: Of what.
  ///   - seed: With which seed.
  ///   - measure: What provinces are ranked and compared by.
  ///   - warnings: What a reader should know of the model's result in the run.
  public init(
    _ draws: ExposureDraws, of study: MonteCarlo, seed: UInt64,
    rankedBy measure: ExposureDraws.Measure, warnings: [RouteChoiceWarning] = [],
    manifest: Manifest
  ) {
    self.manifest = manifest
    self.warnings = warnings.map(\.description)
    self.draws = draws.drawCount
    self.seed = seed
    self.measure = measure
    rankedBy = measure.rawValue
    if case .flows = study.travel { isWeighted = true } else { isWeighted = false }
    inputs = study.inputs.rows
    factorCount = study.factors.count
    outlines = study.analysis.outlines
    probabilityStandardError = 0.5 / Double(draws.drawCount).squareRoot()
    let state: ExposureDraws.State = draws.comparesScenario ? .change : .before
    let units = draws.units.units
    let listed = units.indices.filter { !units[$0].isAbroad }
    let values = units.indices.map { draws.values(measure, of: $0, state) }
    let ranking = UnitRanking(listed.map { values[$0] })
    self.ranking = ranking
    let rows = units.indices.map { unit in
      func measures(_ state: ExposureDraws.State, ifComparing: Bool) -> Measures? {
        ifComparing == draws.comparesScenario ? Measures(draws, of: unit, state) : nil
      }
      func share(_ isCounted: (Double) -> Bool) -> Double? {
        draws.comparesScenario
          ? Double(values[unit].count(where: isCounted)) / Double(draws.drawCount) : nil
      }
      return Row(
        id: units[unit].id, name: units[unit].name, country: units[unit].country,
        exposure: measures(.before, ifComparing: false),
        before: measures(.before, ifComparing: true), after: measures(.after, ifComparing: true),
        change: measures(.change, ifComparing: true), riseShare: share { $0 > 0 },
        fallShare: share { $0 < 0 },
        rank: listed.firstIndex(of: unit).map { ranking.ranks[$0] },
        isAbroad: units[unit].isAbroad, isMet: values[unit].contains { $0 != 0 })
    }
    provinces = rows.filter { !$0.isAbroad }
    abroad = rows.filter { $0.isAbroad && $0.isMet }
    let met = provinces.indices.filter { rows[listed[$0]].isMet }
    let ids = provinces.map(\.id)
    pairs = met.flatMap { first in
      met.lazy.filter { $0 > first }.map { second in
        let isAbove =
          ranking.share(of: first, above: second) >= ranking.share(of: second, above: first)
        let (a, b) = isAbove ? (first, second) : (second, first)
        return Pair(
          a: ids[a], b: ids[b], above: ranking.share(of: a, above: b),
          below: ranking.share(of: b, above: a), differ: ranking.differ(a, b))
      }
    }
    func disconnected(_ state: ExposureDraws.State) -> DrawSummary {
      DrawSummary(
        draws.disconnectedMass(state), plain: draws.plainDisconnectedMass(state))
    }
    disconnectedMass = Disconnected(
      before: disconnected(.before), after: draws.comparesScenario ? disconnected(.after) : nil)
  }

  /// The share of the draws in which one listed province lies above another.
  func share(of province: Int, above other: Int) -> Double {
    ranking.share(of: province, above: other)
  }

  public var features: [ReportFeature]? {
    let medians = provinces.map { $0.told?[measure].p50 ?? 0 }
    let scale = ColorScale(medians)
    let changes = DivergingScale(medians, smallest: 0.001)
    return zip(provinces, medians).compactMap { row, median in
      outlines[row.id].map { polygons in
        let color =
          row.change == nil
          ? scale.color(median) : changes.style(median).color
        return ReportFeature(
          id: row.id, geometry: Geometry(polygons),
          properties: properties(of: row).merging([
            "fill": .text(color), "fill-opacity": 0.7, "stroke": "#666666", "stroke-width": 1,
          ]) { $1 })
      }
    }
  }

  private func properties(of row: Row) -> [String: PropertyValue] {
    var properties: [String: PropertyValue] = [
      "name": .text(row.name), "country": PropertyValue(row.country),
      "rank_p05": PropertyValue(row.rank?.p05), "rank_p50": PropertyValue(row.rank?.p50),
      "rank_p95": PropertyValue(row.rank?.p95), "top_share": PropertyValue(row.rank?.topShare),
    ]
    if let rise = row.riseShare { properties["rise_share"] = .number(rise) }
    if let fall = row.fallShare { properties["fall_share"] = .number(fall) }
    for (state, measures) in row.states {
      for measure in ExposureDraws.Measure.allCases {
        let summary = measures[measure]
        let prefix = (state == "exposure" ? "" : state + "_") + measure.column
        properties[prefix + "_p05"] = .number(summary.p05)
        properties[prefix + "_p50"] = .number(summary.p50)
        properties[prefix + "_p95"] = .number(summary.p95)
      }
    }
    return properties
  }

  public var csv: [[String]] {
    var rows = [
      [
        "id", "name", "country", "state", "measure", "plain", "mean", "standard_deviation", "p05",
        "p50", "p95", "median_standard_error", "rank_p05", "rank_p50", "rank_p95", "top_share",
      ]
    ]
    for row in provinces + abroad {
      for (state, measures) in row.states {
        for measure in ExposureDraws.Measure.allCases {
          let summary = measures[measure]
          let isRanked =
            measure == self.measure && state == (row.change == nil ? "exposure" : "change")
          let rank = isRanked ? row.rank : nil
          rows.append(
            [row.id, row.name, row.country ?? "", state, measure.column]
              + [
                summary.plain, summary.mean, summary.standardDeviation, summary.p05, summary.p50,
                summary.p95,
              ].map { "\($0)" }
              + [
                summary.medianStandardError.map { "\($0)" }, rank.map { "\($0.p05)" },
                rank.map { "\($0.p50)" }, rank.map { "\($0.p95)" }, rank.map { "\($0.topShare)" },
              ].map { $0 ?? "" })
        }
      }
    }
    return rows
  }
}

extension UncertaintyReport.Row {
  /// The states that there are, as files name them.
  fileprivate var states: [(name: String, measures: UncertaintyReport.Measures)] {
    [("exposure", exposure), ("before", before), ("after", after), ("change", change)]
      .compactMap { name, measures in measures.map { (name, $0) } }
  }
}

extension ExposureDraws.Measure {
  /// As files name it, with the unit.
  var column: String {
    switch self {
    case .length: "length_m"
    case .time: "travel_time_s"
    case .entering: "entering_mass"
    case .share: "entering_share"
    }
  }
}
