import Foundation
import Geography
import RiskIndex
import Testing

@testable import CorridorKit

@Suite("The page with the map")
struct MapPageTests {
  /// The reports that `corridor demo` shows, of all named corridors and one closure.
  private struct Results {
    let exposure: ExposureReport
    let risk: RiskReport?
    let closure: SimulationReport
    let corridors: CorridorsReport
    let crossings: CrossingLayerReport
    let links: LinkLayerReport
    let analysis: Analysis

    init(_ analysis: Analysis, sources: DataSources, closing crossing: String, scores: Bool) throws
    {
      let manifest = Manifest(analysis.area, options: ["command": "demo"])
      let definitions = try CorridorFile(InputFile(path: sources.corridors)).definitions
      let before = try CorridorAnalysis(definitions, analysis: analysis)
      let changed = try analysis.under(
        Scenario(
          name: "<\(crossing)> & 'closed'",
          closures: [try Scenario.Closure(parsing: "crossing:\(crossing)")]))
      let after = try CorridorAnalysis(definitions, analysis: changed)
      let totals = Exposure(before.trips, before.tripOutcomes, matrix: analysis.matrix)
      exposure = ExposureReport(
        totals, trips: before.summaries, cutOff: before.cutOff, analysis: analysis,
        manifest: manifest)
      closure = SimulationReport(
        Simulation(
          trips: before.trips, before: before.tripOutcomes, closed: after.tripOutcomes,
          openFraction: 0, matrix: analysis.matrix),
        of: try #require(changed.resolved), analysis: changed, manifest: manifest)
      corridors = CorridorsReport(
        before.routes, cutOff: before.cutOff, analysis: analysis, manifest: manifest)
      let use = LinkUseTotals(before.trips, before.tripOutcomes)
      crossings = CrossingLayerReport(use, area: analysis.area, manifest: manifest)
      links = LinkLayerReport(use, area: analysis.area, manifest: manifest)
      if scores {
        let inputs = try RiskInputs(
          framework: nil, indicators: nil, sources: sources, analysis: analysis)
        risk = RiskReport(
          try RiskScores(
            country: "KZ", exposure: totals, measure: .time, weight: 0.2, inputs: inputs),
          analysis: analysis, manifest: manifest)
      } else {
        risk = nil
      }
      self.analysis = analysis
    }

    static func toy(names: [String: String] = [:]) throws -> Results {
      let folder = try TemporaryFolder()
      var sources = ToyRegion.sources
      for (old, new) in names {
        let text = try String(contentsOfFile: sources.provinces[0], encoding: .utf8)
        #expect(text.contains(old))
        sources.provinces = [try folder.write(text.replacing(old, with: new), to: "p.geojson")]
      }
      let area = try withExtendedLifetime(folder) { try StudyArea(sources, cache: nil) }
      let analysis = try Analysis(area, profile: ToyRegion.profile(), countries: ["XA"])
      return try Results(analysis, sources: sources, closing: "X1", scores: false)
    }

    static func shipped() throws -> Results {
      try Results(
        Shipped.analysis(), sources: Shipped.sources(vintage: "2024"), closing: "korday",
        scores: true)
    }

    /// Drawn once for all tests.
    static let shippedPage = Result { try shipped().page }

    var page: String {
      MapPage(
        exposure: exposure, risk: risk, closure: closure, corridors: corridors,
        crossings: crossings, links: links, analysis: analysis
      ).html
    }
  }

  @Test("needs nothing from outside itself and is small enough to send by mail")
  func selfContained() throws {
    let page = try Results.shippedPage.get()
    // Texts may name an address; nothing may be loaded from one.
    for pattern in [#"<link"#, #"@import"#, #"\bsrc="#, #"href="[^#]"#, #"url\([^#]"#, #"fetch\("#]
    {
      #expect(try page.firstMatch(of: Regex(pattern)) == nil, "\(pattern)")
    }
    #expect(page.utf8.count < 700_000)
  }

  @Test("every reference leads to a shape of the page")
  func references() throws {
    let page = try Results.shippedPage.get()
    let reference = try Regex(##"href="#([^"]+)""##, as: (Substring, Substring).self)
    let targets = Set(page.matches(of: reference).map { String($0.1) })
    let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(targets.count > 20)
    #expect(targets.subtracting(ids) == [])
    #expect(ids.count == Set(ids).count)
  }

  @Test("the table holds the figures of the reports, the most exposed province first")
  func figures() throws {
    let results = try Results.shipped()
    let page = try Results.shippedPage.get()
    let rows = page.matches(of: /<tr data-row="(\d+)">(.*?)<\/tr>/.dotMatchesNewlines())
    #expect(rows.count == 20)
    var last = Double.infinity
    for row in rows {
      let index = try #require(Int(row.1))
      let province = results.exposure.provinces[index]
      let risk = try #require(results.risk?.provinces.first { $0.id == province.id })
      let change = try #require(results.closure.provinces.first { $0.id == province.id })
      let values = row.2.matches(of: /data-value="([^"]+)"/).compactMap { Double($0.1) }
      let expected: [Double?] = [
        province.lengthM, province.travelTimeS, risk.score, risk.rank.map(Double.init),
        risk.rankWithoutExposure.map(Double.init), Double(risk.indicatorsAvailable),
        change.travelTimeChangeS,
      ]
      #expect(values == expected.compactMap(\.self), "\(province.id)")
      #expect(province.travelTimeS <= last)
      last = province.travelTimeS
    }
  }

  @Test("the same reports give the same bytes")
  func deterministic() throws {
    #expect(try Results.toy().page == Results.toy().page)
  }

  @Test("names that look like markup stay text")
  func escaping() throws {
    let results = try Results.toy(names: [#""Oblast A""#: #""A <b>&\"'""#])
    let page = results.page
    #expect(page.contains("A &lt;b&gt;&amp;&quot;&#39;"))
    #expect(!page.contains("<b>"))
    #expect(page.contains("&lt;X1&gt; &amp; &#39;closed&#39;"))
    #expect(!page.contains("<X1>"))
    // An accent makes one character of itself and the mark, which a browser still takes for a mark.
    #expect("a\"\u{301}<\u{301}".escapedForHTML == "a&quot;\u{301}&lt;\u{301}")
  }

  @Test("a planar layer without scores has a map of exposure and one of the closure")
  func planar() throws {
    let page = try Results.toy().page
    let measures = page.matches(of: /id="show-(exposure|risk|difference|closure)"/)
    #expect(measures.map { String($0.1) } == ["exposure", "closure"])
    #expect(page.contains("Modelled potential, not observed trafficking."))
    #expect(page.contains("class=\"mark closed\""))
  }

  @Test("names on the map of the shipped data do not meet", arguments: [false, true])
  func labels(isNarrow: Bool) throws {
    let results = try Results.shipped()
    let layer = results.analysis.area.provinces
    let frame = try #require(
      MapFrame(
        around: layer.provinces.filter { $0.country == "KZ" }.flatMap {
          $0.polygons.flatMap(\.exterior)
        }, projection: MapProjection(layer.metric)))
    let drawing = MapDrawing(
      frame: frame, measures: [], exposure: results.exposure, risk: nil, closure: nil,
      corridors: [], crossings: results.crossings.crossings, links: results.links.links,
      layer: layer, settlements: results.analysis.area.gazetteer.settlements)
    let labels = drawing.labels(isNarrow: isNarrow)
    for (index, box) in labels.boxes.enumerated() {
      for other in labels.boxes[(index + 1)...] { #expect(!box.overlaps(other)) }
    }
    let texts = Set(labels.labels.map(\.text))
    #expect(texts.isSuperset(of: ["Almaty", "Bishkek", "Astana", "UZBEKISTAN"]))
    #expect(labels.labels.count >= (isNarrow ? 15 : 50))
  }
}

@Suite("The drawing of a map")
struct MapDrawingTests {
  @Test("Albers' projection gives Snyder's numerical example and PROJ's positions")
  func projection() {
    // Snyder 1987, page 291: the sphere of radius 1.
    let example = AlbersConic(
      firstParallel: 29.5, secondParallel: 45.5, originLatitude: 23, centralMeridian: -96,
      radius: 1)
    let point = example.project(Coordinate(longitude: -75, latitude: 35))
    #expect(abs(point.x - 0.295_272_0) < 5e-8)
    #expect(abs(point.y - 0.241_677_4) < 1e-7)
    // pyproj, +proj=aea +lat_1=44 +lat_2=52 +lat_0=48 +lon_0=68 +R=6371007.2
    let almaty = AlbersConic.kazakhstan.project(Coordinate(longitude: 76.9, latitude: 43.25))
    #expect(isClose(almaty.x, 719_890.221_335_893_5))
    #expect(isClose(almaty.y, -487_346.881_144_073_73))
  }

  @Test("what lies on both sides of the antimeridian is drawn side by side")
  func antimeridian() {
    func x(_ longitude: Double) -> Double {
      AlbersConic.kazakhstan.project(Coordinate(longitude: longitude, latitude: 60)).x
    }
    #expect(isClose(x(180), x(-180)))
    #expect(abs(x(179.9) - x(-179.9)) < 20_000)
    #expect(0 < x(178) && x(178) < x(-178))
  }

  @Test("a quadrangle keeps its share of the sphere's area wherever it lies")
  func equalArea() {
    func area(_ longitude: Double, _ latitude: Double) -> Double {
      // A degree on each side, its rim in small steps.
      let steps = (0..<100).map { Double($0) / 100 }
      let ring =
        steps.map { (longitude + $0, latitude) } + steps.map { (longitude + 1, latitude + $0) }
        + steps.map { (longitude + 1 - $0, latitude + 1) }
        + steps.map { (longitude, latitude + 1 - $0) }
      let points = ring.map {
        AlbersConic.kazakhstan.project(Coordinate(longitude: $0.0, latitude: $0.1))
      }
      let drawn = zip(points, points.dropFirst() + points.prefix(1)).reduce(0) {
        $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2
      }
      let radians = Double.pi / 180
      return drawn / (radians * (sin((latitude + 1) * radians) - sin(latitude * radians)))
    }
    let sphere = 6_371_007.2 * 6_371_007.2
    for (longitude, latitude) in [(47.0, 48.0), (68, 41), (87, 54), (74, 36)] {
      #expect(abs(area(longitude, latitude) / sphere - 1) < 1e-5)
    }
  }

  @Test(
    "classes have round bounds, hold every value, and are no more than five",
    arguments: [(0.0, 78.9), (6.8, 57.7), (0, 0.003), (-12.5, 3), (0, 5), (99.2, 99.9)])
  func classes(least: Double, largest: Double) throws {
    let classes = try #require(MapClasses(from: least, to: largest))
    #expect((1...5).contains(classes.count))
    for share in stride(from: 0.0, through: 1, by: 0.01) {
      let value = least + (largest - least) * share
      let lower = classes.first + Double(classes.index(of: value)) * classes.step
      #expect(value >= lower - 1e-9 && value <= lower + classes.step + 1e-9)
    }
  }

  @Test("counts have whole classes, and a bound belongs to the class below")
  func counts() throws {
    let four = try #require(MapClasses(from: 0, to: 4, isCounted: true))
    #expect(four.step == 1 && four.count == 4)
    #expect((1...4).map { four.index(of: Double($0)) } == [0, 1, 2, 3])
    let twelve = try #require(MapClasses(from: 0, to: 12, isCounted: true))
    #expect(twelve.step == 3 && twelve.label(0) == "0–3")
    #expect(MapClasses(from: 3, to: 3) == nil)
  }

  @Test(
    "equal values share one class that holds them, whose bounds differ",
    arguments: [50, 0, 48.3, -0.5, -12, 1e-9])
  func equal(value: Double) throws {
    let classes = try #require(MapClasses(of: [value, value]))
    #expect(classes.count == 1 && classes.index(of: value) == 0)
    #expect(classes.first <= value && value <= classes.first + classes.step)
    #expect(classes.shown(classes.first) != classes.shown(classes.first + classes.step))
    let measure = MapMeasure(
      id: "m", title: "", definition: "", amounts: ["a": value, "b": nil], none: nil)
    #expect(measure.styles == ["a": "s1", "b": "missing"])
    #expect(measure.legend.map(\.label) == [classes.label(0), "no data"])
    #expect(MapClasses(of: []) == nil)
  }

  @Test(
    "bounds of classes differ as shown, however narrow, and those below 0 are no dashes",
    arguments: [
      (0, 2e-9), (0, 1e-300), (49.9999, 50), (-12.5, 3), (0, 1e15), (0, .leastNormalMagnitude),
    ])
  func bounds(least: Double, largest: Double) throws {
    let classes = try #require(MapClasses(from: least, to: largest))
    let bounds = (0...classes.count).map {
      classes.shown(classes.first + Double($0) * classes.step)
    }
    #expect(Set(bounds).count == bounds.count, "\(bounds)")
    #expect(!bounds.contains { $0.hasPrefix("-") || $0 == "−0" }, "\(bounds)")
    #expect(classes.label(0) == bounds[0] + (least < 0 ? " to " : "–") + bounds[1])
  }

  @Test("a width that has no power of ten is none, and ends no run")
  func subnormal() {
    #expect(MapClasses(from: 0, to: 5e-324) == nil)
    #expect(MapClasses(from: 0, to: 1e-310) == nil)
    #expect(MapClasses(of: [0, 5e-324])?.count == 1)
  }

  @Test("changes are coloured alike on both sides of none, and no data is told from no change")
  func changes() {
    let measure = MapMeasure(
      id: "m", title: "", definition: "",
      changes: ["much": 9, "some": 2, "none": 0.001, "less": -2, "least": -9, "unknown": nil],
      smallest: 0.005)
    #expect(
      measure.styles == [
        "much": "d5", "some": "d4", "none": "d3", "less": "d2", "least": "d1", "unknown": "missing",
      ])
    #expect(
      measure.legend.map(\.label) == [
        "−10 to −5", "−5 to 0", "no change", "0 to +5", "+5 to +10", "no data",
      ])
  }

  @Test("lines are joined where two meet and left where three do")
  func joining() {
    func point(_ x: Int, _ y: Int) -> GridPoint { GridPoint(x: x, y: y) }
    //  a(0,0)──(1,0)──b(2,0)──c(3,0)    with a branch at b, the middle line drawn backwards
    let lines = MapLines(lines: [
      [point(0, 0), point(1, 0)], [point(2, 0), point(1, 0)], [point(2, 0), point(3, 0)],
      [point(2, 0), point(2, 5)],
    ]).joined().lines
    #expect(lines.count == 3)
    #expect(lines.contains { Set($0) == [point(0, 0), point(1, 0), point(2, 0)] })
    #expect(MapLines(lines: [[point(1, 1), point(3, -4), point(0, 0)]]).path() == "M1 1l2-5-3 4")
  }

  @Test("a border that two provinces share is drawn once, and a gap between them is an outline")
  func borders() throws {
    //  +---+---+     A and B of one country, with a hole of one square in A
    //  |A o| B |
    //  +---+---+
    func square(_ x: Double, _ y: Double, _ side: Double) -> [Coordinate] {
      [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)].map {
        Coordinate(longitude: x + $0.0 * side, latitude: y + $0.1 * side)
      }
    }
    let layer = try ProvinceLayer(
      provinces: [
        Province(
          id: "A", name: "A", country: "XA",
          polygons: [Polygon(exterior: square(0, 0, 10), holes: [square(4, 4, 2).reversed()])]),
        Province(
          id: "B", name: "B", country: "XA", polygons: [Polygon(exterior: square(10, 0, 10))]),
      ], metric: .planar(metersPerUnit: 1000))
    let frame = try #require(
      MapFrame(
        around: layer.provinces.flatMap { $0.polygons.flatMap(\.exterior) }, projection: .planar))
    let borders = MapBorders(layer, listed: ["A", "B"], frame: frame)
    #expect(borders.provinces.lines.count == 1)
    #expect(
      Set(borders.provinces.lines.flatMap(\.self))
        == [
          frame.gridPoint(Coordinate(longitude: 10, latitude: 0)),
          frame.gridPoint(Coordinate(longitude: 10, latitude: 10)),
        ])
    #expect(borders.outlines.lines.count == 2)
    #expect(borders.outlines.lines.allSatisfy { $0.first == $0.last })
  }
}
