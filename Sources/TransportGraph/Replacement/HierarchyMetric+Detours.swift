extension HierarchyMetric {
  /// For every open link in each of its directions, the least impedance between its ends without it.
  ///
  /// Links that nothing else bridges are set aside and chains taken as one link. From each junction one
  /// search over its surroundings answers for all that leave it; detours that it does not find soon are
  /// asked of the hierarchy with the link closed.
  ///
  /// - Parameter threads: How many threads compute; 0, the default, means one for each core. The result
  ///   is the same for any number.
  /// - Complexity: O(nodes + arcs), and for each junction a search that settles at most a fixed number of
  ///   labels and looks at all arcs that leave their nodes (with one-way links, as often as arcs leave the
  ///   junction); for a chain that it does not answer, a partial customisation. Memory for a copy of the
  ///   metric a thread, if any search was given up.
  public func detours(threads: Int = 0) -> DetourTable {
    let topology = DetourTopology.of(view)
    let network = DetourGraph(view, topology)
    var costs = [UInt64](repeating: DetourTable.none, count: 2 * view.graph.links.count)
    view.writeParallels(of: topology.bridges, into: &costs)
    network.write(costsAround(network, threads: threads), into: &costs)
    return DetourTable(costs: costs)
  }

  /// Nodes that a thread takes at a time: few, so that no thread waits long for the last.
  private static let detourBlock = 8
  /// Marks a search that was given up. No way costs so much.
  private static let unknown = DetourTable.none - 1

  /// By code: from one end of a chain to the other without it.
  private func costsAround(_ network: DetourGraph, threads: Int) -> [UInt64] {
    var around = [UInt64](repeating: DetourTable.none, count: 2 * network.chains.count)
    for code in network.untravelled { around[code] = Self.unknown }
    around.withUnsafeMutableBufferPointer { around in
      network.first.withUnsafeBufferPointer { first in
        network.arcs.withUnsafeBufferPointer { arcs in
          network.mates.withUnsafeBufferPointer { mates in
            guard let around = around.baseAddress, let first = first.baseAddress,
              let arcs = arcs.baseAddress, let mates = mates.baseAddress
            else { return }
            if network.isSymmetric {
              Self.searchCycles(
                network, first: first, arcs: arcs, mates: mates, threads: threads, into: around)
            } else {
              Self.searchDetours(
                network, first: first, arcs: arcs, threads: threads, into: around)
            }
          }
        }
      }
    }
    ask(network.chains, threads: threads, into: &around)
    return around
  }

  private static func searchCycles(
    _ network: DetourGraph, first: UnsafePointer<UInt32>, arcs: UnsafePointer<DetourGraph.Arc>,
    mates: UnsafePointer<UInt32>, threads: Int, into around: UnsafeMutablePointer<UInt64>
  ) {
    let isCovering = network.coverOfArcs
    // Each code is written by the one node that answers for it.
    nonisolated(unsafe) let (around, first, arcs, mates) = (around, first, arcs, mates)
    forEachNode(network, threads: threads) {
      CycleSearch(network, first: first, arcs: arcs, mates: mates)
    } _: { search, tail in
      if !isCovering[tail] { return }
      search.search(from: tail) { slot in
        let head = Int(arcs[slot].head)
        return !isCovering[head] || tail < head
      } report: { slot, cost in
        let code = Int(arcs[slot].code)
        around[code] = cost ?? unknown
        around[Int(arcs[Int(mates[code])].code)] = cost ?? unknown
      }
    }
  }

  private static func searchDetours(
    _ network: DetourGraph, first: UnsafePointer<UInt32>, arcs: UnsafePointer<DetourGraph.Arc>,
    threads: Int, into around: UnsafeMutablePointer<UInt64>
  ) {
    nonisolated(unsafe) let (around, first, arcs) = (around, first, arcs)
    forEachNode(network, threads: threads) {
      DetourSearch(network, first: first, arcs: arcs)
    } _: { search, tail in
      // The only arc out of its tail or into its head has no way around.
      if first[tail + 1] - first[tail] == 1 { return }
      search.search(from: tail) {
        network.enteringCounts[Int(arcs[$0].head)] > 1
      } report: { slot, cost in
        around[Int(arcs[slot].code)] = cost ?? unknown
      }
    }
  }

  private static func forEachNode<Search: ~Copyable>(
    _ network: DetourGraph, threads: Int, makeSearch: @Sendable () -> Search,
    _ body: @Sendable (inout Search, Int) -> Void
  ) {
    let count = network.nodeCount
    ParallelItems.forEach((count + detourBlock - 1) / detourBlock, threads: threads) {
      makeSearch()
    } _: { search, block in
      let start = block * detourBlock
      for node in start..<min(count, start + detourBlock) { body(&search, node) }
    }
  }

  /// Closes each chain around which no search found the way, and asks.
  private func ask(_ chains: LinkChains, threads: Int, into around: inout [UInt64]) {
    let asked = (0..<chains.count).filter {
      around[2 * $0] == Self.unknown || around[2 * $0 + 1] == Self.unknown
    }
    around.withUnsafeMutableBufferPointer { around in
      nonisolated(unsafe) let around = around
      ParallelItems.forEach(asked.count, threads: threads) {
        self
      } _: { metric, item in
        let chain = asked[item]
        let start = view.graph.node(rank: Int(chains.runs[chain].start))
        let end = view.graph.node(rank: Int(chains.runs[chain].end))
        metric.whileClosed(chains.arcs(chain).prefix(1).map(\.arc.link)) { closed in
          if around[2 * chain] == Self.unknown {
            around[2 * chain] = closed.impedance(from: start, to: end) ?? DetourTable.none
          }
          if around[2 * chain + 1] == Self.unknown {
            around[2 * chain + 1] = closed.impedance(from: end, to: start) ?? DetourTable.none
          }
        }
      }
    }
  }
}

extension GraphView {
  /// Over a bridge between neighbours, the detour of a link is the least of its parallels.
  fileprivate func writeParallels(of bridges: NeighbourBridges, into costs: inout [UInt64]) {
    for node in 0..<graph.nodes.count {
      guard let neighbour = bridges.parent(of: node) else { continue }
      writeParallels(graph.outgoing, outgoingArcs, at: node, to: neighbour, into: &costs)
      writeParallels(graph.incoming, incomingArcs, at: node, to: neighbour, into: &costs)
    }
  }

  /// - Parameters:
  ///   - adjacency, arcs: What leaves the nodes, or what enters them.
  private func writeParallels(
    _ adjacency: Adjacency, _ arcs: [UInt64], at node: Int, to neighbour: Int,
    into costs: inout [UInt64]
  ) {
    func forEachArc(_ body: (_ slot: Int, _ cost: UInt64) -> Void) {
      for slot in adjacency.slots(node)
      where arcs[slot] != PackedArc.closed && Int(arcs[slot] & PackedArc.rankMask) == neighbour {
        body(slot, arcs[slot] >> PackedArc.rankBits)
      }
    }
    var (least, second) = (DetourTable.none, DetourTable.none)
    forEachArc { _, cost in
      second = min(second, max(cost, least))
      least = min(cost, least)
    }
    // Where two are equally cheap, the second costs what the first does.
    forEachArc { slot, cost in
      costs[DetourTable.index(adjacency.codes[slot])] = cost == least ? second : least
    }
  }
}
