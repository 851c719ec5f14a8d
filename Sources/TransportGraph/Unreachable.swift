/// Why no route leads from one node to another.
public enum Unreachable: Hashable, Sendable {
  /// A piece of the network.
  public struct Piece: Hashable, Sendable {
    /// Index in ``TransportGraph/pieces``.
    public let index: Int
    /// The number of its nodes.
    public let nodeCount: Int
  }

  /// No chain of links joins the two, open or closed.
  case differentPieces(origin: Piece, destination: Piece)
  /// Closures cut them apart. Reopening these links, in the order of travel, reconnects them, and no
  /// fewer would; of equally few, those on the cheapest way.
  case closed(links: [LinkID])
  /// Only links that the view excludes would join them: reopening every other closed link would not.
  /// The excluded and closed links on the best way with all of them open, in the order of travel.
  case excluded(links: [LinkID])
  /// Links join them, but one-way links allow no path in this direction.
  case oneWay

  /// How many links a sentence names before it counts the rest.
  private static let namedLinks = 3

  /// One sentence for a reader.
  ///
  /// - Parameters:
  ///   - origin: What to call the origin.
  ///   - destination: What to call the destination.
  ///   - linkName: What to call a link, for example its crossing's name.
  public func description(
    origin: String, destination: String, linkName: (LinkID) -> String
  ) -> String {
    switch self {
    case .differentPieces(let from, let to):
      "no link joins the piece of the network in which \(origin) lies (\(Self.size(from))) to that "
        + "of \(destination) (\(Self.size(to)))"
    case .closed(let links):
      "\(destination) cannot be reached from \(origin) while "
        + links.prefix(Self.namedLinks).map(linkName).joined(separator: ", ")
        + (links.count > Self.namedLinks ? " and \(links.count - Self.namedLinks) more" : "")
        + (links.count == 1 ? " is" : " are")
        + " closed"
    case .excluded:
      "the permitted links do not lead from \(origin) to \(destination)"
    case .oneWay:
      "one-way links allow no path from \(origin) to \(destination)"
    }
  }

  private static func size(_ piece: Piece) -> String {
    piece.nodeCount == 1 ? "1 node" : "\(piece.nodeCount) nodes"
  }
}
