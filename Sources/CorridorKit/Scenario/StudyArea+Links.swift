import Geography
import TransportGraph

/// The links that the names of a scenario stand for.
extension StudyArea {
  /// The links that a closure names.
  func links(of closure: Scenario.Closure) throws(CorridorKitError) -> [LinkID] {
    switch closure {
    case .crossing(let name): return try links(ofCrossing: name)
    case .link(let id): return [try link(id)]
    case .road(let name): return try links(ofRoad: name)
    case .border(let border): return try links(ofBorder: border)
    case .mode(let mode):
      return linkIDs { $0.mode == mode }
    case .province(let name):
      let column = provinces.index(of: try province(named: name).id)
      return graph.links.indices.map { LinkID($0) }.filter { link in
        // A crossing is a point on the border: it belongs to the province whose hours it counts to.
        func isInside(_ entries: ArraySlice<OverlayMatrix.Entry>) -> Bool {
          entries.contains { Int($0.column) == column && $0.value > 0 }
        }
        return isInside(overlay.lengths(of: link)) || isInside(overlay.dwellShares(of: link))
      }
    case .area(let polygons, let name, let metric):
      guard metric == network.metric else {
        throw .mismatch("area \"\(name)\": \"metric\" differs from that of the network")
      }
      return try links(in: polygons)
    }
  }

  /// The links that a delay names, each once, ascending.
  func links(of delay: Scenario.Delay) throws(CorridorKitError) -> [LinkID] {
    var links: Set<LinkID> = []
    for name in delay.crossings { links.formUnion(try self.links(ofCrossing: name)) }
    for id in delay.links { links.insert(try link(id)) }
    for name in delay.roads { links.formUnion(try self.links(ofRoad: name)) }
    for border in delay.borders { links.formUnion(try crossingLinks(of: border)) }
    return links.sorted()
  }

  private func link(_ id: String) throws(CorridorKitError) -> LinkID {
    guard let link = graph.link(id: id) else {
      throw .unknownName(
        kind: "link", name: id,
        suggestions: nearestNames(
          to: id, among: graph.links.map { (name: $0.id, answer: $0.id) }))
    }
    return link
  }

  /// The links that bear a name or number, crossings among them.
  ///
  /// - Throws: ``CorridorKitError/unknownName(kind:name:suggestions:)`` with the nearest names, or
  ///   ``CorridorKitError/mismatch(_:)`` for a network that names none of its links.
  private func links(ofRoad name: String) throws(CorridorKitError) -> [LinkID] {
    let links = roads.links(of: name)
    guard links.isEmpty else { return links }
    let names = Set(graph.links.flatMap { [$0.name].compactMap(\.self) + $0.roadNumbers })
    guard !names.isEmpty else {
      throw .mismatch(
        "road \"\(name)\": no link of the network has a \"name\" or \"ref\"; "
          + "name its links, an area or a province instead")
    }
    throw .unknownName(
      kind: "road", name: name,
      suggestions: nearestNames(to: name, among: names.map { (name: $0, answer: $0) }))
  }

  /// - Throws: ``CorridorKitError/mismatch(_:)`` for a crossing that no link of the network carries.
  private func links(ofCrossing name: String) throws(CorridorKitError) -> [LinkID] {
    let ids = Set(try crossings.resolve(name).map(\.id))
    let links = links(ofCrossings: ids)
    guard !links.isEmpty else {
      throw .mismatch(
        "crossing \"\(name)\" is in the catalogue, but no link of the network passes it")
    }
    return links
  }

  /// The crossings of a border.
  private func crossingLinks(of border: Scenario.Border) throws(CorridorKitError) -> [LinkID] {
    let links = crossingLinks.filter { id in
      let link = graph.links[id.index]
      guard border.mode == nil || link.mode == border.mode else { return false }
      return link.crossingID.flatMap { crossings[$0] }.map { Set($0.countries) == border.countries }
        ?? false
    }
    guard !links.isEmpty else {
      let borders = Set(crossings.crossings.map { $0.countries.sorted().joined(separator: "-") })
      throw .notExpected(kind: "border", text: border.name, expected: borders.sorted())
    }
    return links
  }

  /// Every way over a border: its crossings, and the ways that pass it without one.
  private func links(ofBorder border: Scenario.Border) throws(CorridorKitError) -> [LinkID] {
    let crossings = try crossingLinks(of: border)
    let others = waysBetweenCountries.filter { way in
      (border.mode == nil || graph.links[way.link.index].mode == border.mode)
        && border.countries.isSubset(of: way.countries)
    }.map(\.link)
    return (crossings + others).sorted()
  }

  /// The links with part of their length in an area.
  private func links(in polygons: [Polygon]) throws(CorridorKitError) -> [LinkID] {
    do throws(GeographyError) {
      let lengths = try ProvinceOverlay(provinces).lengthsInside(
        area: polygons, ofEach: network.lines)
      // A crossing is a point: it closes when the area covers it.
      let area = try ProvinceOverlay(
        ProvinceLayer(
          provinces: polygons.enumerated().map { index, polygon in
            Province(
              id: "\(index)", name: "\(index)", names: [:], aliases: [], country: "", level: 1,
              validFrom: nil, validTo: nil, polygons: [polygon])
          }, metric: network.metric))
      var links: [LinkID] = []
      for (index, link) in graph.links.enumerated() {
        var isInside = lengths[index] > 0
        if link.kind == .crossing, !isInside {
          let point = network.place(
            of: link.crossingID.flatMap { crossings[$0] }, onLine: network.lines[index])
          isInside = try !area.provinces(at: point, toleranceMeters: 0).isEmpty
        }
        if isInside { links.append(LinkID(index)) }
      }
      return links
    } catch {
      throw .geography(error)
    }
  }
}
