import Testing

@testable import Geography

@Suite("Finding provinces and points")
struct LookupTests {
  private func boxes() throws -> ProvinceOverlay {
    try ProvinceOverlay(
      ProvinceLayer(
        provinces: [province("W", box(68, 48, 70, 52)), province("E", box(70, 48, 72, 52))],
        metric: .wgs84))
  }

  @Test("a position belongs to the provinces that cover it, both on a border")
  func covering() throws {
    let overlay = try boxes()
    #expect(try overlay.provinces(at: at(69, 50), toleranceMeters: 0) == [0])
    #expect(try overlay.provinces(at: at(70, 50.123), toleranceMeters: 0) == [0, 1])
    #expect(try overlay.provinces(at: at(75, 50), toleranceMeters: 0) == [])
    #expect(throws: GeographyError.positionOutOfRange(line: 0, vertex: 0, value: "[69.0, 99.0]")) {
      try overlay.provinces(at: at(69, 99), toleranceMeters: 0)
    }
  }

  @Test("the tolerance is in metres, not degrees")
  func tolerance() throws {
    let overlay = try boxes()
    // 0.01 degrees of longitude at 50° N are 716.96 m.
    let meters = LengthMetric.wgs84.distance(at(70, 50), at(69.99, 50))
    #expect(abs(meters - 716.96) < 0.1)
    #expect(try overlay.provinces(at: at(69.99, 50), toleranceMeters: meters + 1) == [0, 1])
    #expect(try overlay.provinces(at: at(69.99, 50), toleranceMeters: meters - 1) == [0])
  }

  @Test("the nearest province has distance 0 inside and the geodesic to its border outside")
  func nearest() throws {
    let overlay = try boxes()
    let inside = overlay.nearestProvince(to: at(71, 50))
    #expect(inside?.index == 1 && inside?.meters == 0)
    let outside = overlay.nearestProvince(to: at(66, 50))
    // A meridian border: the foot is a little poleward of the same latitude.
    let sampled = (0...20000).map {
      LengthMetric.wgs84.distance(at(66, 50), at(68, 49 + Double($0) / 10000))
    }.min()
    #expect(outside?.index == 0)
    #expect(abs((outside?.meters ?? 0) - (sampled ?? 0)) < 0.01)
    #expect(overlay.nearestProvince(to: at(66, .nan)) == nil)
  }

  @Test("an area meets the provinces it shares ground with, not those it only touches")
  func areas() throws {
    let overlay = try boxes()
    #expect(try overlay.provinces(intersecting: [box(69, 49, 71, 50)]) == [0, 1])
    #expect(try overlay.provinces(intersecting: [box(70, 49, 71, 50)]) == [1])
    #expect(try overlay.provinces(intersecting: [box(80, 49, 81, 50)]) == [])
    #expect(try overlay.provinces(intersecting: []) == [])
  }

  @Test("nearest points are those of measuring every one", arguments: [1, 2] as [UInt64])
  func pointsAgainstAll(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let metric: LengthMetric = seed == 1 ? .wgs84 : plane
    // Over the antimeridian and to the poles, with repeated places.
    var points = (0..<400).map { _ in
      at(.random(in: -180...180, using: &random), .random(in: -90...90, using: &random))
    }
    points += points.prefix(20)
    let index = try PointIndex(points)
    for _ in 0..<200 {
      let here = at(
        .random(in: -180...180, using: &random), .random(in: -90...90, using: &random))
      let all = points.indices
        .map { PointIndex.Neighbor(index: $0, meters: metric.distance(here, points[$0])) }
        .sorted { ($0.meters, $0.index) < ($1.meters, $1.index) }
      #expect(index.nearest(to: here, metric: metric) == all[0], "seed \(seed), \(here)")
      #expect(index.nearest(7, to: here, metric: metric) == Array(all.prefix(7)))
    }
    #expect(index.nearest(1000, to: at(0, 0), metric: metric).count == 420)
  }

  @Test("at 50 degrees north the nearest point in degrees is not the nearest in metres")
  func degreesMislead() throws {
    let index = try PointIndex([at(70, 50.8), at(71, 50)])
    #expect(index.nearest(to: at(70, 50), metric: .wgs84)?.index == 1)
    #expect(index.nearest(to: at(70, 50), metric: plane)?.index == 0)
  }

  @Test("an index of no points, and a position out of range, find nothing")
  func nothing() throws {
    #expect(try PointIndex([]).nearest(to: at(0, 0), metric: plane) == nil)
    #expect(try PointIndex([at(0, 0)]).nearest(to: at(0, 100), metric: .wgs84) == nil)
    #expect(try PointIndex([at(0, 0)]).nearest(0, to: at(0, 0), metric: plane).isEmpty)
    #expect(throws: GeographyError.positionOutOfRange(line: 0, vertex: 1, value: "[0.0, nan]")) {
      try PointIndex([at(0, 0), at(0, .nan)])
    }
    // A point out of range has no distance; the search ends all the same.
    let index = try PointIndex([at(0, 0), at(0, 100)])
    #expect(index.nearest(2, to: at(0, 1), metric: .wgs84).map(\.index) == [0])
    // Also where it is the nearest in degrees, or the only one.
    for point in [at(0, 89), at(0, 51), at(-180, 90)] {
      #expect(index.nearest(to: point, metric: .wgs84)?.index == 0)
      #expect(index.nearest(2, to: point, metric: .wgs84).map(\.index) == [0])
    }
    #expect(try PointIndex([at(0, 100)]).nearest(to: at(0, 89), metric: .wgs84) == nil)
  }
}
