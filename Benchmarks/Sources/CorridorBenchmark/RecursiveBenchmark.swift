import ArgumentParser
import CorridorKit
import TransportGraph

/// A recursive logit on all links of the shipped network, to a few destinations of the shipped demand.
struct RecursiveBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recursive",
    abstract: "A recursive logit over all walks, a destination at a time.")

  @OptionGroup var demand: ShippedDemand
  @Option(help: "Per hour; below about 500 the model does not exist on this network.")
  var theta = 600.0
  @Option(help: "So many destinations, those that most mass goes to.") var destinations = 3

  private struct Destination: Encodable {
    /// The trip of the largest mass.
    var trip: TripRecord
    /// The use of every link by that trip.
    var use: Measurement
    /// The same and the chance of entering each province.
    var entering: Measurement
    /// The use of every link by all trips to this destination.
    var allUses: Measurement
    var tripCount: Int
    var meters: Double
    var seconds: Double
  }

  private struct Result: Encodable {
    var theta: Double
    /// Arcs that are open.
    var arcs: Int
    var destinations: [Destination]
  }

  func run() throws {
    let (analysis, trips) = try demand.load()
    let graph = analysis.area.graph
    let model = RouteChoiceModel.recursiveLogit(RecursiveLogit(theta: theta))
    let metric = try analysis.metric()
    var results: [Destination] = []
    for group in busiest(trips) {
      let pairs = group.map { NodePair(from: $0.origin.node, to: $0.destination.node) }
      let (found, time) = try Measurement.of { try metric.uses(of: [pairs[0]], by: model) }
      guard let use = found.outcomes[0].use else { continue }
      let (_, entering) = try Measurement.of { try analysis.routed([group[0]], by: model) }
      let (_, all) = try Measurement.of { try metric.uses(of: pairs, by: model) }
      results.append(
        Destination(
          trip: TripRecord(group[0], graph), use: time, entering: entering, allUses: all,
          tripCount: group.count, meters: use.expectedLengthMeters,
          seconds: use.expectedTravelTimeSeconds))
    }
    try writeJSON(
      Result(
        theta: theta,
        arcs: graph.links.indices.lazy.filter { !analysis.view.isClosed(LinkID($0)) }
          .reduce(0) { $0 + (graph.links[$1].isOneWay ? 1 : 2) },
        destinations: results))
  }

  /// The trips to each of the destinations that most mass goes to, the largest trip first.
  private func busiest(_ trips: [Trip]) -> [[Trip]] {
    let moving = trips.filter { $0.origin.node != $0.destination.node }
    func mass(_ trips: [Trip]) -> Double { trips.reduce(0) { $0 + $1.mass } }
    return Dictionary(grouping: moving, by: \.destination.node).values
      .sorted { (-mass($0), $0[0].id) < (-mass($1), $1[0].id) }.prefix(destinations)
      .map { $0.sorted { (-$0.mass, $0.id) < (-$1.mass, $1.id) } }
  }
}
