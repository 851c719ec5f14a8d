import Foundation
import Testing

@testable import Geography

@Suite("Properties of the overlay on seeded random layers")
struct ProvinceOverlayPropertyTests {
  /// Random lines of one to six segments over and around the layer.
  static func lines(_ count: Int, size: Double, seed: UInt64) -> [[Coordinate]] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      (0...Int.random(in: 1...6, using: &random)).map { _ in
        at(
          60 + .random(in: -1...size + 1, using: &random),
          44 + .random(in: -1...size + 1, using: &random))
      }
    }
  }

  /// Metres of a segment in a triangle by clipping against its three sides (Cyrus and Beck 1978).
  static func clipped(_ a: Coordinate, _ b: Coordinate, to triangle: [Coordinate]) -> Double {
    let turn = Polygon.planarSignedArea(ofRing: triangle) > 0 ? 1.0 : -1.0
    var (enter, leave) = (0.0, 1.0)
    for (p, q) in zip(triangle, triangle.dropFirst()) {
      func side(_ c: Coordinate) -> Double {
        turn
          * ((q.longitude - p.longitude) * (c.latitude - p.latitude)
            - (q.latitude - p.latitude) * (c.longitude - p.longitude))
      }
      let (from, to) = (side(a), side(b))
      if from < 0 && to < 0 { return 0 }
      if from < 0 { enter = max(enter, from / (from - to)) }
      if to < 0 { leave = min(leave, from / (from - to)) }
    }
    return max(0, leave - enter) * hypot(b.longitude - a.longitude, b.latitude - a.latitude) * 1000
  }

  @Test("lengths are those of clipping against each triangle", arguments: [1, 2, 3] as [UInt64])
  func againstClipping(seed: UInt64) throws {
    let layer = try triangleLayer(size: 6, seed: seed)
    let overlay = try ProvinceOverlay(layer, sliverMeters: 0)
    for line in Self.lines(200, size: 6, seed: seed + 100) {
      var found: [Int: Double] = [:]
      for length in try overlay.lengths(along: line) {
        if let province = length.province { found[province] = length.meters }
      }
      let wrong = layer.provinces.indices.filter { index in
        let triangle = layer.provinces[index].polygons[0].exterior
        let expected = zip(line, line.dropFirst()).reduce(0) {
          $0 + Self.clipped($1.0, $1.1, to: triangle)
        }
        return abs((found[index] ?? 0) - expected) > 1e-5
      }
      #expect(wrong.isEmpty, "seed \(seed), \(line)")
    }
  }

  @Test("pieces sum to the line on WGS 84", arguments: [0.0, 1, 50])
  func conservation(sliverMeters: Double) throws {
    let layer = try ProvinceLayer(
      provinces: triangleLayer(size: 6, seed: 9).provinces, metric: .wgs84)
    let overlay = try ProvinceOverlay(layer, sliverMeters: sliverMeters)
    for line in Self.lines(300, size: 6, seed: 21) {
      let lengths = try overlay.lengths(along: line)
      let total = LengthMetric.wgs84.length(of: line)
      #expect(abs(lengths.reduce(0) { $0 + $1.meters } - total) < 1e-12 * total, "\(line)")
      #expect(lengths.allSatisfy { $0.meters >= 0 })
      #expect(lengths.map { $0.province ?? .max } == lengths.map { $0.province ?? .max }.sorted())
    }
  }

  @Test("the order of the provinces does not change their lengths")
  func permutation() throws {
    let layer = try triangleLayer(size: 5, seed: 4)
    var random = SeededGenerator(seed: 8)
    let shuffled = try ProvinceLayer(
      provinces: layer.provinces.shuffled(using: &random), metric: layer.metric)
    let lines = Self.lines(200, size: 5, seed: 30)
    let one = try ProvinceOverlay(layer).lengths(alongEach: lines)
    let other = try ProvinceOverlay(shuffled).lengths(alongEach: lines)
    for (a, b) in zip(one, other) {
      let named = { (layer: ProvinceLayer, lengths: [ProvinceLength]) in
        Dictionary(
          uniqueKeysWithValues: lengths.map {
            ($0.province.map { layer.provinces[$0].id } ?? "", $0.meters)
          })
      }
      #expect(isClose(named(layer, a), named(shuffled, b), 1e-6))
    }
  }

  @Test("the direction of a line does not change its lengths")
  func reversal() throws {
    let overlay = try ProvinceOverlay(triangleLayer(size: 5, seed: 6), sliverMeters: 0)
    for line in Self.lines(100, size: 5, seed: 31) {
      let there = try overlay.lengths(along: line)
      let back = try overlay.lengths(along: line.reversed())
      #expect(there.map(\.province) == back.map(\.province))
      #expect(zip(there, back).allSatisfy { abs($0.meters - $1.meters) < 1e-5 })
    }
  }

  @Test("any number of threads gives the same bits")
  func threads() throws {
    let layer = try ProvinceLayer(
      provinces: triangleLayer(size: 6, seed: 2).provinces, metric: .wgs84)
    let overlay = try ProvinceOverlay(layer)
    let lines = Self.lines(2000, size: 6, seed: 40)
    let one = try overlay.lengths(alongEach: lines, threads: 1)
    #expect(one.count == lines.count)
    #expect(one[1234] == (try overlay.lengths(along: lines[1234])))
    for threads in [0, 2, 3, 8] {
      #expect(try overlay.lengths(alongEach: lines, threads: threads) == one)
    }
  }
}
