import ArgumentParser
import TransportGraph

/// The k shortest loopless routes of pairs of nodes.
struct AlternativesBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alternatives", abstract: "Find the shortest routes of pairs of nodes.")

  @OptionGroup var options: NetworkOptions
  @Argument(help: "The folder that exchange has written; answers go there too.") var folder: String
  @Option(help: "How many routes of each pair.") var count = 10
  @Option(help: "How often each pair is timed.") var repeats = 5

  private struct Result: Encodable {
    /// Order, build and customisation.
    var preparation: Measurement
    /// By pair, the median of its rounds.
    var pairs: [ShortTimes.Summary]
    /// Links of the shortest route of each pair.
    var links: [Int]
  }

  func run() throws {
    let exchange = try ExchangeFolder(path: folder)
    let view = try options.view()
    let (metric, preparation) = try Measurement.of {
      try HierarchyMetric(ContractionHierarchy(view.graph), view: view, threads: 1)
    }
    var result = Result(preparation: preparation, pairs: [], links: [])
    var answers: [UInt64] = []
    for pair in try exchange.pairs() {
      var times = ShortTimes(count: repeats)
      var routes: [Route] = []
      for _ in 0..<repeats {
        routes =
          times.measure {
            metric.kShortestRoutes(from: pair.origin, to: pair.destination, count: count)
          }.set?.routes ?? []
      }
      let impedances = routes.map(\.impedance)
      answers += impedances
      answers += Array(
        repeating: ExchangeFolder.unreachable, count: count - impedances.count)
      result.pairs.append(times.summary)
      result.links.append(routes.first?.arcs.count ?? 0)
    }
    try exchange.write(answers, "alternatives.ours.u64")
    try writeJSON(result)
  }
}
