import Geography
public import TransportGraph

/// A scenario that has met a network: what it closes and the view that follows.
public struct ResolvedScenario: Sendable {
  /// What was asked for.
  public let scenario: Scenario
  /// The network with the closures and delays.
  public let view: GraphView
  /// The links that are closed here and open without the scenario, ascending.
  public let closedLinks: [LinkID]
  /// The crossings that are closed here and open without the scenario.
  public let closedCrossings: [BorderCrossing]
}

extension StudyArea {
  /// Applies a scenario.
  ///
  /// - Parameters:
  ///   - scenario: The closures and delays.
  ///   - open: The network under a profile with everything open.
  ///   - modes: The permitted modes.
  ///   - base: The view without the scenario.
  /// - Throws: ``CorridorKitError`` for a crossing, link, border or province that is not there.
  public func resolve(
    _ scenario: Scenario, open: GraphView, modes: Set<Mode>, base: GraphView
  ) throws(CorridorKitError) -> ResolvedScenario {
    var view = base
    if let date = scenario.date { view = self.view(open, modes: modes, on: date) }
    for closure in scenario.closures { view = view.closing(try links(of: closure)) }
    for delay in scenario.delays {
      let links = try links(of: delay)
      do throws(TransportGraphError) {
        view = try view.adding(fixedSeconds: delay.addedSeconds, to: links)
          .scalingMoving(by: delay.factor, on: links)
      } catch {
        throw .graph(error)
      }
    }
    let closed = graph.links.indices.map { LinkID($0) }.filter {
      view.isClosed($0) && !base.isClosed($0)
    }
    return ResolvedScenario(
      scenario: scenario, view: view, closedLinks: closed,
      closedCrossings: closed.compactMap {
        graph.links[$0.index].crossingID.flatMap { crossings[$0] }
      })
  }

  private func links(of closure: Scenario.Closure) throws(CorridorKitError) -> [LinkID] {
    switch closure {
    case .crossing(let name): return try links(ofCrossing: name)
    case .link(let id): return [try link(id)]
    case .border(let a, let b): return try links(ofBorder: [a, b])
    case .mode(let mode):
      return linkIDs { $0.mode == mode }
    case .province(let name):
      let column = provinces.index(of: try province(named: name).id)
      return graph.links.indices.map { LinkID($0) }.filter { link in
        overlay.lengths(of: link).contains { Int($0.column) == column && $0.value > 0 }
      }
    case .area(let polygons, _): return try links(in: polygons)
    }
  }

  private func links(of delay: Scenario.Delay) throws(CorridorKitError) -> [LinkID] {
    var links: Set<LinkID> = []
    for name in delay.crossings { links.formUnion(try self.links(ofCrossing: name)) }
    for id in delay.links { links.insert(try link(id)) }
    for border in delay.borders { links.formUnion(try self.links(ofBorder: border)) }
    return links.sorted()
  }

  private func linkIDs(where matches: (Link) -> Bool) -> [LinkID] {
    graph.links.indices.filter { matches(graph.links[$0]) }.map { LinkID($0) }
  }

  private func link(_ id: String) throws(CorridorKitError) -> LinkID {
    guard let link = graph.link(id: id) else {
      throw .unknownName(
        kind: "link", name: id,
        suggestions: nearestNames(
          to: id, among: graph.links.map { (name: $0.id, answer: $0.id) }))
    }
    return link
  }

  /// - Throws: ``CorridorKitError/mismatch(_:)`` for a crossing that no link of the network carries.
  private func links(ofCrossing name: String) throws(CorridorKitError) -> [LinkID] {
    let ids = Set(try crossings.resolve(name).map(\.id))
    let links = linkIDs { $0.crossingID.map(ids.contains) ?? false }
    guard !links.isEmpty else {
      throw .mismatch(
        "crossing \"\(name)\" is in the catalogue, but no link of the network passes it")
    }
    return links
  }

  private func links(ofBorder countries: [String]) throws(CorridorKitError) -> [LinkID] {
    let links = linkIDs { link in
      link.crossingID.flatMap { crossings[$0] }.map { Set($0.countries) == Set(countries) } ?? false
    }
    guard !links.isEmpty else {
      let borders = Set(crossings.crossings.map { $0.countries.sorted().joined(separator: "-") })
      throw .notExpected(
        kind: "border", text: countries.joined(separator: "-"), expected: borders.sorted())
    }
    return links
  }

  /// The links with part of their length in an area.
  private func links(in polygons: [Polygon]) throws(CorridorKitError) -> [LinkID] {
    do {
      let lengths = try ProvinceOverlay(provinces).lengthsInside(
        area: polygons, ofEach: network.lines)
      return lengths.indices.filter { lengths[$0] > 0 }.map { LinkID($0) }
    } catch {
      throw .geography(error)
    }
  }
}
