import ArgumentParser
import CorridorKit
import Geography
import TransportGraph

/// Draws how the closure of one crossing spreads: through the hierarchy and over the map.
@main
struct ClosurePicture: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws how a closure spreads, as SVG on standard output.",
    discussion: "docs/engine.md shows the picture that the defaults give.")

  @Option(help: "The folder of the shipped data.")
  var data = "geodata"
  @Option(help: "The crossing that closes.")
  var crossing = "korday"
  @Option(help: "Where the ways start.")
  var from = "Bishkek"

  /// From little to much (OrRd of ColorBrewer).
  private static let colors = ["#fdbb84", "#fc8d59", "#d7301f", "#7f0000"]

  func run() throws {
    let area = try StudyArea(DataSources(folder: data, vintage: "2024"), cache: nil)
    let graph = area.graph
    let analysis = try Analysis(area, profile: .time, modes: [.road])
    let closed = try analysis.under(Scenario(name: crossing, closures: [.crossing(crossing)]))
    let closedLinks = closed.resolved?.closedLinks ?? []
    let origin = try analysis.resolver.resolve(from)

    let hierarchy = try ContractionHierarchy(graph)
    let open = try HierarchyMetric(hierarchy, view: analysis.view)
    var shut = open
    try shut.update(to: closed.view, changed: closedLinks)

    let roads = graph.links.indices.filter { graph.links[$0].mode == .road }
    var ground = ClosureMap(title: "")
    ground.draw(roads.map { area.network.lines[$0] }, color: "#c8ccd0", width: 0.6)
    ground.draw(
      area.provinces.provinces.flatMap { $0.polygons.map(\.exterior) }, color: "#8a94a0",
      width: 0.5)

    let arcs = open.arcs(differingFrom: shut)
    var inside = ClosureMap(
      title: "In the hierarchy: \(arcs.count) of \(hierarchy.arcCount) arcs cost more")
    inside.draw(
      arcs.map { arc in
        [arc.lower, arc.upper].map { graph.nodes[$0.index].coordinate }
      }, color: "#d7301f", width: 0.9)

    var outside = ClosureMap(title: "On the road: minutes that it adds to ways from \(from)")
    let before = open.impedances(from: origin.node)
    let after = shut.impedances(from: origin.node)
    let added = roads.map { road -> Double in
      let ends = [graph.from(of: LinkID(road)), graph.to(of: LinkID(road))]
      return ends.compactMap { end in
        guard let short = before[end], let long = after[end] else { return nil }
        return Double(long - short) / 60_000
      }.max() ?? 0
    }
    // Equal steps of whole minutes.
    let step = max(1, ((added.max() ?? 0) / Double(Self.colors.count)).rounded(.up))
    for (index, color) in Self.colors.enumerated() {
      let (least, most) = (Double(index) * step, Double(index + 1) * step)
      let shown = zip(roads, added).filter { least < $1 && $1 <= most }
      outside.draw(shown.map { area.network.lines[$0.0] }, color: color, width: 1.4)
      outside.explain("\(Int(least))–\(Int(most))", color: color)
    }

    for (crossing, link) in zip(closed.resolved?.closedCrossings ?? [], closedLinks) {
      let place = graph.nodes[graph.from(of: link).index].coordinate
      inside.mark(place, named: crossing.name)
      outside.mark(place, named: crossing.name)
    }
    outside.mark(origin.coordinate, named: from, isBelow: true)
    print(ClosureMap.svg([inside, outside], on: ground))
  }
}
