extension IndexStep: CustomStringConvertible {
  /// What the step does, with its parameters, in one line.
  public var description: String {
    switch self {
    case .chooseYear(let step):
      "year \(step.year)"
        + (step.imputation == .none ? "" : ", else \(step.imputation.rawValue)")
        + (step.maximumDistance.map { " within \($0) years" } ?? "")
    case .screen(let step): step.words
    case .impute(let step):
      "impute \(step.method.rawValue)" + (step.grouping.map { " by \($0)" } ?? "")
        + (step.indicators.map { " of \($0.joined(separator: ", "))" } ?? "")
    case .denominate(let step):
      "denominate "
        + (step.indicators.isEmpty
          ? "as the framework says"
          : Self.list(step.indicators) { denomination in
            let scale = denomination.scale == 1 ? "" : "\(denomination.scale.plain) "
            return "per \(scale)\(denomination.denominator)"
          })
    case .treat(let step):
      "treat outliers: \(step.treatment.words)"
        + (step.indicators.isEmpty ? "" : "; " + Self.list(step.indicators) { $0.words })
    case .normalise(let step): step.words
    case .weigh(let step): step.words
    case .aggregate(let step): step.words
    }
  }

  /// Named values in the order of their names.
  fileprivate static func list<Value>(
    _ values: [String: Value], _ shown: (Value) -> String
  ) -> String {
    values.sorted { $0.key < $1.key }.map { "\($0.key) \(shown($0.value))" }
      .joined(separator: ", ")
  }
}

extension Screening {
  fileprivate var words: String {
    let limits = [
      minimumAvailability.map { "availability at least \($0)" },
      minimumNonZero.map { "share of values other than 0 at least \($0)" },
    ].compactMap(\.self)
    let names = IndexStep.list(forced) { $0 ? "kept" : "left out" }
    return "screen: " + (limits + (names.isEmpty ? [] : [names])).joined(separator: ", ")
  }
}

extension OutlierTreatment {
  fileprivate var words: String {
    let then =
      switch transformation {
      case .none: "no transformation"
      case .log: "log"
      case .logTowardsSkew: "log towards the skew"
      case .boxCox(let exponent): "Box–Cox" + (exponent.map { " with exponent \($0)" } ?? "")
      }
    return
      "|skewness| ≥ \(skewness.plain) and excess kurtosis ≥ \(excessKurtosis.plain), winsorise at most "
      + "\(maximumWinsorised.map { "\($0)" } ?? "an eighth of the values, 1 to 5"), then \(then)"
  }
}

extension NormalisationStep {
  fileprivate var words: String {
    "normalise by \(method.rawValue)" + (reference.map { " to \($0)" } ?? "")
      + (indicators.isEmpty ? "" : "; " + IndexStep.list(indicators) { $0.rawValue })
  }
}

extension WeightStep {
  fileprivate var words: String {
    let given = dimensions.merging(indicators) { $1 }
    return "weigh: \(method.rawValue)"
      + (given.isEmpty ? "" : "; " + IndexStep.list(given) { "\($0)" })
      + judgements.map { judgement in
        "; parts of \(judgement.whole ?? "the index") compared in pairs, consistency ratio "
          + "\((judgement.comparison.consistencyRatio * 1000).rounded() / 1000)"
      }.joined()
  }
}

extension AggregationStep {
  fileprivate var words: String {
    "aggregate: \(levels.map(\.rawValue).joined(separator: ", ")) from level 2 upwards"
      + (dimensions.isEmpty ? "" : "; " + IndexStep.list(dimensions) { $0.rawValue })
      + "; minimum coverage \(minimumCoverage)"
      + (minimumCoverages.isEmpty ? "" : "; " + IndexStep.list(minimumCoverages) { "\($0)" })
  }
}
