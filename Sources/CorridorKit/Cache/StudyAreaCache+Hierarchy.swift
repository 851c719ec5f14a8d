import Foundation
import TransportGraph

extension StudyAreaCache {
  /// Where a hierarchy is kept between runs.
  struct KeptHierarchy {
    let path: String
    /// Told why what lies there cannot be used.
    let rejection: Rejection
  }

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
  /// - Parameter kept: Where it is kept; nil makes it in memory only.
  static func hierarchy(
    of graph: TransportGraph, _ kept: KeptHierarchy?
  ) throws(CorridorKitError) -> ContractionHierarchy {
    if let kept, FileManager.default.fileExists(atPath: kept.path) {
      do throws(HierarchyFileError) {
        return try ContractionHierarchy(contentsOf: kept.path, graph: graph)
      } catch {
        kept.rejection("\(error)")
      }
    }
    let hierarchy: ContractionHierarchy
    do throws(HierarchyError) {
      hierarchy = try ContractionHierarchy(graph)
    } catch {
      throw .hierarchy(error)
    }
    if let path = kept?.path, mayKeep(at: path) {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try? hierarchy.write(to: path)
    }
    return hierarchy
  }
}
