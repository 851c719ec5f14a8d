import ArgumentParser
import CorridorKit
import Foundation
import Geography
import RiskIndex

struct IndexCommand: ParsableCommand, FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "A composite index of your own framework and data.",
    discussion: """
      Reads a framework (JSON) with an indicator table (CSV), or the two tables of COINr, iMeta and \
      iData (docs/formats.md). A recipe (YAML) says the steps in their order; options change single \
      steps of it. Without a recipe indicators are put between goalposts, or by min-max for COINr's \
      tables, which have none, and averaged. Missing values take no part and nothing is filled \
      unless a step says so; what each step touched is in the result.

      EXAMPLES
        corridor index --framework framework.json --data values.csv
        corridor index --framework framework.json --data values.csv \\
          --recipe recipe.yaml
        corridor index --imeta iMeta.csv --idata iData.csv --aggregation geometric
        corridor index --imeta iMeta.csv --idata iData.csv --diagnose
        corridor index --imeta iMeta.csv --idata iData.csv --impute group-mean \\
          --grouping GDP_group
        corridor index --imeta iMeta.csv --idata panel.csv --year 2018 --fill latest
        corridor index --framework framework.json --data values.csv --explain KZ-31
        corridor index --imeta iMeta.csv --idata iData.csv --report index.html
        corridor index --framework framework.json --data values.csv --draws 1000 \\
          --sensitivity
        corridor index --framework framework.json --data values.csv --vintage 2024 \\
          --format geojson
      """)

  @Option(help: ArgumentHelp("The framework (JSON).", valueName: "file")) var framework: String?
  @Option(help: ArgumentHelp("The indicator table (CSV).", valueName: "file"))
  var data: String?
  @Option(help: ArgumentHelp("COINr's table of indicators (CSV).", valueName: "file"))
  var imeta: String?
  @Option(help: ArgumentHelp("COINr's table of values (CSV).", valueName: "file"))
  var idata: String?
  @Option(help: ArgumentHelp("The steps (YAML).", valueName: "file")) var recipe: String?
  @OptionGroup var steps: StepOptions
  @Option(help: ArgumentHelp("Take one unit's score apart.", valueName: "unit"))
  var explain: String?
  @Option(
    help: ArgumentHelp(
      "Units are provinces of this shipped vintage: \(DataSources.vintages.joined(separator: ", ")).",
      valueName: "year"))
  var vintage: String?
  @Option(
    help: ArgumentHelp(
      "Units are provinces of your own (GeoJSON); repeat for several files of one layer.",
      valueName: "file"))
  var provinces: [String] = []
  @Option(
    help: ArgumentHelp("Write a page with charts and tables as well (HTML).", valueName: "file"))
  var report: String?
  @Flag(
    help:
      "Tell how the index is built: correlations, what each indicator really weighs, what stands out."
  )
  var diagnose = false
  @OptionGroup var uncertainty: IndexUncertaintyOptions
  @OptionGroup var output: OutputOptions

  var filesRead: [String?] {
    [framework, data, imeta, idata, recipe, uncertainty.uncertainty] + ((try? layerPaths()) ?? [])
  }
  var filesWritten: [(option: String, path: String?)] { [("--report", report)] + output.files }

  func validate() throws {
    guard report != "" else { throw ValidationError("--report is \"\"; expected a file's name.") }
    guard !diagnose || (explain == nil && !uncertainty.isAsked) else {
      throw ValidationError(
        "--diagnose goes without --explain, --draws, --uncertainty and --sensitivity.")
    }
  }

  func run() throws {
    guard isCOINr != (framework != nil || data != nil) else {
      throw CorridorKitError.contradiction(
        "give --framework with --data, or --imeta with --idata")
    }
    let (layer, layerFiles) = try provinceLayer()
    let recipeFile = try recipe.map { try InputFile(path: $0) }
    let inputs = try inputs(recipe: recipeFile, layer: layer)
    let recipe = try recipe(recipeFile, for: inputs)
    let run = try inputs.run(recipe, of: recipeFile)
    let asked =
      uncertainty.isAsked
      ? try uncertainty.study(
        shipped: nil, recipe: recipe, framework: inputs.framework,
        units: run.result.units.map(\.unit), groupings: inputs.data.groupings) : nil
    if let uncertain = uncertainty.uncertainty, asked?.study.inputs.exposureDraws != nil {
      throw CorridorKitError.contradiction(
        "\(uncertain) draws exposure, which corridor risk has and corridor index has not")
    }
    let manifest = Manifest(
      inputs: (inputs.files + (recipeFile.map { [$0] } ?? []) + (asked?.files ?? []) + layerFiles)
        .map(InputDigest.init),
      options: steps.settings.merging(uncertainty.settings) { $1 }
        .merging(["command": "index"]) { $1 },
      vintage: vintage ?? "unstated", metric: layer?.metric ?? .wgs84)
    let explained = try explain.map { try run.result.unit(named: $0).unit }
    let part = try asked?.study.part(of: run)
    if let report {
      let page = IndexPage(run, uncertainty: part, layer: layer, manifest: manifest)
      try writeFile(Data(page.html.utf8), to: report)
    }
    if diagnose {
      try output.write(DiagnosisReport(run, manifest: manifest))
      return
    }
    try output.write(
      IndexReport(
        run, explaining: explained, uncertainty: part, layer: layer, manifest: manifest))
  }

  /// Whether the index is made of COINr's tables.
  private var isCOINr: Bool { imeta != nil || idata != nil }

  /// COINr's tables, or a framework with its table.
  private func inputs(
    recipe: InputFile?, layer: ProvinceLayer?
  ) throws(CorridorKitError) -> IndexInputs {
    if isCOINr {
      guard let imeta, let idata else {
        throw .contradiction("--imeta and --idata go together")
      }
      return try IndexInputs(
        metadata: InputFile(path: imeta), values: InputFile(path: idata), layer: layer)
    }
    guard let framework, let data else {
      throw .contradiction("--framework and --data go together")
    }
    return try IndexInputs(
      framework: InputFile(path: framework), table: InputFile(path: data),
      years: try choosesYear(recipe) ? .several : .one, layer: layer)
  }

  /// The recipe of a file, or the standard one, with the steps that options change.
  private func recipe(
    _ file: InputFile?, for inputs: IndexInputs
  ) throws -> IndexRecipe {
    var recipe = IndexRecipe.standard
    if let file {
      recipe = try IndexRecipe(file, framework: inputs.framework, data: inputs.data)
    } else if isCOINr {
      recipe = recipe.replacing(.normalise(NormalisationStep(.minMax)))
    }
    return try steps.applied(to: recipe)
  }

  /// Whether a step will choose among several years, so that a table may have them.
  private func choosesYear(_ recipe: InputFile?) throws(CorridorKitError) -> Bool {
    if steps.year != nil { return true }
    guard let recipe else { return false }
    return try IndexRecipe.choosesYear(recipe)
  }

  private func layerPaths() throws(CorridorKitError) -> [String] {
    guard let vintage else { return provinces }
    guard provinces.isEmpty else {
      throw .contradiction("--vintage and --provinces exclude one another")
    }
    return try DataSources(folder: DataSources.shippedFolder(), vintage: vintage).provinces
  }

  private func provinceLayer() throws(CorridorKitError) -> (ProvinceLayer?, [InputFile]) {
    let paths = try layerPaths()
    guard !paths.isEmpty else {
      guard output.format != .geojson else {
        throw .contradiction(
          "--format geojson takes --vintage or --provinces, which say where units lie")
      }
      return (nil, [])
    }
    var files: [InputFile] = []
    for path in paths { files.append(try InputFile(path: path)) }
    return (try ProvinceLayer.read(files).layer, files)
  }
}
