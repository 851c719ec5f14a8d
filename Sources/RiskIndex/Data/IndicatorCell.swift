/// One value of a unit with what a reader must know of it.
public struct IndicatorCell: Sendable, Hashable {
  /// How a value came to be.
  public enum Origin: String, Sendable, Hashable, CaseIterable {
    /// As published.
    case given
    /// Computed from published values of the same cell's quantity, such as a rate per head.
    case derived
    /// Put in where there was none.
    case imputed
    /// That of an enclosing or earlier unit.
    case inherited
  }

  /// The value, finite and at most 1e300 in size, in ``measureUnit``.
  public var value: Double
  /// What the value is measured in; empty where nobody says.
  public var measureUnit: String
  /// The year that the value is about; nil where nobody says.
  public var year: Int?
  /// Who published it; empty where nobody says.
  public var source: String
  /// What a reader must know of it; may be empty.
  public var note: String
  /// How the value came to be.
  public var origin: Origin

  /// A cell from its parts.
  public init(
    value: Double, measureUnit: String = "", year: Int? = nil, source: String = "",
    note: String = "", origin: Origin = .given
  ) {
    self.value = value
    self.measureUnit = measureUnit
    self.year = year
    self.source = source
    self.note = note
    self.origin = origin
  }

  /// The cell of a row of a table; inherited where its note begins so.
  public init(_ row: IndicatorValue) {
    self.init(
      value: row.value, measureUnit: row.measureUnit, year: row.year, source: row.source,
      note: row.note, origin: row.note.hasPrefix("inherited:") ? .inherited : .given)
  }
}
