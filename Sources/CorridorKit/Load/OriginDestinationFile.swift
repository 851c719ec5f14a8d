import Tables

/// One row of a table of flows: how much goes from one place to another.
public struct OriginDestination: Sendable, Hashable {
  /// A place, as ``PlaceResolver/resolve(_:)`` takes it.
  public var origin: String
  /// A place, as ``PlaceResolver/resolve(_:)`` takes it.
  public var destination: String
  /// How much: trips, persons or a share, in whatever unit the table is in; above 0.
  public var mass: Double
  /// What kind of flow it is; layers are never added up without being asked for.
  public var layer: String?
  /// Where it was read, for errors: file and line, such as `flows.csv:3`; nil for a flow that no file
  /// holds.
  public var location: String?

  /// A row; `mass` is above 0.
  public init(
    origin: String, destination: String, mass: Double, layer: String? = nil,
    location: String? = nil
  ) {
    self.origin = origin
    self.destination = destination
    self.mass = mass
    self.layer = layer
    self.location = location
  }
}

extension OriginDestination {
  /// More than all people and all the grams of what they carry; sums of it stay exact to a unit.
  static let maximumMass = 1e15

  /// Reads a table of flows: CSV with the columns `from`, `to`, `mass` and, optionally, `layer`.
  ///
  /// Rows of the same two places and layer are one flow, at the place of the first, with their masses
  /// added up. A pair without a flow has no row: a mass of 0 is refused.
  ///
  /// - Throws: ``CorridorKitError/table(_:)`` with line and column.
  public static func read(_ file: InputFile) throws(CorridorKitError) -> [OriginDestination] {
    do throws(DelimitedTableError) {
      let table = try DelimitedTable(bytes: [UInt8](file.data), file: file.path)
      try table.requireColumns(["from", "to", "mass"])
      guard !table.rows.isEmpty else { throw .noRows(file: file.path) }
      var flows: [OriginDestination] = []
      let hasLayers = table.header.contains("layer")
      for row in table.rows {
        let mass = try table.number("mass", in: row)
        guard mass > 0, mass <= maximumMass else {
          throw table.invalid(
            "mass", in: row, value: try table.text("mass", in: row),
            expected: "a number > 0 and at most 1e15")
        }
        flows.append(
          OriginDestination(
            origin: try table.text("from", in: row), destination: try table.text("to", in: row),
            mass: mass, layer: hasLayers ? try table.optionalText("layer", in: row) : nil,
            location: "\(file.path):\(row.line)"))
      }
      return addingUp(flows)
    } catch {
      throw .table(error)
    }
  }

  /// The same flows with those of one pair and layer as one, at the place of the first.
  static func addingUp(_ flows: [OriginDestination]) -> [OriginDestination] {
    var places: [[String?]: Int] = [:]
    var sums: [OriginDestination] = []
    for flow in flows {
      let key = [flow.origin, flow.destination, flow.layer]
      if let place = places[key] {
        sums[place].mass += flow.mass
      } else {
        places[key] = sums.count
        sums.append(flow)
      }
    }
    return sums
  }
}
