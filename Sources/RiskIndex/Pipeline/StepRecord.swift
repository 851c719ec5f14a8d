/// What a step of a run did.
public struct StepRecord: Sendable, Hashable {
  /// A value or column that the step changed, filled, left out or marked.
  public struct Touch: Sendable, Hashable {
    /// The indicator or dimension; nil where the step is about a unit as a whole.
    public var part: String?
    /// The unit; nil where the step is about a column as a whole.
    public var unit: String?
    /// The value before; nil where there was none.
    public var before: Double?
    /// The value after; nil where there is none.
    public var after: Double?
    /// Why, or by what, in a few words.
    public var note: String

    /// A touch from its parts.
    public init(
      part: String? = nil, unit: String? = nil, before: Double? = nil, after: Double? = nil,
      note: String
    ) {
      self.part = part
      self.unit = unit
      self.before = before
      self.after = after
      self.note = note
    }
  }

  /// The step with its parameters.
  public let step: IndexStep
  /// How many units there were after it.
  public let units: Int
  /// What it changed, in the order of indicators and units; of steps that put every value on another
  /// scale, only what is out of the ordinary.
  public let touched: [Touch]
}
