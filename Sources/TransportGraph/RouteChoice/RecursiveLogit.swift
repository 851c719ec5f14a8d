/// A recursive (Markovian) logit: at the end of each link a traveller chooses the next one, by its cost
/// and what may be expected beyond it.
///
/// From state a one goes on to b with probability P_ab = W_ab z_b / z_a, where W_ab = exp(−θ c_b) and
/// z = (I − W)⁻¹ e_d, e_d being 1 where the destination is reached. The probability of a walk is
/// proportional to exp(−θ c), over all walks to the destination, without any list of ways. Whoever
/// reaches the destination stays there.
///
/// The model exists only if the spectral radius of W is below 1: else walks in circles, of which there
/// are more the longer they are, outweigh everything. Then it is refused, with the radius and about the
/// least θ that would do. On networks with many short links that θ is high (the shipped network: about
/// 500 per hour, for there are thousands of junctions a few seconds apart), and what exists is next to the
/// shortest way. ``Network/alternatives(_:_:)`` is the form for such networks.
///
/// The values of ways are not corrected for what they share, as a path-size logit's are: where a way has
/// many small variants, they count one by one.
///
/// Source: M. Fosgerau, E. Frejinger, A. Karlström (2013), A link based network route choice model with
/// unrestricted choice set, Transportation Research Part B 56, 70–80,
/// https://doi.org/10.1016/j.trb.2013.07.012; T. Akamatsu (1996), Cyclic flows, Markov process and
/// stochastic traffic assignment, Transportation Research Part B 30, 369–386,
/// https://doi.org/10.1016/0191-2615(96)00003-3.
public struct RecursiveLogit: Hashable, Sendable {
  /// What a traveller remembers.
  public enum States: String, CaseIterable, Sendable {
    /// The link just used: going straight back along it is no choice. A link that is cut in two changes
    /// nothing.
    case links
    /// The node only: one may turn round at any time. The form of most textbooks.
    case nodes
  }

  /// The links that walks may use.
  public enum Network: Hashable, Sendable {
    /// All that are open.
    case whole
    /// Those of some alternatives of the pair, in the directions in which these use them. Walks may
    /// change from one alternative to another wherever they meet.
    case alternatives(AlternativeMethod, AlternativeLimits)
  }

  /// As ``PathSizeLogit/theta``, but above 0.
  public var theta: Double
  /// What a traveller remembers.
  public var states: States
  /// The links that walks may use.
  public var network: Network

  /// The defaults are assumptions, explained in `docs/decisions/0013-recursive-logit.md`.
  public init(theta: Double = 1, states: States = .links, network: Network = .whole) {
    self.theta = theta
    self.states = states
    self.network = network
  }

  func validate() throws(RouteChoiceError) {
    guard theta.isFinite, theta > 0 else {
      throw .badParameter("theta", value: theta, expected: "a number above 0")
    }
    if case .alternatives(let method, _) = network { try method.validate() }
  }
}
