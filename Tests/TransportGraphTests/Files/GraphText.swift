import Geography

@testable import TransportGraph

extension GraphFile {
  /// A file of such a text.
  init(_ text: String, name: String = "g") {
    self.init(name: name, bytes: [UInt8](text.utf8))
  }
}

extension ImportedNetwork {
  /// `a3: 2>1 0.5`, `-` for two-way, the length in metres, and the speed if there is one.
  var sketch: [String] {
    links.map {
      "\($0.id): \($0.from)\($0.isOneWay ? ">" : "-")\($0.to) \($0.lengthMeters)"
        + ($0.speedKilometersPerHour.map { " at \($0)" } ?? "")
    }
  }
}

/// Arcs and their costs in whole units of a file, and the slow, obvious way through them.
struct FileArcs {
  struct Arc {
    let tail: Int
    let head: Int
    let cost: UInt64
  }

  /// The least costs from a node, which itself costs 0, by Bellman and Ford over the arcs as the file has
  /// them. Zones, the nodes below `firstThrough`, are not passed: only those that leave the origin count.
  static func costs(
    _ arcs: [Arc], from origin: Int, nodeCount: Int, firstThrough: Int = 1
  ) -> [Int: UInt64] {
    var costs: [Int: UInt64] = [:]
    for arc in arcs where arc.tail == origin {
      costs[arc.head] = min(costs[arc.head] ?? .max, arc.cost)
    }
    for _ in 0..<nodeCount {
      for arc in arcs where arc.tail >= firstThrough {
        guard let before = costs[arc.tail] else { continue }
        costs[arc.head] = min(costs[arc.head] ?? .max, before + arc.cost)
      }
    }
    return costs
  }
}
