/// What each closure does by itself: the N-1 analysis of a network's flows.
///
/// Source: the criterion of one failure at a time is that of power systems; for roads D. M. Scott,
/// D. C. Novak, L. Aultman-Hall, F. Guo (2006), Network robustness index, Journal of Transport Geography
/// 14, 215–227, https://doi.org/10.1016/j.jtrangeo.2005.10.003.
public struct Criticality: Sendable {
  /// The change of a unit's exposure.
  public struct UnitChange: Sendable, Hashable {
    /// The index in ``ReportingUnits/units``.
    public let unit: Int
    /// Σ mass × metres, after less before.
    public var lengthMeters = 0.0
    /// Σ mass × seconds, after less before.
    public var travelTimeSeconds = 0.0
    /// The mass that enters the unit, after less before.
    public var enteringMass = 0.0
    /// True where no trip entered the unit before and some do now.
    public var isNew = false
  }

  /// One element, closed.
  public struct Row: Sendable {
    /// What is closed.
    public let element: CriticalElement
    /// The mass that passes it when it is open: Σ mass × expected number of uses, over the links of a
    /// crossing or site; of a chain, on its busiest link.
    public let passingMass: Double
    /// What its closure does.
    public let effect: ClosureEffect
    /// Cost after over cost before, over the trips still connected; nil if there is none.
    public let detourFactor: Double?
    /// The units whose exposure changes, ascending.
    public let changes: [UnitChange]
  }

  /// One for each element, in their order.
  public let rows: [Row]

  /// The places of the rows by a measure, the largest value first; of equal ones in the order of ids.
  ///
  /// - Returns: Indices into ``rows`` with their ranks: equal values share the better rank (1, 2, 2, 4).
  public func ranked(by measure: CriticalityMeasure) -> [(index: Int, rank: Int)] {
    rankedDescending(rows.indices.map { $0 }) { (rows[$0].effect[measure], rows[$0].element.id) }
  }
}

/// Items by falling value, ties by name and sharing the better rank.
///
/// Values that differ by less than a billionth of the largest are equal: what is the same sum in another
/// order shall not be another rank.
func rankedDescending<Item>(
  _ items: [Item], key: (Item) -> (value: Double, name: String)
) -> [(index: Item, rank: Int)] {
  let keys = items.map(key)
  let unit = (keys.map { abs($0.value) }.max() ?? 0) * 1e-9
  let sorted = zip(items, keys).map { item, key in
    (item: item, value: unit > 0 ? (key.value / unit).rounded() : 0, name: key.name)
  }.sorted { ($1.value, $0.name) < ($0.value, $1.name) }
  var ranked: [(index: Item, rank: Int)] = []
  for (place, entry) in sorted.enumerated() {
    let isTie = place > 0 && sorted[place - 1].value == entry.value
    ranked.append((entry.item, isTie ? ranked[place - 1].rank : place + 1))
  }
  return ranked
}

extension ClosureStudy {
  /// What can be closed and carries flow: crossings and sites all, links and chains only where some trip
  /// uses one; closing another changes no way.
  public func elements(_ kind: CriticalElement.Kind) -> [CriticalElement] {
    let all = analysis.criticalElements(kind)
    guard kind == .links || kind == .chains else { return all }
    return all.filter { $0.links.contains { usage[$0.index] > 0 } }
  }

  /// Those of the elements that some trip passes.
  public func carryingFlow(_ elements: [CriticalElement]) -> [CriticalElement] {
    elements.filter { $0.links.contains { usage[$0.index] > 0 } }
  }

  /// Closes each element by itself.
  ///
  /// - Parameters:
  ///   - elements: No two share a link.
  ///   - progress: Takes how many elements are done, from any thread.
  /// - Throws: ``CorridorKitError`` of the model of route choice.
  /// - Complexity: for each element the ways of the trips that it may change.
  public func closingEach(
    _ elements: [CriticalElement], progress: (@Sendable (Int) -> Void)? = nil
  ) throws(CorridorKitError) -> Criticality {
    let affected = TripsByElement(self, elements)
    // A unit's entering mass is 0 exactly where no trip has a chance of entering it.
    var isEntered = [Bool](repeating: false, count: analysis.matrix.units.count)
    for sent in open {
      for cell in sent.exposure?.cells ?? [] where cell.entryProbability > 0 {
        isEntered[cell.unit] = true
      }
    }
    let entered = isEntered
    // Those that touch most trips first, so that no thread waits long for the last.
    let order = elements.indices.sorted {
      (affected[$1].count, $0) < (affected[$0].count, $1)
    }
    let found = try inParallel(
      elements.count, threads: threads, state: router, progress: progress
    ) { (router, item) throws(CorridorKitError) in
      let index = order[item]
      let element = elements[index]
      let trips = affected[index]
      let sent =
        trips.isEmpty
        ? []
        : try router.send(trips, closing: element.links, after: trips.map { open[$0].history })
      var effect = ClosureEffect()
      for (trip, sent) in zip(trips, sent) { effect += self.effect(of: sent, on: trip) }
      return Criticality.Row(
        element: element, passingMass: passingMass(element), effect: effect,
        detourFactor: effect.detourFactor(costBefore: cost),
        changes: changes(trips, sent, isEntered: entered))
    }
    let rows = zip(order, found).sorted { $0.0 < $1.0 }.map(\.1)
    return Criticality(rows: rows)
  }

  private func passingMass(_ element: CriticalElement) -> Double {
    let masses = element.links.map { usage[$0.index] }
    let graph = analysis.area.graph
    let isCrossing = element.links.allSatisfy { graph.links[$0.index].crossingID != nil }
    return isCrossing ? masses.reduce(0, +) : masses.max() ?? 0
  }

  private func changes(
    _ trips: [Int], _ sent: [ClosureRouter.Sent], isEntered: [Bool]
  ) -> [Criticality.UnitChange] {
    var changes = analysis.matrix.units.units.indices.map { Criticality.UnitChange(unit: $0) }
    for (trip, sent) in zip(trips, sent) {
      guard let before = open[trip].exposure else { continue }
      let mass = self.trips[trip].mass
      Self.forEachUnit(before, sent.exposure) { unit, old, new in
        func change(_ figure: (TripExposure.Cell) -> Double) -> Double {
          mass * ((new.map(figure) ?? 0) - (old.map(figure) ?? 0))
        }
        changes[unit].lengthMeters += change(\.lengthMeters)
        changes[unit].travelTimeSeconds += change(\.travelTimeSeconds)
        changes[unit].enteringMass += change(\.entryProbability)
        if !isEntered[unit], (new?.entryProbability ?? 0) > 0 { changes[unit].isNew = true }
      }
    }
    return changes.filter {
      $0.lengthMeters != 0 || $0.travelTimeSeconds != 0 || $0.enteringMass != 0
    }
  }
}

/// Which trips the closure of each element may change, with everything else open.
struct TripsByElement {
  private var trips: [[Int]]

  /// - Complexity: O(deciding links of all trips).
  init(_ study: ClosureStudy, _ elements: [CriticalElement]) {
    let lookup = ElementLookup(elements, linkCount: study.analysis.area.graph.links.count)
    trips = Array(repeating: [], count: elements.count)
    for (trip, sent) in study.open.enumerated() {
      for element in lookup.deciding(sent) { trips[element].append(trip) }
    }
  }

  /// Ascending.
  subscript(element: Int) -> [Int] { trips[element] }
}

/// The element that each link belongs to.
struct ElementLookup: Sendable {
  private var elementOfLink: [Int32]
  private let count: Int

  init(_ elements: [CriticalElement], linkCount: Int) {
    elementOfLink = Array(repeating: -1, count: linkCount)
    count = elements.count
    for (index, element) in elements.enumerated() {
      for link in element.links { elementOfLink[link.index] = Int32(index) }
    }
  }

  /// The elements whose closure may change a trip, ascending.
  func deciding(_ sent: ClosureRouter.Sent) -> [Int] {
    guard let links = sent.decidingLinks else { return Array(0..<count) }
    return Set(links.lazy.map { Int(elementOfLink[$0.index]) }.filter { $0 >= 0 }).sorted()
  }
}
