/// One of many scenarios of a ``Batch``: what differs from its base view.
public struct BatchScenario: Sendable {
  /// Seconds added to what a link takes in either direction.
  public struct Delay: Hashable, Sendable {
    /// The link delayed.
    public let link: LinkID
    /// 0 or more; checked where a batch is made.
    public let seconds: Double

    /// A delay of some seconds on a link.
    public init(_ link: LinkID, seconds: Double) {
      self.link = link
      self.seconds = seconds
    }
  }

  enum Content: Sendable {
    case changes(closed: [LinkID], delays: [Delay])
    case view(GraphView)
  }

  let content: Content

  /// The base view with links closed and delayed. Takes memory for what is named only: O(changes).
  ///
  /// - Parameter delays: Added up where a link is named twice, and to what the base view adds.
  public init(closing closed: [LinkID], delaying delays: [Delay] = []) {
    content = .changes(closed: closed, delays: delays)
  }

  /// A view of the same graph, whatever it changes. Takes the memory of the view, and a comparison of
  /// all arcs where it is used; for changes that closures and delays do not tell.
  public init(view: GraphView) {
    content = .view(view)
  }
}
