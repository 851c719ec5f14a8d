import ArgumentParser
import CorridorKit
import TransportGraph

/// How travellers spread over the ways between two places.
struct RouteChoiceOptions: ParsableArguments {
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case shortest, psl, stoch, rl
  }

  enum Source: String, CaseIterable, ExpressibleByArgument {
    case penalty
    case kShortest = "k-shortest"
    case viaNode = "via-node"
  }

  enum Passes: String, CaseIterable, ExpressibleByArgument {
    case one, two
  }

  /// The links that a recursive logit's walks may use.
  enum WalkedLinks: String, CaseIterable, ExpressibleByArgument {
    case all, alternatives
  }

  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "Route choice: shortest (all or nothing), psl (path-size logit over alternatives), stoch (Dial's logit over all efficient ways) or rl (recursive logit, chosen link by link). (default: psl for a pair, a table of flows and layers of demand; shortest for named corridors, each of which is one way, and for route)",
      valueName: "model"))
  var kind: Kind?

  @Option(
    help: ArgumentHelp(
      "How sharply cheaper ways are preferred, 0 to 1e9: the log-odds per hour of travel time, or per 100 km under a profile that measures distance. (default: 1)",
      valueName: "per hour"))
  var theta: Double?

  @Option(
    help: ArgumentHelp(
      "psl: how much overlap counts against a way, 0 (not at all) or more. (default: 1)",
      valueName: "number"))
  var beta: Double?

  @Option(
    help: ArgumentHelp(
      "psl, rl over alternatives: how many at most, the best way included, 1 to \(highestCount). (default: 10)",
      valueName: "count"))
  var k: Int?

  @Option(
    help: ArgumentHelp(
      "psl, rl over alternatives: how they are found: penalty, k-shortest or via-node. (default: penalty)",
      valueName: "source"))
  var alternatives: Source?

  @Option(
    help: ArgumentHelp(
      "psl, rl by penalty: what each use makes a link dearer by, above 1, at most 10. (default: 1.4)",
      valueName: "factor"))
  var penaltyFactor: Double?

  @Option(
    help: ArgumentHelp(
      "psl, rl over alternatives: none costs more than the best way times this, 1 or more. (default: 1.5)",
      valueName: "factor"))
  var maxStretch: Double?

  @Option(
    help: ArgumentHelp(
      "psl, rl over alternatives: no two share more than this of the cheaper one, 0 to 1; 1 for any. (default: 0.8)",
      valueName: "share"))
  var maxOverlap: Double?

  @Option(
    help: ArgumentHelp(
      "stoch: a link is efficient if it leads away from the origin (one) or also towards the destination (two). (default: one)",
      valueName: "passes"))
  var stochPasses: Passes?

  @Option(
    help: ArgumentHelp(
      "rl: the links that walks may use: all, or only those of alternatives, as takes a network with many short links. (default: all)",
      valueName: "links"))
  var rlLinks: WalkedLinks?

  @Flag(help: "rl: one may turn round at every node, as in most textbooks; else nobody does.")
  var rlTurns = false

  private static let highestCount = 100
  /// A millisecond then counts for odds of e^278, all or nothing in effect; the odds of a recursive logit
  /// leave the range of numbers at some 1e300, and travellers vanish.
  static let highestTheta = 1e9

  func validate() throws {
    try refuseUnused()
    if kind == .rl {
      try require("--theta", theta, "a number above 0 for rl, at most 1e9") {
        $0 > 0 && $0 <= Self.highestTheta
      }
    } else {
      try require("--theta", theta, "a number from 0 to 1e9") { $0 >= 0 && $0 <= Self.highestTheta }
    }
    try require("--beta", beta, "a number from 0") { $0 >= 0 }
    try require("--penalty-factor", penaltyFactor, "a number above 1, at most 10") {
      $0 > 1 && $0 <= 10
    }
    try require("--max-stretch", maxStretch, "a number from 1") { $0 >= 1 }
    try require("--max-overlap", maxOverlap, "a share from 0 to 1") { (0...1).contains($0) }
    if let k, !(1...Self.highestCount).contains(k) {
      throw ValidationError("--k is \(k); expected a whole number from 1 to \(Self.highestCount).")
    }
  }

  /// A parameter that the model does not have would be ignored in silence.
  private func refuseUnused() throws {
    let kind = kind ?? .psl
    for parameter in parameters where parameter.isGiven && !parameter.models.contains(kind) {
      let names = parameter.models.map(\.rawValue).joined(separator: " or ")
      throw ValidationError(
        "\(parameter.name) goes with --model \(names); the model is \(kind.rawValue).")
    }
    let ofAlternatives = parameters.first { $0.isGiven && $0.models == [.psl, .rl] }
    if kind == .rl && rlLinks != .alternatives, let ofAlternatives {
      throw ValidationError("\(ofAlternatives.name) goes with --rl-links alternatives.")
    }
    if penaltyFactor != nil, let alternatives, alternatives != .penalty {
      throw ValidationError("--penalty-factor goes with --alternatives penalty.")
    }
  }

  /// The parameters, whether they are given, and the models that have them.
  private var parameters: [(name: String, isGiven: Bool, models: [Kind])] {
    [
      ("--theta", theta != nil, [.psl, .stoch, .rl]), ("--beta", beta != nil, [.psl]),
      ("--k", k != nil, [.psl, .rl]),
      ("--alternatives", alternatives != nil, [.psl, .rl]),
      ("--penalty-factor", penaltyFactor != nil, [.psl, .rl]),
      ("--max-stretch", maxStretch != nil, [.psl, .rl]),
      ("--max-overlap", maxOverlap != nil, [.psl, .rl]),
      ("--stoch-passes", stochPasses != nil, [.stoch]), ("--rl-links", rlLinks != nil, [.rl]),
      ("--rl-turns", rlTurns, [.rl]),
    ]
  }

  /// Whether a model or a parameter of one is named.
  var isAsked: Bool { kind != nil || parameters.contains(where: \.isGiven) }

  /// The same with the model that holds where none is named: that whose parameters are given, else a
  /// path-size logit for what travels between places, and all or nothing for named corridors.
  ///
  /// - Parameter asksForTheta: Whether the command varies θ.
  func settled(for demand: DemandOptions, asksForTheta: Bool = false) -> RouteChoiceOptions {
    var settled = self
    settled.kind = kind ?? (asksForTheta || demand.asksForFlows || isAsked ? .psl : .shortest)
    return settled
  }

  private func require(
    _ name: String, _ value: Double?, _ expected: String, _ isAllowed: (Double) -> Bool
  ) throws {
    guard let value, !value.isFinite || !isAllowed(value) else { return }
    throw ValidationError("\(name) is \(value); expected \(expected).")
  }

  /// The model that the options make.
  func model() -> RouteChoiceModel { model(theta: theta) }

  /// The same with another θ; nil for its default.
  func model(theta: Double?) -> RouteChoiceModel {
    switch kind ?? .psl {
    case .shortest: .shortest
    case .psl: .pathSizeLogit(pathSizeLogit(theta: theta))
    case .stoch:
      .stoch(
        DialLogit(
          theta: theta ?? DialLogit().theta, passes: stochPasses == .two ? .double : .single))
    case .rl:
      .recursiveLogit(
        RecursiveLogit(
          theta: theta ?? RecursiveLogit().theta, states: rlTurns ? .nodes : .links,
          network: rlLinks == .alternatives ? .alternatives(source, limits) : .whole))
    }
  }

  private func pathSizeLogit(theta: Double?) -> PathSizeLogit {
    let standard = PathSizeLogit()
    return PathSizeLogit(
      theta: theta ?? standard.theta, beta: beta ?? standard.beta, source: source, limits: limits)
  }

  private var limits: AlternativeLimits {
    let standard = PathSizeLogit().limits
    return AlternativeLimits(
      count: k ?? standard.count, maximumStretch: maxStretch ?? standard.maximumStretch,
      maximumOverlap: maxOverlap ?? standard.maximumOverlap)
  }

  private var source: AlternativeMethod {
    switch alternatives ?? .penalty {
    // A fifth more rounds than alternatives are wanted, as by default.
    case .penalty:
      .penalty(factor: penaltyFactor ?? 1.4, rounds: min(100, max(12, limits.count * 6 / 5)))
    case .kShortest: .kShortest
    case .viaNode: .viaNode()
    }
  }

  /// What was asked for and what holds by default, for the manifest.
  var settings: [String: String] {
    switch model() {
    case .shortest: ["model": "shortest"]
    case .pathSizeLogit(let logit):
      ["model": "psl", "theta": "\(logit.theta)", "beta": "\(logit.beta)"]
        .merging(Self.settings(of: logit.source, logit.limits)) { $1 }
    case .stoch(let logit):
      ["model": "stoch", "theta": "\(logit.theta)", "stoch_passes": (stochPasses ?? .one).rawValue]
    case .recursiveLogit(let logit):
      [
        "model": "rl", "theta": "\(logit.theta)", "rl_links": (rlLinks ?? .all).rawValue,
        "rl_states": logit.states.rawValue,
      ].merging(Self.settings(of: logit.network)) { $1 }
    }
  }

  private static func settings(of network: RecursiveLogit.Network) -> [String: String] {
    switch network {
    case .whole: [:]
    case .alternatives(let source, let limits): settings(of: source, limits)
    }
  }

  private static func settings(
    of source: AlternativeMethod, _ limits: AlternativeLimits
  ) -> [String: String] {
    let limits = [
      "k": "\(limits.count)", "max_stretch": "\(limits.maximumStretch)",
      "max_overlap": "\(limits.maximumOverlap)",
    ]
    let source =
      switch source {
      case .kShortest: ["alternatives": Source.kShortest.rawValue]
      case .penalty(let factor, let rounds):
        [
          "alternatives": Source.penalty.rawValue, "penalty_factor": "\(factor)",
          "penalty_rounds": "\(rounds)",
        ]
      case .viaNode(let localOptimality):
        [
          "alternatives": Source.viaNode.rawValue, "local_optimality": "\(localOptimality)",
        ]
      }
    return limits.merging(source) { $1 }
  }
}

/// A command that sends a demand by a model of route choice.
protocol RouteChoosing {
  var demand: DemandOptions { get }
  var choice: RouteChoiceOptions { get }
}

extension RouteChoosing {
  /// The model of route choice that holds for the demand.
  var settledChoice: RouteChoiceOptions { choice.settled(for: demand) }
}
