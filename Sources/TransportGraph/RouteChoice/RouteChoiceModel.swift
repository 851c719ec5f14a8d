/// How travellers spread over the ways between two places.
///
/// Each model is a probability for every way, and with it an expected use of every link
/// (``LinkUse``). Costs are what the profile minimises, from times that are not rounded, in the unit of
/// the parameter θ: hours, or hundreds of kilometres under a profile that measures distance
/// (``ImpedanceProfile/Measure/costUnit``).
public enum RouteChoiceModel: Hashable, Sendable {
  /// All take the way of least impedance; equal ones share them equally (all-or-nothing).
  case shortest
  /// A logit over some alternatives in which those that share links with others count less.
  case pathSizeLogit(PathSizeLogit)
  /// A logit over all efficient ways, without listing them (Dial's STOCH).
  case stoch(DialLogit)

  /// Checks the parameters.
  ///
  /// - Throws: ``RouteChoiceError/badParameter(_:value:expected:)``, for the first that is wrong.
  public func validate() throws(RouteChoiceError) {
    switch self {
    case .shortest: break
    case .pathSizeLogit(let model): try model.validate()
    case .stoch(let model): try model.validate()
    }
  }
}

/// A route choice model that cannot be computed.
public enum RouteChoiceError: Error, Equatable, Sendable {
  /// A parameter outside its range.
  case badParameter(String, value: Double, expected: String)
}

extension RouteChoiceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badParameter(let name, let value, let expected):
      "route choice: \(name) is \(value); expected \(expected)"
    }
  }
}

/// What a reader of a model's result should know.
public enum RouteChoiceWarning: Hashable, Sendable {}

extension RouteChoiceWarning: CustomStringConvertible {
  public var description: String { switch self {} }
}

extension RouteChoiceError {
  /// Refuses what is not finite or below 0.
  static func check(_ name: String, _ value: Double) throws(RouteChoiceError) {
    guard value.isFinite, value >= 0 else {
      throw .badParameter(name, value: value, expected: "a number from 0")
    }
  }
}

extension ImpedanceProfile.Measure {
  /// The unit of costs in models of route choice; θ is per this unit.
  public var costUnit: String {
    switch self {
    case .time: "h"
    case .distance: "100 km"
    }
  }

  /// How much impedance, milliseconds or millimetres, a cost of one unit is.
  var impedancePerCostUnit: Double {
    switch self {
    case .time: 3_600_000
    case .distance: 100_000_000
    }
  }
}
