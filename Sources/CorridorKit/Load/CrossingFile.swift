import Geography
import TransportGraph

/// The catalogue of border crossings (`docs/formats.md`, "Crossings").
public struct CrossingCatalogue: Sendable {
  /// In the order of the file.
  public let crossings: [BorderCrossing]
  /// How lengths are measured.
  public let metric: LengthMetric
  private let indexByID: [String: Int]

  /// A catalogue from its crossings; ids are unique.
  public init(_ crossings: [BorderCrossing], metric: LengthMetric = .wgs84)
    throws(CorridorKitError)
  {
    var ids: Set<String> = []
    for crossing in crossings where !ids.insert(crossing.id).inserted {
      throw .mismatch("two crossings have the id \"\(crossing.id)\"")
    }
    self.crossings = crossings
    self.metric = metric
    indexByID = Dictionary(
      crossings.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { a, _ in a })
  }

  /// Reads a catalogue.
  ///
  /// - Throws: ``CorridorKitError/geoJSON(_:)`` with the feature and field at fault.
  public init(_ file: InputFile) throws(CorridorKitError) {
    let (features, metric, _) = try file.features(Properties.self)
    var crossings: [BorderCrossing] = []
    for feature in features {
      crossings.append(try Self.crossing(feature))
    }
    try self.init(crossings, metric: metric)
  }

  /// The crossing with an id, in the same spelling.
  public subscript(id: String) -> BorderCrossing? {
    indexByID[id].map { crossings[$0] }
  }

  /// The crossings that a name means: one id, or all crossings of a site.
  ///
  /// - Parameter name: An id or site in any case, or a name or alias when nothing has that id.
  /// - Throws: ``CorridorKitError/unknownName(kind:name:suggestions:)`` with the nearest ids, or
  ///   ``CorridorKitError/ambiguousName(kind:name:choices:)`` when the name belongs to several sites.
  public func resolve(_ name: String) throws(CorridorKitError) -> [BorderCrossing] {
    if let exact = self[name] { return [exact] }
    let wanted = NameKey(name)
    if let exact = crossings.first(where: { NameKey($0.id) == wanted }) { return [exact] }
    let atSite = crossings.filter { NameKey($0.site) == wanted }
    if !atSite.isEmpty { return atSite }
    let named = crossings.filter { $0.allNames.contains { NameKey($0) == wanted } }
    let sites = Set(named.map(\.site))
    switch sites.count {
    case 1: return named
    case 0:
      let spellings = crossings.flatMap { crossing in
        ([crossing.id, crossing.site] + crossing.allNames).map { (name: $0, answer: crossing.id) }
      }
      throw .unknownName(
        kind: "crossing", name: name, suggestions: nearestNames(to: name, among: spellings))
    default:
      throw .ambiguousName(
        kind: "crossing", name: name,
        choices: named.map { "\($0.id) (\($0.name), \($0.countries.joined(separator: "–")))" })
    }
  }
}

extension BorderCrossing {
  /// Every name that a person may use.
  var allNames: [String] { [name] + names.values.sorted() + aliases }
}

extension CrossingCatalogue {
  private struct Properties: Decodable, Sendable {
    struct Period: Decodable, Sendable { var from, to, status, source: String? }
    struct Dwell: Decodable, Sendable {
      var low, mode, high: Double
      var source: String
    }
    var site, name, mode, status: String?
    var names: [String: String]?
    var aliases, countries: [String]?
    var history: [Period]?
    var openMonths: [Int]?
    var hasGaugeBreak: Bool?
    var dwellHours: Dwell?

    enum CodingKeys: String, CodingKey {
      case site, name, mode, status, names, aliases, countries, history
      case openMonths = "open_months"
      case hasGaugeBreak = "gauge_break"
      case dwellHours = "dwell_h"
    }
  }

  private static func crossing(_ feature: FeatureReading<Properties>) throws(CorridorKitError)
    -> BorderCrossing
  {
    let id = try feature.id()
    let properties = feature.properties
    let countries = properties.countries ?? []
    guard countries.count == 2, countries[0] != countries[1], countries.allSatisfy(isCountryCode)
    else {
      throw feature.fault(
        "countries", "[\(countries.joined(separator: ", "))]",
        "two different ISO 3166-1 alpha-2 codes")
    }
    guard let dwell = properties.dwellHours else {
      throw feature.fault("dwell_h", "absent", "{low, mode, high, source}")
    }
    let hours = [dwell.low, dwell.mode, dwell.high]
    let most = ImpedanceProfile.maximumDwellHours
    guard hours.allSatisfy(\.isFinite), dwell.low >= 0, dwell.low <= dwell.mode,
      dwell.mode <= dwell.high, dwell.high <= most
    else {
      throw feature.fault("dwell_h", "\(hours)", "hours with 0 ≤ low ≤ mode ≤ high ≤ \(Int(most))")
    }
    let months = properties.openMonths ?? []
    if let month = months.first(where: { !(1...12).contains($0) }) {
      throw feature.fault("open_months", month, "months from 1 to 12")
    }
    var history: [BorderCrossing.Period] = []
    for period in properties.history ?? [] {
      guard let from = try feature.date("history.from", period.from) else {
        throw feature.fault("history.from", "absent", "a date such as 2024-06-08")
      }
      let to = try feature.date("history.to", period.to)
      if let to, to <= from {
        throw feature.fault("history.to", "\(to)", "a date after \(from)")
      }
      history.append(
        .init(
          from: from, to: to, status: try feature.choice("history.status", period.status),
          source: period.source))
    }
    history.sort { $0.from < $1.from }
    for (earlier, later) in zip(history, history.dropFirst())
    where earlier.to.map({ later.from < $0 }) ?? true {
      throw feature.fault(
        "history.from", later.from,
        "a day not before the end of the period from \(earlier.from)"
          + (earlier.to.map { " (\($0))" } ?? ", which has none"))
    }
    let status: CrossingStatus = try feature.choice("status", properties.status)
    guard !months.isEmpty || ([status] + history.map(\.status)).allSatisfy({ $0 != .seasonal })
    else {
      throw feature.fault("open_months", "absent", "the months of the seasonal crossing, 1 to 12")
    }
    return BorderCrossing(
      id: id, site: properties.site ?? id, name: try feature.required("name", properties.name),
      names: properties.names ?? [:], aliases: properties.aliases ?? [], countries: countries,
      mode: try feature.choice("mode", properties.mode), coordinate: try feature.point(),
      status: status, history: history, openMonths: Set(months),
      hasGaugeBreak: properties.hasGaugeBreak ?? false,
      dwell: HoursRange(low: dwell.low, mode: dwell.mode, high: dwell.high),
      dwellSource: try feature.required("dwell_h.source", dwell.source))
  }
}

/// Whether a text has the form of an ISO 3166-1 alpha-2 code.
func isCountryCode(_ text: String) -> Bool {
  text.count == 2 && text.allSatisfy { $0.isASCII && $0.isUppercase }
}
