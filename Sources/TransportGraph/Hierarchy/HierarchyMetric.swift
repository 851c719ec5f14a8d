import Foundation

/// What the arcs of a contraction hierarchy cost in one view of the graph, and the queries on it.
///
/// A metric answers as its ``GraphView`` would, link by link, without searching: impedances are the
/// view's whole numbers and closed links are infinite. Copies share memory until one is updated; any
/// number of threads may query one metric at once.
///
/// Source: J. Dibbelt, B. Strasser, D. Wagner (2016), Customizable Contraction Hierarchies, ACM J.
/// Exp. Algorithmics 21, 1.5, https://doi.org/10.1145/2886843.
public struct HierarchyMetric: Sendable {
  /// The topology, shared by all metrics of it.
  public let hierarchy: ContractionHierarchy
  /// The view that the metric speaks for.
  public internal(set) var view: GraphView

  /// What each arc costs from its lower end to its upper end; infinite where no open way through
  /// lower nodes leads.
  var upward: [Double]
  /// The same from the upper end to the lower end where some link is one-way; else empty, for all arcs
  /// then cost the same in both directions.
  private var ownDownward: [Double]

  /// What each arc costs from its upper end to its lower end.
  var downward: [Double] { ownDownward.isEmpty ? upward : ownDownward }

  /// The impedances of all links together must stay below this, so that a sum of two costs, each at
  /// most that of a route using each link once, is exact in a `Double`.
  static let maximumTotalImpedance: UInt64 = 1 << 52

  /// Customises the hierarchy for a view.
  ///
  /// - Parameters:
  ///   - view: A view of the very graph of which the hierarchy was built.
  ///   - threads: How many threads compute; 0, the default, means one for each core. The result is
  ///     the same for any number.
  /// - Throws: `impedanceOverflow`, above 142,000 years (or 4.5 billion km) for all links together, closed
  ///   ones included.
  /// - Complexity: O(lower triangles of the hierarchy).
  public init(
    _ hierarchy: ContractionHierarchy, view: GraphView, threads: Int = 0
  ) throws(HierarchyError) {
    try Self.check(view, hierarchy)
    self.hierarchy = hierarchy
    self.view = view
    // Room for one more, so that there is an address even without arcs.
    upward = HugePages.array(repeating: .infinity, count: hierarchy.arcCount + 1)
    ownDownward =
      hierarchy.graph.hasOneWayLinks
      ? HugePages.array(repeating: .infinity, count: hierarchy.arcCount + 1) : []
    customize(threads: threads)
  }

  /// Customises anew for another view, in the same memory where no copy of the metric exists.
  ///
  /// Where few links changed, ``update(to:changed:)`` does the same in less time.
  ///
  /// - Parameters:
  ///   - view: The view from now on.
  ///   - threads: As for ``init(_:view:threads:)``.
  /// - Throws: `impedanceOverflow`; the metric then stays as it was.
  /// - Complexity: O(lower triangles of the hierarchy).
  public mutating func update(to view: GraphView, threads: Int = 0) throws(HierarchyError) {
    try Self.check(view, hierarchy)
    self.view = view
    customize(threads: threads)
  }

  private mutating func customize(threads: Int) {
    let topology = hierarchy.topology
    let threads = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    let view = view
    view.outgoingArcs.withUnsafeBufferPointer { arcs in
      // Without links there is nothing to compute.
      guard let arcs = arcs.baseAddress else { return }
      withMutableCosts { upward, downward in
        Customization(topology, arcs: arcs, upward: upward, downward: downward)
          .run(threadCount: threads)
      }
    }
  }

  /// The bytes of memory that the metric takes, without the view.
  public var byteCount: Int {
    (upward.count + ownDownward.count) * MemoryLayout<Double>.stride
  }

  static func check(
    _ view: GraphView, _ hierarchy: ContractionHierarchy
  ) throws(HierarchyError) {
    precondition(
      view.graph.searchSpaces === hierarchy.graph.searchSpaces,
      "the view is of the graph of which the hierarchy was built")
    guard view.totalImpedance < maximumTotalImpedance else { throw .impedanceOverflow }
  }

  /// Runs a kernel over the costs of all arcs.
  func withCosts<Result>(
    _ body: (_ upward: UnsafePointer<Double>, _ downward: UnsafePointer<Double>) -> Result
  ) -> Result {
    upward.withUnsafeBufferPointer { upward in
      ownDownward.withUnsafeBufferPointer { downward in
        guard let up = upward.baseAddress else {
          preconditionFailure("there is an address even without arcs")
        }
        return body(up, downward.isEmpty ? up : downward.baseAddress ?? up)
      }
    }
  }

  /// The same with the costs to be written; the same memory for both where no link is one-way.
  mutating func withMutableCosts(
    _ body: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) {
    upward.withUnsafeMutableBufferPointer { upward in
      ownDownward.withUnsafeMutableBufferPointer { downward in
        guard let up = upward.baseAddress else { return }
        body(up, downward.isEmpty ? up : downward.baseAddress ?? up)
      }
    }
  }
}

extension TransportGraph {
  /// Whether some link has one direction only. O(1).
  var hasOneWayLinks: Bool { outgoing.codes.count < 2 * links.count }
}
