import Foundation

@testable import Geography

/// SplitMix64 (Steele, Lea, Flood 2014), so that a seed names the same case everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

func at(_ x: Double, _ y: Double) -> Coordinate { Coordinate(longitude: x, latitude: y) }

/// A closed ring through the corners.
func ring(_ corners: (Double, Double)...) -> [Coordinate] {
  let ring = corners.map { at($0.0, $0.1) }
  return ring + ring.prefix(1)
}

func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> Polygon {
  Polygon(exterior: ring((west, south), (east, south), (east, north), (west, north)))
}

func province(_ id: String, _ polygons: Polygon...) -> Province {
  Province(id: id, name: id, country: "KZ", polygons: polygons)
}

let plane = LengthMetric.planar(metersPerUnit: 1000)

/// A planar overlay in kilometres, without absorbing slivers.
func overlay(_ provinces: Province..., sliverMeters: Double = 0) throws -> ProvinceOverlay {
  try ProvinceOverlay(
    ProvinceLayer(provinces: provinces, metric: plane), sliverMeters: sliverMeters)
}

extension ProvinceOverlay {
  /// Kilometres by province identifier; `ABROAD` for what lies outside.
  func kilometers(_ points: (Double, Double)...) throws -> [String: Double] {
    var named: [String: Double] = [:]
    for length in try lengths(along: points.map { at($0.0, $0.1) }) {
      named[length.province.map { layer.provinces[$0].id } ?? "ABROAD"] = length.meters / 1000
    }
    return named
  }
}

func isClose(_ a: [String: Double], _ b: [String: Double], _ tolerance: Double = 1e-9) -> Bool {
  a.keys.sorted() == b.keys.sorted() && a.allSatisfy { abs($1 - (b[$0] ?? .nan)) <= tolerance }
}

/// A square of `size` × `size` jittered cells, each cut into two triangles that are provinces: every
/// inner border is shared and oblique.
func triangleLayer(size: Int, seed: UInt64) throws -> ProvinceLayer {
  var random = SeededGenerator(seed: seed)
  let corners = (0...size).map { row in
    (0...size).map { column in
      at(
        60 + Double(column) + .random(in: -0.3...0.3, using: &random),
        44 + Double(row) + .random(in: -0.3...0.3, using: &random))
    }
  }
  var provinces: [Province] = []
  for row in 0..<size {
    for column in 0..<size {
      let (a, b) = (corners[row][column], corners[row][column + 1])
      let (c, d) = (corners[row + 1][column + 1], corners[row + 1][column])
      provinces.append(province("\(row)-\(column)-low", Polygon(exterior: [a, b, c, a])))
      provinces.append(province("\(row)-\(column)-high", Polygon(exterior: [a, c, d, a])))
    }
  }
  return try ProvinceLayer(provinces: provinces, metric: .planar(metersPerUnit: 1000))
}
