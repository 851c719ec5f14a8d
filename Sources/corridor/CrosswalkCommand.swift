import ArgumentParser
import CorridorKit
import RiskIndex

struct CrosswalkCommand: ParsableCommand, FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "crosswalk",
    abstract: "Moves indicators between the provinces of 2013, 2018 and 2024.",
    discussion: """
      Counts and totals (extensive) are divided by population, the area as the last resort; totals stay. \
      Rates and means (intensive) are copied to parts, flagged as inherited, and averaged by population \
      where units merge. The framework says which is which (kind). CSV is an indicator table, ready for \
      corridor risk --indicators.

      EXAMPLES
        corridor crosswalk --from 2013 --to 2024
        corridor crosswalk --from 2024 --to 2018 --format csv --output moved.csv
        corridor crosswalk --from 2013 --to 2024 --indicators mine.csv --by area
        corridor crosswalk --name Zhezkazgan
      """)

  @Option(help: ArgumentHelp("The vintage that the values are of.", valueName: "vintage"))
  var from: String?
  @Option(help: ArgumentHelp("The vintage that they are wanted for.", valueName: "vintage"))
  var to: String?
  @Option(
    help: ArgumentHelp("Your own indicators (CSV); units by id or name.", valueName: "file"))
  var indicators: String?
  @Option(help: ArgumentHelp("Your own framework (JSON).", valueName: "file"))
  var framework: String?
  @Option(
    help: ArgumentHelp(
      "Whether an indicator adds up over units: id=extensive or id=intensive; repeat.",
      valueName: "id=kind"))
  var kind: [String] = []
  @Option(help: "What parts are measured by: population or area.")
  var by: Crosswalk.Basis = .population
  @Option(
    help: ArgumentHelp(
      "A table with the population of a vintage's units (CSV); repeat.", valueName: "vintage=file"))
  var population: [String] = []
  @Option(
    help: ArgumentHelp(
      "A vintage's outlines for areas (GeoJSON); repeat.", valueName: "vintage=file"))
  var outlines: [String] = []
  @Option(help: ArgumentHelp("Your own history of units (YAML).", valueName: "file"))
  var units: String?
  @Option(help: ArgumentHelp("Tell what a unit's name means over time.", valueName: "unit"))
  var name: String?
  @Option(help: ArgumentHelp("The folder of shipped data.", valueName: "folder"))
  var data: String?
  @OptionGroup var output: OutputOptions

  var filesRead: [String?] {
    // Of what is not a pair, validation has told.
    let own = ((try? pairs(population + outlines, "", "")) ?? []).map(\.1)
    let shipped = ([from, to].compactMap(\.self) + DataSources.vintages.suffix(1)).flatMap {
      (try? DataSources(folder: folder(), vintage: $0))?.files ?? []
    }
    return [indicators, framework, units] + own + shipped
  }
  var filesWritten: [(option: String, path: String?)] { output.files }

  private func folder() throws(CorridorKitError) -> String {
    if let data { return data }
    return try DataSources.shippedFolder()
  }

  func validate() throws {
    if name == nil {
      guard from != nil, to != nil else {
        throw ValidationError("--from and --to are vintages such as 2013 and 2024, or ask --name.")
      }
    } else if from != nil || indicators != nil {
      throw ValidationError("--name asks about a name alone; it takes --to and --units.")
    }
    _ = try pairs(population, "--population", "2018=file.csv")
    _ = try pairs(outlines, "--outlines", "2018=file.geojson")
    for (id, kind) in try pairs(kind, "--kind", "population=extensive") {
      guard Indicator.Kind(rawValue: kind) != nil else {
        throw ValidationError(
          "--kind \(id)=\(kind) is unknown; expected \(id)=extensive or \(id)=intensive.")
      }
    }
  }

  func run() throws {
    let folder = try folder()
    if let name {
      let latest = DataSources.vintages[DataSources.vintages.count - 1]
      let shipped = try DataSources(folder: folder, vintage: latest)
      try output.write(
        try UnitNameReport(name, in: to, file: InputFile(path: units ?? shipped.units)))
      return
    }
    var question = try CrosswalkQuestion(
      from: from ?? "", to: to ?? "", folder: folder, indicators: indicators,
      framework: framework, units: units)
    question.basis = by
    for (id, text) in try pairs(kind, "--kind", "") {
      guard let kind = Indicator.Kind(rawValue: text) else { continue }
      if let other = question.kinds[id], other != kind {
        throw CorridorKitError.crosswalk(.mixedKinds(indicator: id))
      }
      question.kinds[id] = kind
    }
    for (vintage, file) in try pairs(population, "--population", "").reversed() {
      question.populations[vintage, default: []].insert(file, at: 0)
    }
    for (vintage, file) in try pairs(outlines, "--outlines", "") {
      question.layers[vintage] = file
    }
    for vintage in try (pairs(population, "--population", "") + pairs(outlines, "--outlines", ""))
      .map(\.0) where ![question.from, question.to].contains(vintage)
    {
      throw CorridorKitError.contradiction(
        "\(vintage) of --population or --outlines is neither --from nor --to")
    }
    question.options = [
      "command": "crosswalk", "from": question.from, "to": question.to, "by": by.rawValue,
    ].merging(kind.isEmpty ? [:] : ["kind": kind.joined(separator: " ")]) { $1 }
    try output.write(try question.answer())
  }

  /// The two sides of each `a=b`.
  private func pairs(_ texts: [String], _ option: String, _ example: String) throws
    -> [(String, String)]
  {
    try texts.map { text in
      let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw ValidationError("\(option) is \"\(text)\"; expected such as \(example).")
      }
      return (sides[0], sides[1])
    }
  }
}

extension Crosswalk.Basis: ExpressibleByArgument {}
