import RiskIndex

extension RecipeReader {
  func year(_ value: YAMLReading) throws(CorridorKitError) -> YearStep {
    try value.requireKeys(["value", "fill", "within"])
    return YearStep(
      try value.required("value").count(in: 1...9999),
      imputation: try value["fill"]?.choice() ?? .none,
      maximumDistance: try value["within"]?.count(in: 0...9999))
  }

  func screening(_ value: YAMLReading) throws(CorridorKitError) -> Screening {
    try value.requireKeys(["availability", "non_zero", "keep", "leave_out"])
    var forced: [String: Bool] = [:]
    for unit in try value["keep"]?.list() ?? [] { forced[try self.unit(unit)] = true }
    for unit in try value["leave_out"]?.list() ?? [] {
      guard forced.updateValue(false, forKey: try self.unit(unit)) == nil else {
        throw unit.fault(expected: "a unit that is not kept as well")
      }
    }
    let availability = try value["availability"].map(share)
    let nonZero = try value["non_zero"].map(share)
    guard availability != nil || nonZero != nil || !forced.isEmpty else {
      throw value.fault(
        "without effect", expected: "\"availability\", \"non_zero\", \"keep\" or \"leave_out\"")
    }
    return Screening(minimumAvailability: availability, minimumNonZero: nonZero, forced: forced)
  }

  func imputation(_ value: YAMLReading) throws(CorridorKitError) -> ImputationStep {
    try value.requireKeys(["method", "grouping", "indicators"])
    let method = try value.required("method").choice(Imputation.self)
    let grouping = try value["grouping"].map(self.grouping)
    guard (grouping != nil) == method.usesGroups else {
      throw value.fault(
        "\(method.rawValue) with\(grouping == nil ? "out" : "") \"grouping\"",
        expected: "a grouping for a mean or median of groups, and for no other")
    }
    var names: [String]?
    if let list = value["indicators"] {
      var read: [String] = []
      for item in try list.list() { read.append(try name(item, "indicator", indicators)) }
      names = read
    }
    return ImputationStep(method, grouping: grouping, indicators: names)
  }

  func denomination(_ value: YAMLReading) throws(CorridorKitError) -> DenominationStep {
    try value.requireKeys(["indicators", "per"])
    var step = DenominationStep(scale: try value["per"].map(positive) ?? 1)
    let known = framework.tableIdentifiers
    for (id, entry) in try named(value["indicators"], "indicator", indicators) {
      if entry.isMapping {
        try entry.requireKeys(["by", "per"])
        step.indicators[id] = Denomination(
          denominator: try name(entry.required("by"), "quantity", known),
          scale: try entry["per"].map(positive) ?? 1)
      } else {
        step.indicators[id] = Denomination(
          denominator: try name(entry, "quantity", known), scale: step.scale)
      }
    }
    return step
  }

  func treatment(_ value: YAMLReading) throws(CorridorKitError) -> TreatmentStep {
    let keys = ["skewness", "kurtosis", "winsorise", "then", "exponent"]
    try value.requireKeys(keys + ["indicators"])
    var step = TreatmentStep(try treatment(value, from: OutlierTreatment()))
    for (id, entry) in try named(value["indicators"], "indicator", indicators) {
      try entry.requireKeys(keys)
      step.indicators[id] = try treatment(entry, from: step.treatment)
    }
    return step
  }

  /// What a last resort against outliers is called.
  private enum Transformation: String, CaseIterable {
    case none, log
    case logTowardsSkew = "log-towards-skew"
    case boxCox = "box-cox"
  }

  private func treatment(
    _ value: YAMLReading, from standard: OutlierTreatment
  ) throws(CorridorKitError) -> OutlierTreatment {
    var treatment = standard
    if let limit = value["skewness"] { treatment.skewness = try positive(limit) }
    if let limit = value["kurtosis"] { treatment.excessKurtosis = try finite(limit) }
    if let most = value["winsorise"] { treatment.maximumWinsorised = try most.count(in: 0...9999) }
    let exponent = try value["exponent"].map(finite)
    if let then = value["then"] {
      switch try then.choice(Transformation.self) {
      case .none: treatment.transformation = .none
      case .log: treatment.transformation = .log
      case .logTowardsSkew: treatment.transformation = .logTowardsSkew
      case .boxCox: treatment.transformation = .boxCox(exponent: exponent)
      }
    }
    if exponent != nil {
      guard case .boxCox = treatment.transformation else {
        throw value.fault("an \"exponent\"", expected: "\"then: box-cox\" with it")
      }
    }
    return treatment
  }
}
