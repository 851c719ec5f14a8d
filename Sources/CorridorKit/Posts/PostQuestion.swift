/// What is asked about posts for screening and referral.
public struct PostQuestion: Sendable {
  /// Where a post could stand, in the order in which equal ones are preferred.
  public var sites: [PostSite]
  /// The indices of the sites where one stands already.
  public var fixed: [Int]
  /// How many new posts at most, 1 or more.
  public var count: Int
  /// How much dearer a way travellers may accept, as shares of its cost, 0 or more.
  public var detours: [Double]
  /// How many subproblems the exact search looks at before it ends with a gap.
  public var nodeLimit: Int

  /// The detours that are asked about unless said: none, 10, 25 and 50 %.
  public static let standardDetours = [0, 0.1, 0.25, 0.5]
  /// Enough for ten posts among all crossings of the shipped network.
  public static let standardNodeLimit = 20_000

  /// A question; indices are those of `sites`.
  public init(
    sites: [PostSite], fixed: [Int] = [], count: Int, detours: [Double] = standardDetours,
    nodeLimit: Int = standardNodeLimit
  ) {
    self.sites = sites
    self.fixed = fixed
    self.count = count
    self.detours = detours
    self.nodeLimit = nodeLimit
  }
}
