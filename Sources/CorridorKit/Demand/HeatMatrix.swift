import Foundation

/// A passage matrix as a drawing: a square a pair, darker for more, with the figure in it.
///
/// Colours are the five steps of the sequential scheme YlGnBu of ColorBrewer (Harrower and Brewer 2003,
/// doi:10.1179/000870403235002042), which the colour-blind can tell apart and which keep their order in
/// grey print; every cell has its figure too.
struct HeatMatrix: Sendable {
  let kind: String?
  private let title: String
  private let verb: String
  private let rows: [String]
  private let columns: [String]
  /// By row and column of those that are drawn.
  private let masses: [[Double]]
  /// Whether row and column are one unit.
  private let isOwn: [[Bool]]
  private let notice: String

  private static let colors = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"]
  /// Lower ends of the steps, as shares of the largest figure: masses differ by orders of magnitude.
  private static let steps = [0, 0.01, 0.03, 0.1, 0.3]
  private static let cell = 34.0
  private static let rowLabel = 150.0
  private static let columnLabel = 120.0
  private static let margin = 16.0

  /// Rows and columns without any mass are left out.
  init(_ matrix: PassageMatrix, kind: String?, notice: String) {
    self.kind = kind
    self.notice = notice
    verb = matrix.end == .origin ? "begins" : "ends"
    title =
      (kind.map { "\($0): " } ?? "") + "what \(verb) in the row's unit and touches the column's"
    let all = matrix.units.units.indices
    let drawnRows = all.filter { row in matrix.cells[row].contains { $0.touchingMass > 0 } }
    let drawnColumns = all.filter { column in
      drawnRows.contains { matrix.cells[$0][column].touchingMass > 0 }
    }
    rows = drawnRows.map { matrix.units.units[$0].name }
    columns = drawnColumns.map { matrix.units.units[$0].name }
    masses = drawnRows.map { row in drawnColumns.map { matrix.cells[row][$0].touchingMass } }
    isOwn = drawnRows.map { row in drawnColumns.map { $0 == row } }
  }

  private var width: Double {
    // The last turned label leans out to the right.
    max(Self.rowLabel + Double(columns.count) * Self.cell + 50, 620) + 2 * Self.margin
  }
  private var height: Double {
    Self.columnLabel + Double(rows.count) * Self.cell + 98 + 12 * Double(noticeLines.count)
      + 2 * Self.margin
  }
  private var noticeLines: [String] {
    wrapped(notice, width: 110).split(separator: "\n").map(String.init)
  }

  /// Drawings below one another.
  static func picture(_ drawings: [HeatMatrix]) -> String {
    let width = drawings.map(\.width).max() ?? 0
    let height = drawings.reduce(0) { $0 + $1.height }
    var body = ""
    var top = 0.0
    for drawing in drawings {
      body += drawing.content(top: top)
      top += drawing.height
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(shown(width))" height="\(shown(height))" \
      viewBox="0 0 \(shown(width)) \(shown(height))" font-family="Helvetica, Arial, sans-serif" \
      role="img" aria-labelledby="title description">
      <title id="title">Who passes through whom</title>
      <desc id="description">\(drawings.map(\.description).joined(separator: " "))</desc>
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(body)</svg>

      """
  }

  /// For those who do not see it.
  private var description: String {
    let size = "\(title): a matrix of \(rows.count) rows and \(columns.count) columns."
    return (size + " Each square tells row, column and mass.").escapingControlCharacters
      .escapedForHTML
  }

  private func content(top: Double) -> String {
    let left = Self.margin + Self.rowLabel
    let first = top + Self.margin + 30 + Self.columnLabel
    var lines = [Self.text(title, x: Self.margin, y: top + Self.margin + 14, size: 14, weight: 700)]
    for (column, name) in columns.enumerated() {
      let x = left + (Double(column) + 0.5) * Self.cell + 4
      lines.append(
        Self.text(name.shortened(to: 20), x: x, y: first - 6, size: 11, turned: true))
    }
    let largest = masses.joined().max() ?? 0
    for (row, name) in rows.enumerated() {
      let y = first + Double(row) * Self.cell
      lines.append(
        Self.text(
          name.shortened(to: 24), x: left - 6, y: y + Self.cell / 2 + 4, size: 11, anchor: "end"))
      for column in columns.indices {
        lines.append(
          square(row, column, x: left + Double(column) * Self.cell, y: y, largest: largest))
      }
    }
    let bottom = first + Double(rows.count) * Self.cell + 18
    lines.append(
      rows.isEmpty
        ? Self.text("No trip has a way.", x: Self.margin, y: bottom + 12, size: 11)
        : legend(x: Self.margin, y: bottom, largest: largest))
    lines.append(
      Self.text(
        "Framed: a unit with itself, all that \(verb) there.", x: Self.margin, y: bottom + 42,
        size: 10))
    for (index, line) in noticeLines.enumerated() {
      lines.append(
        Self.text(line, x: Self.margin, y: bottom + 56 + Double(index) * 12, size: 10))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func square(
    _ row: Int, _ column: Int, x: Double, y: Double, largest: Double
  ) -> String {
    let mass = masses[row][column]
    let step = mass > 0 ? Self.step(mass / largest) : nil
    let fill = step.map { Self.colors[$0] } ?? "#ffffff"
    let frame =
      isOwn[row][column]
      ? ##"stroke="#000000" stroke-width="1.5""## : ##"stroke="#cccccc""##
    let name = "\(rows[row]), \(columns[column]): \(Self.figure(mass, of: largest))"
      .escapingControlCharacters
      .escapedForHTML
    let side = Self.shown(Self.cell - 2)
    var text =
      #"<rect x="\#(Self.shown(x + 1))" y="\#(Self.shown(y + 1))" width="\#(side)" "#
      + #"height="\#(side)" fill="\#(fill)" \#(frame)><title>\#(name)</title></rect>"#
    if let step {
      text += Self.text(
        Self.figure(mass, of: largest), x: x + Self.cell / 2, y: y + Self.cell / 2 + 4, size: 10,
        anchor: "middle", fill: step >= 3 ? "#ffffff" : "#000000")
    }
    return text
  }

  private static func step(_ share: Double) -> Int { steps.lastIndex { share >= $0 } ?? 0 }

  private func legend(x: Double, y: Double, largest: Double) -> String {
    let bounds =
      Self.steps.map { Self.figure($0 * largest, of: largest) } + [
        Self.figure(largest, of: largest)
      ]
    return Self.colors.indices.map { step in
      let left = x + Double(step) * 112
      return
        #"<rect x="\#(Self.shown(left))" y="\#(Self.shown(y))" width="16" height="16" "#
        + ##"fill="\##(Self.colors[step])" stroke="#cccccc"/>"##
        + Self.text("\(bounds[step]) – \(bounds[step + 1])", x: left + 22, y: y + 12, size: 11)
    }.joined(separator: "\n") + Self.text("mass", x: x + 5 * 112, y: y + 12, size: 11)
  }

  /// Three figures at most, and one where even the largest mass has none before the point.
  private static func figure(_ mass: Double, of largest: Double) -> String {
    if mass > 0, largest < 0.95 { return String(format: "%.0e", locale: posix, mass) }
    if mass >= 99_950 { return String(format: "%.1e", locale: posix, mass) }
    if mass > 0, mass < 0.05 { return "<0.1" }
    return Shown.fixed(mass, mass < 9.95 && mass > 0 ? 1 : 0)
  }

  private static let posix = Locale(identifier: "en_US_POSIX")
  private static func shown(_ number: Double) -> String { Shown.fixed(number, 1) }

  private static func text(
    _ text: String, x: Double, y: Double, size: Int, weight: Int = 400, anchor: String = "start",
    fill: String = "#000000", turned: Bool = false
  ) -> String {
    let turn = turned ? #" transform="rotate(-60 \#(shown(x)) \#(shown(y)))""# : ""
    return
      #"<text x="\#(shown(x))" y="\#(shown(y))" font-size="\#(size)" font-weight="\#(weight)" "#
      + #"text-anchor="\#(anchor)" fill="\#(fill)"\#(turn)>\#(text.escapingControlCharacters.escapedForHTML)</text>"#
  }
}
