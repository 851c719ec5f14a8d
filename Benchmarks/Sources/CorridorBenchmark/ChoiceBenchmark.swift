import ArgumentParser
import CorridorKit
import TransportGraph

/// A path-size logit for every pair of the shipped demand.
struct ChoiceBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "choice", abstract: "Alternatives and their probabilities for many pairs.")

  @OptionGroup var demand: ShippedDemand
  @Option(help: "What ways are chosen by: time or distance.") var measure = "time"
  @Option(help: "How often all pairs are asked.") var repeats = 3
  @Flag(help: "Tell every route.") var routes = false

  private struct Pair: Encodable {
    var trip: TripRecord
    /// Of each route, the ids of its links; none where they are not asked for.
    var routes: [[String]]
    var probabilities: [Double]
  }

  private struct Result: Encodable {
    var theta: Double
    var beta: Double
    var count: Int
    var stretch: Double
    var overlap: Double
    var factor: Double
    var rounds: Int
    /// All pairs on one thread: alternatives and probabilities.
    var shares: [Measurement]
    /// The use of every link instead.
    var uses: [Measurement]
    /// Alternatives of all pairs.
    var routeCount: Int
    var pairs: [Pair]
  }

  private struct NotMeasured: Error, CustomStringConvertible {
    var description: String
  }

  func run() throws {
    guard let measure = ImpedanceProfile.Measure(rawValue: measure) else {
      throw ValidationError("\(measure): expected time or distance")
    }
    let (analysis, trips) = try demand.load(by: measure)
    let model = PathSizeLogit()
    guard case .penalty(let factor, let rounds) = model.source else {
      throw NotMeasured(description: "alternatives are found by something else than penalties")
    }
    let graph = analysis.area.graph
    let pairs = trips.map { NodePair(from: $0.origin.node, to: $0.destination.node) }
    let metric = try analysis.metric()
    let shares = metric.routeShares(of: pairs, by: model)
    let times = Measurement.repeated(repeats) { _ = metric.routeShares(of: pairs, by: model) }
    let uses = try Measurement.repeated(repeats) {
      _ = try metric.uses(of: pairs, by: .pathSizeLogit(model))
    }
    try writeJSON(
      Result(
        theta: model.theta, beta: model.beta, count: model.limits.count,
        stretch: model.limits.maximumStretch, overlap: model.limits.maximumOverlap, factor: factor,
        rounds: rounds, shares: times, uses: uses,
        routeCount: shares.reduce(0) { $0 + ($1?.set.routes.count ?? 0) },
        pairs: zip(trips, shares).map { trip, shares in
          Pair(
            trip: TripRecord(trip, graph),
            routes: routes
              ? shares?.set.routes.map { $0.arcs.map { graph.links[$0.link.index].id } } ?? [] : [],
            probabilities: shares?.probabilities ?? [])
        }))
  }
}
