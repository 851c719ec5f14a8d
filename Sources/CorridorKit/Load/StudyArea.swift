public import Geography
public import TransportGraph

/// Everything an analysis stands on: a network, its crossings, the provinces beneath it, the places
/// that people name, and the overlay of the one with the other.
public struct StudyArea: Sendable {
  /// Nodes, links and their lines.
  public let network: TransportNetwork
  /// The catalogue of border crossings.
  public let crossings: CrossingCatalogue
  /// The layer that results are told by.
  public let provinces: ProvinceLayer
  /// The places that people name.
  public let gazetteer: Gazetteer
  /// The network over the provinces.
  public let overlay: OverlayMatrix
  /// The boundary vintage.
  public let vintage: String
  /// What was repaired on reading, a line each.
  public let repairs: [String]
  /// The files that were read, with their digests.
  public let inputs: [InputDigest]

  /// The links that stand for border crossings, ascending.
  let crossingLinks: [LinkID]
  private let waysBetweenCountriesOnce = MadeOnce<[(link: LinkID, countries: Set<String>)]>()
  private let roadsOnce = MadeOnce<RoadIndex>()
  private let hierarchyOnce = MadeOnce<ContractionHierarchy>()
  /// Where the hierarchy is kept between runs; nil where nowhere.
  private let keptHierarchy: StudyAreaCache.KeptHierarchy?

  /// Nodes and links.
  public var graph: TransportGraph { network.graph }

  /// The contraction hierarchy of the network: from the cache that the study area was read with, else
  /// made, when it is first asked for. Whoever asks for nothing pays nothing; copies share one.
  ///
  /// - Throws: ``CorridorKitError/hierarchy(_:)`` for a network too large for one.
  public func hierarchy() throws(CorridorKitError) -> ContractionHierarchy {
    try hierarchyOnce.value { () throws(CorridorKitError) in
      try StudyAreaCache.hierarchy(of: graph, keptHierarchy)
    }
  }

  /// Overlays a network with provinces, all of them built in code.
  ///
  /// - Parameters:
  ///   - network: Nodes, links and their lines.
  ///   - crossings: The catalogue that the network's crossing links name.
  ///   - provinces: The layer that results are told by.
  ///   - settlements: The places that names resolve to.
  ///   - vintage: What the results call the layer's vintage.
  ///   - threads: Worker threads for the overlay; 0 for one a core.
  /// - Throws: ``CorridorKitError/mismatch(_:)`` when network and provinces are measured differently or
  ///   do not meet, or a crossing lies more than 20 km from its link;
  ///   ``CorridorKitError/geography(_:)``.
  public init(
    network: TransportNetwork, crossings: CrossingCatalogue, provinces: ProvinceLayer,
    settlements: [Settlement] = [], vintage: String = "unstated", threads: Int = 0
  ) throws(CorridorKitError) {
    guard provinces.metric == network.metric else {
      throw .mismatch("network and provinces are measured differently")
    }
    overlay = try OverlayMatrix(
      network: network, crossings: crossings, provinces: provinces, threads: threads)
    try Self.checkMeeting(
      overlay, network: network, layer: provinces, networkPath: "the network",
      provincesPath: "the layer")
    try Self.checkCrossings(crossings, on: network)
    self.network = network
    crossingLinks = Self.crossingLinks(of: network)
    self.crossings = crossings
    self.provinces = provinces
    self.gazetteer = Gazetteer(settlements)
    self.vintage = vintage
    keptHierarchy = nil
    repairs = []
    inputs = []
  }

  /// Reads the files of `sources` and overlays them.
  ///
  /// - Parameters:
  ///   - sources: The files.
  ///   - cache: Where what was read and overlaid is kept; nil reads and computes anew.
  ///   - threads: Worker threads for the overlay; 0 for one a core.
  /// - Throws: ``CorridorKitError`` for the first fault found.
  public init(_ sources: DataSources, cache: StudyAreaCache?, threads: Int = 0)
    throws(CorridorKitError)
  {
    let crossingFile = try InputFile(path: sources.crossings)
    let networkFile = try InputFile(path: sources.network)
    var provinceFiles: [InputFile] = []
    for path in sources.provinces { provinceFiles.append(try InputFile(path: path)) }
    let settlementFile = try InputFile(path: sources.settlements)
    let inputs = [networkFile, crossingFile] + provinceFiles + [settlementFile]

    let crossings = try CrossingCatalogue(crossingFile)
    let content: StudyAreaContent
    if let kept = cache?.content(of: inputs) {
      content = kept
    } else {
      let (layer, repairs) = try ProvinceLayer.read(provinceFiles)
      let network = try TransportNetwork(networkFile, crossings: crossings)
      guard layer.metric == network.metric else {
        throw .mismatch("\(sources.network) and \(sources.provinces[0]): \"metric\" differs")
      }
      let (settlements, settlementMetric) = try Settlement.read(settlementFile)
      // Names of one plane would snap to nodes of another.
      guard settlementMetric == network.metric || settlements.isEmpty else {
        throw .mismatch("\(sources.network) and \(sources.settlements): \"metric\" differs")
      }
      content = StudyAreaContent(
        network: network, layer: layer, repairs: repairs, settlements: settlements,
        overlay: try OverlayMatrix(
          network: network, crossings: crossings, provinces: layer, threads: threads))
      try Self.checkMeeting(
        content.overlay, network: network, layer: layer, networkPath: sources.network,
        provincesPath: sources.provinces.joined(separator: ", "))
      do {
        try Self.checkCrossings(crossings, on: network)
      } catch {
        throw .located(sources.crossings, error)
      }
      cache?.keep(content, of: inputs)
    }
    self.network = content.network
    crossingLinks = Self.crossingLinks(of: content.network)
    self.crossings = crossings
    self.provinces = content.layer
    self.gazetteer = Gazetteer(content.settlements)
    self.overlay = content.overlay
    self.vintage = sources.vintage
    keptHierarchy = cache.map {
      .init(path: $0.hierarchyPath(of: networkFile), rejection: $0.rejection)
    }
    self.repairs = content.repairs
    self.inputs = inputs.map(InputDigest.init)
  }

  /// Refuses a network of which nothing lies in any province.
  private static func checkMeeting(
    _ overlay: OverlayMatrix, network: TransportNetwork, layer: ProvinceLayer,
    networkPath: String, provincesPath: String
  ) throws(CorridorKitError) {
    let meets = overlay.lengths.entries.contains { $0.column != overlay.outside && $0.value > 0 }
    guard !meets else { return }
    let around = BoundingBox(layer.provinces.flatMap { $0.polygons.flatMap(\.exterior) })
    let swapped = network.lines.contains { line in
      around?.contains(Coordinate(longitude: line[0].latitude, latitude: line[0].longitude))
        ?? false
    }
    throw .mismatch(
      "\(networkPath): no link lies in any province of \(provincesPath)"
        + (swapped ? "; longitude and latitude may be swapped (GeoJSON wants longitude first)" : "")
    )
  }

  private static func crossingLinks(of network: TransportNetwork) -> [LinkID] {
    network.graph.links.indices.filter { network.graph.links[$0].crossingID != nil }
      .map { LinkID($0) }
  }

  /// The links that stand for some crossings, ascending.
  func links(ofCrossings ids: Set<String>) -> [LinkID] {
    crossingLinks.filter { graph.links[$0.index].crossingID.map(ids.contains) ?? false }
  }

  /// The links that a test holds for, ascending.
  func linkIDs(where matches: (Link) -> Bool) -> [LinkID] {
    graph.links.indices.filter { matches(graph.links[$0]) }.map { LinkID($0) }
  }

  /// Less than this on the far side of a border is the border's own inaccuracy.
  private static let borderSlackMeters = 500.0

  /// The countries that a way passes between without a crossing: those that hold more than 500 m of it,
  /// where there are several.
  func countriesCrossed(by link: LinkID) -> Set<String> {
    guard graph.links[link.index].kind == .way else { return [] }
    var meters: [String: Double] = [:]
    for entry in overlay.lengths(of: link) where entry.column != overlay.outside {
      meters[provinces.provinces[Int(entry.column)].country, default: 0] += entry.value
    }
    let met = Set(meters.filter { $0.value > Self.borderSlackMeters }.keys)
    return met.count > 1 ? met : []
  }

  /// Its links by road, made on first use.
  var roads: RoadIndex { roadsOnce.value { RoadIndex(graph.links) } }

  /// The ways that pass between countries without a crossing, ascending, with the countries.
  var waysBetweenCountries: [(link: LinkID, countries: Set<String>)] {
    waysBetweenCountriesOnce.value {
      graph.links.indices.map { (link: LinkID($0), countries: countriesCrossed(by: LinkID($0))) }
        .filter { !$0.countries.isEmpty }
    }
  }

  /// How far a crossing may lie from the link that stands for it: a border zone's depth, too little for
  /// a wrong place to pass.
  private static let crossingLimitMeters = 20_000.0

  /// Refuses a crossing whose position in the catalogue is not that of its link: the dwell would be told
  /// at one place and the crossing shown at another.
  private static func checkCrossings(_ crossings: CrossingCatalogue, on network: TransportNetwork)
    throws(CorridorKitError)
  {
    for (link, line) in zip(network.graph.links, network.lines) where link.kind == .crossing {
      guard let crossing = link.crossingID.flatMap({ crossings[$0] }) else { continue }
      func distance(_ position: Coordinate) -> Double {
        zip(line, line.dropFirst()).map {
          network.metric.distance(from: position, toSegment: $0, $1)
        }.min() ?? .infinity
      }
      let meters = distance(crossing.coordinate)
      // Not the other way round: a distance that is not a number is refused as well.
      guard !(meters <= crossingLimitMeters) else { continue }
      let swapped = Coordinate(
        longitude: crossing.coordinate.latitude, latitude: crossing.coordinate.longitude)
      let isSwapped =
        network.metric == .wgs84 && abs(swapped.latitude) <= 90
        && distance(swapped) <= crossingLimitMeters
      throw .mismatch(
        "crossing \(crossing.id) lies \(Shown.kilometers(meters)) km from its link \(link.id); "
          + "expected at most \(Shown.kilometers(crossingLimitMeters)) km"
          + (isSwapped ? "; longitude and latitude may be swapped (longitude comes first)" : ""))
    }
  }

  /// The network as it stands on a day, for some modes.
  ///
  /// Links of other modes are excluded and crossings that are closed that day closed; with a single mode
  /// nothing is transferred.
  ///
  /// - Parameters:
  ///   - open: The network under a profile with everything open.
  ///   - modes: The permitted modes.
  ///   - date: The day; nil takes each crossing's present status and every season as open.
  public func view(
    _ open: GraphView, modes: Set<Mode> = Set(Mode.allCases), on date: CalendarDate? = nil
  ) -> GraphView {
    view(open, modes: modes) { $0.isOpen(on: date) }
  }

  /// The network with some crossings open, for some modes.
  func view(
    _ open: GraphView, modes: Set<Mode>, where isOpen: (BorderCrossing) -> Bool
  ) -> GraphView {
    open.excluding(
      linkIDs { !modes.contains($0.mode) || (modes.count == 1 && $0.kind == .transfer) }
    ).closing(
      crossingLinks.filter { link in
        graph.links[link.index].crossingID.flatMap { crossings[$0] }.map { !isOpen($0) } ?? false
      })
  }

  /// The network under a profile with everything open.
  ///
  /// - Throws: ``CorridorKitError/graph(_:)`` for a profile that does not fit the network.
  public func openView(_ profile: ImpedanceProfile) throws(CorridorKitError) -> GraphView {
    do {
      return try GraphView(graph, profile: profile)
    } catch {
      throw .graph(error)
    }
  }
}

/// The name and content digest of a file that a result depends on.
public struct InputDigest: Sendable, Hashable, Codable {
  /// The path as the caller gave it.
  public let file: String
  /// SHA-256 of the content, in lower-case hexadecimal.
  public let sha256: String

  /// The digest of a file that was read.
  public init(_ file: InputFile) {
    self.file = file.path
    sha256 = file.sha256
  }
}
