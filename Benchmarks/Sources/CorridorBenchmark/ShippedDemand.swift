import ArgumentParser
import CorridorKit
import TransportGraph

/// The shipped network under the shipped demand of persons, as `--demand persons` sends it.
struct ShippedDemand: ParsableArguments {
  @Argument(help: "The folder of shipped data.") var data: String

  /// - Parameter measure: What ways are chosen by.
  func load(
    by measure: ImpedanceProfile.Measure = .time
  ) throws -> (analysis: Analysis, trips: [Trip]) {
    let sources = try DataSources(folder: data, vintage: "2024")
    var profile = try ImpedanceProfile(InputFile(path: sources.profile))
    profile.measure = measure
    let analysis = try Analysis(StudyArea(sources, cache: nil), profile: profile)
    let layers = try DemandLayer.shipped(in: sources.demand, indicators: sources.indicators)
    let demand = try analysis.forDemand()
    var flows: [OriginDestination] = []
    for layer in layers where layer.kind == .persons { flows += try layer.flows(on: demand) }
    flows = try demand.scaled(flows, toDomesticShare: DomesticShare.reported.value)
    return (analysis, try analysis.trips(flows))
  }

  func uncertainInputs() throws -> UncertainInputs {
    let sources = try DataSources(folder: data, vintage: "2024")
    return try UncertainInputs(InputFile(path: sources.uncertainty))
  }
}

/// A trip by the ids of the network's files.
struct TripRecord: Encodable {
  var origin: String
  var destination: String
  var mass: Double

  init(_ trip: Trip, _ graph: TransportGraph) {
    origin = graph.nodes[trip.origin.node.index].id
    destination = graph.nodes[trip.destination.node.index].id
    mass = trip.mass
  }
}
