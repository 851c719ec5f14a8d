import Geography
import TransportGraph

/// What the length that a file states of a link may be, by itself and beside its drawn line.
enum StatedLength {
  /// A way is never shorter than the chord between its ends; this share of it and a metre, to which
  /// lengths are often rounded, are forgiven.
  private static let chordTolerance = 0.99
  private static let roundingMeters = 1.0
  /// Half of the Earth's circumference: no single link is longer.
  private static let longestLinkMeters = 20_040_000.0
  /// A stated length beyond this many times the drawn line, and so many metres more, has a wrong unit or
  /// digit: hairpins and rough drawing stay below it.
  private static let longestOfDrawn = 20.0
  private static let longerThanDrawnMeters = 20_000.0

  /// What was expected instead of a length, whatever is drawn; nil for one that can be.
  static func expectation(_ stated: Double, kind: LinkKind) -> String? {
    guard stated.isFinite, stated > 0 || (stated == 0 && kind != .way) else {
      return "metres \(kind == .way ? "> 0" : "≥ 0")"
    }
    return stated <= longestLinkMeters ? nil : "at most \(longestLinkMeters) m"
  }

  /// What was expected instead of a length that can be, for the line; nil if they agree. A schematic
  /// link is not asked.
  static func expectation(
    _ stated: Double, kind: LinkKind, beside line: [Coordinate], metric: LengthMetric
  ) -> String? {
    let longest = metric.length(of: line) * longestOfDrawn + longerThanDrawnMeters
    guard stated <= longest else {
      return "at most \(Shown.fixed(longest, 1)) m, 20 times the drawn line and 20 km"
    }
    let chord = metric.distance(line[0], line[line.count - 1])
    guard kind != .way || stated >= chord * chordTolerance - roundingMeters else {
      return "at least the \(Shown.fixed(chord, 1)) m between the link's ends, less 1 %"
    }
    return nil
  }
}
