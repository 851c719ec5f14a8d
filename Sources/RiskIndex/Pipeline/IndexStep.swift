/// One operation of an index, with its parameters. It is a value: a recipe can be run again with another
/// in its place.
public enum IndexStep: Sendable, Hashable {
  /// Takes one year of data that have several.
  case chooseYear(YearStep)
  /// Leaves out units with too few values.
  case screen(Screening)
  /// Fills gaps; every cell that it fills says so.
  case impute(ImputationStep)
  /// Divides by the size of a unit.
  case denominate(DenominationStep)
  /// Treats outliers.
  case treat(TreatmentStep)
  /// Puts indicators on one scale.
  case normalise(NormalisationStep)
  /// Says what each part counts for.
  case weigh(WeightStep)
  /// Makes one value of several, from the indicators up.
  case aggregate(AggregationStep)

  /// The kinds of step, in the order in which a recipe usually has them.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case chooseYear = "year"
    case screen, impute, denominate, treat, normalise, weigh, aggregate
  }

  /// Which kind of step it is.
  public var kind: Kind {
    switch self {
    case .chooseYear: .chooseYear
    case .screen: .screen
    case .impute: .impute
    case .denominate: .denominate
    case .treat: .treat
    case .normalise: .normalise
    case .weigh: .weigh
    case .aggregate: .aggregate
    }
  }
}
