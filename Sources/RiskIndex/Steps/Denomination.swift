/// An indicator that counts, told per head, per area or per another size.
///
/// x / (denominator / scale): with a population as denominator and a scale of 100,000, cases per 100,000.
///
/// Source: OECD/JRC (2008), step 5; `Denominate` of COINr.
public struct Denomination: Sendable, Hashable {
  /// The variable that is divided by.
  public var denominator: String
  /// Per how many of the denominator's units; above 0. Default 1.
  public var scale: Double

  /// A denomination from its parts.
  public init(denominator: String, scale: Double = 1) {
    self.denominator = denominator
    self.scale = scale
  }

  /// Divides a column by another.
  ///
  /// - Parameters:
  ///   - column: Finite values, nil where missing.
  ///   - sizes: The denominator of each unit, nil where missing.
  /// - Returns: The quotients; nil where a value is missing, or its denominator is missing, not above 0 or
  ///   so near to 0 that the quotient is no usable number.
  ///   `lost` are the places of values that are missing for their denominator's sake.
  /// - Complexity: O(units).
  public func apply(
    to column: [Double?], sizes: [Double?]
  ) -> (values: [Double?], lost: [Int]) {
    precondition(column.count == sizes.count, "a denominator, or none, a unit")
    precondition(scale > 0, "a scale above 0")
    var values = [Double?](repeating: nil, count: column.count)
    var lost: [Int] = []
    for (index, value) in column.enumerated() {
      guard let value else { continue }
      // Of a negative size a high count would make a low rate; of 0 an infinite one.
      if let size = sizes[index], size > 0, (value / (size / scale)).isUsable {
        values[index] = value / (size / scale)
      } else {
        lost.append(index)
      }
    }
    return (values, lost)
  }
}
