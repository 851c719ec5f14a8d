/// A path-size logit over some alternatives: P_k ∝ exp(−θ c_k) PS_k^β.
///
/// The path size PS_k = Σ_{a∈k} (l_a / L_k) / N_a is the share of route k's length that is its own:
/// l_a the length of arc a, L_k that of the route, N_a how many alternatives use the arc. It is 1 for a
/// route that shares nothing, and 1/n for each of n routes that are the same but for links without
/// length. It takes from a plain logit (β = 0) that ways which differ in a few kilometres count as if
/// they were wholly different.
///
/// N_a counts arcs, a link in one direction: ways over parallel links, such as a railway beside a
/// road, share nothing, and neither do two ways that use a link in opposite directions, for no
/// traveller on one could join the other there. A route without any length has the path size 1.
///
/// Source: M. Ben-Akiva, M. Bierlaire (1999), Discrete choice methods and their applications to short
/// term travel decisions, Handbook of Transportation Science, 5–33,
/// https://doi.org/10.1007/978-1-4615-5203-1_2.
public struct PathSizeLogit: Hashable, Sendable {
  /// How sharply travellers prefer cheaper ways: the natural logarithm of the odds of two ways which
  /// differ by one unit of cost, per hour (per 100 km under a profile that measures distance); 0 or
  /// more, 0 for no preference.
  public var theta: Double
  /// How much overlap counts against a route; 0 or more, 0 for a plain logit.
  public var beta: Double
  /// How alternatives are found.
  public var source: AlternativeMethod
  /// Which alternatives are taken; `count` is the k of the model.
  public var limits: AlternativeLimits

  /// The defaults are assumptions, explained in `docs/decisions/0012-route-choice.md`.
  public init(
    theta: Double = 1, beta: Double = 1, source: AlternativeMethod = .penalty(),
    limits: AlternativeLimits = AlternativeLimits()
  ) {
    self.theta = theta
    self.beta = beta
    self.source = source
    self.limits = limits
  }

  func validate() throws(RouteChoiceError) {
    try RouteChoiceError.check("theta", theta)
    try RouteChoiceError.check("beta", beta)
    try source.validate()
  }
}

extension AlternativeMethod {
  func validate() throws(RouteChoiceError) {
    switch self {
    case .kShortest: break
    case .penalty(let factor, let rounds):
      guard factor > 1, factor <= 10 else {
        throw .badParameter("penalty factor", value: factor, expected: "above 1, at most 10")
      }
      guard (1...100).contains(rounds) else {
        throw .badParameter("penalty rounds", value: Double(rounds), expected: "1 to 100")
      }
    case .viaNode(let localOptimality):
      guard (0...1).contains(localOptimality) else {
        throw .badParameter("local optimality", value: localOptimality, expected: "0 to 1")
      }
    }
  }
}
