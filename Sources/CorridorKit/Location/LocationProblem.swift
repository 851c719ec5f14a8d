/// Where to put a number of sites so that they serve the most.
///
/// Each client is worth something to each site that can serve it, and is served by the best site chosen:
/// the value of a set is the sum over the clients of the highest worth among its sites. Three questions
/// of practice have this form:
///
/// - flow capture: a client is a modelled way, worth its mass to every site that it passes;
/// - maximal covering: a client is a town, worth its weight to every site within a travel time;
/// - p-median: a client is a town, worth its weight times the time that a site saves it.
///
/// The value never falls when a site is added, and adds the less the more sites there are (monotone and
/// submodular), which is what the bounds rest on.
///
/// Sources: G. Cornuéjols, M. L. Fisher, G. L. Nemhauser (1977), Location of bank accounts to optimize
/// float, Management Science 23, 789–810, for the form, the greedy bound and the relaxation;
/// M. J. Hodgson (1990), A flow-capturing location-allocation model, Geographical Analysis 22, 270–279;
/// R. Church, C. ReVelle (1974), The maximal covering location problem, Papers of the Regional Science
/// Association 32, 101–118.
public struct LocationProblem: Sendable, Hashable {
  /// What a client is worth to a site.
  public struct Worth: Sendable, Hashable {
    /// The index of the client.
    public var client: Int
    /// Above 0, in any unit that is the same for all.
    public var value: Double

    /// - Precondition: `value` is finite and above 0.
    public init(client: Int, value: Double) {
      precondition(value > 0 && value.isFinite, "a worth above 0")
      self.client = client
      self.value = value
    }
  }

  /// The number of clients.
  public let clientCount: Int
  /// For each site the clients that it can serve, each once, ascending.
  public let sites: [[Worth]]

  /// - Parameters:
  ///   - clientCount: The number of clients.
  ///   - sites: For each site the clients that it can serve, each at most once.
  /// - Precondition: Clients are below `clientCount`, none is twice in a site.
  public init(clientCount: Int, sites: [[Worth]]) {
    self.clientCount = clientCount
    self.sites = sites.map { $0.sorted { $0.client < $1.client } }
    for site in self.sites {
      precondition(site.allSatisfy { (0..<clientCount).contains($0.client) }, "a client")
      precondition(
        zip(site, site.dropFirst()).allSatisfy { $0.client < $1.client }, "each client once")
    }
  }

  /// The value of a set of sites. O(entries of the sites + clients).
  public func value(of chosen: [Int]) -> Double {
    served(by: chosen).reduce(0, +)
  }

  /// What each client is worth to the best of some sites; 0 where none can serve it.
  public func served(by chosen: [Int]) -> [Double] {
    var best = [Double](repeating: 0, count: clientCount)
    for site in chosen {
      for worth in sites[site] { best[worth.client] = max(best[worth.client], worth.value) }
    }
    return best
  }

  /// What a site adds to clients that are served already. O(entries of the site).
  public func gain(of site: Int, beyond served: [Double]) -> Double {
    sites[site].reduce(0) { $0 + max(0, $1.value - served[$1.client]) }
  }

  /// The same question once some sites are there: what they serve is no gain any more.
  ///
  /// - Parameter fixed: Sites that are there. They stay in the list of sites and are worth nothing.
  public func given(_ fixed: [Int]) -> LocationProblem {
    let served = served(by: fixed)
    return LocationProblem(
      clientCount: clientCount,
      sites: sites.map { site in
        site.compactMap { worth in
          let rest = worth.value - served[worth.client]
          return rest > 0 ? Worth(client: worth.client, value: rest) : nil
        }
      })
  }
}
