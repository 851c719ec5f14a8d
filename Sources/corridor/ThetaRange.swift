import ArgumentParser
import Foundation

/// Several θ, each the same factor above the one before: `0.1:10:9`.
struct ThetaRange: ExpressibleByArgument, Sendable {
  /// As it was given.
  let text: String
  /// Ascending; the first and the last are those that were given, to the last bit.
  let values: [Double]

  /// Nil unless the text is `low:high:count` with 0 < low < high and 2 to 100 values.
  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let low = Double(parts[0]), let high = Double(parts[1]),
      let count = Int(parts[2]), low > 0, low < high, high.isFinite, (2...100).contains(count)
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
