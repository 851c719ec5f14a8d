public import Geography
public import TransportGraph

/// A place where a post for screening and referral could stand: a border crossing or a town.
public struct PostSite: Sendable, Hashable, Identifiable {
  /// What kind of place it is.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case crossing, settlement
  }

  /// The id of the crossing, of its site where road and rail are taken together, or of the settlement.
  public let id: String
  /// What a reader calls it.
  public let name: String
  /// What kind of place it is.
  public let kind: Kind
  /// ISO 3166-1 alpha-2: both sides of a crossing, or the country of a settlement.
  public let countries: [String]
  /// Where it is.
  public let coordinate: Coordinate
  /// The links that pass it: those of a crossing, or all that meet at the settlement's node. Ascending.
  public let links: [LinkID]
}

extension Analysis {
  /// The crossings where a post could stand: those with a link that is open, in the order of the
  /// catalogue.
  ///
  /// - Parameter bySite: Whether road and rail at one site are one post.
  public func crossingPostSites(bySite: Bool = false) -> [PostSite] {
    let crossings = area.crossings.crossings
    let groups = Dictionary(grouping: crossings.indices) {
      bySite ? crossings[$0].site : crossings[$0].id
    }
    return groups.values.sorted { $0[0] < $1[0] }.compactMap { members in
      let first = crossings[members[0]]
      let links = area.links(ofCrossings: Set(members.map { crossings[$0].id }))
        .filter { !view.isClosed($0) }
      guard !links.isEmpty else { return nil }
      return PostSite(
        id: bySite ? first.site : first.id, name: first.name, kind: .crossing,
        countries: first.countries, coordinate: first.coordinate, links: links)
    }
  }

  /// The towns where a post could stand: settlements of the listed countries with enough people, the
  /// largest first where several snap to one node.
  ///
  /// - Parameter minimumPopulation: The least number of people.
  public func settlementPostSites(minimumPopulation: Int) -> [PostSite] {
    let listed = Set(matrix.units.units.filter { !$0.isAbroad }.compactMap(\.country))
    let settlements = area.gazetteer.settlements
      .filter { $0.population >= minimumPopulation && listed.contains($0.country) }
      .sorted { ($1.population, $0.id) < ($0.population, $1.id) }
    var nodes: Set<NodeID> = []
    return settlements.compactMap { settlement in
      guard let place = try? resolver.snap(settlement.coordinate, label: settlement.name),
        nodes.insert(place.node).inserted
      else { return nil }
      return PostSite(
        id: settlement.id, name: settlement.name, kind: .settlement,
        countries: [settlement.country], coordinate: settlement.coordinate,
        links: area.graph.links(at: place.node).filter { !view.isClosed($0) }.sorted())
    }
  }
}

extension Analysis {
  /// The sites that a name means: a crossing, all crossings of a site, or a settlement.
  ///
  /// - Returns: Indices of `sites`, at least one.
  /// - Throws: what ``CrossingCatalogue/resolve(_:)`` or ``Gazetteer/resolve(_:)`` throws, or
  ///   ``CorridorKitError/mismatch(_:)`` for a place that is none of the sites.
  public func postSites(named name: String, among sites: [PostSite]) throws(CorridorKitError)
    -> [Int]
  {
    var ids: Set<String> = []
    if sites.contains(where: { $0.kind == .settlement }),
      let settlement = try area.gazetteer.find(name)
    {
      ids.insert(settlement.id)
    }
    if ids.isEmpty {
      for crossing in try area.crossings.resolve(name) {
        ids.formUnion([crossing.id, crossing.site])
      }
    }
    let found = sites.indices.filter { ids.contains(sites[$0].id) }
    guard !found.isEmpty else {
      throw .mismatch(
        "\"\(name)\" is known, but it is none of the \(sites.count) sites asked about")
    }
    return found
  }
}
