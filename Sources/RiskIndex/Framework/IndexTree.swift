/// A framework with places in place of names, as computations walk it.
///
/// Nodes are numbered: indicators and supplements in the framework's order, then dimensions in the
/// framework's order, then the index.
public struct IndexTree: Sendable, Hashable {
  /// How many indicators and supplements there are; they are the nodes below this number.
  public let indicatorCount: Int
  /// How many dimensions there are.
  public let groupCount: Int
  /// The dimension or index that each node is a part of, by node; −1 for the index.
  public let parents: [Int]
  /// The parts of each dimension and of the index, by node less ``indicatorCount``: dimensions first,
  /// then indicators, each in the framework's order.
  public let parts: [[Int]]
  /// The level of each node: 1 for an indicator, else one more than that of its highest part.
  public let levels: [Int]
  /// Dimensions and the index in an order in which parts come before what they are parts of.
  public let upward: [Int]

  /// The number of nodes.
  public var nodeCount: Int { indicatorCount + groupCount + 1 }
  /// The index.
  public var root: Int { indicatorCount + groupCount }
  /// The level of the index.
  public var topLevel: Int { levels[root] }

  /// The tree of a framework that was checked.
  ///
  /// - Complexity: O(nodes × depth).
  public init(_ framework: IndexFramework) {
    let leaves = framework.indicators + framework.supplements
    let leafCount = leaves.count
    let groupCount = framework.dimensions.count
    let root = leafCount + groupCount
    var places: [String: Int] = [:]
    for (index, dimension) in framework.dimensions.enumerated() {
      places[dimension.id] = leafCount + index
    }
    var parents = [Int](repeating: -1, count: root + 1)
    for (index, leaf) in leaves.enumerated() { parents[index] = places[leaf.dimension] ?? root }
    for (index, dimension) in framework.dimensions.enumerated() {
      parents[leafCount + index] = dimension.parent.flatMap { places[$0] } ?? root
    }
    var parts = [[Int]](repeating: [], count: groupCount + 1)
    for node in Array(leafCount..<root) + Array(0..<leafCount) {
      parts[parents[node] - leafCount].append(node)
    }
    var levels = [Int](repeating: 1, count: root + 1)
    for leaf in 0..<leafCount {
      var (node, level) = (parents[leaf], 2)
      while node >= 0 {
        levels[node] = max(levels[node], level)
        (node, level) = (parents[node], level + 1)
      }
    }
    indicatorCount = leafCount
    self.groupCount = groupCount
    self.parents = parents
    self.parts = parts
    self.levels = levels
    upward = (leafCount...root).sorted { (levels[$0], $0) < (levels[$1], $1) }
  }

  /// The parts of a dimension or of the index; none of an indicator.
  public func parts(of node: Int) -> [Int] {
    node < indicatorCount ? [] : parts[node - indicatorCount]
  }
}
