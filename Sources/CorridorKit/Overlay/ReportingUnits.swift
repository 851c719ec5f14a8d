public import Geography

/// What results are told by: the provinces of some countries one by one, and the rest as abroad, by
/// country.
public struct ReportingUnits: Sendable, Hashable {
  /// A row of a result.
  public struct Unit: Sendable, Hashable, Identifiable {
    /// A province's id, or `ABROAD:RU`, or `ABROAD` where no country is known.
    public var id: String
    /// What a reader calls it.
    public var name: String
    /// ISO 3166-1 alpha-2, where known.
    public var country: String?
    /// Whether it gathers what lies outside the listed countries.
    public var isAbroad: Bool
  }

  /// Provinces in the order of the layer, then abroad by country code, then abroad without a country.
  public let units: [Unit]
  /// The unit of each column of the overlay.
  let unitOfColumn: [Int]
  /// The layer's column of each unit that is a province.
  let columnOfUnit: [Int?]

  /// The number of units.
  public var count: Int { units.count }

  /// - Parameters:
  ///   - layer: The provinces.
  ///   - countries: The countries whose provinces are told one by one, ISO 3166-1 alpha-2.
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)`` for a country that has no
  ///   province in the layer; ``CorridorKitError/mismatch(_:)`` for a province with a reserved id.
  public init(_ layer: ProvinceLayer, countries: [String]) throws(CorridorKitError) {
    // A layer that was built in code comes here unread.
    if let province = layer.provinces.first(where: { Self.isReserved($0.id) }) {
      throw .mismatch("province id \"\(province.id)\" is reserved; expected \(Self.ownID)")
    }
    let listed = Set(countries)
    let known = Set(layer.provinces.map(\.country))
    for country in countries where !known.contains(country) {
      throw .notExpected(kind: "country", text: country, expected: known.sorted())
    }
    var units: [Unit] = []
    var columnOfUnit: [Int?] = []
    var unitOfColumn = [Int](repeating: 0, count: layer.provinces.count + 1)
    for (column, province) in layer.provinces.enumerated() where listed.contains(province.country) {
      unitOfColumn[column] = units.count
      columnOfUnit.append(column)
      units.append(
        Unit(id: province.id, name: province.name, country: province.country, isAbroad: false))
    }
    for country in known.subtracting(listed).sorted() {
      for (column, province) in layer.provinces.enumerated() where province.country == country {
        unitOfColumn[column] = units.count
      }
      columnOfUnit.append(nil)
      units.append(
        Unit(id: "ABROAD:\(country)", name: "Abroad: \(country)", country: country, isAbroad: true))
    }
    unitOfColumn[layer.provinces.count] = units.count
    columnOfUnit.append(nil)
    units.append(Unit(id: "ABROAD", name: "Abroad: elsewhere", country: nil, isAbroad: true))
    self.units = units
    self.unitOfColumn = unitOfColumn
    self.columnOfUnit = columnOfUnit
  }

  /// What an id of a province may be.
  static let ownID = "an id other than ABROAD, ABROAD:…, LOST and NOWHERE, which results use"

  /// Whether results use an id for what is no province: what lies abroad, and where displaced trips go.
  static func isReserved(_ id: String) -> Bool {
    ["ABROAD", "LOST", "NOWHERE"].contains(id) || id.hasPrefix("ABROAD:")
  }

  /// The provinces of a country, where they are told one by one.
  public func provinces(of country: String) -> [Unit] {
    units.filter { !$0.isAbroad && $0.country == country }
  }

  /// The index of the unit with an id.
  public func index(of id: String) -> Int? { units.firstIndex { $0.id == id } }
}
