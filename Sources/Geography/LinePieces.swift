/// A stretch of a line that the same units cover all along.
struct LinePiece: Equatable {
  /// Ascending; empty where no unit covers it, several on a shared border or an overlap.
  var units: [Int]
  var meters: Double
}

extension PolygonIndex {
  /// Cuts a line at every boundary and says which units cover each piece.
  ///
  /// A line that comes near no boundary is located by one of its positions. Otherwise each segment is
  /// cut where it meets a boundary; a part belongs to the units that cover its midpoint and to those
  /// whose boundary it runs along.
  ///
  /// - Parameters:
  ///   - line: At least two positions in range.
  ///   - sliverMeters: Shorter pieces are absorbed by their longer neighbour.
  /// - Returns: Pieces in the order of the line, neighbours different; one piece of 0 m for a line
  ///   without length. They sum to the line's length.
  func pieces(
    of line: [Coordinate], metric: LengthMetric, sliverMeters: Double, in context: GEOSContext
  ) throws(GeographyError) -> [LinePiece] {
    guard let box = BoundingBox(line) else { return [] }
    var near: [Int] = []
    try stretches(near: box, in: context, into: &near)
    if near.isEmpty {
      let units = try units(covering: line[0], in: context)
      return [LinePiece(units: units, meters: metric.length(of: line))]
    }
    if box.minimum == box.maximum {
      return [LinePiece(units: try units(at: line[0], in: context), meters: 0)]
    }
    var pieces: [LinePiece] = []
    // Whether the last piece ended away from every boundary, so that the line is still in it.
    var isOpen = false
    for (a, b) in zip(line, line.dropFirst()) where a != b {
      let meters = metric.straightLength(a, b)
      if line.count > 2 {
        let segmentBox = BoundingBox(minimum: a, maximum: a).union(b)
        try stretches(near: segmentBox, in: context, into: &near)
      }
      var contacts = BoundaryContacts(from: a, to: b, snap: snap)
      for stretch in near { contacts.add(stretches[stretch], of: self) }
      if contacts.isEmpty {
        if isOpen {
          pieces[pieces.count - 1].meters += meters
        } else {
          let middle = a.interpolated(to: b, share: 0.5)
          pieces.append(LinePiece(units: try units(covering: middle, in: context), meters: meters))
          isOpen = true
        }
      } else {
        pieces += try split(&contacts, meters: meters, metric: metric, in: context)
        isOpen = false
      }
    }
    return Self.absorbingSlivers(Self.merged(pieces), below: sliverMeters)
  }

  /// The units that cover a position or whose boundary passes through it; ascending.
  func units(at position: Coordinate, in context: GEOSContext) throws(GeographyError) -> [Int] {
    var units = Set(try units(covering: position, in: context))
    var near: [Int] = []
    let here = BoundingBox(minimum: position, maximum: position)
    try stretches(near: here, in: context, into: &near)
    let plane = LengthMetric.planar(metersPerUnit: 1)
    for stretch in near where !units.contains(stretches[stretch].unit) {
      let touches = edges(of: stretches[stretch]).contains {
        plane.distance(from: position, toSegment: $0, $1) <= snap
      }
      if touches { units.insert(stretches[stretch].unit) }
    }
    return units.sorted()
  }

  /// The parts of one segment; their lengths are scaled to sum to the segment's.
  private func split(
    _ contacts: inout BoundaryContacts, meters: Double, metric: LengthMetric,
    in context: GEOSContext
  ) throws(GeographyError) -> [LinePiece] {
    let cuts = contacts.cuts()
    var parts: [LinePiece] = []
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      let middle = (from + to) / 2
      var units = try units(covering: contacts.position(at: middle), in: context)
      for reach in contacts.reaches
      where reach.start <= middle && middle <= reach.end && !units.contains(reach.unit) {
        units.append(reach.unit)
      }
      units.sort()
      let length = metric.straightLength(
        contacts.position(at: from), contacts.position(at: to))
      parts.append(LinePiece(units: units, meters: length))
    }
    let sum = parts.reduce(0) { $0 + $1.meters }
    if parts.count > 1 && sum > 0 {
      for index in parts.indices { parts[index].meters *= meters / sum }
    } else {
      parts[0].meters = meters
    }
    return parts
  }

  /// Joins neighbours that the same units cover.
  private static func merged(_ pieces: [LinePiece]) -> [LinePiece] {
    var merged: [LinePiece] = []
    for piece in pieces {
      if let last = merged.last, last.units == piece.units {
        merged[merged.count - 1].meters += piece.meters
      } else {
        merged.append(piece)
      }
    }
    return merged
  }

  /// Gives each piece below the limit, the shortest first, to the longer of its neighbours (the earlier
  /// when they are equal), until none is left or one piece remains.
  static func absorbingSlivers(_ pieces: [LinePiece], below limit: Double) -> [LinePiece] {
    var pieces = pieces
    while pieces.count > 1 {
      guard let sliver = pieces.indices.min(by: { pieces[$0].meters < pieces[$1].meters }),
        pieces[sliver].meters < limit
      else { break }
      let before = sliver > 0 ? pieces[sliver - 1].meters : -1
      let after = sliver + 1 < pieces.count ? pieces[sliver + 1].meters : -1
      pieces[before >= after ? sliver - 1 : sliver + 1].meters += pieces[sliver].meters
      pieces.remove(at: sliver)
      pieces = merged(pieces)
    }
    return pieces
  }
}
