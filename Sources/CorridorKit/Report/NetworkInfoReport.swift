import TransportGraph

/// What a network consists of.
public struct NetworkInfoReport: Report {
  /// Nodes, links and lengths of one mode, in one country or in all.
  public struct Row: Encodable, Sendable, Hashable {
    /// ISO 3166-1 alpha-2, or nil for the whole network.
    public let country: String?
    /// `road`, `rail` or `ferry`.
    public let mode: String
    /// Nodes that have a way of the mode.
    public let nodeCount: Int
    /// Links with the larger part of their length in the country.
    public let linkCount: Int
    /// Metres of ways in the country, parts of links that leave it too.
    public let lengthM: Double
    /// Pieces of the mode's ways that no way of the mode joins.
    public let pieceCount: Int
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// All nodes.
  public let nodeCount: Int
  /// All links, of every kind.
  public let linkCount: Int
  /// Links that stand for a border crossing.
  public let crossingLinkCount: Int
  /// Links that join two modes at a station.
  public let transferLinkCount: Int
  /// Pieces of the network that no link joins.
  public let pieceCount: Int
  /// Provinces by country, ISO 3166-1 alpha-2.
  public let provinceCount: [String: Int]
  /// Settlements whose names resolve.
  public let settlementCount: Int
  /// Crossings of the catalogue, on the network or not.
  public let catalogueCount: Int
  /// The whole network by mode, then each country by mode.
  public let rows: [Row]

  /// - Parameter countries: The countries that get rows of their own.
  public init(_ area: StudyArea, countries: [String], manifest: Manifest) {
    self.manifest = manifest
    let graph = area.graph
    nodeCount = graph.nodes.count
    linkCount = graph.links.count
    crossingLinkCount = graph.links.count { $0.kind == .crossing }
    transferLinkCount = graph.links.count { $0.kind == .transfer }
    pieceCount = graph.pieces.count
    provinceCount = Dictionary(grouping: area.provinces.provinces, by: \.country).mapValues(\.count)
    settlementCount = area.gazetteer.settlements.count
    catalogueCount = area.crossings.crossings.count
    let modes = Mode.allCases.filter { mode in graph.links.contains { $0.mode == mode } }
    rows =
      modes.map { Self.row($0, country: nil, area: area) }
      + countries.flatMap { country in
        modes.map { Self.row($0, country: country, area: area) }
      }
  }

  private static func row(_ mode: Mode, country: String?, area: StudyArea) -> Row {
    let graph = area.graph
    func isInside(_ column: Int32) -> Bool {
      guard let country else { return true }
      return column != area.overlay.outside
        && area.provinces.provinces[Int(column)].country == country
    }
    var nodes: Set<NodeID> = []
    var links: Set<LinkID> = []
    var meters = 0.0
    for (index, link) in graph.links.enumerated() where link.mode == mode && link.kind != .transfer
    {
      let id = LinkID(index)
      let inside = area.overlay.lengths(of: id).reduce(0) {
        $0 + (isInside($1.column) ? $1.value : 0)
      }
      meters += inside
      // A crossing has no length of its own; it joins what lies on its two sides.
      guard link.kind == .crossing ? country == nil : inside > link.lengthMeters / 2 else {
        continue
      }
      nodes.formUnion([graph.from(of: id), graph.to(of: id)])
      links.insert(id)
    }
    let pieces = graph.pieces(joinedBy: links.contains)
    return Row(
      country: country, mode: mode.rawValue, nodeCount: nodes.count, linkCount: links.count,
      lengthM: meters, pieceCount: Set(nodes.map { pieces.pieceOfNode[$0.index] }).count)
  }

  public var text: String {
    var table = TextTable([
      ("Where", .left), ("Mode", .left), ("nodes", .right), ("links", .right), ("km", .right),
      ("pieces", .right),
    ])
    for row in rows {
      table.add([
        row.country ?? "network", row.mode, "\(row.nodeCount)", "\(row.linkCount)",
        Shown.fixed(row.lengthM / 1000, 0), "\(row.pieceCount)",
      ])
    }
    let provinces = provinceCount.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return """
      \(nodeCount) nodes, \(linkCount) links (\(crossingLinkCount) border crossings, \
      \(transferLinkCount) transfers), \(pieceCount) pieces
      \(catalogueCount) catalogued crossings, \(settlementCount) settlements
      Provinces (\(manifest.vintage)): \(provinces.joined(separator: ", "))

      \(table.text)
      """
  }

  public var csv: [[String]] {
    [["country", "mode", "node_count", "link_count", "length_m", "piece_count"]]
      + rows.map {
        [
          $0.country ?? "", $0.mode, "\($0.nodeCount)", "\($0.linkCount)", "\($0.lengthM)",
          "\($0.pieceCount)",
        ]
      }
  }

  public var features: [ReportFeature]? { nil }
}
