/// The position of a node in ``TransportGraph/nodes``, the order in which the caller gave them.
///
/// An index of one graph says nothing in another: store the node's `id`, not its `NodeID`.
public struct NodeID: Hashable, Sendable, Comparable {
  /// 0 ..< the graph's node count.
  public let index: Int

  /// - Parameter index: A node of the graph it is used with; not checked here.
  public init(_ index: Int) {
    self.index = index
  }

  public static func < (lhs: NodeID, rhs: NodeID) -> Bool {
    lhs.index < rhs.index
  }
}

/// The position of a link in ``TransportGraph/links``, the order in which the caller gave them.
///
/// A type of its own, so that a link is never taken for a node.
public struct LinkID: Hashable, Sendable, Comparable {
  /// 0 ..< the graph's link count.
  public let index: Int

  /// - Parameter index: A link of the graph it is used with; not checked here.
  public init(_ index: Int) {
    self.index = index
  }

  public static func < (lhs: LinkID, rhs: LinkID) -> Bool {
    lhs.index < rhs.index
  }
}

/// A link in one of its directions. A two-way link is two arcs, a one-way link is one.
public struct Arc: Hashable, Sendable {
  /// The link travelled.
  public let link: LinkID
  /// True from the link's `from` to its `to`.
  public let isForward: Bool

  /// - Parameter isForward: False only for a link that is not one-way; not checked here.
  public init(link: LinkID, isForward: Bool) {
    self.link = link
    self.isForward = isForward
  }
}
