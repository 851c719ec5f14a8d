/// How one year is taken from data that have several.
public struct YearStep: Sendable, Hashable {
  /// The year wanted.
  public var year: Int
  /// What stands in for the value of a year that has none.
  public var imputation: YearImputation
  /// The most years that it may be away; nil for no limit.
  public var maximumDistance: Int?

  /// A step from its parts.
  public init(_ year: Int, imputation: YearImputation = .none, maximumDistance: Int? = nil) {
    self.year = year
    self.imputation = imputation
    self.maximumDistance = maximumDistance
  }
}

/// How gaps are filled.
public struct ImputationStep: Sendable, Hashable {
  /// By what.
  public var method: Imputation
  /// The grouping of units that a group's mean or median is of, by its name in the data.
  public var grouping: String?
  /// Only these indicators, by identifier; nil for all.
  public var indicators: [String]?

  /// A step from its parts.
  public init(_ method: Imputation, grouping: String? = nil, indicators: [String]? = nil) {
    self.method = method
    self.grouping = grouping
    self.indicators = indicators
  }
}

/// What indicators are divided by.
public struct DenominationStep: Sendable, Hashable {
  /// By indicator. What is not named is divided by the framework's denominator, if it states one.
  public var indicators: [String: Denomination]
  /// How many of a denominator that the framework states count as one, such as 1000 for a rate per 1000.
  public var scale: Double

  /// A step from its parts.
  public init(_ indicators: [String: Denomination] = [:], scale: Double = 1) {
    self.indicators = indicators
    self.scale = scale
  }
}

/// How outliers are treated.
public struct TreatmentStep: Sendable, Hashable {
  /// The treatment of indicators that ``indicators`` does not name.
  public var treatment: OutlierTreatment
  /// Other treatments of single indicators, by identifier.
  public var indicators: [String: OutlierTreatment]

  /// A step from its parts.
  public init(
    _ treatment: OutlierTreatment = OutlierTreatment(),
    indicators: [String: OutlierTreatment] = [:]
  ) {
    self.treatment = treatment
    self.indicators = indicators
  }
}
