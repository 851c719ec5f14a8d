extension GeoJSON {
  /// Checks what JSON cannot express, and turns rings that run the wrong way round.
  static func check<Properties>(
    _ collection: inout FeatureCollection<Properties>, file: String
  ) throws(GeoJSONError) {
    var firstUse: [String: Int] = [:]
    for index in collection.features.indices {
      let id = collection.features[index].id
      var checks = GeometryChecks(
        metric: collection.metric, file: file, featureIndex: index, featureID: id)
      if let id, let first = firstUse.updateValue(index, forKey: id) {
        throw checks.fault(
          "id", "\"\(id)\"", "an identifier of its own; feature \(first) has this one")
      }
      if var geometry = collection.features[index].geometry {
        try checks.check(&geometry, field: "geometry")
        if !checks.repairs.isEmpty { collection.features[index].geometry = geometry }
        collection.repairs += checks.repairs
      }
    }
  }
}

/// The checks of one feature's geometry.
struct GeometryChecks {
  let metric: LengthMetric
  let file: String
  let featureIndex: Int
  let featureID: String?
  private(set) var repairs: [String] = []

  init(metric: LengthMetric, file: String, featureIndex: Int, featureID: String?) {
    self.metric = metric
    self.file = file
    self.featureIndex = featureIndex
    self.featureID = featureID
  }

  func fault(_ field: String, _ value: String, _ expected: String) -> GeoJSONError {
    GeoJSONError(
      file: file, featureIndex: featureIndex, featureID: featureID, field: field, value: value,
      expected: expected)
  }

  mutating func check(_ geometry: inout Geometry, field: String) throws(GeoJSONError) {
    let place = "\(field).coordinates"
    switch geometry {
    case .point(let position):
      try check(position, place)
    case .multiPoint(let positions):
      try check(positions, place)
    case .lineString(let line):
      try check(line: line, place)
    case .multiLineString(let lines):
      for (index, line) in lines.enumerated() { try check(line: line, "\(place)[\(index)]") }
    case .polygon(var rings):
      try check(&rings, place)
      geometry = .polygon(rings)
    case .multiPolygon(var parts):
      for index in parts.indices { try check(&parts[index], "\(place)[\(index)]") }
      geometry = .multiPolygon(parts)
    case .geometryCollection(var members):
      for index in members.indices {
        try check(&members[index], field: "\(field).geometries[\(index)]")
      }
      geometry = .geometryCollection(members)
    }
    if let polygons = geometry.polygons { try checkSimple(polygons, place) }
  }

  private func check(_ position: Coordinate, _ field: String) throws(GeoJSONError) {
    if metric.accepts(position) { return }
    // JSON has no infinities, so here only the range can be at fault.
    let (longitude, latitude) = (position.longitude, position.latitude)
    let swapped =
      abs(latitude) <= 180 && abs(longitude) <= 90
      ? " (longitude and latitude may be swapped)" : ""
    let expected =
      abs(latitude) > 90
      ? "a latitude within ±90 where \(latitude) stands"
      : "a longitude within ±180 where \(longitude) stands"
    throw fault(field, position.description, expected + swapped)
  }

  private func check(_ positions: [Coordinate], _ field: String) throws(GeoJSONError) {
    for (index, position) in positions.enumerated() where !metric.accepts(position) {
      try check(position, "\(field)[\(index)]")
    }
  }

  private func check(line: [Coordinate], _ field: String) throws(GeoJSONError) {
    try check(line, field)
    if line.count < 2 {
      throw fault(field, "\(line)", "a line of at least 2 positions")
    }
  }

  private mutating func check(_ rings: inout [[Coordinate]], _ field: String) throws(GeoJSONError) {
    if rings.isEmpty { throw fault(field, "[]", "at least an outer ring") }
    for (index, ring) in rings.enumerated() {
      let place = "\(field)[\(index)]"
      try check(ring, place)
      if ring.count < 4 {
        throw fault(place, "a ring of \(ring.count) positions", "at least 4 positions")
      }
      if ring[0] != ring[ring.count - 1] {
        throw fault(
          place, "a ring from \(ring[0]) to \(ring[ring.count - 1])",
          "a closed ring, its first position repeated last")
      }
      let area = Polygon.planarSignedArea(ofRing: ring)
      let isHole = index > 0
      if isHole ? area > 0 : area < 0 {
        rings[index].reverse()
        let name = featureID.map { " (id \"\($0)\")" } ?? ""
        repairs.append(
          "\(file): feature \(featureIndex)\(name): \(place) ran "
            + (isHole ? "counter-clockwise though a hole; turned" : "clockwise; turned"))
      }
    }
  }

  private func checkSimple(_ polygons: [Polygon], _ field: String) throws(GeoJSONError) {
    let invalidity: (reason: String, at: Coordinate)?
    do {
      invalidity = try GEOSContext.borrow { (context) throws(GeographyError) in
        try GEOSShape(polygons, in: context).invalidity(in: context)
      }
    } catch {
      throw fault(field, "not usable (\(error))", "polygons that GEOS can read")
    }
    if let (reason, at) = invalidity {
      throw fault(
        field, "not simple (\(reason) at \(at))",
        "rings that do not cross themselves or each other")
    }
  }
}
