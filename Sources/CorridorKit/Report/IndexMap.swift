import Geography

/// The scores on a map: units coloured in classes with round bounds, those without a score hatched.
struct IndexMap {
  private let content: IndexPageContent
  private let layer: ProvinceLayer
  private let frame: MapFrame
  private let classes: MapClasses?
  private let borders: MapBorders

  /// Nil where no unit has an outline.
  init?(_ content: IndexPageContent, layer: ProvinceLayer) {
    let ids = Set(content.rows.map(\.unit.unit))
    let shown = layer.provinces.filter { ids.contains($0.id) }
    guard
      let frame = MapFrame(
        around: shown.flatMap { $0.polygons.flatMap(\.exterior) },
        projection: MapProjection(layer.metric))
    else { return nil }
    self.content = content
    self.layer = layer
    self.frame = frame
    borders = MapBorders(layer, listed: ids, frame: frame)
    classes = MapClasses(of: content.rows.compactMap(\.unit.score))
  }

  /// The map with its legend.
  var figure: String {
    """
    <figure class="map">
    <svg viewBox="0 0 1000 \(Int(frame.height))" role="img" aria-labelledby="map-title map-desc">
    <title id="map-title">Score by province</title>
    <desc id="map-desc">\(description.escapedForHTML)</desc>
    <rect class="neighbour" width="1000" height="\(Int(frame.height))"/>
    <g transform="scale(\(1 / MapFrame.gridSteps))">
    \(surroundings)
    \(areas)
    \(lines)
    </g>
    <g class="labels">\(labels.svg)</g>
    </svg>
    <figcaption><p><strong>Score by province.</strong> The darker, the higher. The number is the rank.</p>
    <ul class="legend">\(legend)</ul></figcaption>
    </figure>
    """
  }

  private var description: String {
    let ranked = content.rows.filter { $0.unit.rank != nil }.map(\.unit.name)
    let first = ranked.prefix(3).joined(separator: ", ")
    let last = ranked.suffix(3).joined(separator: ", ")
    return ranked.isEmpty
      ? "No province has a rank."
      : "The highest scores are those of \(first), the lowest those of \(last). All scores stand in the "
        + "table of scores."
  }

  private func style(of score: Double?) -> String {
    guard let score, let classes else { return "no-score" }
    return "c\(classes.index(of: score) + 1 + offset)"
  }

  /// Few classes take the middle of the scale rather than its light end.
  private var offset: Int { ((5 - (classes?.count ?? 5)) + 1) / 2 }

  private func rings(_ province: Province) -> [[GridPoint]] {
    province.polygons.flatMap(\.rings).map(frame.line).filter(frame.mayShow)
  }

  /// Sea, and the land of neighbours on it. What the outlines enclose and no polygon covers is sea; each is a
  /// path of its own, for in one path the outer outline and that of a gap would cancel.
  private var surroundings: String {
    let sea = borders.outlines.lines.map {
      "<path class=\"sea\" d=\"\(MapLines(lines: [$0]).path(closed: true))\"/>"
    }
    let ids = Set(content.rows.map(\.unit.unit))
    let land = layer.provinces.filter { !ids.contains($0.id) }
      .map { MapLines(lines: rings($0)).path(closed: true) }.joined()
    return sea.joined() + "<path class=\"neighbour\" d=\"\(land)\"/>"
  }

  private var areas: String {
    content.rows.sorted { $0.unit.unit < $1.unit.unit }.compactMap { row in
      guard let province = layer.provinces.first(where: { $0.id == row.unit.unit }) else {
        return nil
      }
      let title =
        "\(row.unit.name) (\(row.unit.unit))\nscore "
        + (row.unit.score.map { Shown.fixed($0, 1) } ?? "none")
        + (row.unit.rank.map { ", rank \($0)" } ?? ", not ranked")
        + (row.interval.map { " (p05 to p95: \($0.rankP05) to \($0.rankP95))" } ?? "")
        + "\n\(row.unit.coverage.available) of \(row.unit.coverage.total) indicators have a value"
      return "<path class=\"\(style(of: row.unit.score))\" fill-rule=\"evenodd\" d=\""
        + MapLines(lines: rings(province)).path(closed: true)
        + "\"><title>\(title.escapedForHTML)</title></path>"
    }.joined(separator: "\n")
  }

  private var lines: String {
    "<path class=\"border\" d=\"\(borders.provinces.path())\"/>"
      + "<path class=\"border country\" d=\"\(borders.countries.path())\"/>"
  }

  /// Names with ranks; those of units too small to hold one first, beside a dot.
  private var labels: MapLabels {
    var labels = MapLabels(frame: frame, fontSize: 14)
    let units = content.rows.compactMap { row -> (name: String, rings: [[GridPoint]])? in
      guard let province = layer.provinces.first(where: { $0.id == row.unit.unit }) else {
        return nil
      }
      return (row.unit.name + (row.unit.rank.map { " \($0)" } ?? ""), rings(province))
    }
    let isSmall = units.map { Self.extent($0.rings) < 60 }
    for (unit, isSmall) in zip(units, isSmall) where isSmall {
      labels.addTown(unit.name, at: Self.middle(unit.rings))
    }
    for (unit, isSmall) in zip(units, isSmall) where !isSmall {
      let raster = MapRaster(unit.rings, frame: frame)
      // Letters are narrower than the capitals that the boxes are made for; the name may reach a little
      // beyond its unit before it goes beside a dot.
      let before = labels.labels.count
      for size in [11.5, 10, 8.5, 7] where labels.labels.count == before {
        labels.addArea(unit.name, kind: .province, within: raster, size: size)
      }
      if labels.labels.count == before {
        labels.addTown(unit.name, at: Self.middle(unit.rings))
      }
    }
    return labels
  }

  /// The longer side of the box around some rings, in units of the drawing.
  private static func extent(_ rings: [[GridPoint]]) -> Double {
    let (x, y) = (rings.flatMap(\.self).map(\.x), rings.flatMap(\.self).map(\.y))
    let spans = [(x.max() ?? 0) - (x.min() ?? 0), (y.max() ?? 0) - (y.min() ?? 0)]
    return Double(spans.max() ?? 0) / MapFrame.gridSteps
  }

  /// The middle of the box around the longest ring, in units of the drawing.
  private static func middle(_ rings: [[GridPoint]]) -> (x: Double, y: Double) {
    let ring = rings.max { $0.count < $1.count } ?? []
    let (x, y) = (ring.map(\.x), ring.map(\.y))
    return (
      Double((x.min() ?? 0) + (x.max() ?? 0)) / 2 / MapFrame.gridSteps,
      Double((y.min() ?? 0) + (y.max() ?? 0)) / 2 / MapFrame.gridSteps
    )
  }

  private var legend: String {
    var entries = (0..<(classes?.count ?? 0)).map { index in
      ("c\(index + 1 + offset)", classes?.label(index) ?? "")
    }
    if content.rows.contains(where: { $0.unit.score == nil }) {
      entries.append(("no-score", "no score"))
    }
    return entries.map {
      "<li><svg viewBox=\"0 0 30 16\" aria-hidden=\"true\"><rect class=\"\($0.0)\" x=\".5\" y=\".5\" "
        + "width=\"29\" height=\"15\"/></svg>\($0.1.escapedForHTML)</li>"
    }.joined()
  }
}
