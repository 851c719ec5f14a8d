public import Geography
import TransportGraph

extension OverlayMatrix {
  /// Overlays a network with a layer of provinces.
  ///
  /// A link's geodesic metres by province are scaled to its stated length. The hours of a crossing
  /// belong to the provinces of its two countries that it touches where its link passes it: half to each
  /// country, within a country split equally. The hours of a transfer belong to the provinces at its station, split
  /// equally.
  ///
  /// - Parameters:
  ///   - network: Links with their lines.
  ///   - crossings: Says which countries a crossing lies between.
  ///   - threads: Worker threads; 0 for one a core. The result is the same bit for bit.
  /// - Throws: ``CorridorKitError/geography(_:)``.
  /// - Complexity: O(positions of the lines × log boundary edges); a line with no boundary near it
  ///   costs one point location. See `docs/decisions/0001-overlay-by-intervals.md`.
  public init(
    network: TransportNetwork, crossings: CrossingCatalogue, provinces layer: ProvinceLayer,
    threads: Int = 0
  ) throws(CorridorKitError) {
    do throws(GeographyError) {
      let overlay = try ProvinceOverlay(layer)
      let outside = Int32(layer.provinces.count)
      let pieces = try overlay.lengths(alongEach: network.lines, threads: threads)
      var lengths = SparseRows()
      var dwellShares = SparseRows()
      for (link, (line, row)) in zip(network.graph.links, zip(network.lines, pieces)) {
        let total = row.reduce(0) { $0 + $1.meters }
        let scale = total > 0 ? link.lengthMeters / total : 0
        if total > 0 {
          lengths.append(
            row.map {
              Entry(column: $0.province.map { Int32($0) } ?? outside, value: $0.meters * scale)
            })
        } else {
          // A line without extent but with a stated length lies where its point lies.
          let shares = try Self.shares(ofProvincesAt: line[0], overlay: overlay, outside: outside)
          lengths.append(
            link.lengthMeters > 0
              ? shares.map { Entry(column: $0.column, value: $0.value * link.lengthMeters) } : [])
        }
        switch link.kind {
        case .way: dwellShares.append([])
        case .transfer:
          dwellShares.append(
            try Self.shares(ofProvincesAt: line[0], overlay: overlay, outside: outside))
        case .crossing:
          let crossing = link.crossingID.flatMap { crossings[$0] }
          let place = network.place(of: crossing, onLine: line)
          dwellShares.append(
            try Self.shares(
              ofCrossingAt: place, between: crossing?.countries ?? [], layer: layer,
              overlay: overlay))
        }
      }
      var nodeShares = SparseRows()
      for node in network.graph.nodes {
        nodeShares.append(
          try Self.shares(ofProvincesAt: node.coordinate, overlay: overlay, outside: outside))
      }
      self.provinceCount = layer.provinces.count
      self.lengths = lengths
      self.dwellShares = dwellShares
      self.nodeShares = nodeShares
    } catch {
      throw .geography(error)
    }
  }

  /// How near a point must lie to a province's border to touch it: positions are rounded to 1e-7°, and
  /// borders are simplified to some hundred metres.
  private static let touchMeters = 1.0
  /// How far from a country's own border a crossing into it is still looked for.
  private static let crossingReachMeters = 5000.0

  private static func shares(
    ofProvincesAt point: Coordinate, overlay: ProvinceOverlay, outside: Int32
  ) throws(GeographyError) -> [Entry] {
    let covering = try overlay.provinces(at: point, toleranceMeters: touchMeters)
    guard !covering.isEmpty else { return [Entry(column: outside, value: 1)] }
    return covering.map { Entry(column: Int32($0), value: 1 / Double(covering.count)) }
  }

  private static func shares(
    ofCrossingAt point: Coordinate, between countries: [String], layer: ProvinceLayer,
    overlay: ProvinceOverlay
  ) throws(GeographyError) -> [Entry] {
    let touching = try overlay.provinces(at: point, toleranceMeters: touchMeters)
    let near = try overlay.provinces(at: point, toleranceMeters: crossingReachMeters)
    let sides = countries.compactMap { country in
      let provinces = [touching, near].lazy
        .map { $0.filter { layer.provinces[$0].country == country } }
        .first { !$0.isEmpty }
      return provinces
    }
    guard !sides.isEmpty else {
      return try shares(
        ofProvincesAt: point, overlay: overlay, outside: Int32(layer.provinces.count))
    }
    return sides.flatMap { side in
      side.map { Entry(column: Int32($0), value: 1 / Double(sides.count * side.count)) }
    }.sorted { $0.column < $1.column }
  }
}

extension TransportNetwork {
  /// Where on its link a border crossing stands. A link may lead from one side's road to the other's, so
  /// that neither of its ends lies at the border; which of them comes first must not matter.
  func place(of crossing: BorderCrossing?, onLine line: [Coordinate]) -> Coordinate {
    crossing.flatMap { metric.nearestPoint(to: $0.coordinate, onLine: line) } ?? line[0]
  }
}
