/// Why values could not be moved between vintages.
public enum CrosswalkError: Error, Equatable, Sendable {
  /// A unit stands twice in one vintage.
  case repeatedUnit(String)
  /// A unit that the vintage does not have.
  case unknownUnit(String, nearest: [String])
  /// One part is given twice.
  case repeatedPart(from: String, to: String)
  /// A unit that corresponds to none.
  case unitWithoutParts(String)
  /// A unit between two vintages that was made of several and became several.
  case undetermined(unit: String)
  /// A size that is not a finite number of 0 or more.
  case badSize(unit: String, value: Double)
  /// An indicator of which nobody says whether it adds up over units.
  case unknownKind(indicator: String)
  /// An indicator that is called both.
  case mixedKinds(indicator: String)
}

extension CrosswalkError: CustomStringConvertible {
  /// One line: what, and what was expected.
  public var description: String {
    switch self {
    case .repeatedUnit(let unit): "unit \(unit) stands twice in one vintage; expected once"
    case .unknownUnit(let unit, let nearest):
      "unit is '\(unit)'; expected a unit of the vintage"
        + (nearest.isEmpty ? "" : "; nearest: \(nearest.joined(separator: ", "))")
    case .repeatedPart(let from, let to):
      "\(from) to \(to) stands twice; expected each pair of units once"
    case .unitWithoutParts(let unit):
      "unit \(unit) corresponds to none of the other vintage; expected one at least"
    case .undetermined(let unit):
      "unit \(unit) was made of several and became several: which of the former went to which of the "
        + "latter is not stated; expected a change from the first vintage to the last itself"
    case .badSize(let unit, let value):
      "the size of \(unit) is \(value); expected a finite number, 0 or more"
    case .unknownKind(let indicator):
      "\(indicator): nothing says whether it adds up over units; expected \"kind\": \"extensive\" (counts, "
        + "totals) or \"intensive\" (rates, shares, means) in the framework, or --kind "
        + "\(indicator)=intensive"
    case .mixedKinds(let indicator):
      "\(indicator) is called both extensive and intensive; expected one of them"
    }
  }
}
