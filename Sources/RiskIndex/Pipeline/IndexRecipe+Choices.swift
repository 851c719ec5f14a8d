extension IndexRecipe {
  /// - Throws: ``RiskIndexError/tooFewUnits(normalisation:units:)``, or `unknownUnit` for a reference that
  ///   is none of the units.
  func checkUnits(_ data: IndicatorData) throws(RiskIndexError) {
    let method = normalisation.method
    guard data.units.count >= (method.comparesUnits ? 2 : 1) else {
      throw .tooFewUnits(normalisation: method, units: data.units.count)
    }
    let known = data.units.map(\.id)
    if let reference = normalisation.reference, !known.contains(reference) {
      throw .unknownUnit(
        place: nil, unit: reference, nearest: nearestNames(to: reference, among: known))
    }
  }

  /// The choices of the recipe, resolved to places.
  func choices(
    units: [IndicatorData.Unit], cells: [[IndicatorCell?]], weights: [Double],
    framework: IndexFramework, tree: IndexTree, exposure: IndexExposure?
  ) -> IndexRunner.Choices {
    let leaves = framework.indicators + framework.supplements
    let (scale, step) = (normalisation, aggregation)
    let reference = units.firstIndex { $0.id == scale.reference }
    var shares: [Int: Double] = [:]
    var aggregations: [Aggregation] = []
    var coverages: [Double] = []
    for group in tree.indicatorCount..<tree.nodeCount {
      guard group < tree.root else {
        aggregations.append(step.method(at: tree.topLevel))
        // A unit is scored on the parts that it has; that it is not whole is told by its rank.
        coverages.append(0)
        continue
      }
      let id = framework.dimensions[group - tree.indicatorCount].id
      if framework.isExposure(id) {
        shares[group] = exposure?.share ?? 0
        // One indicator is no mean of anything.
        aggregations.append(.arithmetic)
      } else {
        aggregations.append(step.dimensions[id] ?? step.method(at: tree.levels[group]))
      }
      coverages.append(step.minimumCoverages[id] ?? step.minimumCoverage)
    }
    var scales: [Int: ClosedRange<Double>] = [:]
    for (index, leaf) in leaves.enumerated() where framework.isExposure(leaf.id) {
      scales[index] = exposure?.scale
    }
    return IndexRunner.Choices(
      columns: cells.map { column in column.map { $0?.value } },
      normalisations: leaves.map { scale.indicators[$0.id] ?? scale.method },
      normalisationParameters: leaves.map { leaf in
        var parameters = scale.parameters
        parameters.goalposts = leaf.goalposts
        parameters.target = leaf.target
        parameters.reference = reference
        return parameters
      },
      weights: weights, shares: shares, aggregations: aggregations,
      aggregationParameters: step.parameters, minimumCoverages: coverages,
      scales: scales)
  }
}
