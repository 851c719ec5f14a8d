public import RiskIndex

/// One row of a table of flows: how much goes from one place to another.
public struct OriginDestination: Sendable, Hashable {
  public var origin: String
  public var destination: String
  /// How much: trips, persons or a share, in whatever unit the table is in; above 0.
  public var mass: Double
  /// What kind of flow it is; layers are never added up without being asked for.
  public var layer: String?

  public init(origin: String, destination: String, mass: Double, layer: String? = nil) {
    self.origin = origin
    self.destination = destination
    self.mass = mass
    self.layer = layer
  }
}

extension OriginDestination {
  /// Reads a table of flows: CSV with the columns `from`, `to`, `mass` and, optionally, `layer`.
  ///
  /// - Throws: ``CorridorKitError/risk(_:)`` or ``CorridorKitError/invalidValue(file:location:value:expected:)``
  ///   with line and column.
  public static func read(_ file: InputFile) throws(CorridorKitError) -> [OriginDestination] {
    let table: DelimitedTable
    do {
      table = try DelimitedTable(data: file.data, file: file.path)
      try table.requireColumns(["from", "to", "mass"])
    } catch {
      throw .risk(error)
    }
    var flows: [OriginDestination] = []
    for row in table.rows {
      let mass: Double
      do {
        mass = try table.number("mass", in: row)
      } catch {
        throw .risk(error)
      }
      let origin = table.text("from", in: row)
      let destination = table.text("to", in: row)
      let location = "line \(row.line)"
      guard mass.isFinite, mass > 0 else {
        throw .invalidValue(
          file: file.path, location: "\(location), mass,", value: "\(mass)", expected: "a number > 0")
      }
      for (column, value) in [("from", origin), ("to", destination)] where value.isEmpty {
        throw .invalidValue(
          file: file.path, location: "\(location), \(column),", value: "empty", expected: "a place")
      }
      let layer = table.hasColumn("layer") ? table.text("layer", in: row) : ""
      flows.append(
        OriginDestination(
          origin: origin, destination: destination, mass: mass, layer: layer.isEmpty ? nil : layer))
    }
    guard !flows.isEmpty else {
      throw .invalidValue(
        file: file.path, location: "the table", value: "without a row", expected: "one flow or more")
    }
    return flows
  }
}
