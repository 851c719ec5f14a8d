import RiskIndex

extension RecipeReader {
  func normalisation(_ value: YAMLReading) throws(CorridorKitError) -> NormalisationStep {
    try value.requireKeys([
      "method", "range", "mean", "deviation", "ties", "capped", "reference", "indicators",
    ])
    var step = NormalisationStep(try value["method"]?.choice() ?? .goalpost)
    // Files tell scores as readers see them; 1 on the common scale is shown as 100.
    if let range = value["range"] {
      let ends = try range.list()
      guard ends.count == 2 else { throw range.fault(expected: "two numbers, such as [0, 100]") }
      step.parameters.low = try finite(ends[0]) / 100
      step.parameters.high = try finite(ends[1]) / 100
      guard step.parameters.low < step.parameters.high else {
        throw range.fault(
          "[\(try ends[0].string()), \(try ends[1].string())]",
          expected: "the lower end first")
      }
    }
    if let mean = value["mean"] { step.parameters.mean = try finite(mean) / 100 }
    if let deviation = value["deviation"] {
      step.parameters.deviation = try positive(deviation) / 100
    }
    if let ties = value["ties"] { step.parameters.ties = try ties.choice() }
    if let capped = value["capped"] { step.parameters.isCapped = try capped.flag() }
    step.reference = try value["reference"].map(unit)
    for (id, entry) in try named(value["indicators"], "indicator", indicators) {
      step.indicators[id] = try entry.choice()
    }
    let methods = [step.method] + step.indicators.values
    guard (step.reference != nil) == methods.contains(.distanceToReference) else {
      throw value.fault(
        step.reference == nil ? "without \"reference\"" : "a \"reference\"",
        expected: "a reference for distance-to-reference, and for no other")
    }
    return step
  }

  func weights(_ value: YAMLReading) throws(CorridorKitError) -> WeightStep {
    try value.requireKeys(["method", "dimensions", "indicators", "compare"])
    var step = WeightStep(try value["method"]?.choice() ?? .framework)
    for (id, entry) in try named(value["dimensions"], "dimension", dimensions) {
      step.dimensions[id] = try share(entry)
    }
    for (id, entry) in try named(value["indicators"], "indicator", indicators) {
      step.indicators[id] = try share(entry)
    }
    for entry in try value["compare"]?.list() ?? [] {
      step.judgements.append(try judgements(entry))
    }
    do { try step.validate(framework) } catch {
      throw value.fault("refused: \(error)", expected: "weights of the framework")
    }
    return step
  }

  /// Without `of` the parts of the index are compared.
  private func judgements(_ value: YAMLReading) throws(CorridorKitError) -> WeightStep.Judgements {
    try value.requireKeys(["of", "parts", "matrix"])
    var parts: [String] = []
    for part in try value.required("parts").list() {
      parts.append(try name(part, "part", dimensions + indicators))
    }
    let rows = try value.required("matrix")
    var matrix: [[Double]] = []
    for row in try rows.list() {
      var numbers: [Double] = []
      for cell in try row.list() { numbers.append(try ratio(cell)) }
      matrix.append(numbers)
    }
    do {
      return WeightStep.Judgements(
        of: try value["of"].map { (of) throws(CorridorKitError) in
          try name(of, "dimension", dimensions)
        }, try PairwiseComparison(elements: parts, matrix: matrix))
    } catch let error as PairwiseComparisonError {
      throw rows.fault("refused: \(error)", expected: "judgements that agree")
    } catch let error as CorridorKitError {
      throw error
    } catch {
      throw rows.fault(expected: "judgements that agree")
    }
  }

  /// A number above 0, also as a fraction such as 1/3.
  private func ratio(_ value: YAMLReading) throws(CorridorKitError) -> Double {
    let terms = try value.string().split(separator: "/", omittingEmptySubsequences: false)
    let numbers = terms.map { Double($0.trimmingSpaces) }
    guard let first = numbers.first ?? nil, first > 0, numbers.count <= 2 else {
      throw value.fault(expected: "a number above 0, or a fraction such as 1/3")
    }
    guard numbers.count == 2 else { return first }
    guard let second = numbers[1], second > 0 else {
      throw value.fault(expected: "a number above 0, or a fraction such as 1/3")
    }
    return first / second
  }

  func aggregation(_ value: YAMLReading) throws(CorridorKitError) -> AggregationStep {
    try value.requireKeys([
      "levels", "dimensions", "floor", "owa_exponent", "copeland", "minimum_coverage",
      "minimum_coverages",
    ])
    var step = AggregationStep()
    if let levels = value["levels"] {
      step.levels = []
      for level in try levels.list() { step.levels.append(try level.choice()) }
      let top = IndexTree(framework).topLevel
      guard (1...top - 1).contains(step.levels.count) else {
        throw levels.fault(
          "a list of \(step.levels.count)", expected: "1 to \(top - 1) methods, from level 2 up")
      }
    }
    for (id, entry) in try named(value["dimensions"], "dimension", dimensions) {
      step.dimensions[id] = try entry.choice()
    }
    if let floor = value["floor"] {
      if (try? floor.string()) == "none" {
        step.parameters.floor = nil
      } else {
        step.parameters.floor = try floor.number(in: 1e-9...0.999, unit: "\"none\" or a number")
      }
    }
    if let exponent = value["owa_exponent"] { step.parameters.owaExponent = try positive(exponent) }
    if let scale = value["copeland"] { step.parameters.copelandScale = try scale.choice() }
    if let coverage = value["minimum_coverage"] { step.minimumCoverage = try share(coverage) }
    for (id, entry) in try named(value["minimum_coverages"], "dimension", dimensions) {
      step.minimumCoverages[id] = try share(entry)
    }
    return step
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String { filter { $0 != " " } }
}
