public import RiskIndex

extension UnitHistory {
  /// What a name means in one vintage.
  public struct NamedUnits: Sendable, Hashable {
    /// What answers to the name, such as `Zhezkazgan Region (until 1997-05-03)`.
    public let answering: String
    /// The units of the vintage that it lies in, in their order.
    public let units: [UnitCorrespondence.Unit]
    /// Whether the units together are its territory; false where it is made of parts of them.
    public let isWhole: Bool
    /// What became of it; nil for a unit that a vintage has.
    public let note: String?
  }

  /// What an id or name means in a vintage.
  ///
  /// - Throws: As ``answers(named:in:)``, and ``CorridorKitError/ambiguousName(kind:name:choices:)`` for what
  ///   means several things: an id that vintages give to different units.
  /// - Complexity: O(names).
  public func units(named name: String, in vintage: String) throws(CorridorKitError) -> NamedUnits {
    let answers = try answers(named: name, in: vintage)
    guard answers.count == 1 else {
      throw .ambiguousName(
        kind: "unit of \(vintage)", name: name, choices: answers.map(\.answering))
    }
    return answers[0]
  }

  /// All that an id or name may mean in a vintage: a unit of its own; else units of other vintages, where
  /// these differ in territory; else a former unit.
  ///
  /// Names are compared without case, diacritics and the word for "region"; the exact name goes first, so
  /// that Almaty is the city and Almaty oblast is not.
  ///
  /// - Returns: One at least.
  /// - Throws: ``CorridorKitError/unknownName(kind:name:suggestions:)`` with the nearest;
  ///   ``CorridorKitError/ambiguousName(kind:name:choices:)`` for a name that several units of one vintage
  ///   answer to.
  /// - Complexity: O(names).
  public func answers(named name: String, in vintage: String) throws(CorridorKitError)
    -> [NamedUnits]
  {
    let wanted = try self.vintage(vintage)
    if let unit = try unit(name, of: wanted) {
      return [NamedUnits(answering: unit.name, units: [unit], isWhole: true, note: nil)]
    }
    var answers: [NamedUnits] = []
    // The latest first: what was renamed last is what a reader is likeliest to mean.
    for other in vintages.reversed() where other.id != vintage {
      guard let unit = try unit(name, of: other) else { continue }
      let answer = located(
        "\(unit.name) (units of \(other.id))", [unit.id],
        by: try correspondence(from: other.id, to: vintage))
      let isKnown = answers.contains {
        $0.units == answer.units && $0.isWhole == answer.isWhole
      }
      if !isKnown { answers.append(answer) }
    }
    if !answers.isEmpty { return answers }
    for reduced in [false, true] {
      let key = UnitNameKey(name, reduced: reduced)
      guard
        let found = former.first(where: {
          $0.names.contains { UnitNameKey($0, reduced: reduced) == key }
        }), let last = vintages.last
      else { continue }
      let answer = located(
        "\(found.names[0]) (until \(found.until))", found.units,
        by: try correspondence(from: last.id, to: vintage))
      // Of several units a former one took parts, which nobody states.
      return [
        NamedUnits(
          answering: answer.answering, units: answer.units,
          isWhole: answer.isWhole && found.units.count == 1, note: found.note)
      ]
    }
    let spellings =
      wanted.units.flatMap { unit in
        ([unit.id] + (wanted.names[unit.id] ?? [])).map {
          (name: $0, answer: "\(unit.name) (\(unit.id))")
        }
      } + former.flatMap { unit in unit.names.map { (name: $0, answer: unit.names[0]) } }
    // A former "Semipalatinsk Region" is also what a mistyped "Semipalatinsk" means.
    let short = spellings.map {
      (name: UnitNameKey($0.name, reduced: true).text, answer: $0.answer)
    }
    throw .unknownName(
      kind: "unit of \(vintage)", name: name,
      suggestions: nearestNames(to: name, among: spellings + short))
  }

  private func located(
    _ answering: String, _ ids: [String], by correspondence: UnitCorrespondence
  ) -> NamedUnits {
    let targets = Set(correspondence.parts.filter { ids.contains($0.from) }.map(\.to))
    let covered = Set(correspondence.parts.filter { targets.contains($0.to) }.map(\.from))
    return NamedUnits(
      answering: answering, units: correspondence.to.filter { targets.contains($0.id) },
      isWhole: covered == Set(ids), note: nil)
  }

  private func unit(_ name: String, of vintage: Vintage) throws(CorridorKitError)
    -> UnitCorrespondence.Unit?
  {
    if let unit = vintage.units.first(where: { $0.id == name }) { return unit }
    for reduced in [false, true] {
      let key = UnitNameKey(name, reduced: reduced)
      let found = vintage.units.filter { unit in
        ([unit.id] + (vintage.names[unit.id] ?? [])).contains {
          UnitNameKey($0, reduced: reduced) == key
        }
      }
      if found.count == 1 { return found[0] }
      if found.count > 1 {
        throw .ambiguousName(
          kind: "unit of \(vintage.id)", name: name, choices: found.map { "\($0.id) (\($0.name))" })
      }
    }
    return nil
  }
}

/// A unit's name as it is compared: words for "region" are one word, or, reduced, none; likewise "city".
private struct UnitNameKey: Hashable {
  private let words: [String]

  private static let region: Set<String> = [
    "region", "oblast", "oblysy", "province", "область", "области", "облысы", "обл",
  ]
  private static let city: Set<String> = ["city", "г", "город", "қаласы", "qalasy"]

  var text: String { words.joined(separator: " ") }

  init(_ name: String, reduced: Bool) {
    var words: [String] = []
    for word in NameKey(name).text.split(separator: " ").map(String.init) {
      if Self.region.contains(word) {
        if !reduced { words.append("region") }
      } else if Self.city.contains(word) {
        if !reduced { words.append("city") }
      } else {
        words.append(word)
      }
    }
    // Word order differs between languages: "Область Абай".
    self.words = reduced ? words : words.filter { $0 != "region" } + words.filter { $0 == "region" }
  }
}
