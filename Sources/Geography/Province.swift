/// An administrative unit of the first level, or a whole country, with its polygons.
public struct Province: Hashable, Sendable, Identifiable {
  /// The unit's identifier: its ISO 3166-2 code in the layer's vintage.
  public var id: String
  /// The English name.
  public var name: String
  /// Names by BCP 47 language tag, for example `kk` and `ru`.
  public var names: [String: String]
  /// Other spellings.
  public var aliases: [String]
  /// The country, ISO 3166-1 alpha-2.
  public var country: String
  /// 1: a first-level unit; 0: a whole country.
  public var level: Int
  /// The first day on which the unit existed (ISO 8601), if stated.
  public var validFrom: String?
  /// The first day on which it no longer existed (ISO 8601), if it ceased.
  public var validTo: String?
  /// Its parts; they do not overlap.
  public var polygons: [Polygon]

  /// A province from its parts; see the properties for the meaning of each.
  public init(
    id: String, name: String, names: [String: String] = [:], aliases: [String] = [],
    country: String, level: Int = 1, validFrom: String? = nil, validTo: String? = nil,
    polygons: [Polygon]
  ) {
    self.id = id
    self.name = name
    self.names = names
    self.aliases = aliases
    self.country = country
    self.level = level
    self.validFrom = validFrom
    self.validTo = validTo
    self.polygons = polygons
  }
}
