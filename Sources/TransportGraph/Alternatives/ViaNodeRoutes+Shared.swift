extension ViaNodeRoutes {
  /// What the routes by all nodes share with one route.
  struct Shared {
    let route: Route
    /// By rank, for near nodes: the cost of the arcs shared on the way to them and from them.
    private let ahead: [UInt64]
    private let behind: [UInt64]

    init(_ routes: ViaNodeRoutes, _ route: Route) {
      self.route = route
      let graph = routes.graph
      var isShared = [Bool](repeating: false, count: 2 * graph.links.count)
      for arc in route.arcs {
        isShared[Int(ArcCode(link: arc.link.index, isForward: arc.isForward).rawValue)] = true
      }
      /// Sums up along a tree; `next` is the node by which an arc leads nearer to the root.
      func sums(
        _ tree: [ArcCode?], _ costs: [UInt64], _ next: (ArcCode) -> UInt32
      ) -> [UInt64] {
        var sums = [UInt64](repeating: .max, count: costs.count)
        var path: [(node: Int, arc: ArcCode)] = []
        for start in routes.near {
          var node = start
          while sums[node] == .max {
            guard let arc = tree[node] else {
              sums[node] = 0
              break
            }
            path.append((node, arc))
            node = Int(next(arc))
          }
          while let (passed, arc) = path.popLast() {
            sums[passed] =
              sums[node] + (isShared[Int(arc.rawValue)] ? costs[passed] - costs[node] : 0)
            node = passed
          }
        }
        return sums
      }
      ahead = sums(routes.entering, routes.ahead) { graph.tailRank(of: $0) }
      behind = sums(routes.leaving, routes.behind) { graph.headRank(of: $0) }
    }

    func cost(by node: Int) -> UInt64 { ahead[node] + behind[node] }
  }
}
