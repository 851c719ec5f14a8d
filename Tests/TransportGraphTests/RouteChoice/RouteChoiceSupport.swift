import Foundation
import Testing

@testable import TransportGraph

extension GraphView {
  /// The use of links between two nodes by a model.
  func use(_ from: String, _ to: String, by model: RouteChoiceModel) throws -> LinkUse {
    let metric = try HierarchyMetric(ContractionHierarchy(graph), view: self)
    let pair = NodePair(from: try node(from), to: try node(to))
    return try #require(metric.uses(of: [pair], by: model).outcomes[0].use)
  }

  func name(of link: LinkID) -> String { graph.links[link.index].id }

  /// From node to node.
  func name(of arc: Arc) -> String {
    "\(graph.nodes[graph.tail(of: arc).index].id)-\(graph.nodes[graph.head(of: arc).index].id)"
  }

  func hours(_ link: String) -> Double {
    graph.link(id: link).map { times.seconds(of: $0) / 3600 } ?? .nan
  }
}
