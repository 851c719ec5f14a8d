import Geography
import RiskIndex

/// A table of indicators whose units are named in some way, by the ids of a vintage.
struct VintageTable {
  /// The values, `unit` being the id in the vintage.
  let values: [IndicatorValue]

  /// Reads a table and tells its units.
  ///
  /// - Throws: ``CorridorKitError/risk(_:)`` for a table that is wrong;
  ///   ``CorridorKitError/located(_:_:)`` around an unknown or ambiguous name, one that is only a part of a
  ///   unit, and two names of one unit.
  init(_ file: InputFile, vintage: String, history: UnitHistory) throws(CorridorKitError) {
    let table: IndicatorTable
    do { table = try IndicatorTable(csv: try file.text(), file: file.path) } catch {
      if let error = error as? RiskIndexError { throw .risk(error) }
      throw error as? CorridorKitError ?? .mismatch("\(error)")
    }
    var ids: [String: String] = [:]
    var values: [IndicatorValue] = []
    for var row in table.rows {
      if ids[row.unit] == nil {
        ids[row.unit] = try Self.id(row.unit, file: file.path, vintage: vintage, history: history)
      }
      row.unit = ids[row.unit] ?? row.unit
      values.append(row)
    }
    // Two spellings of one unit would be two values of one cell.
    do { self.values = try IndicatorTable(rows: values).rows } catch { throw .risk(error) }
  }

  private static func id(
    _ name: String, file: String, vintage: String, history: UnitHistory
  ) throws(CorridorKitError) -> String {
    let found: UnitHistory.NamedUnits
    do { found = try history.units(named: name, in: vintage) } catch {
      throw .located("\(file): unit \"\(name)\"", error)
    }
    // A part of one unit, or parts of several: a value of it is a value of none of them.
    let choices = found.units.map { "\($0.name) (\($0.id))" }
    guard let unit = found.units.first, found.units.count == 1 else {
      throw .located(
        "\(file): unit \"\(name)\"",
        .ambiguousName(kind: "unit of \(vintage)", name: name, choices: choices))
    }
    guard found.isWhole else {
      throw .invalidValue(
        file: file, location: "unit", value: "\"\(name)\", a part of \(choices[0]) in \(vintage)",
        expected: "a unit of \(vintage)")
    }
    return unit.id
  }

  /// The rows of the indicator `population`, by unit.
  static func populations(_ values: [IndicatorValue]) -> [String: UnitSize] {
    var sizes: [String: UnitSize] = [:]
    for value in values where value.indicator == "population" {
      let day = value.note.isEmpty ? "\(value.year)" : value.note
      sizes[value.unit] = UnitSize(value.value, source: "\(value.source), \(day)")
    }
    return sizes
  }
}

/// The areas of a layer's units in square kilometres, by id.
func areas(_ path: String) throws(CorridorKitError) -> (file: InputFile, areas: [String: UnitSize])
{
  let file = try InputFile(path: path)
  let layer = try ProvinceLayer.read([file]).layer
  var areas: [String: UnitSize] = [:]
  for province in layer.provinces {
    let squareMeters = province.polygons.reduce(0) { $0 + layer.metric.area(of: $1) }
    areas[province.id] = UnitSize(squareMeters / 1e6, source: "outline in \(path)")
  }
  return (file, areas)
}
