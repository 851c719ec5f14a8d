import Geography
import TransportGraph

/// The named corridors on a network: the content of `routes.geojson`.
public struct CorridorsReport: Report {
  /// One corridor.
  public struct Row: Encodable, Sendable, Hashable {
    /// The corridor's id.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// The modes of its way: `road`, `rail`, several joined by `+`, or `any`.
    public let mode: String
    /// Where it begins.
    public let origin: String
    /// Where it ends.
    public let destination: String
    /// Places and crossings that it passes, in order, as its definition has them.
    public let waypoints: [String]
    /// Ids of the crossings on the way, in order.
    public let crossings: [String]
    /// Ids of the listed provinces in the order in which it enters them.
    public let provinces: [String]
    /// Metres.
    public let lengthM: Double
    /// Seconds, dwell at crossings included.
    public let travelTimeS: Double
    /// A distance that someone published, with who and where.
    public let publishedLengthM: Double?
    /// Who published the distance, and where.
    public let publishedSource: String?
    /// The study that names the corridor.
    public let source: String
    /// What a reader should know besides.
    public let note: String?
    let color: String
    let modes: Set<Mode>
    let line: [Coordinate]

    private enum CodingKeys: CodingKey {
      case id, name, mode, origin, destination, waypoints, crossings, provinces, lengthM,
        travelTimeS, publishedLengthM, publishedSource, source, note
    }

    /// How much longer than published the corridor is, as a share; nil where nothing is published.
    public var deviation: Double? { publishedLengthM.map { lengthM / $0 - 1 } }
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// In the order of the definitions, without those that no way was found for.
  public let corridors: [Row]
  /// The trips that no way was found for.
  public let cutOff: [CutOffSummary]

  /// A report on corridors that were routed.
  public init(
    _ corridors: [CorridorRoute], cutOff: [CutOffSummary], analysis: Analysis, manifest: Manifest
  ) {
    self.manifest = manifest
    self.cutOff = cutOff
    self.corridors = corridors.map { corridor in
      let definition = corridor.definition
      return Row(
        id: definition.id, name: definition.name, mode: definition.modeName,
        origin: corridor.origin.label, destination: corridor.destination.label,
        waypoints: definition.via, crossings: corridor.crossings.map(\.id),
        provinces: analysis.provinceOrder(of: corridor.route),
        lengthM: corridor.route.lengthMeters, travelTimeS: corridor.route.travelTimeSeconds,
        publishedLengthM: definition.publishedLengthMeters,
        publishedSource: definition.publishedSource, source: definition.source,
        note: definition.note, color: definition.color, modes: definition.modes,
        line: analysis.area.network.line(of: corridor.route))
    }
  }

  public var text: String {
    var table = TextTable([
      ("Id", .left), ("Corridor", .left), ("Mode", .left), ("km", .right), ("published", .right),
      ("%", .right), ("hours", .right),
    ])
    for row in corridors {
      table.add([
        row.id, row.name.shortened(to: 36), row.mode, Shown.kilometers(row.lengthM),
        row.publishedLengthM.map { Shown.fixed($0 / 1000, 0) } ?? "",
        row.deviation.map { Shown.signed($0 * 100, 1) } ?? "", Shown.hours(row.travelTimeS),
      ])
    }
    let gone = cutOff.map { "No way: \($0.id): \($0.reason)".escapingControlCharacters }
    return ([table.text] + gone + ["", wrapped(manifest.notice)]).joined(separator: "\n")
  }

  public var csv: [[String]] {
    [
      [
        "id", "name", "mode", "origin", "destination", "crossings", "provinces", "length_m",
        "travel_time_s", "published_length_m", "published_source", "source",
      ]
    ]
      + corridors.map { row in
        [
          row.id, row.name, row.mode, row.origin, row.destination,
          row.crossings.joined(separator: " "), row.provinces.joined(separator: " "),
          "\(row.lengthM)", "\(row.travelTimeS)", row.publishedLengthM.map { "\($0)" } ?? "",
          row.publishedSource ?? "", row.source,
        ]
      }
  }

  /// Properties after simplestyle 1.1: railways are drawn thinner than roads.
  public var features: [ReportFeature]? {
    corridors.map { row in
      ReportFeature(
        id: row.id, geometry: Geometry(line: row.line, metric: manifest.metric),
        properties: [
          "name": .text(row.name), "mode": .text(row.mode), "origin": .text(row.origin),
          "destination": .text(row.destination), "waypoints": .texts(row.waypoints),
          "crossings": .texts(row.crossings), "provinces": .texts(row.provinces),
          // Millimetres and seconds are more than the data know, and keep the file small.
          "length_m": .number(row.lengthM.rounded()),
          "travel_time_s": .number(row.travelTimeS.rounded()),
          "published_length_m": PropertyValue(row.publishedLengthM),
          "published_source": PropertyValue(row.publishedSource), "source": .text(row.source),
          "note": PropertyValue(row.note), "stroke": .text(row.color),
          "stroke-width": row.modes == [.rail] ? 2 : 4, "stroke-opacity": 0.9,
        ])
    }
  }
}
