import Foundation

/// How the attraction between two places falls with the cost of travel between them.
public enum Deterrence: Sendable, Hashable {
  /// exp(−β c), β per hour.
  case exponential(beta: Double)
  /// c^−n; a pair without any cost has none.
  case power(exponent: Double)
  /// c^n exp(−β c), which rises first where n > 0 (Tanner 1961, Road Research Laboratory Technical
  /// Paper 51).
  case tanner(exponent: Double, beta: Double)

  /// β of ``exponential(beta:)`` where nobody states one, per hour: a place seven hours away attracts
  /// half as much. An assumption, since no movements are published that it could be fitted to; what
  /// depends on it should be computed with 0.05 and 0.2 too.
  public static let defaultBetaPerHour = 0.1

  /// The logarithm of the attraction at a cost; nil where it is not defined, at a cost of 0 under a
  /// power other than 0.
  func logarithm(at cost: Double) -> Double? {
    func power(_ exponent: Double) -> Double? {
      exponent == 0 ? 0 : cost > 0 ? exponent * log(cost) : nil
    }
    switch self {
    case .exponential(let beta): return -beta * cost
    case .power(let exponent): return power(-exponent)
    case .tanner(let exponent, let beta): return power(exponent).map { $0 - beta * cost }
    }
  }
}
