/// The memory of searches for alternatives by penalties, used again and again from one origin.
///
/// What a search reads side by side lies side by side: all that it asks of a node, and the chains that enter
/// a junction.
final class PenaltyWorkspace {
  /// A junction, or an end of a way inside a chain, and what is known of it; unreached between searches.
  struct Node {
    /// The least cost back to the destination with penalties.
    var behind = SearchSpace.unreached
    /// No way from the origin to the node costs less with penalties; unreached where not asked for yet.
    var bound = SearchSpace.unreached
    /// Its entrances are `entrances[firstEntrance ..< endEntrance]`.
    var firstEntrance: UInt32 = 0
    var endEntrance: UInt32 = 0
    /// Whether a part of a divided chain ends here; false between searches.
    var hasStretch = false
  }

  /// A chain that enters a junction from a neighbour.
  struct Entrance {
    /// What it costs with penalties.
    var cost: UInt64
    let neighbour: UInt32
    let code: UInt32
  }

  let chains: ChainCosts
  /// By rank, no more than it costs to get there from the origin; nil where the least costs are asked for
  /// one by one.
  let lowerBounds: [UInt64]?
  /// By place among the neighbours of junctions.
  let entrances: UnsafeMutablePointer<Entrance>
  /// By junction, and beyond them the ends of a way inside a chain.
  let nodes: UnsafeMutablePointer<Node>
  /// Nodes whose cost behind is known.
  private(set) var reached: NodeList
  /// By junction, its bound without penalties, from the origin itself; unreached where not asked for yet.
  private let originCosts: UnsafeMutablePointer<UInt64>
  /// Junctions of which that is known: it serves all destinations.
  private var known: NodeList
  private let heapEntries: UnsafeMutablePointer<RadixHeap.Entry>
  private let heapBuckets: UnsafeMutablePointer<UInt32>
  private let nodeCount: Int

  /// Nodes in the order in which they were noted.
  struct NodeList {
    let nodes: UnsafeMutablePointer<UInt32>
    var count = 0
  }

  /// An end of a way adds a node where it lies inside a chain.
  private static let endCount = 2
  /// Parts of divided chains: both ends may lie inside one chain or two.
  private static let stretchCount = 4

  /// - Complexity: O(links).
  init(_ chains: ChainCosts, lowerBounds: [UInt64]?) {
    self.chains = chains
    self.lowerBounds = lowerBounds
    let graph = chains.graph
    nodeCount = graph.rankOfJunction.count + Self.endCount
    entrances = .allocate(capacity: graph.neighbours.count)
    for (place, neighbour) in graph.neighbours.enumerated() {
      (entrances + place).initialize(
        to: Entrance(
          cost: chains.impedances[Int(neighbour.code)], neighbour: neighbour.junction,
          code: neighbour.code))
    }
    nodes = .allocate(capacity: nodeCount)
    nodes.initialize(repeating: Node(), count: nodeCount)
    for junction in graph.rankOfJunction.indices {
      nodes[junction].firstEntrance = UInt32(graph.first[junction])
      nodes[junction].endEntrance = UInt32(graph.first[junction + 1])
    }
    reached = NodeList(nodes: .allocate(capacity: nodeCount))
    known = NodeList(nodes: .allocate(capacity: nodeCount))
    originCosts = .allocate(capacity: nodeCount)
    originCosts.initialize(repeating: SearchSpace.unreached, count: nodeCount)
    // Each arc is looked at from one node, and lower bounds are consistent: it pushes once at most.
    heapEntries = .allocate(capacity: graph.neighbours.count + 2 * Self.stretchCount + 1)
    heapBuckets = .allocate(capacity: RadixHeap.bucketCount)
  }

  deinit {
    entrances.deallocate()
    nodes.deallocate()
    reached.nodes.deallocate()
    known.nodes.deallocate()
    originCosts.deallocate()
    heapEntries.deallocate()
    heapBuckets.deallocate()
  }

  /// An empty heap. One at a time.
  var heap: RadixHeap { RadixHeap(entries: heapEntries, buckets: heapBuckets) }

  @inline(__always)
  func reach(_ node: Int, cost: UInt64) {
    if nodes[node].behind == SearchSpace.unreached {
      reached.nodes[reached.count] = UInt32(truncatingIfNeeded: node)
      reached.count &+= 1
    }
    nodes[node].behind = cost
  }

  /// Notes a bound from the origin to a node, of which a part leads out of the origin's dead end.
  func bound(_ node: Int, cost: UInt64, lead: UInt64) {
    nodes[node].bound = cost - lead
    guard node < chains.graph.rankOfJunction.count, originCosts[node] == SearchSpace.unreached
    else { return }
    originCosts[node] = cost
    known.nodes[known.count] = UInt32(node)
    known.count += 1
  }

  /// Forgets what bounds have learnt, for another destination.
  func renewBounds(lead: UInt64) {
    for index in 0..<known.count {
      let node = Int(known.nodes[index])
      let cost = originCosts[node]
      nodes[node].bound = cost >= lead ? cost - lead : SearchSpace.unreached
    }
    for node in chains.graph.rankOfJunction.count..<nodeCount {
      nodes[node].bound = SearchSpace.unreached
    }
  }

  /// Makes every node unreached again, its bound raised to what the search has learnt.
  ///
  /// - Parameter best: The least cost of a way. From a settled node it takes at least that less the cost from
  ///   the node to the destination.
  func raiseBounds(best: UInt64) {
    for index in 0..<reached.count {
      let node = nodes + Int(reached.nodes[index])
      let after = node.pointee.behind
      if after + node.pointee.bound <= best { node.pointee.bound = best - after }
      node.pointee.behind = SearchSpace.unreached
    }
    reached.count = 0
  }

  /// Gives chains what they cost without penalties.
  func restore(_ chain: Int) {
    for code in (2 * chain)...(2 * chain + 1) {
      guard let place = chains.graph.placeOfCode(code) else { continue }
      entrances[place].cost = chains.impedances[code]
    }
  }
}
