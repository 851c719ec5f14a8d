/// What is done about a column in which a few extreme values press all others together.
///
/// A column is treated if |skewness| and excess kurtosis both reach their thresholds. First its extreme values
/// are winsorised, one after another, until it passes or the allowance is used up. If it still fails, the
/// column as it was is transformed; it stays transformed whether or not it then passes, and the report says
/// which. Of a column with fewer than three different values nothing is changed.
///
/// Source: OECD/JRC (2008), step 5; `Treat`, `winsorise`, `log_CT` of COINr, with the same order and
/// thresholds. The allowance is smaller here where there are few units: 5 of 16 would be a third of them.
public struct OutlierTreatment: Sendable, Hashable {
  /// What follows where winsorising was not enough.
  public enum Transformation: Sendable, Hashable {
    /// Nothing: the column stays winsorised.
    case none
    /// ln(x − min + 0.01 (max − min)), `log_CT` of COINr. It worsens a negative skewness.
    case log
    /// The same where skewness is positive; its mirror image, −ln(max − x + 0.01 (max − min)), where it is
    /// negative (`log_CT_plus` of COINr).
    case logTowardsSkew
    /// (x^λ − 1) / λ, or ln x for λ = 0, over values moved above 0 where any is not; with λ as given, or by
    /// maximum likelihood if nil. See ``boxCoxExponent(of:)``.
    case boxCox(exponent: Double?)
  }

  /// |skewness| from which a column is treated. Default 2.
  public var skewness: Double
  /// Excess kurtosis from which a column is treated. Default 3.5.
  public var excessKurtosis: Double
  /// How many values may be winsorised; nil means an eighth of those there are, at least 1 and at most 5
  /// (COINr: 5). Equal extreme values move together and may go beyond it, as in COINr.
  public var maximumWinsorised: Int?
  /// What follows. Default ``Transformation/logTowardsSkew``.
  public var transformation: Transformation

  /// A treatment from its parts.
  public init(
    skewness: Double = 2, excessKurtosis: Double = 3.5, maximumWinsorised: Int? = nil,
    transformation: Transformation = .logTowardsSkew
  ) {
    self.skewness = skewness
    self.excessKurtosis = excessKurtosis
    self.maximumWinsorised = maximumWinsorised
    self.transformation = transformation
  }

  /// How many of a number of values may be winsorised.
  public func allowance(count: Int) -> Int {
    maximumWinsorised ?? min(max(count / 8, 1), 5)
  }

  /// Whether a column is left as it is: it has too few values for a test, is constant, or stays below one of
  /// the thresholds.
  public func passes(_ values: [Double]) -> Bool {
    guard let shape = SampleStatistics.shape(values) else { return true }
    return abs(shape.skewness) < skewness || shape.excessKurtosis < excessKurtosis
  }
}

/// A column after a treatment of outliers, with what was done.
public struct TreatedColumn: Sendable, Hashable {
  /// A value that was changed by itself.
  public struct Change: Sendable, Hashable {
    /// The place of the unit.
    public var index: Int
    /// The value before.
    public var from: Double
    /// The value after winsorising.
    public var to: Double
  }

  /// What became of the column.
  public enum Outcome: Sendable, Hashable {
    /// It passed, or could not be tested: nothing was done.
    case untouched
    /// It fails, but has fewer than three different values: nothing was done.
    case tooFewDifferentValues
    /// Only the values in ``TreatedColumn/changes`` were changed.
    case winsorised
    /// Every value is on another scale, ln(x − offset) or −ln(offset − x) if mirrored.
    case logTransformed(offset: Double, mirrored: Bool)
    /// Every value is on another scale: Box–Cox over x − offset.
    case boxCoxTransformed(exponent: Double, offset: Double)
    /// No value was moved, for this Box–Cox leaves the range of numbers or makes different values equal.
    case boxCoxLeft(exponent: Double, offset: Double)
  }

  /// The values; nil where missing, as before.
  public var values: [Double?]
  /// What became of the column.
  public var outcome: Outcome
  /// The values that were winsorised and stay so; empty where the column was transformed instead.
  public var changes: [Change] = []
  /// Whether the column passes the test as it now is.
  public var passes: Bool
  /// Skewness before and after; nil where it has none.
  public var skewness: (before: Double, after: Double)? {
    guard let before = shapeBefore, let after = shapeAfter else { return nil }
    return (before.skewness, after.skewness)
  }
  /// Skewness and excess kurtosis before; nil for fewer than four values or a constant.
  public var shapeBefore: SampleShape?
  /// The same after.
  public var shapeAfter: SampleShape?
}
