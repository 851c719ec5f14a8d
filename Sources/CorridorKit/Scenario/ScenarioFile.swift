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
    try root.requireKeys([
      "name", "description", "close", "delay", "date", "season", "months", "open_fraction",
    ])
    let folder = (file.path as NSString).deletingLastPathComponent
    var places: [Closure: String] = [:]
    var closures: [Closure] = []
    if let close = root["close"] {
      for (closure, place) in try Self.closures(close) {
        closures.append(closure)
        places[closure] = places[closure] ?? place
      }
    }
    var areaFiles: [InputFile] = []
    for area in try root["close"]?["areas"]?.list() ?? [] {
      let name = try area.string()
      let path = name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
      do {
        let areaFile = try InputFile(path: path)
        areaFiles.append(areaFile)
        closures += try Self.areas(areaFile)
      } catch { throw .located(area.location, error) }
    }
    let date = try root["date"].flatMap { (value) throws(CorridorKitError) -> CalendarDate? in
      value.isMapping ? nil : try value.date()
    }
    self.init(
      name: try root.required("name").string(), description: try root["description"]?.string(),
      closures: closures, delays: try root["delay"].map(Self.delays) ?? [], date: date,
      season: try Self.season(root),
      openFraction: try root["open_fraction"]?.number(in: 0...1, unit: "a share") ?? 0)
    inputs = areaFiles.map(InputDigest.init)
    closurePlaces = places
    for (index, delay) in (try root["delay"]?.list() ?? []).enumerated() {
      delayPlaces[index] = delay.location
    }
    guard !self.closures.isEmpty || !delays.isEmpty || date != nil || season != nil else {
      throw root.fault(
        "without effect", expected: "\"close\", \"delay\", \"date\", \"season\" or \"months\"")
    }
  }

  /// All closures but the areas, which are files of their own.
  private static func closures(
    _ value: YAMLReading
  ) throws(CorridorKitError) -> [(closure: Closure, place: String)] {
    try value.requireKeys([
      "crossings", "links", "roads", "borders", "modes", "provinces", "areas",
    ])
    var closures: [(closure: Closure, place: String)] = []
    func add(
      _ key: String, _ closure: (YAMLReading) throws(CorridorKitError) -> Closure
    ) throws(CorridorKitError) {
      for item in try value[key]?.list() ?? [] {
        closures.append((try closure(item), item.location))
      }
    }
    try add("crossings") { (item) throws(CorridorKitError) in .crossing(try item.string()) }
    try add("links") { (item) throws(CorridorKitError) in .link(try item.string()) }
    try add("roads") { (item) throws(CorridorKitError) in .road(try item.string()) }
    try add("borders") { (item) throws(CorridorKitError) in .border(try border(item)) }
    try add("modes") { (item) throws(CorridorKitError) in .mode(try item.choice()) }
    try add("provinces") { (item) throws(CorridorKitError) in .province(try item.string()) }
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
    guard !closures.isEmpty else {
      throw .invalidValue(
        file: file.path, location: "the list of features", value: "empty",
        expected: "one Polygon or MultiPolygon or more")
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
    for item in try value.list() { delays.append(try delay(item)) }
    return delays
  }

  private static func delay(_ item: YAMLReading) throws(CorridorKitError) -> Delay {
    try item.requireKeys([
      "crossings", "links", "roads", "borders", "added_h", "factor", "dwell_factor",
    ])
    var borders: [Border] = []
    for border in try item["borders"]?.list() ?? [] { borders.append(try Self.border(border)) }
    let factors = 1.0...1000.0
    let delay = Delay(
      crossings: try item["crossings"]?.strings() ?? [],
      links: try item["links"]?.strings() ?? [], roads: try item["roads"]?.strings() ?? [],
      borders: borders, added: try item["added_h"].map(duration) ?? .fixed(seconds: 0),
      factor: try item["factor"]?.number(in: factors, unit: "a factor") ?? 1,
      dwellFactor: try item["dwell_factor"]?.number(in: factors, unit: "a factor") ?? 1)
    let isOfCrossings = !delay.crossings.isEmpty || !delay.borders.isEmpty
    let isOfWays = !delay.links.isEmpty || !delay.roads.isEmpty
    guard isOfCrossings || isOfWays else {
      throw item.fault(
        "of nothing", expected: "\"crossings\", \"links\", \"roads\" or \"borders\"")
    }
    guard delay.added.meanSeconds > 0 || delay.factor > 1 || delay.dwellFactor > 1 else {
      throw item.fault(
        "of nothing",
        expected: "\"added_h\" above 0, or \"factor\" or \"dwell_factor\" above 1")
    }
    // Crossings are points: there is no moving time to multiply.
    guard delay.factor == 1 || !isOfCrossings else {
      throw try item.required("factor").fault(
        expected: "\"added_h\" or \"dwell_factor\" for crossings and borders")
    }
    guard delay.dwellFactor == 1 || !isOfWays else {
      throw try item.required("dwell_factor").fault(
        expected: "\"added_h\" or \"factor\" for links and roads")
    }
    return delay
  }

  /// A number of hours, `{low, mode, high}` or `{p05, p50, p95}`.
  private static func duration(_ value: YAMLReading) throws(CorridorKitError)
    -> DurationDistribution
  {
    let hours = 0.0...10_000.0
    guard value.isMapping else {
      return .fixed(seconds: 3600 * (try value.number(in: hours, unit: "hours")))
    }
    let (triangle, quantiles) = (["low", "mode", "high"], ["p05", "p50", "p95"])
    let isTriangle = triangle.contains { value[$0] != nil }
    let keys = isTriangle ? triangle : quantiles
    guard isTriangle || quantiles.contains(where: { value[$0] != nil }) else {
      throw value.fault(expected: "hours, {low, mode, high} or {p05, p50, p95}")
    }
    try value.requireKeys(keys)
    var seconds: [Double] = []
    for key in keys {
      seconds.append(3600 * (try value.required(key).number(in: hours, unit: "hours")))
    }
    guard seconds[0] <= seconds[1], seconds[1] <= seconds[2] else {
      throw value.fault("out of order", expected: keys.joined(separator: " ≤ "))
    }
    return isTriangle
      ? .triangular(low: seconds[0], mode: seconds[1], high: seconds[2])
      : .quantiles(p05: seconds[0], p50: seconds[1], p95: seconds[2])
  }

  /// `season` or `months`, within the span of `date` where it is one.
  private static func season(_ root: YAMLReading) throws(CorridorKitError) -> Season? {
    var months: Set<Int>?
    if let names = root["season"] {
      for name in try names.list() {
        let season: Season.Name = try name.choice()
        months = (months ?? []).union(season.months)
      }
      if months == nil { let _: Season.Name = try names.choice() }
    }
    if let list = root["months"] {
      guard months == nil else {
        throw list.fault(expected: "either \"season\" or \"months\"")
      }
      var numbers: Set<Int> = []
      for item in try list.list() {
        let number = try item.number(in: 1...12, unit: "a month")
        guard let month = Int(exactly: number) else {
          throw item.fault(expected: "a month from 1 to 12")
        }
        numbers.insert(month)
      }
      guard !numbers.isEmpty else { throw list.fault(expected: "months from 1 to 12") }
      months = numbers
    }
    guard let date = root["date"] else { return months.map { Season(months: $0) } }
    guard date.isMapping else {
      guard months == nil else {
        throw date.fault(
          expected: "{from, to} beside \"season\" or \"months\", which a single day has not")
      }
      return nil
    }
    let season = Season(months: months ?? Set(1...12), span: try span(date))
    guard !season.days.isEmpty else {
      throw date.fault("without a day of the months", expected: "a span that has one")
    }
    return season
  }

  /// Longer than any history of a crossing; every day is looked at.
  private static let longestSpanDays = 366 * 100

  private static func span(_ value: YAMLReading) throws(CorridorKitError) -> Range<CalendarDate> {
    try value.requireKeys(["from", "to"])
    let first = try value.required("from").date()
    let end = try value.required("to")
    let last = try end.date()
    guard first < last else {
      throw end.fault(expected: "a day after \(first); \"to\" is the day after the last")
    }
    guard last.dayNumber - first.dayNumber <= longestSpanDays else {
      throw end.fault(expected: "a day at most 100 years after \(first)")
    }
    return first..<last
  }
}

private struct AreaProperties: Decodable, Sendable { var name: String? }
