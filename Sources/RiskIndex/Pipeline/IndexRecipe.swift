/// How an index is made of data: steps in their order. The same recipe over the same framework and data
/// gives the same result, to the last bit.
public struct IndexRecipe: Sendable, Hashable {
  /// The steps, in the order in which they are carried out.
  public var steps: [IndexStep]

  /// Goalposts, the framework's weights and arithmetic means over at least half of the weight: what
  /// `corridor risk` does unless told otherwise. Nothing is screened, imputed or treated.
  public static let standard = IndexRecipe([
    .normalise(NormalisationStep()), .weigh(WeightStep()), .aggregate(AggregationStep()),
  ])

  /// A recipe from its steps. Their order is checked where it is run.
  public init(_ steps: [IndexStep]) { self.steps = steps }

  /// The same with a step in the place of the one of its kind; where there is none, the step comes before
  /// the first of a later kind.
  public func replacing(_ step: IndexStep) -> IndexRecipe {
    var steps = steps
    if let place = steps.firstIndex(where: { $0.kind == step.kind }) {
      steps[place] = step
    } else {
      let kinds = IndexStep.Kind.allCases
      let rank = kinds.firstIndex(of: step.kind) ?? kinds.count
      let place = steps.firstIndex { (kinds.firstIndex(of: $0.kind) ?? kinds.count) > rank }
      steps.insert(step, at: place ?? steps.count)
    }
    return IndexRecipe(steps)
  }

  /// The same without the steps of a kind.
  public func without(_ kind: IndexStep.Kind) -> IndexRecipe {
    IndexRecipe(steps.filter { $0.kind != kind })
  }

  /// The step that normalises; that of ``standard`` where there is none.
  public var normalisation: NormalisationStep {
    for case .normalise(let step) in steps { return step }
    return NormalisationStep()
  }

  /// The step that weighs; that of ``standard`` where there is none.
  public var weights: WeightStep {
    for case .weigh(let step) in steps { return step }
    return WeightStep()
  }

  /// The step that aggregates; that of ``standard`` where there is none.
  public var aggregation: AggregationStep {
    for case .aggregate(let step) in steps { return step }
    return AggregationStep()
  }
}
