/// An array of a contraction hierarchy, as it lies in memory and in a hierarchy file.
///
/// All are flat arrays of 32-bit words in the byte order of the machine, so that a file is read where it
/// is mapped. The raw value identifies the array in a file.
public enum HierarchySection: UInt32, CaseIterable, Sendable {
  /// The node contracted at each turn.
  case order = 1
  /// The position of each node, and of each rank.
  case positionOfNode, positionOfRank
  /// Parent, depth, first arc and first run of each position.
  case rows
  /// One past the last position of each subtree.
  case subtreeEnd
  /// Depth and first arc of each run of consecutive depths.
  case runs
  /// The position and the depth of each arc's upper end.
  case heads, headDepths
  /// The arcs up to each position, by tail and arc.
  case firstLower, lower
  /// The links in the row of their lower end.
  case firstLink, links
}

/// Where the arrays of a hierarchy lie in one block of memory: one after another, each at a multiple of
/// ``alignment``, zeros between them.
struct HierarchyLayout: Equatable {
  /// A line of cache, so that no array starts in the line of another.
  static let alignment = 64

  let nodeCount: Int
  let linkCount: Int
  let arcCount: Int
  let runCount: Int

  /// The number of elements.
  func count(of section: HierarchySection) -> Int {
    switch section {
    case .order, .positionOfNode, .positionOfRank, .subtreeEnd: nodeCount
    case .rows, .firstLower, .firstLink: nodeCount + 1
    case .runs: runCount + 1
    case .heads, .headDepths, .lower: arcCount
    case .links: linkCount
    }
  }

  /// Without the zeros after it.
  func byteCount(of section: HierarchySection) -> Int {
    let stride =
      switch section {
      case .rows: MemoryLayout<HierarchyTopology.Row>.stride
      case .runs: MemoryLayout<HierarchyTopology.Run>.stride
      case .lower: MemoryLayout<LowerArc>.stride
      case .links: MemoryLayout<HierarchyTopology.LinkEntry>.stride
      case .order, .positionOfNode, .positionOfRank, .subtreeEnd, .heads, .headDepths,
        .firstLower, .firstLink:
        MemoryLayout<UInt32>.stride
      }
    return count(of: section) * stride
  }

  /// With the zeros after it.
  func paddedByteCount(of section: HierarchySection) -> Int {
    (byteCount(of: section) + Self.alignment - 1) / Self.alignment * Self.alignment
  }

  /// From the start of the block.
  func offset(of section: HierarchySection) -> Int {
    HierarchySection.allCases.prefix { $0 != section }
      .reduce(0) { $0 + paddedByteCount(of: $1) }
  }

  /// The bytes of the whole block.
  var byteCount: Int {
    HierarchySection.allCases.reduce(0) { $0 + paddedByteCount(of: $1) }
  }
}
