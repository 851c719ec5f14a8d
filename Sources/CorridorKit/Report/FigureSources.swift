/// The years and publishers of the figures that a score rests on, for outputs that have no room for each figure.
struct FigureSources {
  /// One figure of one unit.
  struct Figure {
    let indicator: String
    let year: Int?
    let source: String?
  }

  private let figures: [Figure]

  /// - Parameter figures: Those that take part, in the order of the framework; of one unit, or of all.
  init(_ figures: [Figure]) { self.figures = figures }

  /// The columns of CSV, the last ones; ``cells(notice:)`` are their cells.
  static let columns = ["years", "sources", "notice"]

  /// Such as `2022–2023`; empty where nobody says.
  var years: String { Self.span(figures) }

  /// Each publisher once, in the order of the figures.
  var sources: [String] {
    figures.reduce(into: []) { found, figure in
      if let source = figure.source, !found.contains(source) { found.append(source) }
    }
  }

  /// A line of CSV ends with these.
  func cells(notice: String) -> [String] { [years, sources.joined(separator: "; "), notice] }

  /// What a feature of a map says beside its figures.
  func properties(notice: String) -> [String: PropertyValue] {
    [
      "years": .text(years), "sources": .text(sources.joined(separator: "; ")),
      "notice": .text(notice),
    ]
  }

  /// A paragraph for each publisher: who, which indicators, of which years.
  var text: [String] {
    sources.map { source in
      let own = figures.filter { $0.source == source }
      let indicators = own.reduce(into: [String]()) { found, figure in
        if !found.contains(figure.indicator) { found.append(figure.indicator) }
      }
      let named = indicators.map { indicator in
        let span = Self.span(own.filter { $0.indicator == indicator })
        return span.isEmpty ? indicator : "\(indicator) \(span)"
      }
      let span = Self.span(own)
      let told =
        named.count <= 6
        ? named.joined(separator: ", ")
        : "\(named.count) indicators\(span.isEmpty ? "" : " \(span)")"
      return wrapped("Source: \(source) (\(told))")
    }
  }

  private static func span(_ figures: [Figure]) -> String {
    let years = figures.compactMap(\.year)
    guard let first = years.min(), let last = years.max() else { return "" }
    return first == last ? "\(first)" : "\(first)–\(last)"
  }
}
