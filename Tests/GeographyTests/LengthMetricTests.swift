import Testing

@testable import Geography

@Suite("Lengths and areas on WGS 84 and in the plane")
struct LengthMetricTests {
  // Figures of pyproj 3.7.2 (GeographicLib's algorithm through its own binding), GeoNames places.
  static let osh = at(72.7985, 40.52828)
  static let bishkek = at(74.59, 42.87)
  static let almaty = at(76.9115, 43.25249)
  static let balqash = at(74.98213, 46.84546)
  static let astana = at(71.44598, 51.1801)

  @Test(
    "geodesics between towns agree with pyproj to a millimetre",
    arguments: [
      (bishkek, almaty, 193.81727884687155),
      (osh, bishkek, 299.7882440817867),
      (almaty, at(78.37389, 45.01556), 228.18684599828728),
      (almaty, balqash, 427.2104335676078),
      (balqash, astana, 546.9198003162167),
      (almaty, astana, 973.0755034774919),
      (almaty, at(80.25025, 50.42064), 836.3527393498873),
      (almaty, at(80.00736, 44.16619), 269.3548624912436),
    ])
  func geodesics(from: Coordinate, to: Coordinate, kilometers: Double) {
    #expect(abs(LengthMetric.wgs84.distance(from, to) / 1000 - kilometers) < 1e-9)
  }

  @Test("a long line is measured straight in longitude and latitude, in steps of 1 km")
  func densified() {
    // pyproj's figure for the line densified to 1 km, and for its two geodesics undensified.
    let line = [at(70, 43), at(75, 47.5), at(80, 45)]
    let meters = LengthMetric.wgs84.length(of: line)
    #expect(abs(meters / 1000 - 1110.9907709698798) < 1e-5)
    #expect(meters / 1000 > 1110.6)
  }

  @Test("steps measured by their chords agree with Karney's geodesics on the same steps to 1e-11")
  func chordsAgainstGeodesics() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let a = at(.random(in: -180...180, using: &random), .random(in: -89...89, using: &random))
      let b = at(
        a.longitude + .random(in: -0.5...0.5, using: &random),
        max(-90, min(90, a.latitude + .random(in: -0.5...0.5, using: &random))))
      let steps = LengthMetric.wgs84.stepCount(a, b)
      let points = (0...steps).map { a.interpolated(to: b, share: Double($0) / Double(steps)) }
      let parts = zip(points, points.dropFirst()).map { LengthMetric.wgs84.distance($0, $1) }
      let geodesics = parts.reduce(0, +)
      let meters = LengthMetric.wgs84.length(of: [a, b])
      #expect(abs(meters - geodesics) < 1e-11 * geodesics + 1e-6, "from \(a) to \(b)")
      #expect((parts.max() ?? .infinity) <= 1000.000001)
    }
  }

  @Test("parts of a line add up to the whole, wherever it is cut")
  func additive() {
    let (a, b) = (at(70, 43), at(75, 47.5))
    let whole = LengthMetric.wgs84.length(of: [a, b])
    for share in [0.001, 0.123, 0.5, 0.77] {
      let middle = a.interpolated(to: b, share: share)
      let parts = LengthMetric.wgs84.length(of: [a, middle, b])
      #expect(abs(parts - whole) < 2e-9 * whole)
    }
  }

  @Test("a planar metric is Pythagoras times metres per unit")
  func planar() {
    #expect(plane.distance(at(0, 0), at(3, 4)) == 5000)
    #expect(plane.length(of: [at(0, 0), at(3, 4), at(3, 5)]) == 6000)
    #expect(plane.length(of: [at(0, 0)]) == 0)
  }

  @Test("the area of a box of five by eight degrees agrees with an equal-area projection")
  func area() {
    // 344 118.26766966627 km² in pyproj's Albers projection with densified edges; 343 998.97 km² with
    // geodesics between the corners alone.
    let area = LengthMetric.wgs84.area(of: box(68, 42, 73, 50)) / 1e6
    #expect(abs(area - 344_118.26767) < 0.01)
  }

  @Test("holes are taken out of an area, whichever way its rings run")
  func areaWithHole() {
    let outer = ring((0, 0), (4, 0), (4, 4), (0, 4))
    let hole = ring((1, 1), (2, 1), (2, 2), (1, 2))
    for polygon in [
      Polygon(exterior: outer, holes: [hole]),
      Polygon(exterior: outer.reversed(), holes: [hole.reversed()]),
    ] {
      #expect(LengthMetric.planar(metersPerUnit: 1).area(of: polygon) == 15)
    }
  }

  @Test("the distance to a segment is the least of many geodesics to it")
  func distanceToSegment() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<50 {
      let p = at(.random(in: 70...72, using: &random), .random(in: 48...50, using: &random))
      let a = at(.random(in: 70...72, using: &random), .random(in: 48...50, using: &random))
      let b = at(.random(in: 70...72, using: &random), .random(in: 48...50, using: &random))
      let sampled = (0...2000).map {
        LengthMetric.wgs84.distance(p, a.interpolated(to: b, share: Double($0) / 2000))
      }.min()
      let least = LengthMetric.wgs84.distance(from: p, toSegment: a, b)
      // The nearest sample lies within 50 m of the foot.
      #expect(least <= (sampled ?? 0) + 1e-3)
      #expect((sampled ?? 0) <= least + 55)
    }
  }
}
