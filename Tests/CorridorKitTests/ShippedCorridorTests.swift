import CorridorKit
import Foundation
import Geography
import Testing
import TransportGraph

@Suite("The named corridors on the shipped network")
struct ShippedCorridorTests {
  @Test("probe")
  func probe() throws {
    for vintage in DataSources.vintages {
      let corridors = try CorridorAnalysis(
        CorridorFile(InputFile(path: Shipped.sources(vintage: vintage).corridors)).definitions,
        analysis: Shipped.analysis(vintage: vintage, countries: ["KZ", "KG"]))
      for route in corridors.routes {
        let order = corridors.analysis.provinceOrder(of: route.route)
        print(
          "PROBE", vintage, route.definition.id, order.joined(separator: " "), "|",
          route.crossings.map(\.id), Int(route.route.lengthMeters / 1000),
          route.definition.publishedLengthMeters.map { Int($0 / 1000) } ?? 0)
      }
      print("PROBE", corridors.cutOff)
    }
  }
}
