/// One thing about an index that is uncertain.
public struct UncertainFactor: Sendable, Hashable {
  /// What kind of thing.
  public enum Kind: Sendable, Hashable {
    /// Which step of a kind is taken; the labels of the alternatives.
    case step(IndexStep.Kind, labels: [String])
    /// All weights together.
    case weights
    /// Which indicator is left out; the labels of the alternatives, the first of which is none.
    case leftOut(labels: [String])
    /// The errors of all figures together.
    case data
    /// Exposure, from draws of its own.
    case exposure
  }

  /// What kind of thing.
  public var kind: Kind
  /// The first of the columns of a row that it takes.
  var firstColumn: Int
  /// How many columns it takes.
  var width: Int
  /// The keys of its columns in random streams.
  var keys: [UInt64]

  /// What a reader calls it.
  public var name: String {
    switch kind {
    case .step(let kind, _): kind.noun
    case .weights: "weights"
    case .leftOut: "indicators"
    case .data: "data"
    case .exposure: "exposure"
    }
  }

  /// What a sentence calls it, and whether that is several things.
  var subject: (words: String, isPlural: Bool) {
    switch kind {
    case .step(let kind, _): ("the \(kind.noun)", false)
    case .weights: ("the weights", true)
    case .leftOut: ("the choice of indicators", false)
    case .data: ("errors of the figures", true)
    case .exposure: ("exposure", false)
    }
  }

  /// How a sentence names an alternative.
  func phrase(_ alternative: Int) -> String {
    guard case .leftOut = kind else { return "with \(labels[alternative])" }
    return alternative == 0 ? "with every indicator" : "without \(labels[alternative])"
  }

  /// What may be chosen; empty for what is a number and no choice.
  public var labels: [String] {
    switch kind {
    case .step(_, let labels), .leftOut(let labels): labels
    default: []
    }
  }

  /// The alternative that a row takes, one of equal parts of 0 ..< 1.
  func alternative(_ row: [Double]) -> Int {
    min(Int(row[firstColumn] * Double(labels.count)), labels.count - 1)
  }
}

extension IndexStep.Kind {
  /// What a reader calls the choice of such a step.
  var noun: String {
    switch self {
    case .chooseYear: "choice of years"
    case .screen: "screening"
    case .impute: "imputation"
    case .denominate: "denomination"
    case .treat: "treatment of outliers"
    case .normalise: "normalisation"
    case .weigh: "weighting"
    case .aggregate: "aggregation"
    }
  }
}
