/// What the parts of a graph must be.
extension TransportGraph {
  /// The index of each node by its identifier.
  static func index(_ nodes: [Node]) throws(TransportGraphError) -> [String: Int32] {
    guard nodes.count <= maximumNodeCount else {
      throw .tooManyNodes(count: nodes.count, maximum: maximumNodeCount)
    }
    var indices: [String: Int32] = [:]
    indices.reserveCapacity(nodes.count)
    for (index, node) in nodes.enumerated() {
      guard node.coordinate.longitude.isFinite, node.coordinate.latitude.isFinite else {
        throw .nonFiniteCoordinate(node: node.id)
      }
      guard indices.updateValue(Int32(index), forKey: node.id) == nil else {
        throw .duplicateNode(id: node.id)
      }
    }
    return indices
  }

  /// The index of each link by its identifier.
  static func index(_ links: [Link]) throws(TransportGraphError) -> [String: Int32] {
    guard links.count <= maximumLinkCount else {
      throw .tooManyLinks(count: links.count, maximum: maximumLinkCount)
    }
    var indices: [String: Int32] = [:]
    indices.reserveCapacity(links.count)
    for (index, link) in links.enumerated() {
      guard indices.updateValue(Int32(index), forKey: link.id) == nil else {
        throw .duplicateLink(id: link.id)
      }
    }
    return indices
  }

  /// Checks what a link says of itself. Comparisons are written so that NaN fails them.
  static func check(_ link: Link) throws(TransportGraphError) {
    let lengthFits = link.kind == .way ? link.lengthMeters > 0 : link.lengthMeters >= 0
    guard lengthFits, link.lengthMeters <= maximumLengthMeters else {
      throw .badLength(link: link.id, meters: link.lengthMeters)
    }
    if let speed = link.speedKilometersPerHour,
      !ImpedanceProfile.speedRangeKilometersPerHour.contains(speed)
    {
      throw .badSpeed(link: link.id, kilometersPerHour: speed)
    }
    if let dwell = link.dwell {
      guard link.kind != .way else { throw .dwellOnWay(link: link.id) }
      guard dwell.low >= 0, dwell.low <= dwell.mode, dwell.mode <= dwell.high,
        dwell.high <= ImpedanceProfile.maximumDwellHours
      else {
        throw .badDwell(link: link.id, dwell: dwell)
      }
    }
  }
}
