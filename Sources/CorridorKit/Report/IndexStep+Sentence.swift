import RiskIndex

extension IndexStep {
  /// What the step does, with its parameters, for a reader.
  var sentence: String {
    switch self {
    case .normalise(let step):
      let others = step.indicators.sorted { $0.key < $1.key }
        .map { "\($0.key) by \($0.value.rawValue)" }
      return "by \(step.method.rawValue)"
        + (others.isEmpty ? "" : "; \(others.joined(separator: ", "))") + "."
    case .weigh(let step):
      let given = (step.dimensions.merging(step.indicators) { first, _ in first })
        .sorted { $0.key < $1.key }.map { "\($0.key) \(Shown.fixed($0.value, 3))" }
      let basis = step.method == .equal ? "equal weights" : "weights of the framework, else equal"
      return basis + (given.isEmpty ? "" : "; given: \(given.joined(separator: ", "))") + "."
    case .chooseYear, .screen, .impute, .denominate, .treat: return ""
    case .aggregate(let step):
      let levels = step.levels.map(\.rawValue)
      let methods =
        Set(levels).count == 1
        ? "\(levels[0]) on every level" : levels.joined(separator: ", then ") + " upwards"
      return methods + "; a unit has a dimension if at least "
        + "\(Shown.percent(step.minimumCoverage)) % of its weight has values."
    }
  }
}
