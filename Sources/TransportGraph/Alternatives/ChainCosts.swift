/// What the chains of a network cost in one view, and how much dearer each use makes them.
struct ChainCosts: Sendable {
  /// What a stretch of a chain costs.
  struct Stretch: Sendable {
    /// The impedance along the chain and against it; `closed` where no open way leads.
    var along: UInt64 = 0
    var against: UInt64 = 0
    /// What each use adds, in both directions.
    var surcharge: UInt64 = 0
  }

  static let closed = UInt64.max

  let graph: JunctionGraph
  /// By code: `2 * chain` along it, one more against it.
  private(set) var impedances: [UInt64] = []
  /// By chain.
  private(set) var surcharges: [UInt64] = []
  let factor: Double

  /// - Parameter factor: Each use of a link adds this less 1 times its impedance.
  /// - Complexity: O(links).
  init(_ view: GraphView, factor: Double) {
    precondition(factor > 1 && factor <= 10, "a factor above 1, at most 10")
    graph = view.graph.junctionGraph.value { JunctionGraph(view.graph) }
    self.factor = factor
    impedances.reserveCapacity(2 * graph.chainCount)
    surcharges.reserveCapacity(graph.chainCount)
    for chain in 0..<graph.chainCount {
      let whole = stretch(graph.firstArc[chain]..<graph.firstArc[chain + 1], in: view)
      impedances.append(whole.along)
      impedances.append(whole.against)
      surcharges.append(whole.surcharge)
    }
  }

  /// - Parameter slots: Places of arcs of one chain.
  func stretch(_ slots: Range<Int>, in view: GraphView) -> Stretch {
    var stretch = Stretch()
    for slot in slots {
      let arc = graph.arcs[slot]
      let link = arc.arc.link
      if view.isClosed(link) { return Stretch(along: Self.closed, against: Self.closed) }
      let impedance = view.impedance(of: link)
      let isClosed = (
        along: graph.isOneWay[slot] && !arc.isForward,
        against: graph.isOneWay[slot] && arc.isForward
      )
      stretch.along =
        isClosed.along || stretch.along == Self.closed ? Self.closed : stretch.along + impedance
      stretch.against =
        isClosed.against || stretch.against == Self.closed
        ? Self.closed : stretch.against + impedance
      // A whole number, as impedances are, rounded up so that every use counts.
      stretch.surcharge += UInt64(((factor - 1) * Double(impedance)).rounded(.up))
    }
    return stretch
  }
}
