import Geography

/// One unit of an index as a map shows it.
protocol ScoredRow {
  var id: String { get }
  var score: Double? { get }
  /// What the map tells of it by name.
  var properties: [String: PropertyValue] { get }
  /// Its figures that take part.
  var figures: [FigureSources.Figure] { get }
}

extension ScoredRow {
  /// Where the figures of the unit are from.
  var sources: FigureSources { FigureSources(figures) }
}

/// The units of an index that have an outline, coloured by their scores; grey without one.
func scoreFeatures(
  _ rows: [some ScoredRow], outlines: [String: [Polygon]], uncertainty: IndexUncertaintyPart?,
  notice: String
) -> [ReportFeature] {
  let scale = ColorScale(rows.compactMap(\.score))
  return rows.compactMap { row in
    outlines[row.id].map { polygons in
      ReportFeature(
        id: row.id, geometry: Geometry(polygons),
        properties: row.properties.merging(uncertainty?.properties(row.id) ?? [:]) { $1 }
          .merging(row.sources.properties(notice: notice)) { $1 }
          .merging([
            "fill": .text(row.score.map(scale.color) ?? "#cccccc"), "fill-opacity": 0.7,
            "stroke": "#666666", "stroke-width": 1,
          ]) { $1 })
    }
  }
}
