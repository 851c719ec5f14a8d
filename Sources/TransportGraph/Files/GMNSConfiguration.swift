import Geography
import Tables

/// The units of a GMNS network: those the reader was given, else those of `config.csv`.
struct GMNSConfiguration {
  /// Metres; nil if neither says.
  let metersPerLengthUnit: Double?
  /// Kilometres per hour; nil if neither says.
  let kilometersPerHourPerSpeedUnit: Double?

  /// What the specification's examples and the field write for units, in lower case: metres.
  /// The mile and the foot are the international ones of 1959.
  private static let lengths: [String: Double] = [
    "m": 1, "meter": 1, "meters": 1, "metre": 1, "metres": 1, "km": 1000, "kilometer": 1000,
    "kilometers": 1000, "kilometre": 1000, "kilometres": 1000, "mi": 1609.344, "mile": 1609.344,
    "miles": 1609.344, "ft": 0.3048, "foot": 0.3048, "feet": 0.3048,
  ]
  /// Longitude and latitude on WGS 84, in capitals.
  private static let wgs84Names: Set<String> = ["EPSG:4326", "OGC:CRS84", "CRS84"]
  /// Kilometres per hour.
  private static let speeds: [String: Double] = [
    "km/h": 1, "kmh": 1, "kph": 1, "kmph": 1, "mph": 1.609344, "mi/h": 1.609344, "m/s": 3.6,
    "miles per hour": 1.609344, "kilometers per hour": 1, "kilometres per hour": 1,
  ]

  init(_ file: GraphFile?, reader: GMNSReader) throws(GraphFileError) {
    for (unit, quantity) in [
      (reader.metersPerLengthUnit, "lengths"), (reader.kilometersPerHourPerSpeedUnit, "speeds"),
    ] {
      guard let unit, !(unit >= 1e-6 && unit <= 1e9) else { continue }
      throw .unknownUnit(
        file: file?.name ?? "config.csv", quantity: quantity,
        expected: "metres or km/h from 0.000001 to 1000000000, instead of \(unit)")
    }
    guard let file else {
      metersPerLengthUnit = reader.metersPerLengthUnit
      kilometersPerHourPerSpeedUnit = reader.kilometersPerHourPerSpeedUnit
      return
    }
    let table = try GMNSTable(file, columns: [])
    guard let row = table.rows.first, table.rows.count == 1 else {
      throw .wrongCount(
        file: file.name, things: "rows", found: table.rows.count, expected: "one below the header")
    }
    if reader.metric == .wgs84, let system = table.optional("crs", row),
      !Self.wgs84Names.contains(system.uppercased())
    {
      throw table.invalid("crs", row, "EPSG:4326 or OGC:CRS84, unless the network is planar")
    }
    if let format = table.optional("geometry_field_format", row), format.lowercased() != "wkt" {
      throw table.invalid("geometry_field_format", row, "WKT")
    }
    metersPerLengthUnit = try Self.unit(
      "long_length", reader.metersPerLengthUnit, of: Self.lengths, row, table)
    kilometersPerHourPerSpeedUnit = try Self.unit(
      "speed", reader.kilometersPerHourPerSpeedUnit, of: Self.speeds, row, table)
  }

  private static func unit(
    _ column: String, _ given: Double?, of known: [String: Double], _ row: DelimitedTable.Row,
    _ table: GMNSTable
  ) throws(GraphFileError) -> Double? {
    if let given { return given }
    guard let text = table.optional(column, row) else { return nil }
    guard let unit = known[text.lowercased()] else {
      throw table.invalid(column, row, "one of \(known.keys.sorted().joined(separator: ", "))")
    }
    return unit
  }
}
