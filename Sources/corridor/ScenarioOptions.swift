import ArgumentParser
import CorridorKit

/// What is closed or delayed on the command line.
struct ScenarioOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Close crossing:ID, link:ID, road:NAME, border:KZ-KG, mode:rail or province:ID; repeatable.",
      valueName: "what"))
  var close: [String] = []

  @Option(
    help: ArgumentHelp(
      "Delay a crossing, border, link or road: crossing:korday=2h, =30min, or =x2 for twice the dwell "
        + "(of links and roads: the moving time); repeatable.", valueName: "what=time"))
  var delay: [String] = []

  /// Whether nothing is closed or delayed.
  var isEmpty: Bool { close.isEmpty && delay.isEmpty }

  /// The scenario that the options make; nil when they make none.
  func scenario() throws(CorridorKitError) -> Scenario? {
    guard !isEmpty else { return nil }
    if let both = close.first(where: { closed in delay.contains { $0.hasPrefix(closed + "=") } }) {
      throw .contradiction("\(both) is both closed and delayed")
    }
    var closures: [Scenario.Closure] = []
    for text in close { closures.append(try Scenario.Closure(parsing: text)) }
    var delays: [Scenario.Delay] = []
    for text in delay { delays.append(try Scenario.Delay(parsing: text)) }
    let parts = close.map { "\($0) closed" } + delay.map { "\($0) later" }
    return Scenario(name: parts.joined(separator: ", "), closures: closures, delays: delays)
  }
}

/// A scenario that a command asks about, from a file or from the command line.
struct ScenarioQuestion {
  let scenario: Scenario
  /// The file that it was read from, if it was.
  let files: [InputFile]
  /// The files that it names.
  var digests: [InputDigest] { scenario.inputs }

  /// Nil where nothing is asked.
  ///
  /// - Throws: ``CorridorKitError/contradiction(_:)`` where both are given.
  init?(file: String?, changes: ScenarioOptions) throws(CorridorKitError) {
    guard let file else {
      guard let scenario = try changes.scenario() else { return nil }
      self.scenario = scenario
      files = []
      return
    }
    guard changes.isEmpty else {
      throw .contradiction("--scenario and --close or --delay exclude one another")
    }
    let input = try InputFile(path: file)
    scenario = try Scenario(input)
    files = [input]
  }
}
