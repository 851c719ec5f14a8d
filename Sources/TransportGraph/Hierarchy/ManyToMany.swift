import Dispatch
import Synchronization

/// Fills a matrix of least costs between two sets of nodes.
///
/// The highest node of a least way is a common ancestor of both ends. So each destination gets a label,
/// the least cost down to it from each of its ancestors; a cell is the least sum of the origin's costs
/// up and the destination's label, over the depths down to their lowest common ancestor. These are the
/// buckets of Knopp et al. with entries by destination instead of by ancestor: in an elimination tree
/// both operands lie contiguous in memory.
///
/// Source: S. Knopp, P. Sanders, D. Schultes, F. Schulz, D. Wagner (2007), Computing many-to-many
/// shortest paths using highway hierarchies, ALENEX, 36–45,
/// https://doi.org/10.1137/1.9781611972870.4.
///
/// `@unchecked Sendable`: threads write disjoint labels and disjoint cells.
struct ManyToMany: @unchecked Sendable {
  private typealias Cell = ImpedanceMatrix.Cell

  private let spaces: HierarchySpacePool
  private let topology: HierarchyTopology
  private let forward: HierarchyQuery
  /// The same with every arc turned round.
  private let backward: HierarchyQuery
  /// Positions, by row.
  private let origins: [Int]
  /// Positions, by column.
  private let destinations: [Int]
  /// Columns in ascending order of position, so that those of a subtree are a range.
  private let columns: [Int]
  private let cells: UnsafeMutablePointer<Cell>

  /// Up to this many origins or destinations, sweeps to all nodes at the other ends are less work than
  /// labels of each.
  private static let fewNodes = 8
  /// The labels of as many destinations at a time as fit.
  private static let labelBytes = 1 << 24

  /// - Parameters:
  ///   - origins: Positions, by row.
  ///   - destinations: Positions, by column.
  ///   - cells: Row by row; all are written by ``run(threadCount:)``.
  init(
    _ hierarchy: ContractionHierarchy, upward: UnsafePointer<Double>,
    downward: UnsafePointer<Double>, origins: [Int], destinations: [Int],
    into cells: UnsafeMutablePointer<ImpedanceMatrix.Cell>
  ) {
    spaces = hierarchy.spaces
    topology = hierarchy.topology
    forward = HierarchyQuery(topology: topology, upward: upward, downward: downward)
    backward = HierarchyQuery(topology: topology, upward: downward, downward: upward)
    self.origins = origins
    self.destinations = destinations
    columns = destinations.indices.sorted { destinations[$0] < destinations[$1] }
    self.cells = cells
  }

  /// - Complexity: O(arcs of the ancestors of each node, and common ancestors of each pair).
  func run(threadCount: Int) {
    if origins.isEmpty || destinations.isEmpty { return }
    if origins.count <= Self.fewNodes {
      perform(origins.count, threadCount) { row in
        sweep(forward, from: origins[row], to: destinations, at: row * destinations.count, step: 1)
      }
      return
    }
    if destinations.count <= Self.fewNodes {
      perform(destinations.count, threadCount) { column in
        sweep(
          backward, from: destinations[column], to: origins, at: column, step: destinations.count)
      }
      return
    }
    let stride = topology.height
    let tile = max(1, Self.labelBytes / (stride * MemoryLayout<Double>.stride))
    let labels = Labels(count: min(tile, columns.count), stride: stride)
    defer { labels.deallocate() }
    for start in Swift.stride(from: 0, to: columns.count, by: tile) {
      let tile = columns[start..<min(start + tile, columns.count)]
      perform(tile.count, threadCount) { index in
        backward.climbToRoot(
          from: destinations[tile[start + index]], labels[index])
      }
      perform(origins.count, threadCount) { row in fill(row, tile, labels) }
    }
  }

  /// Writes the costs from one node to some, or with the backward query from some to one.
  private func sweep(
    _ query: HierarchyQuery, from node: Int, to ends: [Int], at first: Int, step: Int
  ) {
    spaces.withSpace { space in
      let costs = LazyCosts(query, from: node, in: space)
      var root = node
      while topology.rows[root].depth > 0 { root = Int(topology.rows[root].parent) }
      let tree = root..<Int(topology.subtreeEnd[root])
      for (index, end) in ends.enumerated() {
        cells[first + index * step] = Cell(
          tree.contains(end) ? costs.cost(to: end) : .infinity)
      }
    }
  }

  /// Writes the cells of a row in some columns.
  private func fill(_ row: Int, _ tile: ArraySlice<Int>, _ labels: Labels) {
    let origin = origins[row]
    let cells = cells + row * destinations.count
    spaces.withSpace { space in
      forward.climbToRoot(from: origin, space.ahead)
      // Columns whose cells are written: those below the node at hand, growing on both sides.
      var done = tile.partitioningIndex { destinations[$0] >= origin }
      var next = done
      var node = origin
      func write(_ index: Int, depth: UInt32) {
        cells[tile[index]] = Cell(
          CostRow.least(
            .infinity, space.ahead, plus: labels[index - tile.startIndex], count: Int(depth) + 1))
      }
      while true {
        let row = topology.rows[node]
        while done > tile.startIndex, destinations[tile[done - 1]] >= node {
          done -= 1
          write(done, depth: row.depth)
        }
        while next < tile.endIndex, destinations[tile[next]] < topology.subtreeEnd[node] {
          write(next, depth: row.depth)
          next += 1
        }
        if row.depth == 0 { break }
        node = Int(row.parent)
      }
      // The rest lies in other trees.
      for index in tile.startIndex..<done { cells[tile[index]] = Cell(.infinity) }
      for index in next..<tile.endIndex { cells[tile[index]] = Cell(.infinity) }
    }
  }

  /// Calls `body` once for each number below `count`, on some threads.
  private func perform(_ count: Int, _ threadCount: Int, _ body: @Sendable (Int) -> Void) {
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(threadCount, count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { break }
        body(index)
      }
    }
  }

  /// The least costs down to some nodes from their ancestors, by depth.
  ///
  /// `@unchecked Sendable`: threads write disjoint labels.
  private struct Labels: @unchecked Sendable {
    private let costs: UnsafeMutablePointer<Double>
    private let stride: Int

    init(count: Int, stride: Int) {
      costs = .allocate(capacity: count * stride)
      self.stride = stride
    }

    func deallocate() { costs.deallocate() }

    subscript(index: Int) -> UnsafeMutablePointer<Double> { costs + index * stride }
  }
}
