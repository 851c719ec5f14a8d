import Geography

/// Lines of a drawing, on its grid.
struct MapLines {
  var lines: [[GridPoint]]

  /// The lines joined end to end wherever exactly two ends meet, so that a dash pattern runs on over
  /// links and the file stays small. Linear in the points.
  func joined() -> MapLines {
    var ends: [GridPoint: [Int]] = [:]
    for (index, line) in lines.enumerated() {
      guard let first = line.first, let last = line.last else { continue }
      ends[first, default: []].append(index)
      ends[last, default: []].append(index)
    }
    var isUsed = lines.map(\.isEmpty)
    func grow(_ chain: inout [GridPoint]) {
      while let end = chain.last, let meeting = ends[end], meeting.count == 2,
        let next = meeting.first(where: { !isUsed[$0] })
      {
        isUsed[next] = true
        let line = lines[next].first == end ? lines[next] : lines[next].reversed()
        chain += line.dropFirst()
      }
    }
    var chains: [[GridPoint]] = []
    for index in lines.indices where !isUsed[index] {
      isUsed[index] = true
      var chain = lines[index]
      grow(&chain)
      chain.reverse()
      grow(&chain)
      chains.append(chain)
    }
    return MapLines(lines: chains)
  }

  /// The data of an SVG path; empty for lines that have shrunk to a point.
  func path(closed: Bool = false) -> String {
    var text = ""
    for line in lines where Set(line.prefix(4)).count > (closed ? 2 : 1) {
      var last = line[0]
      text += "M\(last.x) \(last.y)l"
      var isFirst = true
      for point in line.dropFirst(1).dropLast(closed ? 1 : 0) {
        let (dx, dy) = (point.x - last.x, point.y - last.y)
        text += (isFirst || dx < 0 ? "" : " ") + "\(dx)" + (dy < 0 ? "" : " ") + "\(dy)"
        last = point
        isFirst = false
      }
      if closed { text += "z" }
    }
    return text
  }
}

/// The borders of a layer, each drawn once though two polygons share it.
struct MapBorders {
  /// Between listed provinces of one country.
  private(set) var provinces = MapLines(lines: [])
  /// Between countries, and coasts.
  private(set) var countries = MapLines(lines: [])

  /// - Parameters:
  ///   - layer: The provinces; neighbours share the points of their border.
  ///   - listed: The ids of those that results are told by.
  init(_ layer: ProvinceLayer, listed: Set<String>, frame: MapFrame) {
    var sides: [Segment: [Int]] = [:]
    var order: [Segment] = []
    for (index, province) in layer.provinces.enumerated() {
      for ring in province.polygons.flatMap(\.rings) {
        for (a, b) in zip(ring, ring.dropFirst()) {
          let segment = Segment(a, b)
          if sides[segment] == nil { order.append(segment) }
          sides[segment, default: []].append(index)
        }
      }
    }
    for segment in order {
      let line = [frame.gridPoint(segment.a), frame.gridPoint(segment.b)]
      guard line[0] != line[1], frame.mayShow(line) else { continue }
      let owners = (sides[segment] ?? []).map { layer.provinces[$0] }
      if owners.count == 1 || owners.contains(where: { $0.country != owners[0].country }) {
        countries.lines.append(line)
      } else if owners.contains(where: { listed.contains($0.id) }) {
        provinces.lines.append(line)
      }
    }
    provinces = provinces.joined()
    countries = countries.joined()
  }

  /// Two positions in either order.
  private struct Segment: Hashable {
    let a, b: Coordinate

    init(_ a: Coordinate, _ b: Coordinate) {
      let isOrdered = (a.longitude, a.latitude) < (b.longitude, b.latitude)
      self.a = isOrdered ? a : b
      self.b = isOrdered ? b : a
    }
  }
}
