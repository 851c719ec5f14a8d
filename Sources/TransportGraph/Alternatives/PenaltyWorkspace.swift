/// The memory of searches for alternatives by penalties, used again and again from one origin.
///
/// What a search reads side by side lies side by side: a node's two costs, and the costs of the chains that
/// enter a junction, one after another.
final class PenaltyWorkspace {
  /// What is known of a node; unreached between searches.
  struct State {
    /// The least cost back to the destination with penalties.
    var behind = SearchSpace.unreached
    /// No way from the origin to the node costs less with penalties; unreached where not asked for yet.
    var bound = SearchSpace.unreached
  }

  let chains: ChainCosts
  /// By place among the neighbours of junctions: what the chain from there costs with penalties.
  let costs: UnsafeMutablePointer<UInt64>
  /// By junction, and beyond them the ends of a way inside a chain.
  let states: UnsafeMutablePointer<State>
  /// Whether a part of a divided chain ends at the node; false between searches.
  let hasStretch: UnsafeMutablePointer<Bool>
  /// Nodes whose cost behind is known, and those whose bound is.
  private(set) var reached: NodeList
  private(set) var bounded: NodeList
  private let heapMemory: UnsafeMutableRawPointer
  private let heapCapacity: Int
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
  init(_ chains: ChainCosts) {
    self.chains = chains
    let graph = chains.graph
    nodeCount = graph.rankOfJunction.count + Self.endCount
    costs = .allocate(capacity: chains.neighbourCosts.count)
    costs.initialize(from: chains.neighbourCosts, count: chains.neighbourCosts.count)
    states = .allocate(capacity: nodeCount)
    states.initialize(repeating: State(), count: nodeCount)
    hasStretch = .allocate(capacity: nodeCount)
    hasStretch.initialize(repeating: false, count: nodeCount)
    reached = NodeList(nodes: .allocate(capacity: nodeCount))
    bounded = NodeList(nodes: .allocate(capacity: nodeCount))
    // Each arc is looked at from one node, and lower bounds are consistent: it pushes once at most.
    heapCapacity = graph.neighbours.count + 2 * Self.stretchCount + 1
    heapMemory = .allocate(
      byteCount: heapCapacity * MemoryLayout<UInt128>.stride,
      alignment: MemoryLayout<UInt128>.alignment)
  }

  deinit {
    costs.deallocate()
    states.deallocate()
    hasStretch.deallocate()
    reached.nodes.deallocate()
    bounded.nodes.deallocate()
    heapMemory.deallocate()
  }

  /// An empty heap. One at a time.
  func heap<Key>(of type: Key.Type, rankBits: Int) -> SearchHeap<Key> {
    SearchHeap(
      memory: heapMemory.bindMemory(to: type, capacity: heapCapacity), rankBits: rankBits)
  }

  @inline(__always)
  func reach(_ node: Int, cost: UInt64) {
    if states[node].behind == SearchSpace.unreached {
      reached.nodes[reached.count] = UInt32(truncatingIfNeeded: node)
      reached.count &+= 1
    }
    states[node].behind = cost
  }

  @inline(__always)
  func bound(_ node: Int, cost: UInt64) {
    if states[node].bound == SearchSpace.unreached {
      bounded.nodes[bounded.count] = UInt32(truncatingIfNeeded: node)
      bounded.count &+= 1
    }
    states[node].bound = cost
  }

  /// Makes every node unreached again.
  func clearReached() {
    for index in 0..<reached.count {
      states[Int(reached.nodes[index])].behind = SearchSpace.unreached
    }
    reached.count = 0
  }

  func clearBounds() {
    for index in 0..<bounded.count {
      states[Int(bounded.nodes[index])].bound = SearchSpace.unreached
    }
    bounded.count = 0
  }

  /// Gives chains what they cost without penalties.
  func restore(_ chain: Int) {
    for code in (2 * chain)...(2 * chain + 1) {
      if let place = chains.graph.placeOfCode(code) { costs[place] = chains.impedances[code] }
    }
  }
}
