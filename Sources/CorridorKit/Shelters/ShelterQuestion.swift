/// What is asked about shelters and outreach.
public struct ShelterQuestion: Sendable {
  /// What a town counts as.
  public enum Weight: String, Sendable, CaseIterable {
    /// Its people.
    case population
    /// The mass whose modelled way begins, ends or passes there.
    case flow
    /// Half its share of all people, half its share of all flow.
    case both
  }

  /// The help that is there.
  public var existing: [Organisation]
  /// How many new places at most, 1 or more.
  public var count: Int
  /// How far help may be, in seconds of travel.
  public var limitSeconds: Double
  /// What a town counts as.
  public var weight: Weight
  /// Towns with fewer people are not counted.
  public var minimumPopulation: Int
  /// Towns with fewer people are no candidates for help.
  public var minimumCandidatePopulation: Int
  /// How many subproblems each exact search looks at before it ends with a gap.
  public var nodeLimit: Int

  /// A question.
  public init(
    existing: [Organisation], count: Int, limitSeconds: Double = 3 * 3600,
    weight: Weight = .population, minimumPopulation: Int = 1000,
    minimumCandidatePopulation: Int = 20_000, nodeLimit: Int = 20_000
  ) {
    self.existing = existing
    self.count = count
    self.limitSeconds = limitSeconds
    self.weight = weight
    self.minimumPopulation = minimumPopulation
    self.minimumCandidatePopulation = minimumCandidatePopulation
    self.nodeLimit = nodeLimit
  }
}
