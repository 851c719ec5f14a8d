public import Geography
public import RiskIndex

/// The files that a risk score is made from.
public struct RiskInputs: Sendable {
  /// Dimensions and indicators.
  public let framework: IndexFramework
  /// The values.
  public let table: IndicatorTable
  /// The files that were read.
  public let files: [InputFile]

  /// Reads the framework and the indicators, the shipped ones where nothing else is named.
  ///
  /// - Throws: ``CorridorKitError/unreadable(file:reason:)``, also for a vintage that no indicators are
  ///   shipped for; ``CorridorKitError/risk(_:)`` with file, line and value.
  public init(
    framework: String?, indicators: String?, sources: DataSources, analysis: Analysis
  ) throws(CorridorKitError) {
    let frameworkFile = try InputFile(path: framework ?? sources.framework)
    let table: InputFile
    do {
      table = try InputFile(path: indicators ?? sources.indicators)
    } catch {
      guard indicators == nil else { throw error }
      throw .unreadable(
        file: sources.indicators,
        reason: "no indicators are shipped for the vintage \(sources.vintage); name your own with "
          + "--indicators, or move another vintage's with corridor crosswalk")
    }
    let csv = try table.text()
    // What is parsed is what was hashed, even of a file that changes in between.
    do {
      let layer = analysis.area.provinces
      let framework = try IndexFramework(json: frameworkFile.data, file: frameworkFile.path)
      self.framework = framework
      self.table = try IndicatorTable(
        csv: csv, file: table.path, units: layer.provinces.map(\.id), unitNames: layer.spellings,
        framework: framework)
    } catch {
      throw .risk(error)
    }
    files = [frameworkFile, table]
  }
}

extension ProvinceLayer {
  /// What provinces are called, by id.
  var spellings: [String: [String]] {
    Dictionary(
      provinces.map { ($0.id, [$0.name] + $0.names.values.sorted() + $0.aliases) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension StudyArea {
  /// The province with an id or name, in any case and any of its languages.
  ///
  /// - Throws: ``CorridorKitError/unknownName(kind:name:suggestions:)`` with the nearest, or
  ///   ``CorridorKitError/ambiguousName(kind:name:choices:)``.
  public func province(named name: String) throws(CorridorKitError) -> Province {
    if let index = provinces.index(of: name) { return provinces.provinces[index] }
    let key = NameKey(name)
    let found = provinces.provinces.filter { province in
      ([province.id] + province.names.values + province.aliases).contains { NameKey($0) == key }
    }
    if let only = found.first, found.count == 1 { return only }
    if found.isEmpty {
      let spellings = provinces.provinces.flatMap { province in
        ([province.id] + province.names.values).map { (name: $0, answer: province.id) }
      }
      throw .unknownName(
        kind: "province", name: name, suggestions: nearestNames(to: name, among: spellings))
    }
    throw .ambiguousName(
      kind: "province", name: name, choices: found.map { "\($0.id) (\($0.name))" })
  }
}
