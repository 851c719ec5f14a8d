import Foundation
public import Geography

/// A town or village that people name.
public struct Settlement: Sendable, Hashable, Identifiable {
  /// For example `geonames:1526384`.
  public var id: String
  /// The usual name in English.
  public var name: String
  /// Names by BCP 47 language tag.
  public var names: [String: String]
  /// What people type besides.
  public var aliases: [String]
  /// ISO 3166-1 alpha-2.
  public var country: String
  /// People; 0 where unknown.
  public var population: Int
  /// ISO 3166-2 code of the province in 2024, where known.
  public var province: String?
  /// Its centre.
  public var coordinate: Coordinate
}

/// The places that names resolve to.
public struct Gazetteer: Sendable {
  /// In the order of the file.
  public let settlements: [Settlement]
  private let indexByID: [String: Int]
  /// By comparable name: the settlements that bear it as their name, and those that it is an alias of.
  private let named: [NameKey: [Int]]
  private let aliased: [NameKey: [Int]]

  /// A gazetteer of settlements whose ids are unique.
  public init(_ settlements: [Settlement]) {
    self.settlements = settlements
    indexByID = Dictionary(
      settlements.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { a, _ in a })
    var named: [NameKey: [Int]] = [:]
    var aliased: [NameKey: [Int]] = [:]
    for (index, settlement) in settlements.enumerated() {
      let primary = Set(([settlement.name] + settlement.names.values).map { NameKey($0) })
      for key in primary { named[key, default: []].append(index) }
      for key in Set(settlement.aliases.map { NameKey($0) }).subtracting(primary) {
        aliased[key, default: []].append(index)
      }
    }
    self.named = named
    self.aliased = aliased
  }

  /// How many times larger the larger of two namesakes must be to be meant without saying so.
  private static let obviousRatio = 10

  /// The settlement that a name means, as ``find(_:)``.
  ///
  /// - Throws: ``CorridorKitError/ambiguousName(kind:name:choices:)``, or
  ///   ``CorridorKitError/unknownName(kind:name:suggestions:)`` with the nearest names.
  public func resolve(_ text: String) throws(CorridorKitError) -> Settlement {
    guard let found = try find(text) else { throw unknown(text) }
    return found
  }

  /// The error that says that a name is unknown, with the nearest names.
  ///
  /// - Complexity: O(names × length²).
  func unknown(_ text: String) -> CorridorKitError {
    let spellings = settlements.flatMap { settlement in
      ([settlement.name] + settlement.names.values + settlement.aliases).map {
        (name: $0, answer: settlement.name)
      }
    }
    return .unknownName(
      kind: "place", name: text,
      suggestions: nearestNames(to: Self.parts(text).name, among: spellings))
  }

  /// A name and what follows its last comma.
  private static func parts(_ text: String) -> (name: String, qualifier: String?) {
    guard let comma = text.lastIndex(of: ",") else { return (text, nil) }
    return (
      String(text[..<comma]), text[text.index(after: comma)...].trimmingCharacters(in: .whitespaces)
    )
  }

  /// The settlement that a name means; nil if none bears it.
  ///
  /// Names are compared without case and diacritics, in any of the settlement's languages and in
  /// former spellings. `Georgievka, KZ-10` and `Georgievka, KZ` keep to a province or country. Of
  /// several namesakes the one that bears the name today is meant before one that it is an alias of,
  /// and one with ten times the people of the next before that.
  ///
  /// - Throws: ``CorridorKitError/ambiguousName(kind:name:choices:)`` otherwise.
  public func find(_ text: String) throws(CorridorKitError) -> Settlement? {
    if let exact = indexByID[text] { return settlements[exact] }
    let (name, qualifier) = Self.parts(text)
    let key = NameKey(name)
    for group in [named[key], aliased[key]] {
      let found = (group ?? []).map { settlements[$0] }.filter { settlement in
        qualifier.map { settlement.province == $0 || settlement.country == $0 } ?? true
      }.sorted { ($1.population, $0.id) < ($0.population, $1.id) }
      guard let first = found.first else { continue }
      if found.count == 1 || first.population >= Self.obviousRatio * max(1, found[1].population) {
        return first
      }
      throw .ambiguousName(kind: "place", name: text, choices: Self.choices(found, name: name))
    }
    return nil
  }

  /// How to say each of several namesakes: by its province where that is enough, else by its id.
  private static func choices(_ found: [Settlement], name: String) -> [String] {
    found.map { settlement in
      let place = settlement.province ?? settlement.country
      let isOnly = found.count { ($0.province ?? $0.country) == place } == 1
      let saying = isOnly ? "\(name), \(place)" : settlement.id
      return "\(settlement.name) (\(place), \(settlement.population) people): say \"\(saying)\""
    }
  }
}

extension Settlement {
  private struct Properties: Decodable, Sendable {
    var name, country, province: String?
    var names: [String: String]?
    var aliases: [String]?
    var population: Int?
  }

  /// Reads the settlements (`docs/formats.md`, "Settlements").
  ///
  /// - Throws: ``CorridorKitError/geoJSON(_:)`` with the feature and field at fault.
  /// - Returns: In the order of the file, with how their positions are to be measured.
  public static func read(_ file: InputFile) throws(CorridorKitError)
    -> (settlements: [Settlement], metric: LengthMetric)
  {
    let (features, metric, _) = try file.features(Properties.self)
    var settlements: [Settlement] = []
    for feature in features {
      let population = feature.properties.population ?? 0
      guard population >= 0 else {
        throw feature.fault("population", population, "a number of people ≥ 0")
      }
      let country = try feature.required("country", feature.properties.country)
      guard isCountryCode(country) else {
        throw feature.fault("country", "\"\(country)\"", "an ISO 3166-1 alpha-2 code")
      }
      settlements.append(
        Settlement(
          id: try feature.id(), name: try feature.required("name", feature.properties.name),
          names: feature.properties.names ?? [:], aliases: feature.properties.aliases ?? [],
          country: country,
          population: population, province: feature.properties.province,
          coordinate: try feature.point()))
    }
    return (settlements, metric)
  }
}
