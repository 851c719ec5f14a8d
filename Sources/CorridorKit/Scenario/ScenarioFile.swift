import Foundation
import Geography
import TransportGraph

extension Scenario {
  /// Reads a scenario (`docs/formats.md`, "Scenarios").
  ///
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key. Names
  ///   are looked up later, when the scenario meets a network.
  public init(_ file: InputFile) throws(CorridorKitError) {
    let root = try YAMLReading(file)
    try root.requireKeys(["name", "description", "close", "delay", "date", "open_fraction"])
    self.init(
      name: try root.required("name").string(), description: try root["description"]?.string(),
      closures: try root["close"].map { value throws(CorridorKitError) in
        try Self.closures(value, folder: (file.path as NSString).deletingLastPathComponent)
      } ?? [],
      delays: try root["delay"].map(Self.delays) ?? [], date: try root["date"]?.date(),
      openFraction: try root["open_fraction"]?.number(in: 0...1, unit: "a share") ?? 0)
    guard !closures.isEmpty || !delays.isEmpty || date != nil else {
      throw root.fault("without effect", expected: "\"close\", \"delay\" or \"date\"")
    }
  }

  private static func closures(_ value: YAMLReading, folder: String) throws(CorridorKitError)
    -> [Closure]
  {
    try value.requireKeys(["crossings", "links", "borders", "modes", "provinces", "areas"])
    var closures: [Closure] = []
    for crossing in try value["crossings"]?.strings() ?? [] { closures.append(.crossing(crossing)) }
    for link in try value["links"]?.strings() ?? [] { closures.append(.link(link)) }
    for border in try value["borders"]?.list() ?? [] {
      let countries = try Self.countries(border)
      closures.append(.border(countries[0], countries[1]))
    }
    for mode in try value["modes"]?.list() ?? [] { closures.append(.mode(try mode.choice())) }
    for province in try value["provinces"]?.strings() ?? [] { closures.append(.province(province)) }
    for area in try value["areas"]?.list() ?? [] {
      closures += try Self.areas(file: try area.string(), folder: folder)
    }
    return closures
  }

  /// The polygons of a GeoJSON file, named relative to the scenario's own folder.
  private static func areas(file: String, folder: String) throws(CorridorKitError) -> [Closure] {
    let path = file.hasPrefix("/") || folder.isEmpty ? file : folder + "/" + file
    var closures: [Closure] = []
    for feature in try InputFile(path: path).features(AreaProperties.self).features {
      let name = feature.properties.name ?? feature.feature.id ?? file
      guard let polygons = feature.feature.geometry?.polygons, !polygons.isEmpty else {
        throw feature.fault(
          "geometry", feature.feature.geometry?.typeName ?? "null", "a Polygon or MultiPolygon")
      }
      closures.append(.area(polygons, name: name))
    }
    return closures
  }

  private static func countries(_ value: YAMLReading) throws(CorridorKitError) -> [String] {
    let countries = try value.string().split(separator: "-").map(String.init)
    guard countries.count == 2, countries.allSatisfy(isCountryCode) else {
      throw value.fault(expected: "two countries such as KZ-KG")
    }
    return countries
  }

  private static func delays(_ value: YAMLReading) throws(CorridorKitError) -> [Delay] {
    var delays: [Delay] = []
    for item in try value.list() {
      try item.requireKeys(["crossings", "links", "borders", "added_h", "factor"])
      var borders: [[String]] = []
      for border in try item["borders"]?.list() ?? [] { borders.append(try countries(border)) }
      let delay = Delay(
        crossings: try item["crossings"]?.strings() ?? [],
        links: try item["links"]?.strings() ?? [], borders: borders,
        addedSeconds: 3600 * (try item["added_h"]?.number(in: 0...10_000, unit: "hours") ?? 0),
        factor: try item["factor"]?.number(in: 1...1000, unit: "a factor") ?? 1)
      guard !delay.crossings.isEmpty || !delay.links.isEmpty || !delay.borders.isEmpty else {
        throw item.fault("of nothing", expected: "\"crossings\", \"links\" or \"borders\"")
      }
      guard delay.addedSeconds > 0 || delay.factor > 1 else {
        throw item.fault("of nothing", expected: "\"added_h\" above 0 or \"factor\" above 1")
      }
      delays.append(delay)
    }
    return delays
  }
}

private struct AreaProperties: Decodable, Sendable { var name: String? }
