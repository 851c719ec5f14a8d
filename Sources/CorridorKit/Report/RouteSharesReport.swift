import Geography
public import TransportGraph

/// The alternatives between two places that a path-size logit spreads travellers over.
public struct RouteSharesReport: Report {
  /// One alternative.
  public struct Row: Encodable, Sendable, Hashable {
    /// The probability that a traveller takes it; over all rows they sum to 1.
    public let probability: Double
    /// The share of its length that is its own, above 0 and at most 1.
    public let pathSize: Double
    /// What it costs over what the best one costs, 1 or more.
    public let stretch: Double
    /// Metres.
    public let lengthM: Double
    /// Seconds, dwell at crossings included.
    public let travelTimeS: Double
    /// Ids of the crossings on the way, in order.
    public let crossings: [String]
    /// Ids of the listed provinces in the order in which it enters them.
    public let provinces: [String]
    let line: [Coordinate]

    private enum CodingKeys: CodingKey {
      case probability, pathSize, stretch, lengthM, travelTimeS, crossings, provinces
    }
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// Where the ways begin.
  public let origin: PlaceSummary
  /// Where they end.
  public let destination: PlaceSummary
  /// The alternatives, the cheapest first.
  public let alternatives: [Row]
  private let choice: String

  private enum CodingKeys: CodingKey { case manifest, origin, destination, alternatives }

  /// A report on the alternatives of a pair.
  public init(
    _ shares: RouteShares, from origin: Place, to destination: Place, by model: PathSizeLogit,
    analysis: Analysis, manifest: Manifest
  ) {
    self.manifest = manifest
    let graph = analysis.area.graph
    self.origin = PlaceSummary(origin, graph: graph)
    self.destination = PlaceSummary(destination, graph: graph)
    choice = RouteChoiceModel.pathSizeLogit(model).sentence(measure: analysis.profile.measure)
    alternatives = shares.set.routes.enumerated().map { index, route in
      Row(
        probability: shares.probabilities[index], pathSize: shares.pathSizes[index],
        stretch: shares.set.stretch(of: index), lengthM: route.lengthMeters,
        travelTimeS: route.travelTimeSeconds,
        crossings: route.arcs.compactMap { graph.links[$0.link.index].crossingID },
        provinces: analysis.provinceOrder(of: route), line: analysis.area.network.line(of: route))
    }
  }

  public var text: String {
    var table = TextTable([
      ("%", .right), ("km", .right), ("hours", .right), ("× best", .right), ("own %", .right),
      ("crossings", .left), ("provinces", .left),
    ])
    for row in alternatives {
      table.add([
        Shown.percent(row.probability), Shown.kilometers(row.lengthM), Shown.hours(row.travelTimeS),
        Shown.fixed(row.stretch, 3), Shown.percent(row.pathSize),
        row.crossings.joined(separator: " ").shortened(to: 24),
        row.provinces.joined(separator: " ").shortened(to: 30),
      ])
    }
    return [
      "\(origin.label)–\(destination.label): \(alternatives.count) alternatives"
        .escapingControlCharacters, table.text,
      wrapped(choice), wrapped(manifest.notice),
    ].joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [
      [
        "probability", "path_size", "stretch", "length_m", "travel_time_s", "crossings",
        "provinces",
      ]
    ]
      + alternatives.map { row in
        [row.probability, row.pathSize, row.stretch, row.lengthM, row.travelTimeS].map { "\($0)" }
          + [row.crossings.joined(separator: " "), row.provinces.joined(separator: " ")]
      }
  }

  public var features: [ReportFeature]? {
    alternatives.enumerated().map { index, row in
      ReportFeature(
        id: "\(index + 1)", geometry: Geometry(line: row.line, metric: manifest.metric),
        properties: [
          "probability": .number(row.probability), "path_size": .number(row.pathSize),
          "stretch": .number(row.stretch), "length_m": .number(row.lengthM),
          "travel_time_s": .number(row.travelTimeS), "crossings": .texts(row.crossings),
          "provinces": .texts(row.provinces), "stroke": "#b2182b",
          "stroke-width": .number(1 + 6 * row.probability), "stroke-opacity": 0.7,
        ])
    }
  }
}
