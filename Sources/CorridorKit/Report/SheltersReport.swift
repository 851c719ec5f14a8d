import Geography

/// Who is far from help, province by province, and what more places would change.
public struct SheltersReport: Report {
  /// One province.
  public struct Row: Encodable, Sendable, Hashable {
    /// The province's id.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// Whether an organisation works in a city of the province.
    public let hasHelp: Bool
    /// The weight of its towns.
    public let weight: Double
    /// The share of that within the limit today; nil where there is no town.
    public let coveredShare: Double?
    /// The same with the best new places.
    public let coveredShareAfter: Double?
    /// The mean travel time to the nearest help today, weighted; nil where no way leads.
    public let meanTravelTimeS: Double?
    /// The town that is farthest from help today.
    public let farthestTown: String?
    /// How far that is.
    public let farthestTravelTimeS: Double?
  }

  /// A set of new places.
  public struct SetRow: Encodable, Sendable, Hashable {
    /// Cities, in the order of the gazetteer.
    public let places: [String]
    /// The share of all weight within the limit.
    public let coveredShare: Double
    /// The mean travel time to the nearest help.
    public let meanTravelTimeS: Double
    /// How much better another set could be, as a share; 0 is proved best.
    public let gap: Double
  }

  /// One more place.
  public struct StepRow: Encodable, Sendable, Hashable {
    /// The city.
    public let place: String
    /// The share of all weight that it brings within the limit.
    public let addedShare: Double
    /// The share within the limit with it.
    public let coveredShare: Double
  }

  /// A city with help, or a candidate that a set has.
  public struct PlaceRow: Encodable, Sendable, Hashable {
    /// The city.
    public let place: String
    /// `shelter`, `ngo`, or `new` for a place of the best sets.
    public let kind: String
    /// The organisation, where published.
    public let name: String?
    /// Who says so; nil for a new place.
    public let source: String?
    /// The sets that have a new place: `covering`, `median`.
    public let sets: [String]
    let coordinate: Coordinate

    private enum CodingKeys: CodingKey { case place, kind, name, source, sets }
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// What a town counts as: `population`, `flow` or `both`.
  public let weight: String
  /// How far help may be, in seconds.
  public let limitS: Double
  /// How many towns count.
  public let townCount: Int
  /// The weight of all of them.
  public let totalWeight: Double
  /// The provinces in the order of the layer.
  public let provinces: [Row]
  /// Provinces without an organisation in any city.
  public let provincesWithoutHelp: [String]
  /// Today.
  public let today: SetRow
  /// New places one after another, each that which brings most within the limit.
  public let steps: [StepRow]
  /// The best set for covering.
  public let covering: SetRow
  /// The best set for the mean travel time.
  public let median: SetRow
  /// Cities with help and new places.
  public let places: [PlaceRow]
  /// Settlements too far from the network to be counted.
  public let offNetwork: [String]

  /// What the figures do not say.
  public let notes = [
    "Help brings cases to light: many known cases can mean much help, few are not low risk.",
    "Organisations are told by city, as their sources have them, the shipped ones of 2011–2015; verify before use.",
  ]
  private let outlines: [String: [Polygon]]

  private enum CodingKeys: CodingKey {
    case manifest, weight, limitS, townCount, totalWeight, provinces, provincesWithoutHelp, today,
      steps, covering, median, places, offNetwork, notes
  }

  /// A report on a plan.
  public init(_ plan: ShelterPlan, analysis: Analysis, manifest: Manifest) {
    self.manifest = manifest
    outlines = analysis.outlines
    weight = plan.question.weight.rawValue
    limitS = plan.question.limitSeconds
    townCount = plan.towns.count
    totalWeight = plan.weight
    func share(_ weight: Double) -> Double { plan.weight > 0 ? weight / plan.weight : 0 }
    func city(_ candidate: Int) -> String {
      plan.towns[plan.candidates[candidate]].settlement.name
    }
    func row(_ selection: ShelterPlan.Selection) -> SetRow {
      SetRow(
        places: selection.candidates.map(city), coveredShare: share(selection.coveredWeight),
        meanTravelTimeS: selection.meanSeconds, gap: selection.gap)
    }
    let units = analysis.matrix.units.units
    provinces = plan.rows.map { row in
      func part(_ weight: Double) -> Double? { row.weight > 0 ? weight / row.weight : nil }
      return Row(
        id: units[row.unit].id, name: units[row.unit].name, hasHelp: row.hasHelp,
        weight: row.weight, coveredShare: part(row.coveredWeight),
        coveredShareAfter: part(row.coveredWeightAfter), meanTravelTimeS: row.meanSeconds,
        farthestTown: row.farthestTown.map { plan.towns[$0].settlement.name },
        farthestTravelTimeS: row.farthestSeconds)
    }
    provincesWithoutHelp = provinces.filter { !$0.hasHelp }.map(\.id)
    today = row(plan.today)
    covering = row(plan.covering)
    median = row(plan.median)
    steps = plan.steps.map {
      StepRow(
        place: city($0.candidate), addedShare: share($0.addedWeight),
        coveredShare: share($0.coveredWeight))
    }
    offNetwork = plan.offNetwork.map(\.name)
    let new = Set(plan.covering.candidates + plan.median.candidates).sorted()
    places =
      zip(plan.question.existing, plan.existing).map { organisation, place in
        PlaceRow(
          place: place.label, kind: organisation.kind.rawValue, name: organisation.name,
          source: organisation.source, sets: [], coordinate: place.coordinate)
      }
      + new.map { candidate in
        PlaceRow(
          place: city(candidate), kind: "new", name: nil, source: nil,
          sets: [
            plan.covering.candidates.contains(candidate) ? "covering" : nil,
            plan.median.candidates.contains(candidate) ? "median" : nil,
          ].compactMap(\.self),
          coordinate: plan.towns[plan.candidates[candidate]].settlement.coordinate)
      }
  }

  public var text: String {
    let hours = Shown.fixed(limitS / 3600, 1)
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("help", .left), ("beyond \(hours) h %", .right),
      ("then %", .right), ("mean h", .right), ("farthest", .left), ("h", .right),
    ])
    func beyond(_ covered: Double?) -> String { covered.map { Shown.percent(1 - $0) } ?? "–" }
    for row in provinces.sorted(by: {
      ($0.coveredShare ?? 1, $0.id) < ($1.coveredShare ?? 1, $1.id)
    }) {
      table.add([
        row.name.shortened(to: 18), row.id, row.hasHelp ? "yes" : "no", beyond(row.coveredShare),
        beyond(row.coveredShareAfter), row.meanTravelTimeS.map(Shown.hours) ?? "–",
        (row.farthestTown ?? "–").shortened(to: 16),
        row.farthestTravelTimeS.map(Shown.hours) ?? "–",
      ])
    }
    var sets = TextTable([
      ("Set", .left), ("within %", .right), ("mean h", .right), ("gap %", .right),
      ("places", .left),
    ])
    for (name, set) in [("today", today), ("covering", covering), ("p-median", median)] {
      sets.add([
        name, Shown.percent(set.coveredShare), Shown.hours(set.meanTravelTimeS),
        // Today nothing is chosen, so that nothing can fall short of the best.
        name == "today" ? "" : Shown.percent(set.gap),
        set.places.joined(separator: ", ").shortened(to: 60),
      ])
    }
    let more = steps.map {
      "\($0.place): \(Shown.percent($0.addedShare)) % more, \(Shown.percent($0.coveredShare)) % in all"
        .escapingControlCharacters
    }
    return [
      table.text,
      wrapped(
        "\"beyond\" is the share of the weight (\(weight)) farther than \(hours) h from help today, "
          + "\"then\" with the best set for covering. \(townCount) towns count."), sets.text,
      steps.isEmpty
        ? "No town that could have help brings more within \(hours) h."
        : "One more after another:\n" + more.map { "  " + $0 }.joined(separator: "\n"),
      wrapped(notes.joined(separator: " ")), wrapped(manifest.notice),
    ].joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [
      [
        "id", "name", "has_help", "weight", "covered_share", "covered_share_after",
        "mean_travel_time_s", "farthest_town", "farthest_travel_time_s",
      ]
    ]
      + provinces.map {
        [
          $0.id, $0.name, "\($0.hasHelp)", "\($0.weight)", $0.coveredShare.map { "\($0)" } ?? "",
          $0.coveredShareAfter.map { "\($0)" } ?? "", $0.meanTravelTimeS.map { "\($0)" } ?? "",
          $0.farthestTown ?? "", $0.farthestTravelTimeS.map { "\($0)" } ?? "",
        ]
      }
  }

  public var features: [ReportFeature]? {
    let scale = ColorScale(provinces.map { 1 - ($0.coveredShare ?? 1) })
    return provinces.compactMap { row in
      outlines[row.id].map { polygons in
        ReportFeature(
          id: row.id, geometry: Geometry(polygons),
          properties: [
            "name": .text(row.name), "has_help": .flag(row.hasHelp),
            "covered_share": PropertyValue(row.coveredShare),
            "covered_share_after": PropertyValue(row.coveredShareAfter),
            "mean_travel_time_s": PropertyValue(row.meanTravelTimeS),
            "fill": .text(scale.color(1 - (row.coveredShare ?? 1))), "fill-opacity": 0.7,
            "stroke": "#666666", "stroke-width": 1,
          ])
      }
    }
      + places.enumerated().map { index, place in
        ReportFeature(
          id: "place-\(index + 1)", geometry: .point(place.coordinate),
          properties: [
            "name": .text(place.place), "kind": .text(place.kind),
            "organisation": PropertyValue(place.name), "sets": .texts(place.sets),
            "marker-color": place.kind == "new" ? "#d55e00" : "#0072b2",
          ])
      }
  }
}
