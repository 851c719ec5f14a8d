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
  /// By place among the neighbours of junctions.
  let entrances: UnsafeMutablePointer<Entrance>
  /// By junction, and beyond them the ends of a way inside a chain.
  let nodes: UnsafeMutablePointer<Node>
  /// Nodes whose cost behind is known, and those whose bound is.
  private(set) var reached: NodeList
  private(set) var bounded: NodeList
  private let heapMemory: UnsafeMutableRawPointer
  private let stackMemory: UnsafeMutablePointer<UInt32>
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
    entrances = .allocate(capacity: graph.neighbours.count)
    for (place, neighbour) in graph.neighbours.enumerated() {
      (entrances + place).initialize(
        to: Entrance(
          cost: chains.neighbourCosts[place], neighbour: neighbour.junction, code: neighbour.code))
    }
    nodes = .allocate(capacity: nodeCount)
    nodes.initialize(repeating: Node(), count: nodeCount)
    for junction in graph.rankOfJunction.indices {
      nodes[junction].firstEntrance = UInt32(graph.first[junction])
      nodes[junction].endEntrance = UInt32(graph.first[junction + 1])
    }
    reached = NodeList(nodes: .allocate(capacity: nodeCount))
    bounded = NodeList(nodes: .allocate(capacity: nodeCount))
    // Each arc is looked at from one node, and lower bounds are consistent: it pushes once at most.
    heapCapacity = graph.neighbours.count + 2 * Self.stretchCount + 1
    heapMemory = .allocate(
      byteCount: heapCapacity * MemoryLayout<UInt128>.stride,
      alignment: MemoryLayout<UInt128>.alignment)
    stackMemory = .allocate(capacity: nodeCount)
  }

  deinit {
    entrances.deallocate()
    nodes.deallocate()
    reached.nodes.deallocate()
    bounded.nodes.deallocate()
    heapMemory.deallocate()
    stackMemory.deallocate()
  }

  /// An empty queue. One at a time.
  func queue<Key>(of type: Key.Type, rankBits: Int) -> LevelQueue<Key> {
    LevelQueue(
      SearchHeap(
        memory: heapMemory.bindMemory(to: type, capacity: heapCapacity), rankBits: rankBits),
      stack: stackMemory)
  }

  @inline(__always)
  func reach(_ node: Int, cost: UInt64) {
    if nodes[node].behind == SearchSpace.unreached {
      reached.nodes[reached.count] = UInt32(truncatingIfNeeded: node)
      reached.count &+= 1
    }
    nodes[node].behind = cost
  }

  @inline(__always)
  func bound(_ node: Int, cost: UInt64) {
    if nodes[node].bound == SearchSpace.unreached {
      bounded.nodes[bounded.count] = UInt32(truncatingIfNeeded: node)
      bounded.count &+= 1
    }
    nodes[node].bound = cost
  }

  /// Makes every node unreached again.
  func clearReached() {
    for index in 0..<reached.count {
      nodes[Int(reached.nodes[index])].behind = SearchSpace.unreached
    }
    reached.count = 0
  }

  func clearBounds() {
    for index in 0..<bounded.count {
      nodes[Int(bounded.nodes[index])].bound = SearchSpace.unreached
    }
    bounded.count = 0
  }

  /// Gives chains what they cost without penalties.
  func restore(_ chain: Int) {
    for code in (2 * chain)...(2 * chain + 1) {
      guard let place = chains.graph.placeOfCode(code) else { continue }
      entrances[place].cost = chains.impedances[code]
    }
  }
}
