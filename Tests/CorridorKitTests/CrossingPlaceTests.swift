import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// A crossing's link may lead from road to road, with the border somewhere between its ends.
@Suite("Where a crossing stands on its link")
struct CrossingPlaceTests {
  private let metric = LengthMetric.planar(metersPerUnit: 1000)

  /// Two countries that meet at x = 0; on the right two provinces that meet at y = 0.
  private func layer() throws -> ProvinceLayer {
    func province(
      _ id: String, _ country: String, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
    )
      -> Province
    {
      let corners = [
        (x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound), (x.upperBound, y.upperBound),
        (x.lowerBound, y.upperBound), (x.lowerBound, y.lowerBound),
      ]
      return Province(
        id: id, name: id, country: country,
        polygons: [
          Polygon(exterior: corners.map { Coordinate(longitude: $0.0, latitude: $0.1) }, holes: [])
        ])
    }
    return try ProvinceLayer(
      provinces: [
        province("L", "XL", -100...0, -100...100), province("S", "XR", 0...100, -100...0),
        province("N", "XR", 0...100, 0...100),
      ], metric: metric)
  }

  /// The link of a crossing at `crossing`, drawn along `line`.
  private func network(_ line: [Coordinate], isTurned: Bool) throws -> TransportNetwork {
    let line = isTurned ? line.reversed() : line
    let link = Link(
      id: "arc", from: "a", to: "b", mode: .road, kind: .crossing, lengthMeters: 40_000,
      dwell: HoursRange(fixed: 2), crossingID: "post")
    return try TransportNetwork(
      graph: try TransportGraph(
        nodes: [
          Node(id: "a", coordinate: line[0]), Node(id: "b", coordinate: line[line.count - 1]),
        ],
        links: [link]), lines: [line], metric: metric)
  }

  private func catalogue(at x: Double, _ y: Double) throws -> CrossingCatalogue {
    try CrossingCatalogue(
      [
        BorderCrossing(
          id: "post", name: "Post", countries: ["XL", "XR"], mode: .road,
          coordinate: Coordinate(longitude: x, latitude: y), dwell: HoursRange(fixed: 2),
          dwellSource: "assumed")
      ], metric: metric)
  }

  @Test("its hours belong to the provinces there, whichever end of the link comes first")
  func hours() throws {
    // Along y = 0, the border of S and N; from 10 km outside to 30 km inside.
    let onBorder = [-10.0, 30].map { Coordinate(longitude: $0, latitude: 0) }
    // Through N, in two stretches; the catalogue has the post 3 km beside it.
    let inNorth = [(-10.0, 20.0), (0, 20), (30, 50)].map {
      Coordinate(longitude: $0.0, latitude: $0.1)
    }
    for isTurned in [false, true] {
      for (line, x, y, expected) in [
        (onBorder, 0.0, 0.0, [0.5, 0.25, 0.25]), (inNorth, 0, 23, [0.5, 0, 0.5]),
        (inNorth, 0.5, 20, [0.5, 0, 0.5]),
      ] {
        let overlay = try OverlayMatrix(
          network: try network(line, isTurned: isTurned), crossings: try catalogue(at: x, y),
          provinces: try layer(), threads: 1)
        let shares = (0..<3).map { province in
          overlay.dwellShares(of: LinkID(0)).first { Int($0.column) == province }?.value ?? 0
        }
        #expect(shares == expected, "turned: \(isTurned), at \(x), \(y)")
      }
    }
  }

  @Test("it stands where its link comes nearest to its position")
  func place() throws {
    let line = [(-10.0, 20.0), (0, 20), (30, 50)].map {
      Coordinate(longitude: $0.0, latitude: $0.1)
    }
    for isTurned in [false, true] {
      let network = try network(line, isTurned: isTurned)
      let crossing = try catalogue(at: -4, 21)["post"]
      let place = network.place(of: crossing, onLine: network.lines[0])
      #expect(abs(place.longitude + 4) < 1e-6 && abs(place.latitude - 20) < 1e-6)
    }
  }
}
