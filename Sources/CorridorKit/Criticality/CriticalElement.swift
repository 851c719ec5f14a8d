public import Geography
public import TransportGraph

/// Something that is closed as a whole to see what depends on it: a crossing, a site, a link or a chain.
public struct CriticalElement: Sendable, Hashable, Identifiable {
  /// What is closed, one at a time.
  public enum Kind: String, Sendable, CaseIterable {
    /// A border crossing of one mode.
    case crossings
    /// All crossings of one place, for example road and rail.
    case sites
    /// A link, whatever it is.
    case links
    /// Links one after another over nodes at which no other link ends; all of them close.
    case chains
  }

  /// The id of a crossing, a site or a link; of a chain, that of its first link.
  public let id: String
  /// What a reader calls it.
  public let name: String
  /// The links that close with it, ascending; at least one, all of them open.
  public let links: [LinkID]
  /// Where it is: a point for crossings and sites, else lines.
  public let geometry: Geometry

  /// An element from its parts.
  public init(id: String, name: String, links: [LinkID], geometry: Geometry) {
    self.id = id
    self.name = name
    self.links = links
    self.geometry = geometry
  }
}

extension Analysis {
  /// What can be closed in this analysis.
  ///
  /// - Parameter kind: Crossings and sites in the order of the catalogue, links and chains in that of the
  ///   network. What is closed or excluded already is left out, and so is a crossing that no link passes.
  /// - Complexity: O(links), for crossings O(crossings × crossing links).
  public func criticalElements(_ kind: CriticalElement.Kind) -> [CriticalElement] {
    switch kind {
    case .crossings: area.crossings.crossings.compactMap { element([$0], id: $0.id) }
    case .sites: sites.compactMap { element($0, id: $0[0].site) }
    case .links:
      area.graph.links.indices.map { LinkID($0) }.filter { !view.isClosed($0) }.map {
        element([$0], kind: .links)
      }
    case .chains:
      area.graph.chains.map { $0.links.filter { !view.isClosed($0) } }.filter { !$0.isEmpty }.map {
        element($0, kind: .chains)
      }
    }
  }

  /// Crossings by id, by site, by name or by border (`KZ-KG`, `KZ-KG/road`), or `all`.
  ///
  /// - Returns: Each once, in the order of the catalogue.
  /// - Throws: ``CorridorKitError`` for what no crossing answers to, and for what answers to none that is
  ///   open.
  public func criticalElements(
    _ kind: CriticalElement.Kind, named names: [String]
  ) throws(CorridorKitError) -> [CriticalElement] {
    var wanted: Set<String> = []
    for name in names {
      let found = try crossings(named: name)
      guard found.contains(where: { !openLinks(of: [$0]).isEmpty }) else {
        throw .mismatch("\"\(name)\": no crossing of that name is open on the network")
      }
      wanted.formUnion(found.map(\.id))
    }
    let groups = kind == .sites ? sites : area.crossings.crossings.map { [$0] }
    return groups.compactMap { group in
      element(
        group.filter { wanted.contains($0.id) }, id: kind == .sites ? group[0].site : group[0].id)
    }
  }

  private func crossings(named name: String) throws(CorridorKitError) -> [BorderCrossing] {
    if name == "all" { return area.crossings.crossings }
    guard let border = Scenario.Border(parsing: name) else {
      return try area.crossings.resolve(name)
    }
    let found = area.crossings.crossings.filter {
      Set($0.countries) == border.countries && (border.mode == nil || $0.mode == border.mode)
    }
    guard !found.isEmpty else {
      let borders = Set(
        area.crossings.crossings.map { $0.countries.sorted().joined(separator: "-") })
      throw .notExpected(kind: "border", text: name, expected: borders.sorted())
    }
    return found
  }

  /// The crossings by site, in the order in which a site first occurs.
  private var sites: [[BorderCrossing]] {
    var order: [String] = []
    var groups: [String: [BorderCrossing]] = [:]
    for crossing in area.crossings.crossings {
      if groups[crossing.site] == nil { order.append(crossing.site) }
      groups[crossing.site, default: []].append(crossing)
    }
    return order.compactMap { groups[$0] }
  }

  private func openLinks(of crossings: [BorderCrossing]) -> [LinkID] {
    area.links(ofCrossings: Set(crossings.map(\.id))).filter { !view.isClosed($0) }
  }

  /// Crossings that close together; nil where none of them is open.
  private func element(_ crossings: [BorderCrossing], id: String) -> CriticalElement? {
    let links = openLinks(of: crossings)
    guard let first = crossings.first, !links.isEmpty else { return nil }
    let names = Set(crossings.map(\.name)).sorted()
    return CriticalElement(
      id: id, name: names.joined(separator: ", "), links: links,
      geometry: .point(first.coordinate))
  }

  private func element(_ links: [LinkID], kind: CriticalElement.Kind) -> CriticalElement {
    let link = area.graph.links[links[0].index]
    let rest = links.count - 1
    let name = link.crossingID.flatMap { area.crossings[$0]?.name } ?? link.name ?? ""
    return CriticalElement(
      id: link.id, name: rest == 0 ? name : "\(name) +\(rest) more".trimmingLeadingSpace,
      links: links.sorted(),
      geometry: links.count == 1
        ? .lineString(area.network.lines[links[0].index])
        : .multiLineString(links.map { area.network.lines[$0.index] }))
  }
}

extension String {
  fileprivate var trimmingLeadingSpace: String { String(drop { $0 == " " }) }
}
