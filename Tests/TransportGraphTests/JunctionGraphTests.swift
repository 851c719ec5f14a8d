import Geography
import Testing

@testable import TransportGraph

@Suite("Junction graph")
struct JunctionGraphTests {
  /// The links of each chain, in the one of its two directions that begins with the smaller name.
  private func chains(_ graph: TransportGraph) -> Set<[String]> {
    let junctions = JunctionGraph(graph)
    return Set(
      (0..<junctions.chainCount).map { chain in
        let arcs = junctions.arcs[junctions.firstArc[chain]..<junctions.firstArc[chain + 1]]
        let names = arcs.map { graph.links[$0.link].id }
        return names.last ?? "" < names[0] ? names.reversed() : names
      })
  }

  private func places(_ graph: TransportGraph) -> [String: JunctionGraph.Place] {
    let junctions = JunctionGraph(graph)
    return Dictionary(
      uniqueKeysWithValues: graph.nodes.indices.map {
        (graph.nodes[$0].id, junctions.places[graph.rank(of: NodeID($0))])
      })
  }

  @Test("chains lie between junctions, dead ends beside them, a ring begins at its smallest node")
  func drawn() throws {
    // A and D joined by three ways, one of them by B and C; a dead end X–Y at B; a ring; a tree.
    let graph = try Sketch.view([
      "ab: A-B 1", "bc: B-C 1", "cd: C>D 1", "ad1: A-D 1", "ad2: A-D 1", "bx: B-X 1", "xy: X-Y 1",
      "rs: R-S 1", "st: S-T 1", "tr: T-R 1", "uv: U-V 1", "vw: V-W 1",
    ]).graph
    // B is left with two links, once its dead end is taken off.
    #expect(chains(graph) == [["ab", "bc", "cd"], ["ad1"], ["ad2"], ["rs", "st", "tr"]])
    let places = places(graph)
    for node in ["A", "D", "R"] {
      guard case .junction = places[node] else {
        Issue.record("\(node) is a junction")
        continue
      }
    }
    for node in ["B", "C", "S", "T"] {
      guard case .inside = places[node] else {
        Issue.record("\(node) is inside a chain")
        continue
      }
    }
    guard case .deadEnd(let out) = places["Y"] else {
      Issue.record("Y is in a dead end")
      return
    }
    #expect(graph.links[out.link].id == "xy" && !out.isForward)
    #expect(["U", "V", "W"].filter { places[$0] == .root }.count == 1)
  }

  @Test("a link is in one chain or a dead end, and chains follow one another", arguments: 300..<330)
  func partition(seed: Int) throws {
    let network = RandomNetwork(seed: seed, maximumNodes: 40, maximumLinks: 50)
    let graph = try network.view().graph
    let junctions = JunctionGraph(graph)
    #expect(Set(junctions.arcs.map(\.link)).count == junctions.arcs.count, "\(network)")
    for chain in 0..<junctions.chainCount {
      let arcs = junctions.arcs[junctions.firstArc[chain]..<junctions.firstArc[chain + 1]]
      var rank = Int(junctions.rankOfJunction[junctions.ends[chain].from])
      for (offset, arc) in arcs.enumerated() {
        #expect(Int(graph.tailRank(of: arc)) == rank, "\(network)")
        if offset > 0 { #expect(junctions.places[rank] == .inside(chain: chain, offset: offset)) }
        rank = Int(graph.headRank(of: arc))
      }
      #expect(rank == Int(junctions.rankOfJunction[junctions.ends[chain].to]), "\(network)")
    }
    var offLinks: Set<Int> = []
    for place in junctions.places {
      if case .deadEnd(let arc) = place { offLinks.insert(arc.link) }
    }
    #expect(
      offLinks.union(junctions.arcs.map(\.link)) == Set(graph.links.indices), "\(network)")
    #expect(offLinks.isDisjoint(with: junctions.arcs.map(\.link)), "\(network)")
  }
}
