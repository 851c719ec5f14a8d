import Foundation
import TransportGraph

extension RouteChoiceModel {
  /// The model with its parameters, as a sentence under a table.
  func sentence(measure: ImpedanceProfile.Measure) -> String {
    func number(_ value: Double) -> String {
      value.formatted(
        .number.precision(.significantDigits(1...6)).grouping(.never).locale(
          Locale(identifier: "en_US_POSIX")))
    }
    func theta(_ value: Double) -> String { "θ \(number(value)) per \(measure.costUnit)" }
    switch self {
    case .shortest:
      return "Route choice: all or nothing."
    case .pathSizeLogit(let logit):
      return
        "Route choice: path-size logit, \(theta(logit.theta)), β \(number(logit.beta)), at most "
        + "\(logit.limits.count) alternatives \(logit.source.phrase)."
    case .stoch(let logit):
      return "Route choice: Dial's STOCH, \(theta(logit.theta)), over all efficient ways."
    case .recursiveLogit(let logit):
      let links =
        switch logit.network {
        case .whole: "all walks"
        case .alternatives(let source, let limits):
          "walks on the links of at most \(limits.count) alternatives \(source.phrase)"
        }
      return
        "Route choice: recursive logit, \(theta(logit.theta)), over \(links)"
        + (logit.states == .nodes ? ", turning round allowed." : ".")
    }
  }
}

extension AlternativeMethod {
  fileprivate var phrase: String {
    switch self {
    case .kShortest: "of the shortest ways"
    case .penalty: "by penalty"
    case .viaNode: "by via nodes"
    }
  }
}
