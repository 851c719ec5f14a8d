import Foundation

/// Several θ, each the same factor above the one before: `0.1:10:9`.
struct ThetaRange: Sendable {
  /// As it was given.
  let text: String
  /// Ascending; the first and the last are those that were given, to the last bit.
  let values: [Double]

  /// What a text must be.
  static let expectation =
    "LOW:HIGH:COUNT with 0 < LOW < HIGH ≤ 1e9 and 2 to 100 values, such as 0.1:10:9"

  /// Nil unless the text is what ``expectation`` says.
  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let low = Double(parts[0]), let high = Double(parts[1]),
      let count = Int(parts[2]), low > 0, low < high, high <= RouteChoiceOptions.highestTheta,
      (2...100).contains(count)
    else { return nil }
    text = argument
    values = (0..<count).map { index in
      switch index {
      case 0: low
      case count - 1: high
      default: exp(log(low) + (log(high) - log(low)) * Double(index) / Double(count - 1))
      }
    }
  }
}
