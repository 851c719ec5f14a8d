import Foundation
import Geography
import RiskIndex
import Testing

@testable import CorridorKit

@Suite("The page of an index")
struct IndexPageTests {
  /// Scores of the shipped provinces with draws of what is uncertain about them.
  private static let shipped = Result { () throws -> (scores: RiskScores, page: String) in
    let analysis = try Shipped.analysis()
    let inputs = try RiskInputs(
      framework: nil, indicators: nil, sources: Shipped.sources(vintage: "2024"),
      analysis: analysis)
    // Kilometres as places are far from the south: made here, so that no way has to be searched.
    let values = Dictionary(
      uniqueKeysWithValues: analysis.area.provinces.provinces.filter { $0.country == "KZ" }
        .enumerated().map { ($0.element.id, Double($0.offset * $0.offset)) })
    let scores = try RiskScores(
      .standard,
      on: IndicatorData(
        inputs.table,
        units: analysis.area.provinces.provinces.filter { $0.country == "KZ" }
          .map { IndicatorData.Unit(id: $0.id, name: $0.name) }, framework: inputs.framework),
      framework: inputs.framework,
      exposure: IndexExposure(
        name: "corridor exposure", values: values, measureUnit: "km", share: 1.0 / 6))
    let draws = IndexDraws(
      try UncertainIndex(scores.with, .standard(for: .standard), seed: 1), count: 200, seed: 1)
    let page = IndexPage(
      scores.with, without: scores.without,
      uncertainty: IndexUncertaintyPart(
        draws, sensitivity: try IndexSensitivity(draws.index, sampleCount: 64, seed: 1), seed: 1),
      layer: analysis.area.provinces,
      manifest: Manifest(analysis.area, options: ["command": "risk"]))
    if let folder = ProcessInfo.processInfo.environment["CORRIDOR_PAGES"] {
      try Data(page.html.utf8).write(to: URL(fileURLWithPath: folder + "/index-page.html"))
    }
    return (scores, page.html)
  }

  /// Three units, two dimensions and one that is empty; names that would break a page.
  private func small(
    recipe: IndexRecipe = .standard, layer: ProvinceLayer? = nil,
    draws: Int? = nil, scenario: String? = nil,
    alphaNotes: [String] = ["inherited: value of \"X\" <as> a whole", "", ""]
  ) throws -> String {
    let framework = try IndexFramework(
      edition: "<1> & \"2\"", name: "A <b>bold</b> & 'odd' index", source: "someone <s>",
      dimensions: [
        .init(id: "one", name: "First <i>"), .init(id: "two", name: "Second & last"),
        .init(id: "none", name: "Nothing"),
      ],
      indicators: [
        Indicator(id: "a", name: "Alpha <&>", dimension: "one", direction: .increasing),
        Indicator(id: "b", name: "Beta", dimension: "two", direction: .decreasing),
        Indicator(id: "c", name: "Gamma", dimension: "none", direction: .increasing),
      ])
    let cells: [(String, String, Double, String)] = [
      ("u1", "a", 1, alphaNotes[0]), ("u2", "a", 2, alphaNotes[1]), ("u3", "a", 4, alphaNotes[2]),
      ("u1", "b", 5, ""), ("u2", "b", 3, ""),
    ]
    let rows = cells.map {
      IndicatorValue(
        unit: $0.0, indicator: $0.1, value: $0.2, measureUnit: "per <100>", year: 2020,
        source: "S & Co <x>", note: $0.3)
    }
    let units = ["u1", "u2", "u3", "u4"].map {
      IndicatorData.Unit(id: $0, name: "Unit <\($0)> & 'co'")
    }
    let run = try recipe.run(
      on: IndicatorData(IndicatorTable(rows: rows), units: units, framework: framework),
      framework: framework)
    let uncertainty = try draws.map { count in
      let index = try UncertainIndex(run, .standard(for: recipe), seed: 1)
      return IndexUncertaintyPart(IndexDraws(index, count: count, seed: 1), seed: 1)
    }
    return IndexPage(
      run, before: scenario.map { _ in run }, scenario: scenario, uncertainty: uncertainty,
      layer: layer,
      manifest: Manifest(
        inputs: [InputDigest(InputFile(path: "/secret/<f>.csv", data: Data()))],
        options: ["x": "<y>"], vintage: "<v>", remark: "A <remark>.")
    ).html
  }

  private func squares() throws -> ProvinceLayer {
    try ProvinceLayer(
      provinces: (1...5).map { place in
        let west = Double(place)
        let ring = [(west, 0.0), (west + 1, 0), (west + 1, 1), (west, 1), (west, 0)].map {
          Coordinate(longitude: $0.0, latitude: $0.1)
        }
        return Province(
          id: "u\(place)", name: "Unit", names: [:], aliases: [], country: "XA", level: 1,
          validFrom: nil, validTo: nil, polygons: [Polygon(exterior: ring)])
      }, metric: .planar(metersPerUnit: 1))
  }

  private func pages() throws -> [String] {
    let copeland = IndexRecipe.standard.replacing(.aggregate(AggregationStep([.copeland])))
    let geometric = IndexRecipe.standard.replacing(.aggregate(AggregationStep([.geometric])))
    return [
      try Self.shipped.get().page, try small(), try small(layer: try squares()),
      try small(recipe: geometric, scenario: "a <closed> & 'shut' road"),
      try small(recipe: copeland), try small(layer: try squares(), draws: 20),
    ]
  }

  @Test(
    "every tag is closed where it was opened, attributes are quoted, and nothing is left unescaped")
  func wellFormed() throws {
    for page in try pages() {
      #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
      let body = page.dropFirst("<!DOCTYPE html>".count)
      var open: [Substring] = []
      var rest = body
      while let start = rest.firstIndex(of: "<") {
        let text = rest[..<start]
        #expect(!text.contains(">") || open.last == "style", "\(text.suffix(80))")
        let end = try #require(rest[start...].firstIndex(of: ">"))
        let tag = rest[rest.index(after: start)..<end]
        rest = rest[rest.index(after: end)...]
        if tag.hasPrefix("/") {
          #expect(open.popLast() == tag.dropFirst(), "\(tag)")
        } else {
          let attributes = tag.drop { $0 != " " }
          let left = attributes.replacing(/\s[a-zA-Z:-]+="[^"<>]*"/, with: "")
          #expect(["", "/"].contains(left.trimmingCharacters(in: .whitespaces)), "\(tag)")
          if !tag.hasSuffix("/") { open.append(tag.prefix { $0 != " " }) }
        }
      }
      #expect(open.isEmpty && rest.allSatisfy(\.isWhitespace))
      let entities = /&(?!amp;|lt;|gt;|quot;|#39;)/
      #expect(page.firstMatch(of: entities) == nil, "an ampersand that means nothing")
    }
  }

  @Test("nothing is loaded from anywhere, and there is no script")
  func selfContained() throws {
    for page in try pages() {
      for pattern in [
        "<script", "<link", "<iframe", "@import", #"\bsrc="#, #"href="#, #"url\((?!#)"#, "https?:",
        #"\son[a-z]+="#, "/secret/",
      ] {
        #expect(try page.firstMatch(of: Regex(pattern)) == nil, "\(pattern)")
      }
      let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
      #expect(ids.count == Set(ids).count)
      for label in page.matches(of: /aria-labelledby="([^"]+)"/) {
        for id in label.1.split(separator: " ") { #expect(ids.contains(String(id)), "\(id)") }
      }
      let drawings = page.matches(of: /<svg[^>]*>/).map(\.0)
      let told = drawings.filter { $0.contains("role=\"img\"") }
      #expect(drawings.count - told.count == drawings.count { $0.contains("aria-hidden") })
      #expect(page.matches(of: /<title id=/).count == told.count, "each drawing has a title")
      #expect(page.matches(of: /<desc id=/).count == told.count, "and a description")
    }
    #expect(try Self.shipped.get().page.utf8.count < 400_000)
  }

  @Test("the table of scores holds the figures of the run, in the order of ranks")
  func scores() throws {
    let (scores, page) = try Self.shipped.get()
    let table = try #require(
      page.firstMatch(of: /<table class="scores">.*?<\/table>/.dotMatchesNewlines()))
    let rows = table.0.matches(of: /<tr><td>(\d+)<\/td>.*?<small>(.*?)<\/small>.*?<strong>(.*?)</)
    #expect(rows.count == 20)
    #expect(rows.map { Int($0.1) ?? 0 } == Array(1...20))
    for row in rows {
      let unit = try #require(scores.with.result[String(row.2)])
      #expect(unit.rank == Int(row.1))
      #expect(Shown.fixed(unit.score ?? .nan, 1) == row.3)
    }
    #expect(page.contains("Modelled potential, not observed trafficking."))
    #expect(table.0.contains("rank, p05–p95") && page.contains("200 draws"))
  }

  @Test("a bar of contributions is as long as its score")
  func contributions() throws {
    let (scores, page) = try Self.shipped.get()
    let chart = try #require(
      page.firstMatch(of: /<desc id="parts-desc">.*?<\/svg>/.dotMatchesNewlines()))
    var sums: [Substring: Double] = [:]
    for part in chart.0.matches(of: /<title>([^<,]+), [^<:]+: ([0-9.]+) points<\/title>/) {
      sums[part.1, default: 0] += Double(part.2) ?? .nan
    }
    #expect(sums.count == 20)
    for unit in scores.with.result.units {
      let sum = try #require(sums[Substring(unit.name)])
      #expect(abs(sum - (unit.score ?? .nan)) < 0.2, "\(unit.name)")
    }
  }

  @Test("an empty dimension is marked and not drawn; what has no score is hatched, not coloured")
  func gaps() throws {
    let page = try small(layer: try squares())
    #expect(page.contains("Nothing <em>empty</em>"))
    #expect(page.contains("1 of 3</strong> <span>dimensions are empty"))
    #expect(page.contains("Without data, and so without a part in any score: Nothing."))
    #expect(page.matches(of: /<path class="no-score"/).count == 1, "u4 has no data")
    #expect(page.matches(of: /<path class="c\d"/).count == 3)
    #expect(page.contains("no score</li>"))
    #expect(
      page.contains("Not ranked, because they lack a dimension that others have: Unit &lt;u3"))
    #expect(page.contains("<sup>*</sup>1") && page.contains("Not observed for this unit"))
    #expect(page.contains("no value"))
    // A unit of the layer that is not scored is surroundings.
    #expect(!page.contains("u5"))
  }

  @Test("nobody asked for intervals: the page says so and draws none")
  func withoutIntervals() throws {
    let page = try small()
    #expect(page.contains("Not asked for.") && !page.contains("id=\"ranks-title\""))
    let asked = try small(draws: 20)
    #expect(asked.contains("id=\"ranks-title\"") && asked.contains("of 20 draws"))
    #expect(asked.contains("What was varied") && !asked.contains("Not asked for."))
    #expect(asked.matches(of: /median rank \d/).count == 3, "not u4, which no draw ranks")
    // Without Beta, which a draw may leave out, u3 lacks nothing.
    let share = try #require(
      asked.firstMatch(
        of: /Ranked in a share of the draws only.*?: Unit &lt;u3[^(]*\((0\.\d\d)\)\./))
    #expect((0.05..<1).contains(Double(share.1) ?? .nan))
    #expect(!page.contains("Ranked in a share"))
    #expect(try !Self.shipped.get().page.contains("Ranked in a share"), "all draws rank all")
  }

  @Test("what figures stand in for is told with their unit, where all of them do")
  func standIns() throws {
    let page = try Self.shipped.get().page
    let measure = "thousand KZT per head at current prices; stands in for GDP at PPP"
    #expect(page.contains("parity <small>\(measure)</small>"))
    #expect(page.contains("<td class=\"text\">\(measure)</td>"))
    let merged = "merged: of two; stands in for Y; as told"
    let all = try small(alphaNotes: ["stands in for Y", merged, merged])
    #expect(all.contains("<small>per &lt;100&gt;; stands in for Y</small>"))
    let some = try small(alphaNotes: ["stands in for Y", merged, ""])
    #expect(!some.contains("100&gt;; stands") && some.contains("<small>per &lt;100&gt;</small>"))
  }

  @Test("a method under which nothing adds up has no bars; shares are told as percent")
  func otherMethods() throws {
    let pages = try pages()
    #expect(pages[4].contains("nothing adds up") && !pages[4].contains("id=\"parts-title\""))
    #expect(pages[3].contains("the longer a part, the more it lowers it"))
    #expect(pages[3].contains("No score changes by 0.1 or more."))
    #expect(pages[3].contains("What the scenario changes") && pages[3].contains("a &lt;closed&gt;"))
  }

  @Test("the same run gives the same bytes")
  func deterministic() throws {
    #expect(try small(layer: try squares()) == small(layer: try squares()))
  }
}
