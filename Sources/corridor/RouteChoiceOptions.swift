import ArgumentParser
import CorridorKit
import TransportGraph

/// How travellers spread over the ways between two places.
struct RouteChoiceOptions: ParsableArguments {
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case shortest, psl, stoch
  }

  enum Source: String, CaseIterable, ExpressibleByArgument {
    case penalty
    case kShortest = "k-shortest"
    case viaNode = "via-node"
  }

  enum Passes: String, CaseIterable, ExpressibleByArgument {
    case one, two
  }

  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "Route choice: shortest (all or nothing), psl (path-size logit over alternatives) or stoch (Dial's logit over all efficient ways).",
      valueName: "model"))
  var kind: Kind = .shortest

  @Option(
    help: ArgumentHelp(
      "How sharply cheaper ways are preferred, 0 or more: the log-odds per hour of travel time, or per 100 km under a profile that measures distance. (default: 1)",
      valueName: "per hour"))
  var theta: Double?

  @Option(
    help: ArgumentHelp(
      "psl: how much overlap counts against a way, 0 (not at all) or more. (default: 1)",
      valueName: "number"))
  var beta: Double?

  @Option(
    help: ArgumentHelp(
      "psl: how many alternatives at most, the best way included, 1 to \(highestCount). (default: 10)",
      valueName: "count"))
  var k: Int?

  @Option(
    help: ArgumentHelp(
      "psl: how alternatives are found: penalty, k-shortest or via-node. (default: penalty)",
      valueName: "source"))
  var alternatives: Source?

  @Option(
    help: ArgumentHelp(
      "psl by penalty: what each use makes a link dearer by, above 1, at most 10. (default: 1.4)",
      valueName: "factor"))
  var penaltyFactor: Double?

  @Option(
    help: ArgumentHelp(
      "psl: no alternative costs more than the best way times this, 1 or more. (default: 1.5)",
      valueName: "factor"))
  var maxStretch: Double?

  @Option(
    help: ArgumentHelp(
      "psl: no two alternatives share more than this of the cheaper one, 0 to 1; 1 for any. (default: 0.8)",
      valueName: "share"))
  var maxOverlap: Double?

  @Option(
    help: ArgumentHelp(
      "stoch: a link is efficient if it leads away from the origin (one) or also towards the destination (two). (default: one)",
      valueName: "passes"))
  var stochPasses: Passes?

  private static let highestCount = 100

  func validate() throws {
    try refuseUnused()
    try require("--theta", theta, "a number from 0") { $0 >= 0 }
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
    let parameters: [(name: String, isGiven: Bool, models: [Kind])] = [
      ("--theta", theta != nil, [.psl, .stoch]), ("--beta", beta != nil, [.psl]),
      ("--k", k != nil, [.psl]), ("--alternatives", alternatives != nil, [.psl]),
      ("--penalty-factor", penaltyFactor != nil, [.psl]),
      ("--max-stretch", maxStretch != nil, [.psl]), ("--max-overlap", maxOverlap != nil, [.psl]),
      ("--stoch-passes", stochPasses != nil, [.stoch]),
    ]
    for parameter in parameters where parameter.isGiven && !parameter.models.contains(kind) {
      let names = parameter.models.map(\.rawValue).joined(separator: " or ")
      throw ValidationError(
        "\(parameter.name) goes with --model \(names); the model is \(kind.rawValue).")
    }
    if penaltyFactor != nil, let alternatives, alternatives != .penalty {
      throw ValidationError("--penalty-factor goes with --alternatives penalty.")
    }
  }

  private func require(
    _ name: String, _ value: Double?, _ expected: String, _ isAllowed: (Double) -> Bool
  ) throws {
    guard let value, !value.isFinite || !isAllowed(value) else { return }
    throw ValidationError("\(name) is \(value); expected \(expected).")
  }

  /// The model that the options make.
  func model() -> RouteChoiceModel {
    switch kind {
    case .shortest: .shortest
    case .psl: .pathSizeLogit(pathSizeLogit)
    case .stoch:
      .stoch(
        DialLogit(
          theta: theta ?? DialLogit().theta, passes: stochPasses == .two ? .double : .single))
    }
  }

  private var pathSizeLogit: PathSizeLogit {
    let standard = PathSizeLogit()
    let limits = AlternativeLimits(
      count: k ?? standard.limits.count,
      maximumStretch: maxStretch ?? standard.limits.maximumStretch,
      maximumOverlap: maxOverlap ?? standard.limits.maximumOverlap)
    let source: AlternativeMethod =
      switch alternatives ?? .penalty {
      // A fifth more rounds than alternatives are wanted, as by default.
      case .penalty:
        .penalty(
          factor: penaltyFactor ?? 1.4, rounds: min(100, max(12, min(100, limits.count) * 6 / 5)))
      case .kShortest: .kShortest
      case .viaNode: .viaNode()
      }
    return PathSizeLogit(
      theta: theta ?? standard.theta, beta: beta ?? standard.beta, source: source, limits: limits)
  }

  /// What was asked for and what holds by default, for the manifest; nothing under all-or-nothing, as
  /// without a model.
  var settings: [String: String] {
    switch model() {
    case .shortest: [:]
    case .pathSizeLogit(let logit):
      [
        "model": "psl", "theta": "\(logit.theta)", "beta": "\(logit.beta)",
        "k": "\(logit.limits.count)", "max_stretch": "\(logit.limits.maximumStretch)",
        "max_overlap": "\(logit.limits.maximumOverlap)",
      ].merging(Self.settings(of: logit.source)) { $1 }
    case .stoch(let logit):
      ["model": "stoch", "theta": "\(logit.theta)", "stoch_passes": (stochPasses ?? .one).rawValue]
    }
  }

  private static func settings(of source: AlternativeMethod) -> [String: String] {
    switch source {
    case .kShortest: ["alternatives": Source.kShortest.rawValue]
    case .penalty(let factor, let rounds):
      [
        "alternatives": Source.penalty.rawValue, "penalty_factor": "\(factor)",
        "penalty_rounds": "\(rounds)",
      ]
    case .viaNode(let localOptimality):
      ["alternatives": Source.viaNode.rawValue, "local_optimality": "\(localOptimality)"]
    }
  }
}
