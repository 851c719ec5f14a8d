public import RiskIndex

/// Which values are moved, between which vintages, with which files.
public struct CrosswalkQuestion: Sendable {
  /// The vintage that the values are of.
  public var from: String
  /// The vintage that they are wanted for.
  public var to: String
  /// The table of indicators (CSV).
  public var indicators: String
  /// The framework that says of which kind they are (JSON).
  public var framework: String
  /// The history of the units (YAML).
  public var units: String
  /// What parts of units are measured by.
  public var basis: Crosswalk.Basis = .population
  /// Kinds beside the framework's, by indicator.
  public var kinds: [String: Indicator.Kind] = [:]
  /// Tables that hold a population for units of a vintage, by vintage (CSV); the first that has one counts.
  public var populations: [String: [String]] = [:]
  /// Layers of units of a vintage, by vintage (GeoJSON), read where areas decide.
  public var layers: [String: String] = [:]
  /// What was asked for, for the manifest.
  public var options: [String: String] = [:]

  /// A question to the shipped files.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)`` for a vintage that is not shipped,
  ///   where nothing else is named for it.
  public init(
    from: String, to: String, folder: String, indicators: String? = nil, framework: String? = nil,
    units: String? = nil
  ) throws(CorridorKitError) {
    self.from = from
    self.to = to
    let latest = try DataSources(
      folder: folder, vintage: DataSources.vintages[DataSources.vintages.count - 1])
    self.framework = framework ?? latest.framework
    self.units = units ?? latest.units
    if units == nil {
      for vintage in [from, to] {
        let shipped = try DataSources(folder: folder, vintage: vintage)
        populations[vintage] = [shipped.indicators]
        layers[vintage] = shipped.provinces[0]
      }
    }
    guard let table = indicators ?? populations[from]?.first else {
      throw .contradiction("units of one's own have no table: name it with --indicators")
    }
    self.indicators = table
  }

  /// Reads the files and moves the values.
  ///
  /// - Throws: ``CorridorKitError`` with file, line and value for what cannot be read or moved.
  public func answer() throws(CorridorKitError) -> CrosswalkReport {
    let historyFile = try InputFile(path: units)
    let history = try UnitHistory(historyFile)
    let correspondence = try history.correspondence(from: from, to: to)
    let tableFile = try InputFile(path: indicators)
    let values = try VintageTable(tableFile, vintage: from, history: history).values
    let frameworkFile = try InputFile(path: framework)
    var files = [historyFile, tableFile, frameworkFile]
    let kinds = try kinds(of: values, framework: frameworkFile)

    var population = Crosswalk.Sizes()
    population.from = VintageTable.populations(values)
    for vintage in from == to ? [from] : [from, to] {
      for path in populations[vintage] ?? [] {
        let file = try InputFile(path: path)
        if !files.contains(where: { $0.path == path }) { files.append(file) }
        let found = VintageTable.populations(
          try VintageTable(file, vintage: vintage, history: history).values)
        if vintage == from { population.from.merge(found) { first, _ in first } }
        if vintage == to { population.to.merge(found) { first, _ in first } }
      }
    }
    do {
      var crosswalk = try Crosswalk(correspondence, population: population, basis: basis)
      if basis == .area || crosswalk.lacksPopulation {
        var area = Crosswalk.Sizes()
        for (vintage, path) in layers.sorted(by: { $0.key < $1.key }) {
          let file = try areas(path)
          files.append(file.file)
          if vintage == from { area.from = file.areas }
          if vintage == to { area.to = file.areas }
        }
        crosswalk = try Crosswalk(
          correspondence, population: population, area: area, basis: basis)
      }
      return CrosswalkReport(
        try crosswalk.moving(values, kinds: kinds), crosswalk: crosswalk, history: history,
        from: from, to: to,
        manifest: Manifest(
          inputs: files.map(InputDigest.init), options: options, vintage: to,
          remark: "Moved between vintages: what is inherited or split was not observed there."))
    } catch let error as CrosswalkError {
      throw .crosswalk(error)
    } catch let error as CorridorKitError {
      throw error
    } catch {
      throw .mismatch("\(error)")
    }
  }

  private func kinds(of values: [IndicatorValue], framework file: InputFile)
    throws(CorridorKitError) -> [String: Indicator.Kind]
  {
    let framework: IndexFramework
    do { framework = try IndexFramework(json: file.data, file: file.path) } catch {
      throw .risk(error)
    }
    var kinds = framework.kinds
    let known = Set(values.map(\.indicator)).sorted()
    for (indicator, kind) in self.kinds.sorted(by: { $0.key < $1.key }) {
      guard known.contains(indicator) else {
        throw .unknownName(
          kind: "indicator of the table", name: indicator,
          suggestions: nearestNames(to: indicator, among: known.map { (name: $0, answer: $0) }))
      }
      if let stated = kinds[indicator], stated != kind {
        throw .crosswalk(.mixedKinds(indicator: indicator))
      }
      kinds[indicator] = kind
    }
    return kinds
  }
}
