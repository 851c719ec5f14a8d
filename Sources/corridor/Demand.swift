import CorridorKit
import TransportGraph

/// What travels: named corridors, one pair, a table of flows, or layers of demand.
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
  /// A sentence on the demand for every result that stands on it; nil where nothing need be said.
  let remark: String?
  /// The layers that are sent, in the order asked for; none where the demand is something else.
  let layers: [DemandLayer]

  /// - Parameters:
  ///   - options: What is asked for; nil for all named corridors.
  ///   - session: The data and the permitted modes.
  ///   - tellsKindsApart: Whether the command tells each kind of demand by itself, as ``byKind`` does,
  ///     so that persons and drugs may be asked for at once.
  /// - Throws: ``CorridorKitError/contradiction(_:)`` when options exclude one another.
  init(
    _ options: DemandOptions?, session: Session, tellsKindsApart: Bool = false
  ) throws(CorridorKitError) {
    let corridors = options?.corridor ?? []
    let (from, to, od, layer) = (options?.from, options?.to, options?.od, options?.layer)
    try options?.check()
    let selection = try options?.selection(session)
    layers = selection?.layers ?? []
    let share = options?.domesticShare ?? selection?.domesticShare
    settings = [
      "corridor": corridors.isEmpty ? nil : corridors.joined(separator: ","), "from": from,
      "to": to, "od": od, "layer": layer,
      "demand": selection?.layers.map(\.id).joined(separator: ","),
      "domestic_share": share.map { "\($0)" },
      "mix_kinds": options?.mixKinds == true ? "true" : nil,
    ].compactMapValues { $0 }
    remark = selection?.remark(domesticShare: share)
    if let selection {
      let kinds = Set(selection.layers.map(\.kind))
      guard kinds.count == 1 || tellsKindsApart || options?.mixKinds == true else {
        throw .contradiction(
          "persons and drugs are not added up unasked (drug routes are not human routes): name "
            + "layers of one kind, such as --demand persons, or say --mix-kinds")
      }
      kind = .flows(try selection.flows(session, domesticShare: share))
      inputs = selection.layers.flatMap(\.inputs)
    } else if let od {
      let file = try InputFile(path: od)
      let all = try OriginDestination.read(file)
      var flows = all.filter { layer == nil || $0.layer == layer }
      guard !flows.isEmpty else {
        let known = Set(all.compactMap(\.layer)).sorted()
        throw .notExpected(
          kind: "layer", text: layer ?? "",
          expected: known.isEmpty ? ["no --layer, for the table has none"] : known)
      }
      if let share {
        flows = try session.analysis().forDemand().scaled(flows, toDomesticShare: share)
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

  private init(_ other: Demand, kind: DemandLayer.Kind) {
    layers = other.layers.filter { $0.kind == kind }
    inputs = other.inputs
    settings = other.settings
    remark = other.remark
    let ids = Set(layers.map(\.id))
    if case .flows(let flows) = other.kind {
      self.kind = .flows(flows.filter { $0.layer.map(ids.contains) ?? false })
    } else {
      self.kind = other.kind
    }
  }

  /// The demand of each kind by itself, with the kind's name; the whole where layers of one kind or no
  /// layers are sent.
  var byKind: [(kind: String?, demand: Demand)] {
    let kinds = DemandLayer.Kind.allCases.filter { kind in layers.contains { $0.kind == kind } }
    guard kinds.count > 1 else { return [(kinds.first?.rawValue, self)] }
    return kinds.map { ($0.rawValue, Demand(self, kind: $0)) }
  }

  /// The parts that a command tells one by one: the kinds, or the whole where they are added up.
  func told(mixing isMixed: Bool) -> [(kind: String?, demand: Demand)] {
    isMixed ? [(nil, self)] : byKind
  }

  /// The flows as trips, with their places found; nil for corridors.
  func trips(_ analysis: Analysis) throws(CorridorKitError) -> [Trip]? {
    guard case .flows(let flows) = kind else { return nil }
    return try analysis.trips(flows)
  }

  /// The named corridors; nil for flows.
  var corridors: [CorridorDefinition]? {
    if case .corridors(let definitions) = kind { definitions } else { nil }
  }

  /// The demand as draws of uncertain inputs take it: the mass of a single pair is no estimate.
  func travel(_ analysis: Analysis) throws(CorridorKitError) -> MonteCarlo.Travel {
    switch kind {
    case .corridors(let definitions): return .corridors(definitions)
    case .flows(let flows):
      let trips = try analysis.trips(flows)
      return settings["from"] == nil ? .flows(trips) : .trips(trips)
    }
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
