/// Something in the correlations of an index that a reader should know of.
public enum CorrelationFlag: Sendable, Hashable {
  /// A member goes against its group: it lowers the group's score where it is high.
  case against(member: String, group: String, correlation: Double)
  /// A member hardly moves its group: what it says is not in the group's score.
  case silent(member: String, group: String, correlation: Double)
  /// Two members of one group say nearly the same and count it twice.
  case collinear(first: String, second: String, group: String, correlation: Double)
  /// Two members of one group pull in opposite directions and cancel each other.
  case opposed(first: String, second: String, group: String, correlation: Double)
}

extension CorrelationFlag: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .against(let member, let group, let r):
      "\(member) works against \(group) (r = \(rounded(r)))"
    case .silent(let member, let group, let r):
      "\(member) hardly moves \(group) (r = \(rounded(r)))"
    case .collinear(let first, let second, let group, let r):
      "\(first) and \(second) of \(group) say nearly the same (r = \(rounded(r)))"
    case .opposed(let first, let second, let group, let r):
      "\(first) and \(second) of \(group) pull in opposite directions (r = \(rounded(r)))"
    }
  }

  private func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}

/// From which correlation on something is flagged.
public struct CorrelationThresholds: Sendable, Hashable {
  /// Below it a member works against its group. Default 0.
  public var against: Double
  /// Below it a member hardly moves its group. Default 0.3, the JRC's in audits of indices.
  public var silent: Double
  /// Above it two members say the same. Default 0.9, COINr's.
  public var collinear: Double
  /// Below it two members cancel each other. Default −0.4, COINr's example.
  public var opposed: Double

  /// Thresholds from their parts.
  public init(
    against: Double = 0, silent: Double = 0.3, collinear: Double = 0.9, opposed: Double = -0.4
  ) {
    self.against = against
    self.silent = silent
    self.collinear = collinear
    self.opposed = opposed
  }

  /// The flags of one group.
  ///
  /// - Parameters:
  ///   - group: Its name.
  ///   - score: Its score by unit.
  ///   - members: The names of its children.
  ///   - columns: Their values by unit, direction applied, in the order of the members.
  ///   - correlation: Which.
  /// - Returns: By member, then by pair, in the order of the members. A group of one member has none.
  /// - Complexity: O(members²) correlations.
  public func flags(
    group: String, score: [Double?], members: [String], columns: [[Double?]],
    correlation: Correlation = .pearson
  ) -> [CorrelationFlag] {
    guard members.count >= 2 else { return [] }
    var flags: [CorrelationFlag] = []
    for (member, column) in zip(members, columns) {
      guard let r = correlation.coefficient(column, score) else { continue }
      if r < against {
        flags.append(.against(member: member, group: group, correlation: r))
      } else if r < silent {
        flags.append(.silent(member: member, group: group, correlation: r))
      }
    }
    for second in members.indices {
      for first in 0..<second {
        guard let r = correlation.coefficient(columns[first], columns[second]) else { continue }
        if r > collinear {
          flags.append(
            .collinear(
              first: members[first], second: members[second], group: group, correlation: r))
        } else if r < opposed {
          flags.append(
            .opposed(
              first: members[first], second: members[second], group: group, correlation: r))
        }
      }
    }
    return flags
  }
}
