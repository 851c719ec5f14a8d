extension IndexUncertainty {
  /// What is varied where nobody says otherwise: the recipe's own normalisation, min-max or percentiles;
  /// arithmetic or geometric means; weights up to a quarter away; any one indicator missing. No error of
  /// figures, since how large it is differs from table to table.
  ///
  /// z is left out even where it is the recipe's own, for it has no true zero and a geometric mean needs one.
  ///
  /// Source: Saisana, Saltelli, Tarantola 2005, doi:10.1111/j.1467-985X.2005.00350.x, for the kinds.
  public static func standard(for recipe: IndexRecipe) -> IndexUncertainty {
    let own = recipe.normalisation.method
    let methods = ([own] + [.minMax, .percentile].filter { $0 != own }).filter { $0 != .z }
    let means: [Aggregation] = [.arithmetic, .geometric]
    return IndexUncertainty(
      name: "standard",
      alternatives: [
        .normalisations(methods, of: recipe), .aggregations(means.map { [$0] }, of: recipe),
      ], weightSpread: 0.25, leftOut: .anyIndicator,
      statements: [
        Statement(
          input: "normalisation", range: methods.map(\.rawValue).joined(separator: ", "),
          reason: "scales that spread units differently", source: "assumed"),
        Statement(
          input: "aggregation", range: means.map(\.rawValue).joined(separator: ", "),
          reason: "whether a high value makes up for a low one in full or in part",
          source: "assumed"),
        Statement(
          input: "weights", range: "25 % either way",
          reason: "nobody measures how much a part matters", source: "assumed"),
        Statement(
          input: "indicators", range: "all, or all but one",
          reason: "what is measured is a choice", source: "assumed"),
      ])
  }
}

extension IndexUncertainty.Alternatives {
  /// The recipe's normalisation by these methods, with its parameters.
  public static func normalisations(
    _ methods: [Normalisation], of recipe: IndexRecipe
  ) -> IndexUncertainty.Alternatives {
    IndexUncertainty.Alternatives(
      kind: .normalise,
      steps: methods.map { method in
        var step = recipe.normalisation
        step.method = method
        return .normalise(step)
      }, labels: methods.map(\.rawValue))
  }

  /// The recipe's aggregation by these methods, each by level from 2 upwards, with its parameters.
  public static func aggregations(
    _ methods: [[Aggregation]], of recipe: IndexRecipe
  ) -> IndexUncertainty.Alternatives {
    IndexUncertainty.Alternatives(
      kind: .aggregate,
      steps: methods.map { levels in
        var step = recipe.aggregation
        step.levels = levels
        return .aggregate(step)
      }, labels: methods.map { $0.map(\.rawValue).joined(separator: " then ") })
  }

  /// No imputation, or one of these methods.
  ///
  /// - Parameter grouping: Of units, for the methods that take groups; the recipe's own unless said.
  public static func imputations(
    _ methods: [Imputation], grouping: String? = nil, of recipe: IndexRecipe
  ) -> IndexUncertainty.Alternatives {
    var own = ImputationStep(.none)
    for case .impute(let step) in recipe.steps { own = step }
    if let grouping { own.grouping = grouping }
    return IndexUncertainty.Alternatives(
      kind: .impute,
      steps: methods.map { method in
        guard method != .none else { return nil }
        var step = own
        step.method = method
        return .impute(step)
      }, labels: methods.map(\.rawValue))
  }

  /// Weights from these sources, with what the recipe gives.
  public static func weightings(
    _ methods: [WeightStep.Method], of recipe: IndexRecipe
  ) -> IndexUncertainty.Alternatives {
    IndexUncertainty.Alternatives(
      kind: .weigh,
      steps: methods.map { method in
        var step = recipe.weights
        step.method = method
        return .weigh(step)
      }, labels: methods.map(\.rawValue))
  }

  /// Outliers as they are (nil), or treated so.
  public static func treatments(
    _ treatments: [(label: String, treatment: OutlierTreatment?)]
  ) -> IndexUncertainty.Alternatives {
    IndexUncertainty.Alternatives(
      kind: .treat, steps: treatments.map { $0.treatment.map { .treat(TreatmentStep($0)) } },
      labels: treatments.map(\.label))
  }
}
