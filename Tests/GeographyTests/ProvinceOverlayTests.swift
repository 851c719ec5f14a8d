import Testing

@testable import Geography

@Suite("Splitting lines among provinces")
struct ProvinceOverlayTests {
  /// Three provinces of a toy region in kilometres, C above A and B:
  ///
  ///     200  +-------C-------+
  ///     100  +---A---+---B---+
  ///       0  +-------+-------+
  ///          0      100     200
  static func toy() throws -> ProvinceOverlay {
    try overlay(
      province("A", box(0, 0, 100, 100)), province("B", box(100, 0, 200, 100)),
      province("C", box(0, 100, 200, 200)))
  }

  // Each figure found with shapely and by hand.
  static let toyEdges: [([(Double, Double)], [String: Double])] = [
    ([(50, -50), (50, 0)], ["ABROAD": 50]),
    ([(50, -50), (150, 0)], ["ABROAD": 111.80339887498948]),
    ([(50, 0), (50, 50)], ["A": 50]),
    ([(150, 0), (150, 50)], ["B": 50]),
    ([(50, 50), (150, 50)], ["A": 50, "B": 50]),
    ([(50, 50), (100, 100)], ["A": 70.71067811865476]),
    ([(150, 50), (100, 100)], ["B": 70.71067811865476]),
    ([(50, 50), (50, 150)], ["A": 50, "C": 50]),
    ([(150, 50), (150, 150)], ["B": 50, "C": 50]),
    ([(100, 100), (50, 150)], ["C": 70.71067811865476]),
    ([(100, 100), (150, 150)], ["C": 70.71067811865476]),
    ([(50, 150), (150, 150)], ["C": 100]),
    ([(150, 150), (150, 200)], ["C": 50]),
    ([(150, 200), (150, 250)], ["ABROAD": 50]),
    ([(-50, 100), (0, 100)], ["ABROAD": 50]),
    ([(0, 100), (100, 100)], ["A": 50, "C": 50]),
  ]

  @Test("the sixteen edges of the toy region split as by hand", arguments: toyEdges)
  func toyRegion(line: [(Double, Double)], expected: [String: Double]) throws {
    let found = try Self.toy().kilometers(line[0], line[1])
    #expect(isClose(found, expected), "\(line): \(found)")
  }

  @Test("a line over two boxes in degrees has pyproj's lengths to 10 m, and they sum to the whole")
  func geodesicOverlay() throws {
    let layer = try ProvinceLayer(
      provinces: [province("W", box(68, 42, 73, 50)), province("E", box(73, 42, 78, 50))],
      metric: .wgs84)
    let line = [at(70, 43), at(75, 47.5), at(80, 45)]
    let lengths = try ProvinceOverlay(layer).lengths(along: line)
    #expect(lengths.map(\.province) == [0, 1, nil])
    for (length, kilometers) in zip(
      lengths, [383.69906504744745, 535.492932783105, 191.7987731407628])
    {
      // Cuts fall elsewhere than the kilometre marks of the reference; 1 cm is what that can matter.
      #expect(abs(length.meters - kilometers * 1000) < 0.01)
    }
    let total = LengthMetric.wgs84.length(of: line)
    #expect(abs(lengths.reduce(0) { $0 + $1.meters } - total) < 1e-9 * total)
  }

  @Test("every oblique shared border is split equally, also between points within it")
  func obliqueBorders() throws {
    let layer = try triangleLayer(size: 5, seed: 3)
    let overlay = try ProvinceOverlay(layer, sliverMeters: 0)
    var owners: [Set<Coordinate>: [Int]] = [:]
    for (index, province) in layer.provinces.enumerated() {
      let ring = province.polygons[0].exterior
      for (a, b) in zip(ring, ring.dropFirst()) { owners[[a, b], default: []].append(index) }
    }
    let borders = owners.filter { $0.value.count == 2 }
    #expect(borders.count == 65)
    for (ends, sharers) in borders {
      let ends = ends.sorted { ($0.longitude, $0.latitude) < ($1.longitude, $1.latitude) }
      for (from, to) in [(0.0, 1.0), (1, 0), (0.1, 0.9), (0.7, 0.3), (1 / 3.0, 0.45)] {
        let line = [
          ends[0].interpolated(to: ends[1], share: from),
          ends[0].interpolated(to: ends[1], share: to),
        ]
        let found = try overlay.lengths(along: line)
        let half = layer.metric.length(of: line) / 2
        #expect(found.map(\.province) == sharers.sorted())
        #expect(found.allSatisfy { abs($0.meters - half) < 1e-6 * half })
      }
    }
  }

  @Test("a border that one side divides more finely is still shared")
  func borderWithExtraVertices() throws {
    // B's side of the border has a vertex at a third, which no double puts exactly on the line.
    let middle = at(1 / 3.0 * 1, 1 / 3.0 * 7)
    let overlay = try overlay(
      province("A", Polygon(exterior: ring((0, 0), (1, 7), (-5, 7)))),
      province("B", Polygon(exterior: [at(0, 0), at(5, 0), at(1, 7), middle, at(0, 0)])))
    let found = try overlay.kilometers((0, 0), (1, 7))
    let half = 50.0.squareRoot() / 2
    #expect(isClose(found, ["A": half, "B": half], 1e-6))
  }

  @Test("a line through a corner where four provinces meet touches only two of them")
  func throughVertex() throws {
    let overlay = try overlay(
      province("SW", box(0, 0, 1, 1)), province("SE", box(1, 0, 2, 1)),
      province("NW", box(0, 1, 1, 2)), province("NE", box(1, 1, 2, 2)))
    let half = 2.0.squareRoot() / 2
    #expect(isClose(try overlay.kilometers((0.5, 0.5), (1.5, 1.5)), ["SW": half, "NE": half]))
    #expect(isClose(try overlay.kilometers((0.5, 1.5), (1.5, 0.5)), ["NW": half, "SE": half]))
  }

  @Test("a line that only touches a province in a corner or ends on its border is not in it")
  func touching() throws {
    let overlay = try overlay(province("A", box(0, 0, 1, 1)))
    #expect(isClose(try overlay.kilometers((0, 2), (2, 0)), ["ABROAD": 8.0.squareRoot()]))
    #expect(isClose(try overlay.kilometers((0.5, 3), (0.5, 1)), ["ABROAD": 2]))
  }

  @Test("a line along a hole belongs to the province, across it only outside the hole")
  func hole() throws {
    let square = Polygon(
      exterior: ring((0, 0), (9, 0), (9, 9), (0, 9)), holes: [ring((3, 3), (3, 6), (6, 6), (6, 3))])
    let overlay = try overlay(province("A", square))
    #expect(isClose(try overlay.kilometers((3, 3), (3, 6)), ["A": 3]))
    #expect(isClose(try overlay.kilometers((1, 4), (8, 4)), ["A": 4, "ABROAD": 3]))
    #expect(isClose(try overlay.kilometers((4, 4), (5, 5)), ["ABROAD": 2.0.squareRoot()]))
  }

  @Test("a line that crosses back and forth, closes on itself and repeats points is all counted")
  func backAndForth() throws {
    let overlay = try overlay(province("A", box(0, 0, 1, 10)), province("B", box(1, 0, 2, 10)))
    #expect(
      isClose(
        try overlay.kilometers(
          (0.5, 1), (1.5, 1), (1.5, 1), (1.5, 2), (0.5, 2), (0.5, 1), (0.5, 1)),
        ["A": 2, "B": 2]))
    // The same way there and back counts twice.
    #expect(isClose(try overlay.kilometers((0.5, 1), (1.5, 1), (0.5, 1)), ["A": 1, "B": 1]))
  }

  @Test("a vertex a hair past a border does not carry the rest of the line back over it")
  func vertexJustPastBorder() throws {
    let found = try Self.toy().kilometers(
      (50, 50), (60, 50), (100.000000003, 50), (150, 50))
    #expect(isClose(found, ["A": 50, "B": 50], 1e-8))
  }

  @Test("overlapping provinces share what both cover")
  func overlapping() throws {
    let overlay = try overlay(province("A", box(0, 0, 2, 1)), province("B", box(1, 0, 3, 1)))
    #expect(isClose(try overlay.kilometers((0, 0.5), (4, 0.5)), ["A": 1.5, "B": 1.5, "ABROAD": 1]))
  }

  @Test("a line without length lies in every province at its point, with 0 m")
  func zeroLength() throws {
    let toy = try Self.toy()
    let entries = { (x: Double, y: Double) in try toy.lengths(along: [at(x, y), at(x, y)]) }
    #expect(try entries(50, 50) == [ProvinceLength(province: 0, meters: 0)])
    #expect(try entries(100, 100).map(\.province) == [0, 1, 2])
    #expect(try entries(100, 100).map(\.meters) == [0, 0, 0])
    #expect(try entries(-9, 50) == [ProvinceLength(province: nil, meters: 0)])
    #expect(try entries(500, 500) == [ProvinceLength(province: nil, meters: 0)])
  }

  @Test("a sliver goes to the longer piece beside it and nothing is lost")
  func slivers() throws {
    // Kilometres: B reaches 0.5 m over the line between A and the outside.
    let provinces = [
      province("A", box(0, 0, 10, 1)), province("B", box(10, 0, 10.0005, 1)),
    ]
    let layer = try ProvinceLayer(provinces: provinces, metric: plane)
    let line = [at(8, 0.5), at(11, 0.5)]
    let kept = try ProvinceOverlay(layer, sliverMeters: 0).lengths(along: line)
    #expect(kept.map(\.province) == [0, 1, nil])
    #expect(abs(kept[1].meters - 0.5) < 1e-6)
    let absorbed = try ProvinceOverlay(layer, sliverMeters: 1).lengths(along: line)
    #expect(absorbed.map(\.province) == [0, nil])
    #expect(abs(absorbed[0].meters - 2000.5) < 1e-6)
    #expect(abs(absorbed[0].meters + absorbed[1].meters - 3000) < 1e-9)
  }

  @Test("several slivers in a row end in one of their neighbours")
  func sliverChain() {
    let pieces = [(0, 0.2), (1, 0.1), (2, 0.3), (3, 5)].map {
      LinePiece(units: [$0.0], meters: $0.1)
    }
    let absorbed = PolygonIndex.absorbingSlivers(pieces, below: 1)
    #expect(absorbed.map(\.units) == [[3]])
    #expect(abs(absorbed[0].meters - 5.6) < 1e-12)
    #expect(PolygonIndex.absorbingSlivers(pieces, below: 0) == pieces)
  }

  @Test("metres inside an area count overlapping polygons once and a touch not at all")
  func insideArea() throws {
    let toy = try Self.toy()
    let area = [box(0, 0, 10, 10), box(5, 0, 20, 10)]
    #expect(abs(try toy.lengthInside(area: area, of: [at(-5, 5), at(50, 5)]) - 20_000) < 1e-6)
    #expect(try toy.lengthInside(area: area, of: [at(-5, 5), at(0, 5)]) == 0)
    #expect(try toy.lengthInside(area: area, of: [at(30, 5), at(50, 5)]) == 0)
    let many = try toy.lengthsInside(
      area: area, ofEach: Array(repeating: [at(-5, 5), at(50, 5)], count: 600), threads: 2)
    #expect(Set(many).count == 1)
  }

  @Test("lines out of range or too short are refused by number")
  func badLines() throws {
    let overlay = try ProvinceOverlay(
      ProvinceLayer(provinces: [province("A", box(60, 40, 70, 50))], metric: .wgs84))
    let good = [at(61, 41), at(62, 42)]
    #expect(throws: GeographyError.lineTooShort(line: 1, count: 1)) {
      try overlay.lengths(alongEach: [good, [at(61, 41)]])
    }
    #expect(throws: GeographyError.positionOutOfRange(line: 0, vertex: 1, value: "[nan, 42.0]")) {
      try overlay.lengths(along: [at(61, 41), at(.nan, 42)])
    }
    #expect(throws: GeographyError.positionOutOfRange(line: 0, vertex: 0, value: "[61.0, 91.0]")) {
      try overlay.lengths(along: [at(61, 91), at(62, 42)])
    }
    // The first fault in the order of the lines, whichever thread meets it.
    let lines = (0..<2000).map { $0 == 700 || $0 == 1900 ? [] : good }
    #expect(throws: GeographyError.lineTooShort(line: 700, count: 0)) {
      try overlay.lengths(alongEach: lines, threads: 4)
    }
  }
}
