import Geography
import RiskIndex
import Tables
import TransportGraph

/// What can go wrong between a file and a result, in the words that a person reads.
///
/// Every case prints as one line that names the place of the fault, the offending value and what was
/// expected. ``exitStatus`` is what the command line ends with.
public enum CorridorKitError: Error, Equatable, Sendable {
  /// A file could not be read.
  case unreadable(file: String, reason: String)
  /// A GeoJSON file broke a rule of its format.
  case geoJSON(GeoJSONError)
  /// A value in a YAML, JSON or CSV file broke a rule; `location` is a line or a path of keys.
  case invalidValue(file: String, location: String, value: String, expected: String)
  /// Provinces or lines that the geometry engine refuses.
  case geography(GeographyError)
  /// Nodes and links that do not make a graph, or a profile that does not fit them.
  case graph(TransportGraphError)
  /// A graph file in a standard format that is wrong.
  case graphFile(GraphFileError)
  /// A network that no contraction hierarchy can be made of, or impedances too large for one.
  case hierarchy(HierarchyError)
  /// A model of route choice that cannot be computed.
  case routeChoice(RouteChoiceError)
  /// A CSV file that is not a table, or a field of one that is wrong.
  case table(DelimitedTableError)
  /// Indicators or a framework that do not make an index.
  case risk(RiskIndexError)
  /// Values that cannot be moved between vintages of units.
  case crosswalk(CrosswalkError)
  /// Two inputs that do not belong together.
  case mismatch(String)
  /// A name that nothing answers to.
  case unknownName(kind: String, name: String, suggestions: [String])
  /// A text that is none of a few possible ones, or not of the form that is expected.
  case notExpected(kind: String, text: String, expected: [String])
  /// A name that several things answer to; the choices say how to tell them apart.
  case ambiguousName(kind: String, name: String, choices: [String])
  /// A place with no permitted way near it.
  case farFromNetwork(place: String, distanceMeters: Double, limitMeters: Double)
  /// Options that contradict one another.
  case contradiction(String)
  /// A file that could not be written; nothing was left behind.
  case unwritable(file: String, reason: String)
  /// An error whose cause stands at a place of its own, such as a line of a table of flows.
  indirect case located(String, CorridorKitError)
}

/// The exit statuses of `corridor`, after BSD `sysexits.h` where it has a fitting one.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  case success = 0
  /// The command line itself is wrong: an unknown option, contradictory options.
  case usage = 64
  /// An input file is wrong.
  case data = 65
  /// An input file is missing or cannot be read.
  case noInput = 66
  /// A place, crossing, province, corridor or vintage that is unknown, ambiguous or far away.
  case unknownName = 67
  /// No way leads from the origin to the destination; the reason is printed.
  case unreachable = 69
  /// A fault of the program.
  case software = 70
  /// An output cannot be written.
  case cannotWrite = 73
}

extension CorridorKitError {
  /// The exit status that the command line ends with.
  public var exitStatus: ExitStatus {
    switch self {
    case .located(_, let error): error.exitStatus
    case .unreadable, .graphFile(.unreadable): .noInput
    case .geoJSON, .graphFile, .invalidValue, .table, .geography, .graph, .hierarchy, .risk,
      .crosswalk, .mismatch, .routeChoice(.tooManyStates):
      .data
    case .unknownName, .notExpected, .ambiguousName, .farFromNetwork: .unknownName
    case .contradiction, .routeChoice(.badParameter), .routeChoice(.noRecursiveLogit): .usage
    case .unwritable: .cannotWrite
    }
  }
}

extension CorridorKitError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .located(let place, let error): "\(place): \(error)"
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .geoJSON(let error): "\(error)"
    case .invalidValue(let file, let location, let value, let expected):
      "\(file): \(location) is \(value); expected \(expected)"
    case .geography(let error): "\(error)"
    case .graph(let error): "\(error)"
    case .graphFile(let error): "\(error)"
    case .hierarchy(let error): "\(error)"
    case .routeChoice(let error): "\(error)"
    case .table(let error): "\(error)"
    case .risk(let error): "\(error)"
    case .crosswalk(let error): "\(error)"
    case .mismatch(let text): text
    case .unknownName(kind: "place", let name, suggestions: []):
      "unknown place \"\(name)\"; expected a settlement, a node's id or longitude,latitude"
    case .unknownName(let kind, let name, let suggestions):
      "unknown \(kind) \"\(name)\""
        + (suggestions.isEmpty ? "" : "; nearest: \(suggestions.joined(separator: ", "))")
    case .notExpected(let kind, let text, let expected):
      "\(kind) \"\(text)\" is unknown; expected \(expected.joined(separator: ", "))"
    case .ambiguousName(let kind, let name, let choices):
      "\(kind) \"\(name)\" is ambiguous: \(choices.joined(separator: "; or "))"
    case .farFromNetwork(let place, let distance, _) where distance.isInfinite:
      "\(place): the network has no way of the permitted modes"
    case .farFromNetwork(let place, let distance, let limit):
      "\(place) is \(kilometers(distance)) km from the nearest node of a permitted way; "
        + "the limit is \(kilometers(limit)) km (--snap-km)"
    case .contradiction(let text): text
    case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
    }
  }

  private func kilometers(_ meters: Double) -> String {
    (meters / 1000).formatted(.number.precision(.fractionLength(1)).grouping(.never))
  }
}
