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
    let dated = try dated(scenario, open: open, modes: modes)
    var view = dated?.view ?? base
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
    let delayed = try delayed(scenario, closing: named)
    do throws(TransportGraphError) {
      view = try view.delaying(delayed)
    } catch {
      throw .graph(error)
    }
    let touched = (dated == nil ? [] : crossingLinks) + named + delayed.flatMap(\.links)
    let changed = touched.sortedOnce().filter { view.differs(from: base, on: $0) }
    let closed = changed.filter { view.isClosed($0) && !base.isClosed($0) }
    return ResolvedScenario(
      scenario: scenario, view: view, changedLinks: changed, closedLinks: closed,
      opensLinks: changed.contains { base.isClosed($0) && !view.isClosed($0) },
      closedCrossings: closed.compactMap {
        graph.links[$0.index].crossingID.flatMap { crossings[$0] }
      }, withoutEffect: withoutEffect, openPartOfSeason: dated?.openPart ?? [])
  }

  /// The view of a scenario's day or season, and the crossings that are open for a part of the season;
  /// nil where the scenario has neither.
  private func dated(
    _ scenario: Scenario, open: GraphView, modes: Set<Mode>
  ) throws(CorridorKitError) -> (view: GraphView, openPart: [ResolvedScenario.OpenPart])? {
    guard let season = scenario.season else {
      return scenario.date.map { (view(open, modes: modes, on: $0), []) }
    }
    guard scenario.date == nil else {
      throw .contradiction("a scenario holds for a day or for a season, not for both")
    }
    let days = season.days
    guard !days.isEmpty else { throw .contradiction("the season has no day") }
    let parts = crossings.crossings.map { crossing in
      ResolvedScenario.OpenPart(
        crossing: crossing, openDays: season.openDayCount(of: crossing, days: days),
        days: days.count)
    }
    let closed = Set(parts.filter(\.countsAsClosed).map(\.crossing.id))
    return (
      view(open, modes: modes) { !closed.contains($0.id) },
      parts.filter { $0.openDays > 0 && $0.openDays < $0.days }
    )
  }

  /// The links of each delay.
  ///
  /// - Throws: ``CorridorKitError`` for a name that is not there, or for a delay whose links are all closed.
  private func delayed(
    _ scenario: Scenario, closing links: [LinkID]
  ) throws(CorridorKitError) -> [(delay: Scenario.Delay, links: [LinkID])] {
    let closed = scenario.delays.isEmpty ? [] : Set(links)
    var delayed: [(delay: Scenario.Delay, links: [LinkID])] = []
    for (index, delay) in scenario.delays.enumerated() {
      let links = try located(scenario.delayPlaces[index]) { () throws(CorridorKitError) in
        let links = try self.links(of: delay)
        guard !links.allSatisfy(closed.contains) else {
          let what = delay.crossings + delay.links + delay.roads + delay.borders.map(\.name)
          let text = "\(what.joined(separator: ", ")): both closed and delayed"
          // A file that says so is at fault itself, and not the command line.
          throw scenario.delayPlaces[index] == nil ? .contradiction(text) : .mismatch(text)
        }
        return links
      }
      delayed.append((delay, links))
    }
    return delayed
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

  /// The view with delays: factors first, so that they multiply what the profile says and nothing that is
  /// added.
  fileprivate func delaying(
    _ delays: [(delay: Scenario.Delay, links: [LinkID])]
  ) throws(TransportGraphError) -> GraphView {
    var view = self
    for (delay, links) in delays {
      if delay.factor > 1 { view = try view.scalingMoving(by: delay.factor, on: links) }
      if delay.dwellFactor > 1 { view = try view.scalingFixed(by: delay.dwellFactor, on: links) }
    }
    for (delay, links) in delays {
      view = try view.adding(fixedSeconds: delay.added.meanSeconds, to: links)
    }
    return view
  }
}
