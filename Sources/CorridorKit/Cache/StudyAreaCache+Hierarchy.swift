import Foundation
import TransportGraph

extension StudyAreaCache {
  /// Where the hierarchy of a network lies, named by the content of the network's file.
  ///
  /// The other inputs do not change it. Whatever lies there is checked against the graph.
  func hierarchyPath(of network: InputFile) -> String {
    "\(folder)/hierarchy-\(network.sha256.prefix(24)).bin"
  }

  /// The hierarchy of a graph: what is kept of it if that is whole, else made anew and kept.
  ///
  /// A folder that cannot be written is no error: the next run makes it anew. What is no regular file
  /// is left alone.
  ///
  /// - Parameter path: Where it is kept; nil makes it in memory only.
  static func hierarchy(
    of graph: TransportGraph, keptAt path: String?
  ) throws(CorridorKitError) -> ContractionHierarchy {
    if let path, let kept = try? ContractionHierarchy(contentsOf: path, graph: graph) {
      return kept
    }
    let hierarchy: ContractionHierarchy
    do throws(HierarchyError) {
      hierarchy = try ContractionHierarchy(graph)
    } catch {
      throw .hierarchy(error)
    }
    if let path, mayKeep(at: path) {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try? hierarchy.write(to: path)
    }
    return hierarchy
  }
}
