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
    let folder = (file.path as NSString).deletingLastPathComponent
    var closures = try root["close"].map(Self.closures) ?? []
    var areaFiles: [InputFile] = []
    for area in try root["close"]?["areas"]?.list() ?? [] {
      let name = try area.string()
      let path = name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
      areaFiles.append(try InputFile(path: path))
    }
    for areaFile in areaFiles { closures += try Self.areas(areaFile) }
    self.init(
      name: try root.required("name").string(), description: try root["description"]?.string(),
      closures: closures,
      delays: try root["delay"].map(Self.delays) ?? [], date: try root["date"]?.date(),
      openFraction: try root["open_fraction"]?.number(in: 0...1, unit: "a share") ?? 0)
    inputs = areaFiles.map(InputDigest.init)
    guard !self.closures.isEmpty || !delays.isEmpty || date != nil else {
      throw root.fault("without effect", expected: "\"close\", \"delay\" or \"date\"")
    }
  }

  /// All closures but the areas, which are files of their own.
  private static func closures(_ value: YAMLReading) throws(CorridorKitError) -> [Closure] {
    try value.requireKeys(["crossings", "links", "borders", "modes", "provinces", "areas"])
    var closures: [Closure] = []
    for crossing in try value["crossings"]?.strings() ?? [] { closures.append(.crossing(crossing)) }
    for link in try value["links"]?.strings() ?? [] { closures.append(.link(link)) }
    for border in try value["borders"]?.list() ?? [] {
      closures.append(.border(try Self.border(border)))
    }
    for mode in try value["modes"]?.list() ?? [] { closures.append(.mode(try mode.choice())) }
    for province in try value["provinces"]?.strings() ?? [] { closures.append(.province(province)) }
    return closures
  }

  /// The polygons of a GeoJSON file.
  private static func areas(_ file: InputFile) throws(CorridorKitError) -> [Closure] {
    var closures: [Closure] = []
    let (features, metric, _) = try file.features(AreaProperties.self)
    for feature in features {
      let name = feature.properties.name ?? feature.feature.id ?? file.path
      guard let polygons = feature.feature.geometry?.polygons, !polygons.isEmpty else {
        throw feature.fault(
          "geometry", feature.feature.geometry?.typeName ?? "null", "a Polygon or MultiPolygon")
      }
      closures.append(.area(polygons, name: name, metric: metric))
    }
    return closures
  }

  private static func border(_ value: YAMLReading) throws(CorridorKitError) -> Border {
    guard let border = Border(parsing: try value.string()) else {
      throw value.fault(expected: "two countries such as KZ-KG, or KZ-KG/road")
    }
    return border
  }

  private static func delays(_ value: YAMLReading) throws(CorridorKitError) -> [Delay] {
    var delays: [Delay] = []
    for item in try value.list() {
      try item.requireKeys(["crossings", "links", "borders", "added_h", "factor"])
      var borders: [Border] = []
      for border in try item["borders"]?.list() ?? [] { borders.append(try Self.border(border)) }
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
      // Crossings are points: there is no moving time to multiply.
      guard delay.factor == 1 || (delay.crossings.isEmpty && delay.borders.isEmpty) else {
        throw try item.required("factor").fault(expected: "\"added_h\" for crossings and borders")
      }
      delays.append(delay)
    }
    return delays
  }
}

private struct AreaProperties: Decodable, Sendable { var name: String? }
