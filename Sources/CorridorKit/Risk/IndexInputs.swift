public import Geography
public import RiskIndex
import Tables

/// The files that an index of one's own is made from.
public struct IndexInputs: Sendable {
  /// Dimensions and indicators.
  public let framework: IndexFramework
  /// The units and their values.
  public let data: IndicatorData
  /// The files that were read.
  public let files: [InputFile]

  /// Reads a framework and an indicator table in long format; the units are those of the table, in the
  /// order in which it first names them.
  ///
  /// - Parameters:
  ///   - framework: JSON.
  ///   - table: CSV.
  ///   - years: Whether one cell may be given for several years, because a step chooses.
  ///   - layer: The provinces that the units must be of; nil for any units.
  /// - Throws: ``CorridorKitError/unreadable(file:reason:)`` or ``CorridorKitError/risk(_:)`` with file,
  ///   line and value.
  public init(
    framework: InputFile, table: InputFile, years: IndicatorTable.Years = .one,
    layer: ProvinceLayer? = nil
  ) throws(CorridorKitError) {
    let csv = try table.text()
    do throws(RiskIndexError) {
      self.framework = try IndexFramework(json: framework.data, file: framework.path)
      let rows = try IndicatorTable(
        csv: csv, file: table.path, units: layer?.provinces.map(\.id),
        unitNames: layer?.spellings ?? [:], framework: self.framework, years: years)
      var units: [IndicatorData.Unit] = []
      var seen: Set<String> = []
      for row in rows.rows where seen.insert(row.unit).inserted {
        let name = layer?.index(of: row.unit).map { layer?.provinces[$0].name ?? row.unit }
        units.append(IndicatorData.Unit(id: row.unit, name: name))
      }
      data = try IndicatorData(rows, units: units, framework: self.framework)
    } catch {
      throw .risk(error)
    }
    files = [framework, table]
  }

  /// Reads the two tables of COINr.
  ///
  /// - Parameter layer: The provinces that the units must be of; nil for any units.
  /// - Throws: As ``init(framework:table:years:layer:)``.
  public init(
    metadata: InputFile, values: InputFile, layer: ProvinceLayer? = nil
  ) throws(CorridorKitError) {
    let (metadataTable, valueTable) = (try Self.table(metadata), try Self.table(values))
    do throws(RiskIndexError) {
      let files = try COINrFiles(
        metadata: metadataTable, data: valueTable, units: layer?.provinces.map(\.id))
      (framework, data) = (files.framework, files.data)
    } catch {
      throw .risk(error)
    }
    files = [metadata, values]
  }

  private static func table(_ file: InputFile) throws(CorridorKitError) -> DelimitedTable {
    do {
      return try DelimitedTable(bytes: [UInt8](file.data), file: file.path)
    } catch {
      throw .risk(.table(error))
    }
  }
}

extension IndexInputs {
  /// Computes the index.
  ///
  /// - Parameter file: What the recipe was read from, for its line where a step leaves out the reference.
  /// - Throws: ``CorridorKitError/risk(_:)``, or
  ///   ``CorridorKitError/invalidValue(file:location:value:expected:)`` of the file.
  public func run(
    _ recipe: IndexRecipe, of file: InputFile? = nil
  ) throws(CorridorKitError) -> IndexRun {
    do {
      return try recipe.run(on: data, framework: framework)
    } catch {
      if case .unknownUnit(nil, let unit, _) = error, data.units.contains(where: { $0.id == unit }),
        let fault = file.flatMap({ IndexRecipe.fault(ofReference: unit, leftOutIn: $0) })
      {
        throw fault
      }
      throw .risk(error)
    }
  }
}

extension IndexResult {
  /// The unit with an id or name.
  ///
  /// - Throws: ``CorridorKitError/unknownName(kind:name:suggestions:)`` with the nearest.
  public func unit(named name: String) throws(CorridorKitError) -> UnitScore {
    guard let unit = units.first(where: { $0.unit == name || $0.name == name }) else {
      throw .unknownName(
        kind: "unit", name: name,
        suggestions: nearestNames(
          to: name,
          among: units.flatMap { [(name: $0.unit, answer: $0.unit), ($0.name, $0.unit)] }))
    }
    return unit
  }
}
