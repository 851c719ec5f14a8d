public import TransportGraph

/// The flows of a gravity model on a network.
public struct GravityDemand: Sendable {
  /// Why a pair gets nothing, whatever its push and pull.
  public enum StructuralZero: String, Sendable, CaseIterable, Encodable {
    /// It begins and ends in one zone.
    case sameZone = "same_zone"
    /// Its two places stand at one node.
    case sameNode = "same_node"
    /// It stays within a country, and only others are asked for.
    case domestic
    /// It crosses a border, and only others are asked for.
    case crossBorder = "cross_border"
    /// The country of one of its places is not known, and the kind of pair matters.
    case unknownCountry = "unknown_country"
    /// It is longer than the limit.
    case tooFar = "too_far"
    /// The destination is not among the nearest of the origin.
    case notNearest = "not_nearest"
    /// No way leads from one to the other.
    case unreachable
  }

  /// One pair with a flow.
  public struct Pair: Sendable, Hashable {
    /// An index in ``GravityDemand/origins``.
    public var origin: Int
    /// An index in ``GravityDemand/destinations``.
    public var destination: Int
    /// How much.
    public var mass: Double
    /// Hours, or 100 km under a profile that measures distance.
    public var cost: Double
  }

  /// What was asked for.
  public let specification: GravitySpecification
  /// Where flows may begin.
  public let origins: [DemandZone]
  /// Where flows may end.
  public let destinations: [DemandZone]
  /// What each origin sends, as the formula says; of use only in relation to the others.
  public let push: [Double]
  /// What each destination attracts, as the formula says.
  public let pull: [Double]
  /// By origin and destination; nil for a structural zero.
  public let costs: [[Double?]]
  /// How many pairs are zero for which reason.
  public let structuralZeros: [StructuralZero: Int]
  /// The pairs without a way, as origin and destination, and the reason.
  public let unreachable: [(origin: Int, destination: Int, reason: Unreachable)]
  /// Flows, residuals and iterations; before the way back, where flows go both ways.
  public let flows: GravityFlows
  /// Places of a selection that lie off the network, or whose nearest node lies abroad.
  public let leftOut: [String]
  /// Of each variable of the model's file, the places that values are for and that are no zone.
  public let unusedValues: [String: [String]]
  /// The mass that stays within a country.
  public let domesticMass: Double
  /// The mass that crosses a border.
  public let crossBorderMass: Double

  /// The pairs with a flow, by origin and destination.
  public var pairs: [Pair] {
    var pairs: [Pair] = []
    for (row, flows) in flows.balanced.cells.enumerated() {
      for (column, mass) in flows.enumerated() where mass > 0 {
        pairs.append(
          Pair(origin: row, destination: column, mass: mass, cost: costs[row][column] ?? 0))
      }
    }
    return pairs
  }

  /// The flows as rows of a table; where they go both ways, half of each goes back.
  public var table: [OriginDestination] {
    let share = specification.goesBothWays ? 0.5 : 1
    let there = pairs.map {
      OriginDestination(
        origin: origins[$0.origin].text, destination: destinations[$0.destination].text,
        mass: $0.mass * share, layer: specification.layer)
    }
    guard specification.goesBothWays else { return there }
    let back = there.map {
      OriginDestination(
        origin: $0.destination, destination: $0.origin, mass: $0.mass, layer: $0.layer)
    }
    return OriginDestination.addingUp(there + back)
  }

  /// Distributes the flows.
  ///
  /// - Parameters:
  ///   - specification: The model.
  ///   - analysis: The network whose least costs c_ij are.
  ///   - threads: Threads of the many-to-many query; 0 for one a core. The result does not depend on it.
  /// - Throws: ``CorridorKitError/mismatch(_:)`` for margins that cannot be met and formulas without a
  ///   value, with the names of the places; ``CorridorKitError/located(_:_:)`` for unknown places.
  /// - Complexity: one many-to-many query, then O(pairs) an iteration of the balancing.
  public init(
    _ specification: GravitySpecification, on analysis: Analysis, threads: Int = 0
  ) throws(CorridorKitError) {
    var finder = try ZoneFinder(analysis)
    let origins = try finder.zones(specification.origins)
    let destinations = try finder.zones(specification.destinations)
    let pairs = try PairCosts(
      specification, origins: origins, destinations: destinations, analysis: analysis,
      threads: threads)
    let push = try specification.values(of: specification.push, at: origins)
    let pull = try specification.values(of: specification.pull, at: destinations)
    let isDomestic = origins.map { origin in
      destinations.map { origin.country != nil && origin.country == $0.country }
    }
    var model = GravityModel(push: push, pull: pull, costs: pairs.costs)
    model.deterrence = specification.deterrence
    model.constraint = specification.constraint
    model.total = specification.total
    model.domestic = specification.domesticShare.map { (isDomestic, $0) }
    model.tolerance = specification.tolerance
    model.maximumIterations = specification.maximumIterations
    do {
      flows = try model.flows()
    } catch {
      let text =
        switch error {
        case .emptyClass(let number, _):
          "no pair \(number == 0 ? "within a country" : "across a border") may get a flow, and "
            + "domestic_share asks for some"
        default:
          error.description(row: { origins[$0].name }, column: { destinations[$0].name })
        }
      throw .mismatch("\(specification.location): \(text)")
    }
    guard flows.meanCost != nil else {
      throw .mismatch(
        "\(specification.location): no pair gets a flow; expected pushes and pulls above 0 and a way"
      )
    }
    self.specification = specification
    self.origins = origins
    self.destinations = destinations
    self.push = push
    self.pull = pull
    costs = pairs.costs
    structuralZeros = pairs.zeros
    unreachable = pairs.unreachable
    leftOut = finder.leftOut
    unusedValues = specification.unusedValues(origins + destinations)
    var (domestic, crossBorder) = (0.0, 0.0)
    for (row, kinds) in zip(flows.balanced.cells, isDomestic) {
      for (mass, isDomestic) in zip(row, kinds) {
        if isDomestic { domestic += mass } else { crossBorder += mass }
      }
    }
    domesticMass = domestic
    crossBorderMass = crossBorder
  }
}

/// What the pairs of two lists of zones cost, and which of them get nothing.
private struct PairCosts {
  var costs: [[Double?]]
  var zeros: [GravityDemand.StructuralZero: Int] = [:]
  var unreachable: [(origin: Int, destination: Int, reason: Unreachable)] = []

  init(
    _ specification: GravitySpecification, origins: [DemandZone], destinations: [DemandZone],
    analysis: Analysis, threads: Int
  ) throws(CorridorKitError) {
    let matrix = try analysis.metric().impedances(
      from: origins.map(\.place.node), to: destinations.map(\.place.node), threads: threads)
    // Milliseconds to hours, or millimetres to hundreds of kilometres.
    let unit = analysis.profile.measure == .time ? 3_600_000.0 : 100_000_000.0
    costs = origins.map { _ in destinations.map { _ in nil } }
    var cutOff: [(origin: Int, destination: Int)] = []
    for (row, origin) in origins.enumerated() {
      for (column, destination) in destinations.enumerated() {
        let impedance = matrix[row, column]
        if let zero = Self.zero(origin, destination, specification.pairs) {
          zeros[zero, default: 0] += 1
        } else if let impedance {
          let cost = Double(impedance) / unit
          if let limit = specification.costLimit, cost > limit {
            zeros[.tooFar, default: 0] += 1
          } else {
            costs[row][column] = cost
          }
        } else {
          zeros[.unreachable, default: 0] += 1
          cutOff.append((row, column))
        }
      }
      if let nearest = specification.nearest { keepNearest(nearest, of: row) }
    }
    let outcomes = try analysis.outcomes(
      of: cutOff.map {
        Trip(
          id: "", origin: origins[$0.origin].place, destination: destinations[$0.destination].place,
          mass: 1)
      })
    for (pair, outcome) in zip(cutOff, outcomes) {
      if case .disconnected(let reason) = outcome {
        unreachable.append((pair.origin, pair.destination, reason))
      }
    }
  }

  private static func zero(
    _ origin: DemandZone, _ destination: DemandZone, _ kind: GravitySpecification.PairKind
  ) -> GravityDemand.StructuralZero? {
    if origin.id == destination.id { return .sameZone }
    if origin.place.node == destination.place.node { return .sameNode }
    guard kind != .all else { return nil }
    guard let from = origin.country, let to = destination.country else { return .unknownCountry }
    if from == to { return kind == .crossBorder ? .domestic : nil }
    return kind == .domestic ? .crossBorder : nil
  }

  private mutating func keepNearest(_ count: Int, of row: Int) {
    let known = costs[row].indices.compactMap { column in
      costs[row][column].map { (cost: $0, column: column) }
    }.sorted { ($0.cost, $0.column) < ($1.cost, $1.column) }
    for (_, column) in known.dropFirst(count) {
      costs[row][column] = nil
      zeros[.notNearest, default: 0] += 1
    }
  }
}

extension GravitySpecification {
  /// The values of a formula at zones.
  fileprivate func values(
    of placed: PlacedFormula, at zones: [DemandZone]
  ) throws(CorridorKitError) -> [Double] {
    var missing: [(variable: String, zone: String)] = []
    var values: [Double] = []
    for zone in zones {
      var known: [String: Double] = [:]
      for name in placed.formula.variables {
        if let value = value(of: name, at: zone) {
          known[name] = value
        } else {
          missing.append((name, zone.name))
        }
      }
      guard missing.isEmpty else { continue }
      let value: Double
      do {
        value = try placed.formula.value(known)
      } catch {
        throw .mismatch("\(placed.location): at \(zone.name), \(error)")
      }
      guard value >= 0 else {
        throw .mismatch("\(placed.location): at \(zone.name) it is \(value); expected 0 or more")
      }
      values.append(value)
    }
    guard let first = missing.first else { return values }
    let names = missing.filter { $0.variable == first.variable }.map(\.zone)
    throw .mismatch(
      "\(placed.location): no value of \(first.variable) for "
        + names.prefix(5).joined(separator: ", ")
        + (names.count > 5 ? " and \(names.count - 5) more" : "")
        + "; expected one for the place, its province or its country, or a default")
  }

  private func value(of name: String, at zone: DemandZone) -> Double? {
    guard let variable = variables[name] else { return zone.population }
    return Self.keys(of: zone).lazy.compactMap { variable.values[$0] }.first ?? variable.standIn
  }

  /// What a value may call a zone, the nearest first.
  private static func keys(of zone: DemandZone) -> [String] {
    [zone.id, zone.text, zone.name, zone.province, zone.country].compactMap { $0 }
  }

  /// The values of the model's own file that are of no zone, by variable: where a default stands in, a
  /// misspelt place would not show.
  fileprivate func unusedValues(_ zones: [DemandZone]) -> [String: [String]] {
    let keys = Set(zones.flatMap(Self.keys))
    return variables.filter(\.value.isStated).mapValues {
      $0.values.keys.filter { !keys.contains($0) }.sorted()
    }.filter { !$0.value.isEmpty }
  }
}
