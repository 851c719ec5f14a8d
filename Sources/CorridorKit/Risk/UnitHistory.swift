import Geography
public import RiskIndex

/// The units of several vintages, what became of them, and by which names they were known.
///
/// It is data (`geodata/units.yaml`): another country, or districts, are another file.
public struct UnitHistory: Sendable, Hashable {
  /// The units of one time.
  public struct Vintage: Sendable, Hashable, Identifiable {
    /// What the vintage is called, such as `2018`.
    public let id: String
    /// Its units, in the order of the file.
    public let units: [UnitCorrespondence.Unit]
    /// The names that a unit answers to, the first of them its own; by id.
    public let names: [String: [String]]
  }

  /// What happened between two vintages.
  public struct Change: Sendable, Hashable {
    /// The vintage before.
    public let from: String
    /// The vintage after.
    public let to: String
    /// The day from which it holds.
    public let date: CalendarDate
    /// What happened, a sentence each.
    public let what: [String]
    /// Who says so.
    public let source: String
    /// Which units lie in which.
    public let correspondence: UnitCorrespondence
  }

  /// Something that moved no border, such as a renaming.
  public struct Event: Sendable, Hashable, Encodable {
    /// The day from which it holds.
    public let date: String
    /// What happened.
    public let what: String
    /// Who says so.
    public let source: String
  }

  /// A unit that no vintage has.
  public struct Former: Sendable, Hashable {
    /// The names that it answers to, the first of them its own.
    public let names: [String]
    /// The day on which it ended.
    public let until: CalendarDate
    /// The units of the last vintage that it lies in now.
    public let units: [String]
    /// What became of it.
    public let note: String
    /// Who says so.
    public let source: String
  }

  /// What the history is of.
  public let name: String
  /// Who says what the units were.
  public let source: String
  /// In the order of time.
  public let vintages: [Vintage]
  /// What happened between vintages.
  public let changes: [Change]
  /// What happened beside it.
  public let events: [Event]
  /// Units that no vintage has.
  public let former: [Former]

  /// The vintage with an id.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)``.
  public func vintage(_ id: String) throws(CorridorKitError) -> Vintage {
    guard let found = vintages.first(where: { $0.id == id }) else {
      throw .notExpected(kind: "vintage", text: id, expected: vintages.map(\.id))
    }
    return found
  }

  /// Which units of one vintage lie in which of another, in either direction of time.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)`` for an unknown vintage;
  ///   ``CorridorKitError/crosswalk(_:)`` where changes do not join.
  public func correspondence(from: String, to: String) throws(CorridorKitError)
    -> UnitCorrespondence
  {
    let (first, last) = (try vintage(from), try vintage(to))
    do {
      if first.id == last.id { return try UnitCorrespondence(identity: first.units) }
      let order = vintages.map(\.id)
      let isForward = (order.firstIndex(of: from) ?? 0) < (order.firstIndex(of: to) ?? 0)
      let joined = try joined(from: isForward ? from : to, to: isForward ? to : from)
      return isForward ? joined : joined.reversed
    } catch {
      throw .crosswalk(error)
    }
  }

  /// The changes between two vintages, in the order of time, whichever is named first.
  public func changes(between one: String, and other: String) -> [Change] {
    if let direct = direct(one, other) ?? direct(other, one) { return [direct] }
    let order = vintages.map(\.id)
    guard let a = order.firstIndex(of: one), let b = order.firstIndex(of: other) else { return [] }
    return zip(order[min(a, b)...max(a, b)], order[min(a, b)...max(a, b)].dropFirst())
      .compactMap { direct($0, $1) }
  }

  private func direct(_ from: String, _ to: String) -> Change? {
    changes.first { $0.from == from && $0.to == to }
  }

  /// From an earlier vintage to a later one, by a change between the two or by those between neighbours.
  private func joined(from: String, to: String) throws(CrosswalkError) -> UnitCorrespondence {
    let steps = changes(between: from, and: to)
    var joined = steps[0].correspondence
    for step in steps.dropFirst() { joined = try joined.followed(by: step.correspondence) }
    return joined
  }
}
