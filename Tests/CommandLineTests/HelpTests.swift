import CorridorKit
import Foundation
import Testing

@Suite("Help")
struct HelpTests {
  static let commands = [
    ["network"], ["network", "info"], ["network", "check"], ["network", "convert"], ["route"],
    ["routes"], ["exposure"], ["simulate"], ["criticality"], ["demand"], ["demand", "list"],
    ["demand", "show"], ["demand", "gravity"], ["demand", "roles"], ["demand", "passages"],
    ["posts"], ["shelters"], ["risk"], ["index"], ["crosswalk"], ["export"], ["demo"],
  ]

  @Test(
    "every command's help fits in 80 columns and has examples that begin with its name",
    arguments: commands)
  func examples(command: [String]) throws {
    let run = try CorridorProcess(command + ["--help"])
    #expect(run.status == 0, "\(run)")
    expectNarrow(run)
    let lines = run.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let start = try #require(lines.firstIndex(of: "EXAMPLES"), "\(run.text)")
    let examples = lines[(start + 1)...].prefix { !$0.hasPrefix("USAGE") }
      .filter { $0.hasPrefix("corridor ") }
    #expect(!examples.isEmpty)
    // A line that is too long is broken without its indentation, and cannot be copied.
    for section in run.text.components(separatedBy: "\n\n") where section.hasPrefix("EXAMPLES") {
      #expect(
        section.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("  ") }, "\(section)")
    }
    let name = "corridor " + command.joined(separator: " ")
    #expect(examples.allSatisfy { $0.hasPrefix(name) }, "\(examples)")
  }

  private func expectNarrow(_ run: CorridorProcess) {
    for line in run.text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("the root's help fits in 80 columns and lists every command and every exit status")
  func root() throws {
    let run = try CorridorProcess(["--help"])
    expectNarrow(run)
    #expect(run.text.contains("\n  67 unknown, ambiguous or far-off name;"), "\(run.text)")
    for command in Set(Self.commands.map { $0[0] }) {
      #expect(run.text.contains("\n  \(command) "), "\(command) in \(run.text)")
    }
    for status in ExitStatus.allCases {
      #expect(run.text.contains("\(status.rawValue) "), "\(status) in \(run.text)")
    }
  }

  @Test("--version prints the version of the library")
  func version() throws {
    #expect(try CorridorProcess(["--version"]).text == corridorKitVersion + "\n")
  }

  @Test(
    "a wrong command line ends with 64 and says where help is",
    arguments: [
      ["nosuch"], ["route"], ["route", "A"], ["route", "A", "B", "C"], ["route", "A", "B", "--x"],
      ["exposure", "--format", "xml"], ["exposure", "--snap-km", "nan"],
      ["exposure", "--snap-km=-1"], ["exposure", "--on", "2023-02-29"],
      ["exposure", "--mode", "air"], ["exposure", "--threads", "many"],
      ["exposure", "--threads=-1"], ["exposure", "--output"], ["exposure", "--output", ""],
      ["risk", "--exposure-weight", "1"], ["risk", "--exposure-weight", "nan"],
      ["risk", "--normalisation", "best"], ["network", "check", "--countries", " "],
      ["network", "convert", "a.gr"], ["network", "convert", "a.gr", "--output", ""],
      ["network", "convert", "a.gr", "-o", "x", "--length-unit", "league"],
      ["network", "convert", "a.gr", "-o", "x", "--length-unit", "0"],
      ["network", "convert", "a.gr", "-o", "x", "--time-unit", "nan"],
      ["network", "convert", "a.gr", "-o", "x", "--planar=-1"],
      ["network", "convert", "a.gr", "-o", "x", "--mode", "air"],
      ["network", "convert", "a.gr", "-o", "x", "--measure", "money"],
    ])
  func usage(arguments: [String]) throws {
    let run = try CorridorProcess(arguments)
    #expect(run.status == 64, "\(run)")
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("Error: "), "\(run)")
    #expect(run.errors.contains("--help"), "\(run)")
  }

  @Test(
    "a list of no country is refused by every command that takes one",
    arguments: commands.filter {
      ![["network"], ["network", "convert"], ["demand"], ["index"], ["crosswalk"]].contains($0)
    },
    ["", ","])
  func noCountry(command: [String], countries: String) throws {
    let places = command == ["route"] ? ["A", "B"] : []
    let layer = command == ["export"] ? ["links"] : []
    let named = [["demand", "show"], ["demand", "gravity"]].contains(command) ? ["all"] : []
    let count = [["posts"], ["shelters"]].contains(command) ? ["--count", "1"] : []
    let run = try CorridorProcess(
      command + places + layer + named + count + ["--countries", countries])
    #expect(run.status == 64, "\(run)")
    #expect(run.output.isEmpty)
    #expect(
      run.errors.hasPrefix("Error: --countries is \"\(countries)\"; expected codes such as KZ,KG."),
      "\(run)")
  }
}
