import Foundation

/// Alternatives between two nodes, and how travellers spread over them.
public struct RouteShares: Hashable, Sendable {
  /// The alternatives.
  public let set: RouteSet
  /// The probability of each route, in the order of the set; they sum to 1.
  public let probabilities: [Double]
  /// The path size of each route, above 0 and at most 1.
  public let pathSizes: [Double]
  /// Links of which one must change for anything here to change, as long as links only become dearer or
  /// close; nil where any link may.
  let decidingLinks: [LinkID]?
  /// What the search came by, for ``KnownAlternatives/histories(_:bounds:)``; without ways under other
  /// methods than that of penalties.
  public let history: AlternativeHistory

  /// - Complexity: O(arcs of all routes).
  init(_ selection: AlternativeSelection, in view: GraphView, by model: PathSizeLogit) {
    let set = selection.set
    self.set = set
    decidingLinks = selection.decidingLinks
    history = selection.history
    pathSizes = Self.pathSizes(set, in: view)
    let costs = set.routes.map { view.choiceCost(of: $0) }
    let least = costs.min() ?? 0
    let utilities = zip(costs, pathSizes).map {
      model.beta * log($1) - model.theta * ($0 - least)
    }
    // The largest term is 1, so that neither it nor the sum leaves the range of a `Double`.
    let highest = utilities.max() ?? 0
    let terms = utilities.map { exp($0 - highest) }
    let sum = terms.reduce(0, +)
    probabilities = terms.map { $0 / sum }
  }

  private static func pathSizes(_ set: RouteSet, in view: GraphView) -> [Double] {
    let arcCount = 2 * view.graph.links.count
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: arcCount) { users in
      users.initialize(repeating: 0)
      func code(_ arc: Arc) -> Int {
        Int(ArcCode(link: arc.link.index, isForward: arc.isForward).rawValue)
      }
      for route in set.routes {
        for arc in route.arcs { users[code(arc)] += 1 }
      }
      return set.routes.map { route in
        guard route.lengthMeters > 0 else { return 1 }
        return route.arcs.reduce(0) { sum, arc in
          sum + view.graph.lengthMeters(of: arc.link) / Double(users[code(arc)])
        } / route.lengthMeters
      }
    }
  }
}

extension GraphView {
  /// What a route costs in the unit of θ, from times or lengths that are not rounded.
  func choiceCost(of route: Route) -> Double {
    switch profile.measure {
    case .time: route.travelTimeSeconds / 3600
    case .distance: route.lengthMeters / 100_000
    }
  }
}
