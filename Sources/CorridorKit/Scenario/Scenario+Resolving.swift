import Foundation
import Geography
public import TransportGraph

/// A scenario that has met a network: what it closes and the view that follows.
public struct ResolvedScenario: Sendable {
  /// What was resolved.
  public let scenario: Scenario
  /// The network with the closures and delays.
  public let view: GraphView
  /// The links that are closed, open or slow here and were not without the scenario, ascending.
  public let changedLinks: [LinkID]
  /// The links that are closed here and open without the scenario, ascending.
  public let closedLinks: [LinkID]
  /// Whether links are open here that are closed without the scenario; a day may do that. Otherwise costs
  /// only rise.
  let opensLinks: Bool
  /// The crossings that are closed here and open without the scenario.
  public let closedCrossings: [BorderCrossing]
  /// The closures that close nothing that was open.
  public let withoutEffect: [Scenario.Closure]
  /// The crossings that a season finds open on some of its days and closed on others.
  public let openPartOfSeason: [OpenPart]

  /// A crossing that is open for a part of a season; it counts as open where that is half or more.
  public struct OpenPart: Sendable, Hashable {
    /// The crossing.
    public let crossing: BorderCrossing
    /// On how many days it is open, and on how many in all.
    public let openDays, days: Int

    /// Whether it is closed in the view, because it is closed on more than half of the days.
    public var countsAsClosed: Bool { 2 * openDays < days }
  }
}

extension StudyArea {
  /// Applies a scenario.
  ///
  /// - Parameters:
  ///   - scenario: The closures and delays.
  ///   - open: The network under a profile with everything open.
  ///   - modes: The permitted modes.
  ///   - base: The view without the scenario.
  /// - Throws: ``CorridorKitError`` for a crossing, link, border or province that is not there, or for
  ///   something that is both closed and delayed.
  public func resolve(
    _ scenario: Scenario, open: GraphView, modes: Set<Mode>, base: GraphView
  ) throws(CorridorKitError) -> ResolvedScenario {
    var view = base
    var touched: [LinkID] = []
    var openPart: [ResolvedScenario.OpenPart] = []
    if let season = scenario.season {
      guard scenario.date == nil else {
        throw .contradiction("a scenario holds for a day or for a season, not for both")
      }
      let days = season.days
      guard !days.isEmpty else { throw .contradiction("the season has no day") }
      openPart = crossings.crossings.map { crossing in
        .init(
          crossing: crossing, openDays: season.openDayCount(of: crossing, days: days),
          days: days.count)
      }
      let closed = Set(openPart.filter(\.countsAsClosed).map(\.crossing.id))
      openPart.removeAll { $0.openDays == 0 || $0.openDays == $0.days }
      view = self.view(open, modes: modes) { !closed.contains($0.id) }
      touched += crossingLinks
    } else if let date = scenario.date {
      view = self.view(open, modes: modes, on: date)
      touched += crossingLinks
    }
    var withoutEffect: [Scenario.Closure] = []
    var named: [LinkID] = []
    for closure in scenario.closures {
      let links = try located(scenario.closurePlaces[closure]) { () throws(CorridorKitError) in
        try self.links(of: closure)
      }
      if links.allSatisfy(base.isClosed) { withoutEffect.append(closure) }
      named += links
    }
    if !named.isEmpty { view = view.closing(named) }
    touched += named
    let closedByName = scenario.delays.isEmpty ? [] : Set(named)
    var delayed: [(delay: Scenario.Delay, links: [LinkID])] = []
    for (index, delay) in scenario.delays.enumerated() {
      let links = try located(scenario.delayPlaces[index]) { () throws(CorridorKitError) in
        let links = try self.links(of: delay)
        guard !links.allSatisfy(closedByName.contains) else {
          let what = delay.crossings + delay.links + delay.roads + delay.borders.map(\.name)
          let text = "\(what.joined(separator: ", ")): both closed and delayed"
          // A file that says so is at fault itself, and not the command line.
          throw scenario.delayPlaces[index] == nil ? .contradiction(text) : .mismatch(text)
        }
        return links
      }
      delayed.append((delay, links))
      touched += links
    }
    do throws(TransportGraphError) {
      // Factors first, so that they multiply what the profile says and nothing that is added.
      for (delay, links) in delayed {
        if delay.factor > 1 { view = try view.scalingMoving(by: delay.factor, on: links) }
        if delay.dwellFactor > 1 { view = try view.scalingFixed(by: delay.dwellFactor, on: links) }
      }
      for (delay, links) in delayed {
        view = try view.adding(fixedSeconds: delay.added.meanSeconds, to: links)
      }
    } catch {
      throw .graph(error)
    }
    let changed = touched.sortedOnce().filter { view.differs(from: base, on: $0) }
    let closed = changed.filter { view.isClosed($0) && !base.isClosed($0) }
    return ResolvedScenario(
      scenario: scenario, view: view, changedLinks: changed, closedLinks: closed,
      opensLinks: changed.contains { base.isClosed($0) && !view.isClosed($0) },
      closedCrossings: closed.compactMap {
        graph.links[$0.index].crossingID.flatMap { crossings[$0] }
      }, withoutEffect: withoutEffect, openPartOfSeason: openPart)
  }

  /// What a body finds; its error tells the place in the file, where there is one.
  private func located(
    _ place: String?, _ body: () throws(CorridorKitError) -> [LinkID]
  ) throws(CorridorKitError) -> [LinkID] {
    do throws(CorridorKitError) {
      return try body()
    } catch {
      throw place.map { .located($0, error) } ?? error
    }
  }

  private func links(of closure: Scenario.Closure) throws(CorridorKitError) -> [LinkID] {
    switch closure {
    case .crossing(let name): return try links(ofCrossing: name)
    case .link(let id): return [try link(id)]
    case .road(let name): return try links(ofRoad: name)
    case .border(let border): return try links(ofBorder: border)
    case .mode(let mode):
      return linkIDs { $0.mode == mode }
    case .province(let name):
      let column = provinces.index(of: try province(named: name).id)
      return graph.links.indices.map { LinkID($0) }.filter { link in
        // A crossing is a point on the border: it belongs to the province whose hours it counts to.
        func isInside(_ entries: ArraySlice<OverlayMatrix.Entry>) -> Bool {
          entries.contains { Int($0.column) == column && $0.value > 0 }
        }
        return isInside(overlay.lengths(of: link)) || isInside(overlay.dwellShares(of: link))
      }
    case .area(let polygons, let name, let metric):
      guard metric == network.metric else {
        throw .mismatch("area \"\(name)\": \"metric\" differs from that of the network")
      }
      return try links(in: polygons)
    }
  }

  private func links(of delay: Scenario.Delay) throws(CorridorKitError) -> [LinkID] {
    var links: Set<LinkID> = []
    for name in delay.crossings { links.formUnion(try self.links(ofCrossing: name)) }
    for id in delay.links { links.insert(try link(id)) }
    for name in delay.roads { links.formUnion(try self.links(ofRoad: name)) }
    for border in delay.borders { links.formUnion(try crossingLinks(of: border)) }
    return links.sorted()
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

  /// The links that bear a name or number, crossings among them.
  ///
  /// - Throws: ``CorridorKitError/unknownName(kind:name:suggestions:)`` with the nearest names, or
  ///   ``CorridorKitError/mismatch(_:)`` for a network that names none of its links.
  private func links(ofRoad name: String) throws(CorridorKitError) -> [LinkID] {
    let wanted = NameKey(name)
    let number = RoadNumber(name)
    let links = linkIDs { link in
      link.name.map { NameKey($0) == wanted } ?? false
        || link.roadNumbers.contains { RoadNumber($0) == number }
    }
    guard links.isEmpty else { return links }
    let names = Set(graph.links.flatMap { [$0.name].compactMap(\.self) + $0.roadNumbers })
    guard !names.isEmpty else {
      throw .mismatch(
        "road \"\(name)\": no link of the network has a \"name\" or \"ref\"; "
          + "name its links, an area or a province instead")
    }
    throw .unknownName(
      kind: "road", name: name,
      suggestions: nearestNames(to: name, among: names.map { (name: $0, answer: $0) }))
  }

  /// - Throws: ``CorridorKitError/mismatch(_:)`` for a crossing that no link of the network carries.
  private func links(ofCrossing name: String) throws(CorridorKitError) -> [LinkID] {
    let ids = Set(try crossings.resolve(name).map(\.id))
    let links = links(ofCrossings: ids)
    guard !links.isEmpty else {
      throw .mismatch(
        "crossing \"\(name)\" is in the catalogue, but no link of the network passes it")
    }
    return links
  }

  /// The crossings of a border.
  private func crossingLinks(of border: Scenario.Border) throws(CorridorKitError) -> [LinkID] {
    let links = crossingLinks.filter { id in
      let link = graph.links[id.index]
      guard border.mode == nil || link.mode == border.mode else { return false }
      return link.crossingID.flatMap { crossings[$0] }.map { Set($0.countries) == border.countries }
        ?? false
    }
    guard !links.isEmpty else {
      let borders = Set(crossings.crossings.map { $0.countries.sorted().joined(separator: "-") })
      throw .notExpected(kind: "border", text: border.name, expected: borders.sorted())
    }
    return links
  }

  /// Every way over a border: its crossings, and the ways that pass it without one.
  private func links(ofBorder border: Scenario.Border) throws(CorridorKitError) -> [LinkID] {
    let crossings = try crossingLinks(of: border)
    let others = waysBetweenCountries.filter { way in
      (border.mode == nil || graph.links[way.link.index].mode == border.mode)
        && border.countries.isSubset(of: way.countries)
    }.map(\.link)
    return (crossings + others).sorted()
  }

  /// The links with part of their length in an area.
  private func links(in polygons: [Polygon]) throws(CorridorKitError) -> [LinkID] {
    do throws(GeographyError) {
      let lengths = try ProvinceOverlay(provinces).lengthsInside(
        area: polygons, ofEach: network.lines)
      // A crossing is a point: it closes when the area covers it.
      let area = try ProvinceOverlay(
        ProvinceLayer(
          provinces: polygons.enumerated().map { index, polygon in
            Province(
              id: "\(index)", name: "\(index)", names: [:], aliases: [], country: "", level: 1,
              validFrom: nil, validTo: nil, polygons: [polygon])
          }, metric: network.metric))
      var links: [LinkID] = []
      for (index, link) in graph.links.enumerated() {
        var isInside = lengths[index] > 0
        if link.kind == .crossing, !isInside {
          let point = network.place(
            of: link.crossingID.flatMap { crossings[$0] }, onLine: network.lines[index])
          isInside = try !area.provinces(at: point, toleranceMeters: 0).isEmpty
        }
        if isInside { links.append(LinkID(index)) }
      }
      return links
    } catch {
      throw .geography(error)
    }
  }
}

/// A road's number as it is compared: `A3`, `A-3` and the Cyrillic `А-3` are one.
private struct RoadNumber: Hashable {
  let text: String

  init(_ ref: String) {
    text = String(
      NameKey(ref).text.filter { $0 != " " }.map { Self.latinLookalikes[$0] ?? $0 })
  }

  /// The Cyrillic letters that road signs share with Latin, in lower case.
  private static let latinLookalikes: [Character: Character] = [
    "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c",
    "т": "t", "у": "y", "х": "x",
  ]
}

extension Link {
  /// The numbers of its road, each as it is written.
  fileprivate var roadNumbers: [String] {
    (ref ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}

extension [LinkID] {
  /// Each link once, ascending. What is almost in order takes linear time.
  fileprivate func sortedOnce() -> [LinkID] {
    var links: [LinkID] = []
    for link in sorted() where link != links.last { links.append(link) }
    return links
  }
}

extension GraphView {
  /// Whether a link is closed or takes another time than in another view of the graph.
  fileprivate func differs(from other: GraphView, on link: LinkID) -> Bool {
    isClosed(link) != other.isClosed(link)
      || times.movingSeconds[link.index] != other.times.movingSeconds[link.index]
      || times.fixedSeconds[link.index] != other.times.fixedSeconds[link.index]
  }
}

extension HierarchyMetric {
  /// - Throws: ``CorridorKitError/hierarchy(_:)``.
  static func customized(
    _ hierarchy: ContractionHierarchy, for view: GraphView
  ) throws(CorridorKitError) -> HierarchyMetric {
    do {
      return try HierarchyMetric(hierarchy, view: view)
    } catch {
      throw .hierarchy(error)
    }
  }

  /// Where more than one link in so many changes, customising all arcs takes less than following the
  /// changes (the shipped network: 10 µs a link against 1.2 ms for all 33,476).
  private static let partialLimit = 256

  /// Changes the metric to a view that differs in some links.
  ///
  /// - Throws: ``CorridorKitError/hierarchy(_:)``; the metric then stays as it was.
  mutating func update(to view: GraphView, changing links: [LinkID]) throws(CorridorKitError) {
    do {
      if links.count > view.graph.links.count / Self.partialLimit {
        try update(to: view)
      } else {
        try update(to: view, changed: links)
      }
    } catch {
      throw .hierarchy(error)
    }
  }
}
