/// Dial's STOCH: a logit over all efficient ways, P_k ∝ exp(−θ c_k), without listing them.
///
/// A way is efficient if each of its links leads away from the origin: r_i < r_j, r the least
/// impedance from the origin. With ``Passes/double`` each must lead towards the destination as well.
/// Over the graph of efficient links, which has no cycle, weights of nodes and shares of links follow
/// from the likelihoods L_ij = exp(θ (r_j − r_i − c_ij)).
///
/// Efficiency is judged on impedances, whole milliseconds (or millimetres) of at least 1: so a link of
/// a shortest way always leads away from the origin, even one that takes no time, and no shortest way is
/// cut. Two nodes of equal r are never joined by an efficient link, whatever the order of a file. Costs
/// c are not rounded; along a way the r add up to that of the destination, so that the probabilities of
/// ways are those of their true costs.
///
/// Source: R. B. Dial (1971), A probabilistic multipath traffic assignment model which obviates path
/// enumeration, Transportation Research 5, 83–111, https://doi.org/10.1016/0041-1647(71)90012-8.
public struct DialLogit: Hashable, Sendable {
  /// Which links are efficient.
  public enum Passes: String, CaseIterable, Sendable {
    /// Those that lead away from the origin.
    case single
    /// Those that also lead towards the destination.
    case double
  }

  /// As ``PathSizeLogit/theta``.
  public var theta: Double
  /// Which links are efficient.
  public var passes: Passes

  /// The defaults are assumptions, explained in `docs/decisions/0012-route-choice.md`.
  public init(theta: Double = 1, passes: Passes = .single) {
    self.theta = theta
    self.passes = passes
  }

  func validate() throws(RouteChoiceError) { try RouteChoiceError.check("theta", theta) }
}
