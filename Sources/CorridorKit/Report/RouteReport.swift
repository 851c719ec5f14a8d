import Geography

/// One way between two places: what it passes, how long it is, and where.
public struct RouteReport: Report {
  /// From what the report was made.
  public let manifest: Manifest
  /// The way with its provinces.
  public let route: TripSummary
  private let line: [Coordinate]

  private enum CodingKeys: CodingKey { case manifest, route }

  /// A report on one way.
  public init(_ corridor: CorridorRoute, analysis: Analysis, manifest: Manifest) {
    self.manifest = manifest
    route = TripSummary(corridor, analysis: analysis)
    line = analysis.area.network.line(of: corridor.route)
  }

  public var text: String {
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("km", .right), ("hours", .right),
    ])
    for row in route.provinces + route.abroad {
      table.add([
        row.name.shortened(to: 32), row.id, Shown.kilometers(row.lengthM),
        Shown.hours(row.travelTimeS),
      ])
    }
    table.add(["Total", "", Shown.kilometers(route.lengthM), Shown.hours(route.travelTimeS)])
    var lines = [
      "\(route.name) (\(route.mode)): \(Shown.kilometers(route.lengthM)) km, "
        + "\(Shown.hours(route.travelTimeS)) h"
    ]
    if !route.crossings.isEmpty {
      lines.append("Border crossings: \(route.crossings.joined(separator: ", "))")
    }
    for place in [route.origin, route.destination] where place.snapM >= 1000 {
      lines.append(
        "\(place.label) lies \(Shown.kilometers(place.snapM)) km from its node \(place.node); "
          + "that is not counted.")
    }
    return
      (lines.map(\.escapingControlCharacters) + ["", table.text, "", wrapped(manifest.notice)])
      .joined(separator: "\n")
  }

  public var csv: [[String]] {
    [["id", "name", "country", "length_m", "travel_time_s"]]
      + (route.provinces + route.abroad).map {
        [$0.id, $0.name, $0.country ?? "", "\($0.lengthM)", "\($0.travelTimeS)"]
      }
  }

  public var features: [ReportFeature]? {
    [
      ReportFeature(
        id: route.id, geometry: Geometry(line: line, metric: manifest.metric),
        properties: [
          "name": .text(route.name), "mode": .text(route.mode),
          "origin": .text(route.origin.label), "destination": .text(route.destination.label),
          "length_m": .number(route.lengthM), "travel_time_s": .number(route.travelTimeS),
          "crossings": .texts(route.crossings), "provinces": .texts(route.provinceOrder ?? []),
          "stroke": "#b2182b", "stroke-width": 3,
        ])
    ]
  }
}

/// The outcome of a search that found no way.
public struct UnreachableReport: Report {
  /// From what the report was made.
  public let manifest: Manifest
  /// The two places, and why no way joins them.
  public let unreachable: CutOffSummary

  /// A report on a way that was not found.
  public init(_ cutOff: CutOffSummary, manifest: Manifest) {
    self.manifest = manifest
    unreachable = cutOff
  }

  public var text: String { "No way: \(unreachable.reason)".escapingControlCharacters }
  public var csv: [[String]] { [["reason"], [unreachable.reason]] }
  public var features: [ReportFeature]? { [] }
}
