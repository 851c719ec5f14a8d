import Geography
import TransportGraph

/// The shapes of a map page as SVG: definitions that the large map and the small ones share, and the
/// layers of the large one.
struct MapDrawing {
  let frame: MapFrame
  let measures: [MapMeasure]
  let exposure: ExposureReport
  let risk: RiskReport?
  let closure: SimulationReport?
  let corridors: [CorridorsReport.Row]
  let crossings: [CrossingLayerReport.Row]
  let links: [LinkLayerReport.Row]
  let layer: ProvinceLayer
  let settlements: [Settlement]

  private static let scale = "transform=\"scale(\(1 / MapFrame.gridSteps))\""

  var viewBox: String { "viewBox=\"0 0 \(Int(MapFrame.width)) \(Int(frame.height))\"" }

  /// The shapes, to be used by reference. `p0`, `p1`, … are the provinces in the order of the report.
  var definitions: String {
    let listed = Set(exposure.provinces.map(\.id))
    let rings = Dictionary(
      uniqueKeysWithValues: layer.provinces.map { province in
        (
          province.id,
          province.polygons.flatMap(\.rings).map(frame.line).filter(frame.mayShow)
        )
      })
    let borders = MapBorders(layer, listed: listed, frame: frame)
    let neighbours = layer.provinces.filter { !listed.contains($0.id) }
      .map { MapLines(lines: rings[$0.id] ?? []).path(closed: true) }.joined()
    // What the outlines enclose and no polygon covers is sea. Each is a path of its own: in one path
    // the outer outline and that of a gap would cancel.
    let water = borders.outlines.lines.map {
      "<path d=\"\(MapLines(lines: [$0]).path(closed: true))\"/>"
    }
    var parts = [
      """
      <g id="land" \(Self.scale)><g class="water">\(water.joined())</g>\
      <path class="land" d="\(neighbours)"/></g>
      """
    ]
    for (index, row) in exposure.provinces.enumerated() {
      let path = MapLines(lines: rings[row.id] ?? []).path(closed: true)
      parts.append("<path id=\"p\(index)\" fill-rule=\"evenodd\" \(Self.scale) d=\"\(path)\"/>")
    }
    for measure in measures {
      let uses = exposure.provinces.enumerated().map { index, row in
        "<use href=\"#p\(index)\" class=\"\(measure.styles[row.id] ?? "missing")\"/>"
      }
      parts.append("<g id=\"m-\(measure.id)\">\(uses.joined())</g>")
    }
    parts.append(
      """
      <g id="borders" \(Self.scale)><path class="border" d="\(borders.provinces.path())"/>\
      <path class="border country" d="\(borders.countries.path())"/></g>
      """)
    return parts.joined(separator: "\n")
  }

  /// The provinces again, unseen, to be pointed at.
  var provinceTargets: String {
    exposure.provinces.enumerated().map { index, row in
      "<use href=\"#p\(index)\" class=\"target\" data-row=\"\(index)\"><title>"
        + description(of: row).escapedForHTML + "</title></use>"
    }.joined(separator: "\n")
  }

  private func description(of row: ExposureReport.Row) -> String {
    var lines = [
      "\(row.name) (\(row.id))",
      "\(Shown.kilometers(row.lengthM)) km, \(Shown.hours(row.travelTimeS)) h of all corridors",
    ]
    if let risk = risk?.provinces.first(where: { $0.id == row.id }) {
      func text(_ score: Double?, _ rank: Int?) -> String {
        (score.map { Shown.fixed($0, 1) } ?? "no score") + (rank.map { ", rank \($0)" } ?? "")
      }
      lines.append("Risk score \(text(risk.score, risk.rank))")
      lines.append(
        "Without exposure \(text(risk.scoreWithoutExposure, risk.rankWithoutExposure))")
    }
    if let closure, let change = closure.provinces.first(where: { $0.id == row.id }) {
      lines.append(
        "\(Shown.signed(change.travelTimeChangeS / 3600, 2)) h if \(closure.scenario)")
    }
    if !row.trips.isEmpty { lines.append("Corridors: \(row.trips.joined(separator: ", "))") }
    return lines.joined(separator: "\n")
  }

  /// The classes of use that widths tell apart; nil when nothing is used.
  var useClasses: MapClasses? {
    MapClasses(from: 0, to: links.map(\.useMass).max() ?? 0, isCounted: isUseCounted)
  }

  private var isUseCounted: Bool { links.allSatisfy { $0.useMass == $0.useMass.rounded() } }

  /// What the classes of use are: a number where each holds one whole number only.
  var useLabels: [String] {
    guard let classes = useClasses else { return [] }
    return (0..<classes.count).map {
      isUseCounted && classes.step == 1 ? "\($0 + 1)" : classes.label($0)
    }
  }

  /// Roads and railways in use, as wide as they are used.
  var useLines: String {
    guard let classes = useClasses else { return "" }
    var groups: [String: [[GridPoint]]] = [:]
    // A transfer between a road and a station is no way of its own.
    for link in links where link.useMass > 0 && link.kind != "transfer" {
      let style = "\(link.mode == "rail" ? "rail" : "road") w\(classes.index(of: link.useMass) + 1)"
      groups[style, default: []].append(frame.line(link.line))
    }
    let paths = groups.sorted { $0.key < $1.key }.map { style, lines in
      (style: style, path: MapLines(lines: lines).joined().path())
    }
    // All casings lie beneath all lines, so that no line is cut at a junction.
    let casings = paths.map { "<path class=\"casing \($0.style)\" d=\"\($0.path)\"/>" }
    let lines = paths.map { "<path class=\"way \($0.style)\" d=\"\($0.path)\"/>" }
    return "<g class=\"use-lines\" \(Self.scale)>" + (casings + lines).joined(separator: "\n")
      + "</g>"
  }

  /// The corridors in their colours, the first the widest, so that those on one road all show.
  var corridorLines: String {
    let paths = corridors.enumerated().map { index, row in
      let width = max(2, 7.5 - 0.6 * Double(index))
      let title =
        "\(row.id): \(row.name)\n\(row.mode), \(Shown.kilometers(row.lengthM)) km, "
        + "\(Shown.hours(row.travelTimeS)) h"
      return """
        <path class="corridor\(row.modes == [.rail] ? " rail" : "")" data-corridor="\(index)" \
        stroke="\(row.drawnColor)" stroke-width="\(Shown.fixed(width, 1))" \
        d="\(MapLines(lines: [frame.line(row.line)]).path())">\
        <title>\(title.escapedForHTML)</title></path>
        """
    }
    return "<g class=\"corridor-lines\" \(Self.scale)>\(paths.joined(separator: "\n"))</g>"
  }

  /// How a crossing is drawn; in the order of drawing, what matters most on top.
  enum CrossingStyle: String, CaseIterable {
    case unused, shut, used, closed

    var meaning: String {
      switch self {
      case .unused: "crossing not used by the corridors"
      case .shut: "crossing closed today"
      case .used: "crossing in use"
      case .closed: "closed by the scenario"
      }
    }
  }

  private func style(of row: CrossingLayerReport.Row) -> CrossingStyle {
    if closure?.closedCrossings.contains(row.id) ?? false { return .closed }
    if row.useMass > 0 { return .used }
    return row.status == CrossingStatus.closed.rawValue ? .shut : .unused
  }

  static func symbol(_ style: CrossingStyle) -> String {
    switch style {
    case .unused: "<circle r=\"2.1\"/>"
    case .shut: "<path d=\"M-2.4-2.4 2.4 2.4M2.4-2.4-2.4 2.4\"/>"
    case .used: "<path d=\"M0-5.2 5.2 0 0 5.2-5.2 0z\"/>"
    case .closed: "<circle r=\"5.8\"/><path d=\"M-3-3 3 3M3-3-3 3\"/>"
    }
  }

  var crossingMarks: String {
    let marks = crossings.map { (row: $0, style: style(of: $0), at: frame.point($0.coordinate)) }
      .filter { frame.contains($0.at) }
    return CrossingStyle.allCases.flatMap { style in
      marks.filter { $0.style == style }.map { mark in
        let row = mark.row
        let countries = row.countries.map(CountryName.english).joined(separator: " – ")
        let use = row.useMass > 0 ? "used by \(Shown.fixed(row.useMass, 2)) corridors" : "not used"
        let title =
          "\(row.name) (\(row.mode))\n\(countries)\nstatus: \(row.status); \(use); "
          + "\(Shown.fixed(row.dwellH, 1)) h"
          + (row.hasGaugeBreak ? "; break of gauge" : "")
          + (style == .closed ? "\nclosed by the scenario" : "")
        return """
          <g class="mark \(style.rawValue)" transform="translate(\(Shown.fixed(mark.at.x, 1)) \
          \(Shown.fixed(mark.at.y, 1)))"><g class="shape">\(Self.symbol(style))</g>\
          <title>\(title.escapedForHTML)</title></g>
          """
      }
    }.joined(separator: "\n")
  }

  /// Where the marks that names must not cover stand.
  var prominentMarks: [(x: Double, y: Double)] {
    crossings.filter { [.used, .closed].contains(style(of: $0)) }.map { frame.point($0.coordinate) }
  }
}

extension CorridorsReport.Row {
  /// The corridor's colour; grey where it is not written `#rrggbb`, for a page has no other.
  var drawnColor: String {
    let digits = color.dropFirst()
    return color.hasPrefix("#") && digits.count == 6 && digits.allSatisfy(\.isHexDigit)
      ? color : "#555555"
  }
}

extension String {
  /// The text with the characters escaped that mean something in HTML, also within quotes.
  ///
  /// Scalar by scalar, as HTML is read: a quotation mark ends a value whatever accent stands behind it.
  var escapedForHTML: String {
    var escaped = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// English short names of the countries of the region.
enum CountryName {
  private static let names = [
    "AF": "Afghanistan", "AM": "Armenia", "AZ": "Azerbaijan", "CN": "China", "GE": "Georgia",
    "IN": "India", "IQ": "Iraq", "IR": "Iran", "KG": "Kyrgyzstan", "KZ": "Kazakhstan",
    "MN": "Mongolia", "PK": "Pakistan", "RU": "Russia", "TJ": "Tajikistan", "TM": "Turkmenistan",
    "UZ": "Uzbekistan",
  ]

  /// The name for an ISO 3166-1 alpha-2 code, or the code.
  static func english(_ code: String) -> String { names[code] ?? code }
}
