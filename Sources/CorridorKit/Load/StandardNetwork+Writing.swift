public import Foundation
import Geography
import TransportGraph

extension StandardNetwork {
  /// The network in the project's own format, which every command reads (`docs/formats.md`, "Network").
  ///
  /// Impedances are those of the file read: lengths and speeds are written in full, and a link whose
  /// length contradicts its line is marked as schematic (``schematicLinkCount()``). Nodes get a point of
  /// their own where they have a name or no link. Where a link has the identifier of such a node, all
  /// links get one that begins with `link-`.
  ///
  /// - Throws: ``CorridorKitError/mismatch(_:)`` without positions, without links, or for a length that
  ///   no link can have; ``CorridorKitError/geoJSON(_:)``.
  /// - Complexity: O(nodes + links).
  public func geoJSON() throws(CorridorKitError) -> Data {
    let lines = try lines()
    guard !network.links.isEmpty else { throw .mismatch("\(path): no link") }
    for link in network.links {
      guard let expected = StatedLength.expectation(link.lengthMeters, kind: link.kind) else {
        continue
      }
      throw .mismatch(
        "\(path): link \(link.id) from \(link.from) to \(link.to) is \(link.lengthMeters) m long; "
          + "expected \(expected): the unit may be wrong")
    }
    for (link, line) in zip(network.links, lines) {
      guard let start = network.metric.antimeridianStretch(of: line) else { continue }
      throw .mismatch(
        "\(path): link \(link.id) leads from \(line[start]) to \(line[start + 1]); expected at most "
          + "180 degrees of longitude: lines over the antimeridian end there, and others begin on the "
          + "other side")
    }
    let linked = Set(network.links.flatMap { [$0.from, $0.to] })
    let points = network.nodes.filter { $0.name != nil || !linked.contains($0.id) }
    let prefix = Self.prefix(of: network.links, beside: points)
    let features =
      points.map {
        Feature(
          id: $0.id, geometry: .point($0.coordinate),
          properties: LinkProperties(kind: "node", name: $0.name))
      }
      + zip(network.links, lines).map { link, line in
        Feature(
          id: prefix + link.id, geometry: .lineString(line),
          properties: LinkProperties(of: link, isSchematic: isSchematic(link, line)))
      }
    do {
      return try GeoJSON.write(
        FeatureCollection(features: features, metric: network.metric), file: path)
    } catch {
      throw .geoJSON(error)
    }
  }

  /// How many links have a length that contradicts their line: shorter than the chord between the ends by
  /// more than 1 % and 1 m, or longer than 20 times the line and 20 km. Many published networks hold
  /// connectors that take no time, and some have schematic positions; many such links may also mean that
  /// a unit or the positions are wrong.
  ///
  /// - Throws: ``CorridorKitError/mismatch(_:)`` without positions.
  /// - Complexity: O(nodes + links).
  public func schematicLinkCount() throws(CorridorKitError) -> Int {
    let lines = try lines()
    return zip(network.links, lines).count { isSchematic($0, $1) }
  }

  private func isSchematic(_ link: Link, _ line: [Coordinate]) -> Bool {
    StatedLength.expectation(
      link.lengthMeters, kind: link.kind, beside: line, metric: network.metric) != nil
  }

  /// What makes the identifiers of links none of the points'.
  private static func prefix(of links: [Link], beside points: [Node]) -> String {
    let taken = Set(points.map(\.id))
    var prefix = ""
    while links.contains(where: { taken.contains(prefix + $0.id) }) { prefix += "link-" }
    return prefix
  }
}

extension LinkProperties {
  /// The members of a way.
  fileprivate init(of link: Link, isSchematic: Bool) {
    self.init(
      from: link.from, to: link.to, mode: link.mode.rawValue,
      roadClass: link.roadClass == ImpedanceProfile.defaultClass ? nil : link.roadClass,
      name: link.name, lengthMeters: link.lengthMeters,
      speedKilometersPerHour: link.speedKilometersPerHour, isOneWay: link.isOneWay ? true : nil,
      isSchematic: isSchematic ? true : nil)
  }
}
