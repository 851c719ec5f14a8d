import ArgumentParser
import TransportGraph

/// The shortest way between the ends of every arc without its link.
struct DetourBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detours", abstract: "Find the detour of every link of a network.")

  @OptionGroup var options: NetworkOptions
  @Argument(help: "The folder that exchange has written; answers go there too.") var folder: String
  @Option(help: "How often each step is timed.") var repeats = 5

  private struct Result: Encodable {
    /// Order, build and customisation.
    var preparation: Measurement
    var oneThread: [Measurement]
    var twoThreads: [Measurement]
  }

  func run() throws {
    let exchange = try ExchangeFolder(path: folder)
    let view = try options.view()
    let (metric, preparation) = try Measurement.of {
      try HierarchyMetric(ContractionHierarchy(view.graph), view: view, threads: 1)
    }
    var detours = metric.detours(threads: 1)
    let one = Measurement.repeated(repeats) { detours = metric.detours(threads: 1) }
    let two = Measurement.repeated(repeats) { detours = metric.detours(threads: 2) }
    // In the order in which `exchange` writes arcs.
    var answers: [UInt64] = []
    for link in view.graph.links.indices {
      for isForward in view.graph.links[link].isOneWay ? [true] : [true, false] {
        let arc = Arc(link: LinkID(link), isForward: isForward)
        answers.append(detours[arc] ?? ExchangeFolder.unreachable)
      }
    }
    try exchange.write(answers, "detours.ours.u64")
    try writeJSON(Result(preparation: preparation, oneThread: one, twoThreads: two))
  }
}
