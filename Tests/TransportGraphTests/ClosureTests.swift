import Testing

@testable import TransportGraph

extension GraphView {
  /// Everything that a closure writes.
  fileprivate func isSame(as other: GraphView) -> Bool {
    outgoingArcs == other.outgoingArcs && incomingArcs == other.incomingArcs
      && closedLinks == other.closedLinks && times == other.times
      && totalImpedance == other.totalImpedance
      && graph.links.indices.allSatisfy {
        isExcluded(LinkID($0)) == other.isExcluded(LinkID($0))
      }
  }

  fileprivate var addresses: [UInt] {
    [outgoingArcs, incomingArcs].map { array in
      array.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
  }
}

extension HierarchyMetric {
  fileprivate func isSame(as other: HierarchyMetric) -> Bool {
    upward == other.upward && downward == other.downward && view.isSame(as: other.view)
  }

  fileprivate var addresses: [UInt] {
    view.addresses
      + [upward, downward].map { array in
        array.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
      }
  }
}

@Suite("Closing and reopening in place")
struct ClosureTests {
  @Test(
    "closing gives the view and metric of closing a copy, reopening what was before, bit for bit")
  func inverse() throws {
    var closedCount = 0
    for network in hierarchyNetworks where !network.links.isEmpty {
      var random = SeededGenerator(seed: network.seed)
      let before = try network.view().excluding([LinkID(0)])
      let hierarchy = try ContractionHierarchy(before.graph)
      let metricBefore = try HierarchyMetric(hierarchy, view: before, threads: 1)
      var metric = metricBefore
      for _ in 0..<6 {
        let links = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          LinkID(Int.random(in: 0..<network.links.count, using: &random))
        }
        let closed = metric.close(links)
        closedCount += closed.count
        let expected = try HierarchyMetric(hierarchy, view: before.closing(links), threads: 1)
        #expect(Set(closed) == Set(links.filter { !before.isClosed($0) }), "\(network)")
        #expect(Set(closed).count == closed.count)
        #expect(metric.isSame(as: expected), "\(network)")
        #expect(metric.close(links).isEmpty)
        #expect(metric.reopen(closed).count == closed.count)
        #expect(metric.isSame(as: metricBefore), "\(network)")
      }
    }
    #expect(closedCount > 500)
  }

  @Test("reopening leaves excluded links closed and open links open")
  func excluded() throws {
    let view = try Sketch.view(["ab: A-B 1", "bc: B-C 1"])
    let (ab, bc) = (try view.link("ab"), try view.link("bc"))
    var metric = try HierarchyMetric(
      ContractionHierarchy(view.graph), view: view.excluding([ab]))
    #expect(metric.reopen([ab, bc]).isEmpty)
    #expect(metric.view.isClosed(ab) && metric.view.isExcluded(ab))
    #expect(metric.impedance(from: try view.node("A"), to: try view.node("B")) == nil)
  }

  @Test("no array is copied while there is one owner, and a copy stays as it was")
  func inPlace() throws {
    let view = try RandomNetwork(seed: 92, maximumNodes: 400, maximumLinks: 1_500).view()
    let original = try HierarchyMetric(ContractionHierarchy(view.graph), view: view)
    let open = try #require(
      view.graph.links.indices.lazy.map { LinkID($0) }.first { !view.isClosed($0) })
    var metric = original
    metric.close([open])
    let addresses = metric.addresses
    for _ in 0..<3 {
      metric.reopen([open])
      metric.close([open])
      _ = metric.whileClosed([open]) { $0.impedance(from: NodeID(0), to: NodeID(1)) }
    }
    #expect(metric.addresses == addresses)
    #expect(original.addresses.allSatisfy { !addresses.contains($0) })
    #expect(original.isSame(as: try HierarchyMetric(original.hierarchy, view: view)))
  }

  @Test("restoring takes back closures, delays and exclusions at once")
  func restoring() throws {
    for network in hierarchyNetworks.prefix(90) where !network.links.isEmpty {
      let base = try network.view()
      let links = stride(from: 0, to: network.links.count, by: 2).map { LinkID($0) }
      let hierarchy = try ContractionHierarchy(base.graph)
      let changed = try base.adding(fixedSeconds: 90, to: links).excluding(links.prefix(1))
      var metric = try HierarchyMetric(hierarchy, view: changed)
      metric.restore(links, from: base)
      #expect(metric.isSame(as: try HierarchyMetric(hierarchy, view: base)), "\(network)")
      #expect(
        Set(changed.changedLinks(from: base))
          == Set(links.filter { !base.isClosed($0) }), "\(network)")
    }
  }
}
