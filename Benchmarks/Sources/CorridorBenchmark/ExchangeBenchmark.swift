import ArgumentParser
import Sampling
import TransportGraph

/// Writes a network as the arcs that searches see, an order of its nodes, and the questions that
/// CorridorKit and its peers are asked on it.
struct ExchangeBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exchange", abstract: "Write a network and questions on it for the peers.")

  @OptionGroup var options: NetworkOptions
  @Argument(help: "The folder to write to.") var folder: String
  @Option(help: "Pairs of nodes of the largest piece.") var pairs = 10_000
  @Option(help: "Nodes of the largest piece to search from to all others.") var origins = 5
  @Option(help: "Links to close one by one, where the network has no border crossings.")
  var closures = 300

  private static let seed: UInt64 = 20_240_601
  /// The key of a node with as many neighbours or more.
  private static let manyLinks = 5

  private struct Result: Encodable {
    var nodes: Int
    var links: Int
    var oneWayLinks: Int
    var arcs: Int
    var pieces: Int
    var largestPiece: Int
    /// Nodes by the number of links at them: 0, 1, 2, 3, 4, and 5 or more.
    var nodesByDegree: [Int]
    var hierarchyArcs: Int
    var hierarchyHeight: Int
    /// Whether the links to close are border crossings.
    var closesCrossings: Bool
    var closures: Int
  }

  func run() throws {
    let view = try options.view()
    let graph = view.graph
    let folder = try ExchangeFolder(path: folder)
    let order = try ContractionOrder(graph)
    let hierarchy = try ContractionHierarchy(graph, order: order)
    try folder.write(order.nodes.map { UInt32($0.index) }, "order.u32")
    let arcOfLink = try writeArcs(view, to: folder)

    var random = SplitMix64(seed: Self.seed)
    let largest = graph.nodes.indices.filter { graph.pieces.pieceOfNode[$0] == 0 }
    func draw(_ count: Int) -> [UInt32] {
      (0..<count).map { _ in UInt32(largest[random.integer(below: largest.count)]) }
    }
    try folder.write(draw(pairs), "sources.u32")
    try folder.write(draw(pairs), "targets.u32")
    try folder.write(draw(origins), "origins.u32")
    let crossings = graph.links.indices.filter { graph.links[$0].kind == .crossing }
    let closed =
      crossings.isEmpty
      ? (0..<closures).map { _ in random.integer(below: graph.links.count) } : crossings
    try folder.write(closed.map { UInt32($0) }, "closed_links.u32")
    try folder.write(closed.map { arcOfLink[$0] }, "closed_arcs.u32")

    var nodesByDegree = [Int](repeating: 0, count: Self.manyLinks + 1)
    for node in graph.nodes.indices {
      nodesByDegree[min(graph.links(at: NodeID(node)).count, Self.manyLinks)] += 1
    }
    let oneWay = graph.links.count { $0.isOneWay }
    try writeJSON(
      Result(
        nodes: graph.nodes.count, links: graph.links.count, oneWayLinks: oneWay,
        arcs: 2 * graph.links.count - oneWay, pieces: graph.pieces.count,
        largestPiece: graph.pieces.nodeCounts[0], nodesByDegree: nodesByDegree,
        hierarchyArcs: hierarchy.arcCount, hierarchyHeight: hierarchy.height,
        closesCrossings: !crossings.isEmpty, closures: closed.count))
  }

  /// Writes both ends and the impedance of every arc and the position of every node. A link's arcs
  /// stand side by side.
  ///
  /// - Returns: The first arc of each link.
  private func writeArcs(_ view: GraphView, to folder: ExchangeFolder) throws -> [UInt32] {
    let graph = view.graph
    var tails: [UInt32] = []
    var heads: [UInt32] = []
    var impedances: [UInt32] = []
    var links: [UInt32] = []
    var arcOfLink: [UInt32] = []
    for link in graph.links.indices.map(LinkID.init) {
      arcOfLink.append(UInt32(tails.count))
      // RoutingKit counts in 31 bits.
      guard let impedance = Int32(exactly: view.impedance(of: link)) else {
        throw ValidationError("\(graph.links[link.index].id): more than 24 days")
      }
      let ends = (UInt32(graph.from(of: link).index), UInt32(graph.to(of: link).index))
      for (tail, head) in graph.links[link.index].isOneWay ? [ends] : [ends, (ends.1, ends.0)] {
        tails.append(tail)
        heads.append(head)
        impedances.append(UInt32(impedance))
        links.append(UInt32(link.index))
      }
    }
    try folder.write(tails, "tails.u32")
    try folder.write(heads, "heads.u32")
    try folder.write(impedances, "impedances.u32")
    try folder.write(links, "arc_links.u32")
    try folder.write(graph.nodes.map { Float($0.coordinate.latitude) }, "latitudes.f32")
    try folder.write(graph.nodes.map { Float($0.coordinate.longitude) }, "longitudes.f32")
    return arcOfLink
  }
}
