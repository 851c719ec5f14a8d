import Testing

@testable import Geography

@Suite("Province layers")
struct ProvinceLayerTests {
  private func message(_ provinces: Province..., metric: LengthMetric = plane) -> String? {
    do throws(GeographyError) {
      _ = try ProvinceLayer(provinces: provinces, metric: metric)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("each fault is named with its place and value")
  func faults() {
    #expect(message() == "the layer has no provinces; expected at least one")
    #expect(
      message(province("A", box(0, 0, 1, 1)), province("A", box(1, 0, 2, 1)))
        == "province A occurs twice; expected unique identifiers")
    #expect(message(province("A")) == "province A has no polygons; expected at least one")
    #expect(
      message(province("A", Polygon(exterior: [at(0, 0), at(1, 1), at(0, 0)])))
        == "province A, polygon 0, ring 0 has 3 positions; expected at least 4")
    #expect(
      message(
        province(
          "A", box(0, 0, 9, 9),
          Polygon(
            exterior: box(20, 0, 29, 9).exterior,
            holes: [[at(21, 1), at(22, 1), at(22, 2), at(21, 2)]])))
        == "province A, polygon 1, ring 1 ends at [21.0, 2.0]; expected its first position [21.0, 1.0]"
    )
    #expect(
      message(province("A", Polygon(exterior: ring((0, 0), (1, .infinity), (0, 1)))))
        == "province A, polygon 0, ring 0, vertex 1 is [1.0, inf]; expected a finite position in range"
    )
    #expect(
      message(province("A", box(50, 80, 60, 91)), metric: .wgs84)
        == "province A, polygon 0, ring 0, vertex 2 is [60.0, 91.0]; expected a finite position in range"
    )
    #expect(
      message(province("A", Polygon(exterior: ring((0, 0), (1, 1), (1, 0), (0, 1)))))
        == "province A, polygon 0: Self-intersection at [0.5, 0.5]; expected simple rings")
    #expect(message(province("A", box(0, 0, 1, 1))) == nil)
  }

  @Test("a province is found by its identifier")
  func lookup() throws {
    let layer = try ProvinceLayer(
      provinces: [province("KZ-ALM", box(0, 0, 1, 1)), province("KZ-ZHT", box(1, 0, 2, 1))],
      metric: plane)
    #expect(layer.index(of: "KZ-ZHT") == 1)
    #expect(layer.index(of: "KZ-XXX") == nil)
  }

  @Test("coverage reports areas, overlaps and enclosed gaps in square kilometres")
  func coverage() throws {
    // A ring of four boxes around an open middle of 1 × 1; W reaches 0.5 over S.
    let layer = try ProvinceLayer(
      provinces: [
        province("S", box(0, 0, 3, 1)), province("N", box(0, 2, 3, 3)),
        province("W", box(0, 0.5, 1, 2)), province("E", box(2, 1, 3, 2)),
      ], metric: plane)
    let report = try layer.coverage()
    #expect(report.areas == [3, 3, 1.5, 1])
    #expect(report.overlaps == [.init(first: "S", second: "W", squareKilometers: 0.5)])
    #expect(report.gaps.map(\.squareKilometers) == [1])
    #expect(BoundingBox(box(1, 1, 2, 2).exterior)?.contains(report.gaps[0].at) == true)
    #expect(try layer.coverage(ignoringBelow: 2).gaps.isEmpty)
    #expect(try layer.coverage(ignoringBelow: 2).overlaps.isEmpty)
  }

  @Test("a clean layer has neither overlaps nor gaps")
  func cleanCoverage() throws {
    let report = try triangleLayer(size: 4, seed: 1).coverage()
    #expect(report.overlaps.isEmpty && report.gaps.isEmpty)
    #expect(report.areas.count == 32 && report.areas.allSatisfy { $0 > 0 })
  }
}
