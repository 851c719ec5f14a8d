import ArgumentParser
import CorridorKit
import TransportGraph

/// What the command line asks for to travel.
struct DemandOptions: ParsableArguments {
  @Option(help: "A named corridor, repeatable; see \"corridor routes\".")
  var corridor: [String] = []
  @Option(help: "The origin of a single pair.") var from: String?
  @Option(help: "The destination of a single pair.") var to: String?
  @Option(help: ArgumentHelp("A table of flows (CSV).", valueName: "file")) var od: String?
  @Option(help: "Only the flows of one layer of the table.") var layer: String?
}

/// What travels: named corridors, one pair, or a table of flows.
struct Demand {
  private enum Kind {
    case corridors([CorridorDefinition])
    case flows([OriginDestination])
  }

  /// What became of the demand on a network.
  struct Result {
    var trips: [Trip]
    var outcomes: [TripOutcome]
    var summaries: [TripSummary]
    var cutOff: [CutOffSummary]
    /// The corridors, where the demand is named corridors.
    var corridors: CorridorAnalysis?
    /// What a reader should know of the route choice.
    var warnings: [RouteChoiceWarning] = []

    /// Why trips have no way, by their place among the trips.
    var reasons: [Int: CutOffSummary] {
      let disconnected = outcomes.indices.filter { outcomes[$0].exposure == nil }
      return Dictionary(uniqueKeysWithValues: zip(disconnected, cutOff))
    }
  }

  private let kind: Kind
  /// The files that the demand was read from.
  let inputs: [InputFile]
  /// What was asked for, for the manifest.
  let settings: [String: String]

  /// - Parameters:
  ///   - options: What is asked for; nil for all named corridors.
  ///   - session: The data and the permitted modes.
  /// - Throws: ``CorridorKitError/contradiction(_:)`` when more than one kind is asked for.
  init(_ options: DemandOptions?, session: Session) throws(CorridorKitError) {
    let corridors = options?.corridor ?? []
    let (from, to, od, layer) = (options?.from, options?.to, options?.od, options?.layer)
    settings = [
      "corridor": corridors.isEmpty ? nil : corridors.joined(separator: ","), "from": from,
      "to": to, "od": od, "layer": layer,
    ].compactMapValues { $0 }
    let kinds = [!corridors.isEmpty, from != nil || to != nil, od != nil].count { $0 }
    guard kinds <= 1 else {
      throw .contradiction("--corridor, --from with --to, and --od exclude one another")
    }
    guard layer == nil || od != nil else { throw .contradiction("--layer goes with --od") }
    if let od {
      let file = try InputFile(path: od)
      let all = try OriginDestination.read(file)
      let flows = all.filter { layer == nil || $0.layer == layer }
      guard !flows.isEmpty else {
        let known = Set(all.compactMap(\.layer)).sorted()
        throw .notExpected(
          kind: "layer", text: layer ?? "",
          expected: known.isEmpty ? ["no --layer, for the table has none"] : known)
      }
      kind = .flows(flows)
      inputs = [file]
    } else if from != nil || to != nil {
      guard let from, let to else { throw .contradiction("--from and --to go together") }
      kind = .flows([OriginDestination(origin: from, destination: to, mass: 1)])
      inputs = []
    } else {
      let file = try InputFile(path: session.sources.corridors)
      let named = try CorridorFile(file)
      var chosen: [CorridorDefinition] = []
      for id in corridors {
        let definition = try named.definition(id)
        guard !chosen.contains(definition) else {
          throw .contradiction("--corridor \(definition.id) is given twice")
        }
        chosen.append(definition)
      }
      for corridor in chosen where !corridor.modes.isSubset(of: session.modes) {
        throw .contradiction(
          "corridor \(corridor.id) is by \(corridor.modeName), but --mode permits less")
      }
      if corridors.isEmpty {
        chosen = named.definitions.filter { $0.modes.isSubset(of: session.modes) }
        guard !chosen.isEmpty else {
          throw .contradiction("no named corridor is by the modes that --mode permits")
        }
      }
      kind = .corridors(chosen)
      inputs = [file]
    }
  }

  /// The flows as trips, with their places found; nil for corridors.
  func trips(_ analysis: Analysis) throws(CorridorKitError) -> [Trip]? {
    guard case .flows(let flows) = kind else { return nil }
    return try analysis.trips(flows)
  }

  /// Sends the demand over a network.
  ///
  /// - Parameters:
  ///   - model: How travellers spread over the ways between two places.
  ///   - threads: How many threads compute; 0 means one for each core.
  ///   - dropped: Crossings that a corridor shall not have as waypoints, by its id.
  func outcomes(
    _ analysis: Analysis, by model: RouteChoiceModel = .shortest, threads: Int = 1,
    dropping dropped: [String: [String]] = [:]
  ) throws(CorridorKitError) -> Result {
    switch kind {
    case .corridors(let definitions):
      let corridors = try CorridorAnalysis(
        definitions, analysis: analysis, by: model, threads: threads, dropping: dropped)
      return Result(
        trips: corridors.trips, outcomes: corridors.tripOutcomes, summaries: corridors.summaries,
        cutOff: corridors.cutOff, corridors: corridors, warnings: corridors.warnings)
    case .flows(let flows):
      let trips = try analysis.trips(flows)
      var result = Result(trips: trips, outcomes: [], summaries: [], cutOff: [])
      if model == .shortest {
        result.outcomes = try analysis.outcomes(of: trips)
      } else {
        let routed = try analysis.routed(trips, by: model, threads: threads)
        (result.outcomes, result.warnings) = (routed.outcomes, routed.warnings)
      }
      for (trip, outcome) in zip(trips, result.outcomes) {
        switch outcome {
        case .connected(let exposure):
          result.summaries.append(TripSummary(trip, exposure: exposure, analysis: analysis))
        case .disconnected(let reason):
          result.cutOff.append(
            CutOffSummary(
              id: trip.id, from: trip.origin, to: trip.destination, mass: trip.mass,
              reason: reason, analysis: analysis))
        }
      }
      return result
    }
  }
}
