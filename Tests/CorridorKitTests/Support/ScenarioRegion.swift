import Geography
import TransportGraph

@testable import CorridorKit

/// Two countries with two gates between them, and named roads.
///
/// ```
///   XA (north)   w1 ── A3 ── m ── A3;M39 ── e1
///                │                          │
///               west (1 h)                 east (2 h, May to October)
///                │                          │
///   XB (south)   w0 ── А-3 (Cyrillic) ──── e0
/// ```
///
/// Links west and east of the gates are 100 km long; roads take 1 h for 100 km.
struct ScenarioRegion {
  static let metric = LengthMetric.planar(metersPerUnit: 1000)
  var names: [String: (name: String?, ref: String?)] = [
    "n1": (nil, "A3"), "n2": ("North Road", "A3;M39"), "s": ("Bishkek – Osh", "А-3"),
  ]

  func analysis() throws -> Analysis {
    func node(_ id: String, _ x: Double, _ y: Double) -> Node {
      Node(id: id, coordinate: Coordinate(longitude: x, latitude: y), name: id)
    }
    let nodes = [
      node("w0", 0, -1), node("w1", 0, 1), node("m", 100, 1), node("e1", 200, 1),
      node("e0", 200, -1), node("b", 0, 0), node("c", 200, 0),
    ]
    func way(_ id: String, _ from: String, _ to: String, _ meters: Double) -> Link {
      Link(
        id: id, from: from, to: to, mode: .road, lengthMeters: meters,
        name: names[id]?.name, ref: names[id]?.ref)
    }
    func gate(_ id: String, _ from: String, _ to: String) -> Link {
      Link(
        id: "x:" + id, from: from, to: to, mode: .road, kind: .crossing, lengthMeters: 0,
        dwell: HoursRange(fixed: id == "west" ? 1 : 2), crossingID: id)
    }
    let links = [
      way("n1", "w1", "m", 100_000), way("n2", "m", "e1", 100_000), way("s", "w0", "e0", 200_000),
      way("sw", "w0", "b", 1000), gate("west", "b", "w1"), way("se", "e0", "c", 1000),
      gate("east", "c", "e1"),
    ]
    let positions = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0.coordinate) })
    func crossing(_ id: String, _ x: Double, _ status: CrossingStatus) -> BorderCrossing {
      BorderCrossing(
        id: id, name: id, countries: ["XA", "XB"], mode: .road,
        coordinate: Coordinate(longitude: x, latitude: 0), status: status,
        openMonths: status == .seasonal ? [5, 6, 7, 8, 9, 10] : [],
        dwell: HoursRange(fixed: id == "west" ? 1 : 2), dwellSource: "assumed")
    }
    func province(_ id: String, _ country: String, _ y: ClosedRange<Double>) -> Province {
      Province(
        id: id, name: id, country: country,
        polygons: [
          Polygon(
            exterior: [
              (-10, y.lowerBound), (210, y.lowerBound), (210, y.upperBound), (-10, y.upperBound),
              (-10, y.lowerBound),
            ].map { Coordinate(longitude: $0.0, latitude: $0.1) }, holes: [])
        ])
    }
    let area = try StudyArea(
      network: TransportNetwork(
        graph: TransportGraph(nodes: nodes, links: links),
        lines: links.map { [$0.from, $0.to].compactMap { positions[$0] } }, metric: Self.metric),
      crossings: CrossingCatalogue(
        [crossing("west", 0, .open), crossing("east", 200, .seasonal)], metric: Self.metric),
      provinces: ProvinceLayer(
        provinces: [province("N", "XA", 0...10), province("S", "XB", -10...0)],
        metric: Self.metric), threads: 1)
    return try Analysis(
      area,
      profile: ImpedanceProfile(
        name: "plain", measure: .time, speedsKilometersPerHour: [.road: ["default": 100]]),
      countries: ["XA", "XB"])
  }
}
