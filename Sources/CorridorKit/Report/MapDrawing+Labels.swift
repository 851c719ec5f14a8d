import Geography

extension MapDrawing {
  /// The names that a wide screen and a narrow one show, which draws the map at a third of the size.
  func labels(isNarrow: Bool) -> MapLabels {
    var labels = MapLabels(frame: frame, fontSize: isNarrow ? 25 : 11.5)
    for mark in prominentMarks { labels.reserve(around: mark, radius: isNarrow ? 12 : 6) }
    let listed = Set(exposure.provinces.map(\.id))
    let listedCountries = Set(exposure.provinces.compactMap(\.country))

    // Ends of corridors first: without them the map tells nothing.
    let towns = towns()
    for town in towns.ends { labels.addTown(town.name, at: frame.point(town.coordinate)) }
    let areas = Dictionary(grouping: layer.provinces, by: \.country)
    for (country, provinces) in areas.sorted(by: { $0.key < $1.key })
    where !listedCountries.contains(country) {
      labels.addArea(
        CountryName.english(country).uppercased(), kind: .country, within: raster(provinces),
        size: isNarrow ? 21 : 13, spacing: isNarrow ? 0 : 0.2, avoiding: isNarrow ? [] : ways)
    }
    for town in towns.others.prefix(isNarrow ? 16 : 50) {
      labels.addTown(town.name, at: frame.point(town.coordinate))
    }
    if !isNarrow {
      for province in layer.provinces where listed.contains(province.id) {
        labels.addArea(
          province.name.uppercased(), kind: .province, within: raster([province]), size: 8.5,
          avoiding: ways)
      }
    }
    return labels
  }

  private func raster(_ provinces: [Province]) -> MapRaster {
    MapRaster(
      provinces.flatMap(\.polygons).flatMap(\.rings).map(frame.line).filter(frame.mayShow),
      frame: frame)
  }

  /// Points along the ways in use, near enough to keep a name off them.
  private var ways: [(x: Double, y: Double)] {
    links.filter { $0.useMass > 0 }.flatMap { link in
      let line = link.line.map(frame.point)
      return zip(line, line.dropFirst()).flatMap { a, b in
        let count = max(1, Int(max(abs(b.x - a.x), abs(b.y - a.y)) / 5))
        return (0..<count).map { step in
          let share = Double(step) / Double(count)
          return (x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share)
        }
      }
    }
  }

  /// Towns by people, those beyond the listed provinces counted for a quarter; ends of trips apart.
  private func towns() -> (ends: [Settlement], others: [Settlement]) {
    let countries = Set(exposure.provinces.compactMap(\.country))
    let ends = Set(
      exposure.trips.flatMap { [$0.origin, $0.destination] }.map {
        Coordinate(longitude: $0.longitude, latitude: $0.latitude)
      })
    func weight(_ town: Settlement) -> Int {
      countries.contains(town.country) ? town.population : town.population / 4
    }
    let ranked = settlements.filter {
      ends.contains($0.coordinate)
        || weight($0) >= 40_000 && frame.contains(frame.point($0.coordinate))
    }.sorted { (weight($1), $0.id) < (weight($0), $1.id) }
    return (
      ranked.filter { ends.contains($0.coordinate) },
      ranked.filter { !ends.contains($0.coordinate) }
    )
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
