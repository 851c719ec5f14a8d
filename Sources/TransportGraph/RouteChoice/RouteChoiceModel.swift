import Foundation

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
  /// A logit over all walks, chosen link by link (Markovian).
  case recursiveLogit(RecursiveLogit)

  /// Checks the parameters.
  ///
  /// - Throws: ``RouteChoiceError/badParameter(_:value:expected:)``, for the first that is wrong.
  public func validate() throws(RouteChoiceError) {
    switch self {
    case .shortest: break
    case .pathSizeLogit(let model): try model.validate()
    case .stoch(let model): try model.validate()
    case .recursiveLogit(let model): try model.validate()
    }
  }
}

/// A route choice model that cannot be computed.
public enum RouteChoiceError: Error, Equatable, Sendable {
  /// A parameter outside its range.
  case badParameter(String, value: Double, expected: String)
  /// A recursive logit that does not exist: walks in circles outweigh all others.
  ///
  /// - `destination`: A node that walks from an origin would have to end at.
  /// - `theta`: As asked for.
  /// - `spectralRadius`: Of the matrix of weights; a model exists where it is below 1, and can be computed
  ///   where it is not within rounding of it.
  /// - `sufficientTheta`: About the least θ that would do, rounded up to two digits; nil where none would,
  ///   for links that cost nothing make a circle.
  case noRecursiveLogit(
    destination: NodeID, theta: Double, spectralRadius: Double, sufficientTheta: Double?)
  /// More arcs than the solver of the recursive logit finds memory for.
  case tooManyStates(Int)
}

extension RouteChoiceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badParameter(let name, let value, let expected):
      "route choice: \(name) is \(value); expected \(expected)"
    case .noRecursiveLogit(_, let theta, let radius, let sufficient):
      "there is no recursive logit with theta \(theta): walks in circles outweigh all others (spectral "
        + "radius \(Self.rounded(radius)); expected below 1)"
        + (sufficient.map { "; it takes a theta of about \(Self.rounded($0)) or more" }
          ?? "; no theta is enough, for some circle costs nothing")
        + "; on a network with many short links, limit its walks to the links of alternatives "
        + "(--rl-links alternatives), to fewer of these (--k), or take another model"
    case .tooManyStates(let count):
      "route choice: the recursive logit finds no memory for \(count) states"
    }
  }

  /// To four digits, without those that say nothing.
  private static func rounded(_ value: Double) -> String {
    String(format: "%.4g", value)
  }
}

/// What a reader of a model's result should know.
public enum RouteChoiceWarning: Hashable, Sendable {
  /// Of so many pairs, fewer than 0.9 of the walks of a recursive logit visit no node twice: θ is low for
  /// the network.
  ///
  /// - `worst`: The pair with the least share.
  /// - `looplessShare`: Its share, from walks drawn at random (seeded), with its standard error.
  case walksLoop(pairCount: Int, worst: NodePair, looplessShare: Double, standardError: Double)
  /// Of so many pairs, walks of a recursive logit cost more than 1.5 times the shortest way, on average.
  ///
  /// - `worst`: The pair with the greatest ratio, `costRatio`.
  case walksAreLong(pairCount: Int, worst: NodePair, costRatio: Double)
}

extension RouteChoiceWarning: CustomStringConvertible {
  public var description: String {
    switch self {
    case .walksLoop(let count, _, let share, let error):
      "recursive logit: for \(count) pair\(count == 1 ? "" : "s") fewer than 90 % of the walks visit no "
        + "place twice (\(Self.percent(share)) ± \(Self.percent(error)) "
        + "\(count == 1 ? "of them" : "where it is fewest")): theta is low for this network"
    case .walksAreLong(let count, _, let ratio):
      "recursive logit: for \(count) pair\(count == 1 ? "" : "s") walks cost more than 1.5 times the "
        + "shortest way on average (\(String(format: "%.2f", ratio)) times"
        + "\(count == 1 ? "" : " where it is most")): theta is low for this network"
    }
  }

  private static func percent(_ share: Double) -> String {
    String(format: "%.1f %%", share * 100)
  }
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
