import Geography

/// Positions of nodes that are numbered from 1, collected in any order, each once.
struct NodePositions {
  private var positions: [Coordinate]
  /// The line that stated each; 0 for none.
  private var lines: [Int]

  init(count: Int) {
    positions = [Coordinate](repeating: Coordinate(longitude: 0, latitude: 0), count: count)
    lines = [Int](repeating: 0, count: count)
  }

  /// Reads the rest of a line: a node, x and y.
  ///
  /// - Parameters:
  ///   - divisor: What the file's numbers are divided by.
  ///   - fields: How many fields the line has in all, for the message.
  mutating func read(
    _ scanner: inout FieldScanner, divisor: Double, metric: LengthMetric, fields: Int, file: String
  ) throws(GraphFileError) {
    guard let id = scanner.nextField(), let x = scanner.nextField(), let y = scanner.nextField(),
      scanner.nextField() == nil
    else { throw scanner.fieldCount(fields, in: file) }
    guard let number = scanner.wholeNumber(id), number >= 1, number <= UInt64(positions.count)
    else { throw scanner.invalid("node", id, "a node from 1 to \(positions.count)", in: file) }
    let node = Int(number) - 1
    guard lines[node] == 0 else {
      throw .duplicate(
        file: file, line: scanner.line, field: "node", id: "\(number)", firstLine: lines[node])
    }
    lines[node] = scanner.line
    positions[node] = Coordinate(
      longitude: try value(x, "x", limit: 180, scanner, divisor, metric, file),
      latitude: try value(y, "y", limit: 90, scanner, divisor, metric, file))
  }

  private func value(
    _ field: Range<Int>, _ name: String, limit: Double, _ scanner: FieldScanner, _ divisor: Double,
    _ metric: LengthMetric, _ file: String
  ) throws(GraphFileError) -> Double {
    guard let number = scanner.number(field) else {
      throw scanner.invalid(name, field, "a finite number", in: file)
    }
    guard metric.accepts(number / divisor, limit: limit) else {
      throw scanner.invalid(name, field, metric.expectation(name, limit: limit * divisor), in: file)
    }
    return number / divisor
  }

  /// The positions by node.
  ///
  /// - Throws: `missingCoordinates` for the first node that has none.
  func all(file: String) throws(GraphFileError) -> [Coordinate] {
    if let missing = lines.firstIndex(of: 0) {
      throw .missingCoordinates(file: file, node: "\(missing + 1)")
    }
    return positions
  }
}

extension LengthMetric {
  /// The greatest x or y of a plane, in its units: far from where squares overflow.
  private static let planarLimit = 1e12

  /// Whether a number may be a coordinate: `limit` is that of degrees.
  func accepts(_ number: Double, limit: Double) -> Bool {
    switch self {
    case .wgs84: abs(number) <= limit
    case .planar: abs(number) <= Self.planarLimit
    }
  }

  /// What a coordinate should have been.
  func expectation(_ name: String, limit: Double) -> String {
    switch self {
    case .wgs84:
      "\(name == "x" ? "a longitude" : "a latitude") within ±\(limit), unless the network is planar"
    case .planar: "a number within ±\(Self.planarLimit)"
    }
  }
}
