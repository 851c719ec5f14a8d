/// How alternatives to the shortest route are found.
public enum AlternativeMethod: Hashable, Sendable {
  /// The shortest loopless routes one after the other, as ``HierarchyMetric/kShortestRoutes(from:to:count:maximumStretch:)``
  /// tells them; at most ten times as many are looked at as are wanted. On a road network most of them
  /// differ in a street or two, so that a limit to overlap leaves few.
  ///
  /// Source: J. Y. Yen (1971), Finding the k shortest loopless paths in a network, Management Science
  /// 17, 712–716.
  case kShortest

  /// The shortest route is found again and again, each time with the links used so far made dearer:
  /// a link used n times costs 1 + n (factor − 1) times its impedance. Limits are judged on the
  /// impedances of the view. It ends early after three rounds in a row of which no route is taken: each
  /// found one known already, one beyond the limits, or one too much like another.
  ///
  /// - `factor`: Above 1 and at most 10; 1.2 to 1.5 is common.
  /// - `rounds`: How many times at most, 1 … 100.
  ///
  /// Source: T. de la Barra, B. Pérez, J. Añez (1993), Multidimensional path search and assignment,
  /// 21st PTRC Summer Annual Meeting, 307–319; R. Bader, J. Dees, R. Geisberger, P. Sanders (2011),
  /// Alternative route graphs in road networks, TAPAS, LNCS 6595, 21–32.
  case penalty(factor: Double = 1.4, rounds: Int = 12)

  /// Routes that are shortest from the origin to some node and shortest from it to the destination.
  ///
  /// Nodes that lie on one plateau, a chain of arcs that both the tree of shortest routes from the
  /// origin and that to the destination hold, give the same route. Routes are taken in the order of
  /// 2 c + s − p: their impedance c, what they share with the shortest route s, their plateau p, all
  /// least first.
  ///
  /// - `localOptimality`: Every part of a route that costs at most this share of the shortest route is
  ///   itself a shortest route, so that no route takes a senseless detour; 0 … 1, 0 for any route.
  ///
  /// Source: I. Abraham, D. Delling, A. V. Goldberg, R. F. Werneck (2013), Alternative routes in road
  /// networks, ACM J. Exp. Algorithmics 18, 1.3, https://doi.org/10.1145/2444016.2444019; Cambridge
  /// Vehicle Information Technology (2005), Choice routing, for plateaus.
  case viaNode(localOptimality: Double = 0.25)
}

extension AlternativeMethod {
  /// How many of the shortest routes are looked at for each that is wanted.
  static let consideredPerRoute = 10
  /// After so many rounds in a row without a route that is taken the penalty method ends.
  static let fruitlessRounds = 3
}
