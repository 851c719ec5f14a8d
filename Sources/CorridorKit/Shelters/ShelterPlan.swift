/// Who is far from help, and where help would reach the most: maximal covering and p-median over towns.
///
/// It tells where people live or pass, not where trafficking occurs: help also brings cases to light, so
/// that a province with many known cases may be one with much help.
///
/// Sources: R. Church, C. ReVelle (1974), The maximal covering location problem, Papers of the Regional
/// Science Association 32, 101–118; S. L. Hakimi (1964), Optimum locations of switching centers and the
/// absolute centers and medians of a graph, Operations Research 12, 450–459.
public struct ShelterPlan: Sendable {
  /// A set of new places and what it would do.
  public struct Selection: Sendable, Hashable {
    /// The indices of the new places among ``candidates``, ascending.
    public let candidates: [Int]
    /// The weight of the towns within the limit, those of the help that is there among them.
    public let coveredWeight: Double
    /// The mean travel time to the nearest help in seconds, weighted, over the towns that a way to some
    /// help or candidate leads from.
    public let meanSeconds: Double
    /// How much better another set could be in what the search was for, as a share: 0 is optimal.
    public let gap: Double
    /// How many subproblems the exact search looked at.
    public let nodeCount: Int
  }

  /// One more place.
  public struct Step: Sendable, Hashable {
    /// The index of the candidate.
    public let candidate: Int
    /// The weight of the towns that it brings within the limit.
    public let addedWeight: Double
    /// The weight within the limit with it.
    public let coveredWeight: Double
  }

  /// One province.
  public struct Row: Sendable, Hashable {
    /// The index among ``ReportingUnits/units``.
    public let unit: Int
    /// Whether an organisation works in a city of the province.
    public let hasHelp: Bool
    /// The weight of its towns.
    public let weight: Double
    /// The weight of those within the limit today.
    public let coveredWeight: Double
    /// The weight of those within it with the best set for covering.
    public let coveredWeightAfter: Double
    /// The weighted mean travel time to the nearest help today, in seconds; nil where no way leads.
    public let meanSeconds: Double?
    /// The index of the town that is farthest from help today among those with a way to some.
    public let farthestTown: Int?
    /// How far that is in seconds.
    public let farthestSeconds: Double?
  }

  /// What was asked.
  public let question: ShelterQuestion
  /// The towns, in the order of the gazetteer.
  public let towns: [ShelterTown]
  /// Settlements that are too far from the network to be counted.
  public let offNetwork: [Settlement]
  /// The towns that could have help and have none, as indices of ``towns``.
  public let candidates: [Int]
  /// The places of the help that is there, in the order of the question.
  public let existing: [Place]
  /// Seconds from each town to the nearest help today; nil where no way leads.
  public let secondsToday: [Double?]
  /// The provinces, in the order of the units.
  public let rows: [Row]
  /// The weight of all towns.
  public let weight: Double
  /// Today, without a new place.
  public let today: Selection
  /// New places taken one after another, each that which brings most within the limit.
  public let steps: [Step]
  /// The best set for covering.
  public let covering: Selection
  /// The best set for the mean travel time.
  public let median: Selection
}
