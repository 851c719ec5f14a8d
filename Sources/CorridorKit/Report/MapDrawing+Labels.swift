import Geography

extension MapDrawing {
  /// The names that a wide screen and a narrow one show, which draws the map at a third of the size.
  func labels(isNarrow: Bool) -> MapLabels {
    var labels = MapLabels(frame: frame, fontSize: isNarrow ? 25 : 11.5)
    for mark in prominentMarks { labels.reserve(around: mark, radius: isNarrow ? 12 : 6) }
    let listed = Set(exposure.provinces.map(\.id))
    let listedCountries = Set(exposure.provinces.compactMap(\.country))

    let areas = Dictionary(grouping: layer.provinces, by: \.country)
    for (country, provinces) in areas.sorted(by: { $0.key < $1.key })
    where !listedCountries.contains(country) {
      labels.addArea(
        CountryName.english(country).uppercased(), kind: .country, within: raster(provinces),
        size: isNarrow ? 21 : 13, spacing: isNarrow ? 0 : 0.2)
    }
    for town in towns().prefix(isNarrow ? 24 : 60) {
      labels.addTown(town.name, at: frame.point(town.coordinate))
    }
    if !isNarrow {
      for province in layer.provinces where listed.contains(province.id) {
        labels.addArea(
          province.name.uppercased(), kind: .province, within: raster([province]), size: 8)
      }
    }
    return labels
  }

  private func raster(_ provinces: [Province]) -> MapRaster {
    MapRaster(
      provinces.flatMap(\.polygons).flatMap(\.rings).map(frame.line).filter(frame.mayShow),
      frame: frame)
  }

  /// Towns in the order of their importance for the map: ends of corridors, then by people, those
  /// beyond the listed provinces counted for a quarter.
  private func towns() -> [Settlement] {
    let countries = Set(exposure.provinces.compactMap(\.country))
    let ends = Set(
      exposure.trips.flatMap { [$0.origin, $0.destination] }.map {
        Coordinate(longitude: $0.longitude, latitude: $0.latitude)
      })
    func rank(_ town: Settlement) -> (Int, Int, String) {
      (
        ends.contains(town.coordinate) ? 0 : 1,
        -(countries.contains(town.country) ? town.population : town.population / 4), town.id
      )
    }
    return settlements.filter {
      ends.contains($0.coordinate)
        || $0.population >= (countries.contains($0.country) ? 40_000 : 250_000)
          && frame.contains(frame.point($0.coordinate))
    }.sorted { rank($0) < rank($1) }
  }
}

extension MapLabels {
  /// The names as SVG.
  var svg: String {
    labels.map { label in
      let dot = label.dot.map {
        "<circle class=\"dot\" cx=\"\(Shown.fixed($0.x, 1))\" cy=\"\(Shown.fixed($0.y, 1))\" "
          + "r=\"\(Shown.fixed(fontSize * 0.17, 1))\"/>"
      }
      return (dot ?? "")
        + "<text class=\"\(label.kind.rawValue)\" x=\"\(Shown.fixed(label.x, 1))\" "
        + "y=\"\(Shown.fixed(label.y, 1))\" text-anchor=\"\(label.anchor)\">"
        + label.text.escapedForHTML + "</text>"
    }.joined(separator: "\n")
  }
}
