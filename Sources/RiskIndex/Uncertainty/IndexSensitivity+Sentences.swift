import Foundation
import Sampling

extension IndexSensitivity {
  /// Which factor has the largest total share, and which others cannot be told from it.
  public struct Leader: Sendable, Hashable {
    /// Its place among the factors.
    public var factor: Int
    /// Others whose intervals of ST reach its own.
    public var rivals: [Int]
  }

  /// The leading factor of some indices; nil where there are none.
  public func leader(_ indices: SobolIndices?) -> Leader? {
    guard let indices else { return nil }
    let totals = indices.factors.map(\.total)
    guard let first = totals.indices.max(by: { totals[$0].value < totals[$1].value }) else {
      return nil
    }
    return Leader(
      factor: first,
      rivals: totals.indices.filter { $0 != first && totals[$0].high >= totals[first].low })
  }

  /// One sentence for all units together: what moves ranks most.
  public var summary: String {
    guard let indices = meanShift, let leader = leader(indices) else {
      return "Nothing that was varied moves the ranks."
    }
    return
      "Over all units, \(subject(leader, of: "ranks")) most (total share \(share(indices, leader.factor)))."
  }

  /// One sentence for a unit: which factor moves its rank most and, where that is a choice, from where to where.
  ///
  /// - Parameters:
  ///   - unit: The unit's place.
  ///   - name: What a reader calls it.
  public func sentence(unit: Int, name: String) -> String {
    guard let indices = ranks[unit], let leader = leader(indices) else {
      return index.run.result.units[unit].rank == nil
        ? "\(name) is not ranked."
        : "\(name) keeps its rank whatever is varied, or is not ranked in every run."
    }
    var sentence =
      "\(name): \(subject(leader, of: "its rank")) most (total share \(share(indices, leader.factor)))"
    let factor = index.factors[leader.factor]
    let means = meanRanks[leader.factor].enumerated().compactMap { place, means in
      means[unit].map { (place: place, rank: $0) }
    }
    if let best = means.min(by: { $0.rank < $1.rank }),
      let worst = means.max(by: { $0.rank < $1.rank }), best.rank < worst.rank
    {
      sentence +=
        ", from a mean rank of \(number(best.rank)) \(factor.phrase(best.place)) "
        + "to \(number(worst.rank)) \(factor.phrase(worst.place))"
    }
    return sentence + "."
  }

  private func subject(_ leader: Leader, of what: String) -> String {
    let subjects = ([leader.factor] + leader.rivals).map { index.factors[$0].subject }
    let first = subjects[0]
    guard let last = subjects.dropFirst().last else {
      return "\(first.words) \(first.isPlural ? "move" : "moves") \(what)"
    }
    return subjects.dropLast().map(\.words).joined(separator: ", ") + " and \(last.words), "
      + "which the runs do not tell apart, move \(what)"
  }

  private func share(_ indices: SobolIndices, _ factor: Int) -> String {
    let total = indices.factors[factor].total
    return "\(number(total.value, 2)), \(number(total.low, 2)) to \(number(total.high, 2))"
  }

  private func number(_ value: Double, _ digits: Int = 1) -> String {
    String(format: "%.\(digits)f", locale: Locale(identifier: "en_US_POSIX"), value)
  }
}
