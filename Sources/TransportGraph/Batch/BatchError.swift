/// Why a batch has no result.
public enum BatchError: Error, Equatable, Sendable {
  /// It was cancelled before it returned.
  case cancelled
  /// A scenario cannot be made of the base view: a delay is out of range. The index of the scenario.
  case badScenario(index: Int, TransportGraphError)
  /// The impedances of a scenario are too large for the hierarchy. The index of the scenario.
  case badMetric(index: Int, HierarchyError)
}

extension BatchError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cancelled: "the batch was cancelled"
    case .badScenario(let index, let error): "scenario \(index): \(error)"
    case .badMetric(let index, let error): "scenario \(index): \(error)"
    }
  }
}
