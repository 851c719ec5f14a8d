import Geography

/// The scores on a map: units coloured in classes with round bounds, those without a score hatched.
struct IndexMap {
  private let content: IndexPageContent
  private let layer: ProvinceLayer
  private let frame: MapFrame
  private let classes: MapClasses?

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
    let scores = content.rows.compactMap(\.unit.score)
    let largest = scores.max() ?? 0
    classes =
      scores.isEmpty
      ? nil : MapClasses(from: min(scores.min() ?? 0, largest.nextDown - 1e-6), to: largest)
  }

  /// The map with its legend.
  var figure: String {
    """
    <figure class="map">
    <svg viewBox="0 0 1000 \(Int(frame.height))" role="img" aria-labelledby="map-title map-desc">
    <title id="map-title">Score by province</title>
    <desc id="map-desc">\(description.escapedForHTML)</desc>
    <rect class="sea" width="1000" height="\(Int(frame.height))"/>
    <g transform="scale(\(1 / MapFrame.gridSteps))">
    \(neighbours)
    \(areas)
    \(borders)
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

  private var neighbours: String {
    let ids = Set(content.rows.map(\.unit.unit))
    let path = layer.provinces.filter { !ids.contains($0.id) }
      .map { MapLines(lines: rings($0)).path(closed: true) }.joined()
    return "<path class=\"neighbour\" d=\"\(path)\"/>"
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

  private var borders: String {
    let borders = MapBorders(layer, listed: Set(content.rows.map(\.unit.unit)), frame: frame)
    return "<path class=\"border\" d=\"\(borders.provinces.path())\"/>"
      + "<path class=\"border country\" d=\"\(borders.countries.path())\"/>"
  }

  /// Names with ranks; where a unit is too small to hold its name, beside it.
  private var labels: MapLabels {
    var labels = MapLabels(frame: frame, fontSize: 15)
    var small: [(name: String, at: (x: Double, y: Double))] = []
    for row in content.rows {
      guard let province = layer.provinces.first(where: { $0.id == row.unit.unit }) else {
        continue
      }
      let name = row.unit.name + (row.unit.rank.map { " \($0)" } ?? "")
      let before = labels.labels.count
      labels.addArea(
        name, kind: .province, within: MapRaster(rings(province), frame: frame), size: 15)
      if labels.labels.count == before, let box = box(of: province) { small.append((name, box)) }
    }
    for town in small { labels.addTown(town.name, at: town.at) }
    return labels
  }

  /// The middle of a unit's largest ring.
  private func box(of province: Province) -> (x: Double, y: Double)? {
    guard let ring = province.polygons.map(\.exterior).max(by: { $0.count < $1.count }) else {
      return nil
    }
    let points = ring.map(frame.point)
    guard let west = points.map(\.x).min(), let east = points.map(\.x).max(),
      let north = points.map(\.y).min(), let south = points.map(\.y).max()
    else { return nil }
    return ((west + east) / 2, (north + south) / 2)
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
