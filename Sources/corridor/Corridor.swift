import ArgumentParser
import CorridorKit
import Foundation

/// The command line of CorridorKit.
@main
struct Corridor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corridor",
    abstract: "Route exposure, border closures and provincial risk for corridors in Central Asia.",
    discussion: """
      Results are aggregate (province, corridor, crossing) and modelled potential, not observed \
      trafficking.

      EXAMPLES
        corridor demo --output out
        corridor route Bishkek Almaty
        corridor exposure --vintage 2013
        corridor exposure --close crossing:korday
        corridor simulate examples/scenarios/korday-closed.yaml
        corridor risk --vintage 2024 --explain KZ-31

      EXIT STATUS
        0 success; 64 wrong use; 65 wrong data; 66 missing file;
        67 unknown, ambiguous or far-off name; 69 no way between two places;
        70 fault of the program; 73 output cannot be written.
      """,
    version: corridorKitVersion,
    subcommands: [
      NetworkCommand.self, RouteCommand.self, RoutesCommand.self, ExposureCommand.self,
      SimulateCommand.self, CriticalityCommand.self, DemandCommand.self, PostsCommand.self,
      SheltersCommand.self, RiskCommand.self, IndexCommand.self, CrosswalkCommand.self,
      ExportCommand.self,
      DemoCommand.self,
    ])

  /// Runs a command and ends with the status that its error names.
  static func main() {
    do {
      var command = try parseAsRoot(
        joiningNegativeValues(Array(CommandLine.arguments.dropFirst())))
      try (command as? any FileCommand)?.refuseOverwriting()
      try command.run()
    } catch let error as CorridorKitError {
      end(error)
    } catch {
      exit(withError: error)
    }
  }

  private static func end(_ error: CorridorKitError) -> Never {
    complain("error: \(error)")
    Foundation.exit(error.exitStatus.rawValue)
  }
}

/// Arguments with `--theta -1` written as `--theta=-1`, and a position such as `-73.9,40.7` with a blank
/// before it, which serves an option that takes one and a place after a flag alike.
///
/// A value that begins with a minus would be taken for an option, and the fault told as a missing value
/// instead of one out of range; a place west of Greenwich could not be named at all.
func joiningNegativeValues(_ arguments: [String]) -> [String] {
  var joined: [String] = []
  var isOver = false
  for argument in arguments {
    if isOver || !isNegativeNumber(argument) {
      joined.append(argument)
    } else if argument.contains(",") {
      joined.append(" " + argument)
    } else if let option = joined.last, option.hasPrefix("--"), !option.contains("=") {
      joined[joined.count - 1] = "\(option)=\(argument)"
    } else {
      joined.append(argument)
    }
    // After "--" nothing is an option.
    isOver = isOver || argument == "--"
  }
  return joined
}

/// Whether a text begins as a number below 0 does: no option is called so.
private func isNegativeNumber(_ text: String) -> Bool {
  guard text.first == "-" else { return false }
  let rest = text.dropFirst().lowercased()
  let digits = rest.first == "." ? rest.dropFirst() : rest[...]
  return digits.first.map { $0.isASCII && $0.isNumber } ?? false
    || ["inf", "infinity", "nan"].contains(rest)
}

/// Writes one line to the standard error.
///
/// Names out of files and arguments are shown as they are, but for the control characters that would
/// break the line or steer the terminal: those are shown as Swift writes them, for example `\n`.
func complain(_ message: String) {
  let line = "corridor: \(message.escapingControlCharacters)\n"
  try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
}
