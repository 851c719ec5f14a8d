/// A quantile of a sample: the value at a place between its sorted members, interpolated in a straight line.
///
/// Type 7 of Hyndman and Fan: the place is (n − 1) p, counted from 0. It is what numpy, R and spreadsheets
/// do unless asked for something else; the last bit is numpy's.
///
/// - Parameters:
///   - probability: 0 … 1.
///   - sorted: The sample, ascending, without NaN.
/// - Returns: nil for an empty sample.
/// - Complexity: O(1).
///
/// Source: Hyndman, Fan 1996, Sample quantiles in statistical packages, doi:10.2307/2684934.
public func quantile(_ probability: Double, ofSorted sorted: some RandomAccessCollection<Double>)
  -> Double?
{
  precondition((0...1).contains(probability), "a probability is from 0 to 1")
  guard let last = sorted.last else { return nil }
  let place = Double(sorted.count - 1) * probability
  let before = Int(place)
  guard before + 1 < sorted.count else { return last }
  let lower = sorted[sorted.index(sorted.startIndex, offsetBy: before)]
  let upper = sorted[sorted.index(sorted.startIndex, offsetBy: before + 1)]
  let share = place - Double(before)
  // From the nearer of the two, so that the result is exact at both and monotone between.
  return share < 0.5
    ? lower + (upper - lower) * share : upper - (upper - lower) * (1 - share)
}
