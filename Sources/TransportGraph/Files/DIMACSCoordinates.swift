import Geography

/// The positions of a `.co` file.
struct DIMACSCoordinates {
  /// By node, counted from 0.
  let positions: [Coordinate]

  private static let problem = "the problem line 'p aux sp co NODES'"

  init(
    _ file: GraphFile, nodeCount: Int, divisor: Double, metric: LengthMetric
  ) throws(GraphFileError) {
    try file.checkContent(expected: "DIMACS coordinates, which begin with \(Self.problem)")
    var scanner = FieldScanner(file.bytes)
    var problemLine: Int?
    var positions = NodePositions(count: nodeCount)
    while scanner.nextLine() {
      guard let kind = scanner.nextField() else { continue }
      switch scanner.byte(kind.lowerBound) {
      case UInt8(ascii: "c"):
        continue
      case UInt8(ascii: "p") where kind.count == 1:
        if let problemLine {
          throw .repeatedHeader(
            file: file.name, line: scanner.line, header: Self.problem, firstLine: problemLine)
        }
        problemLine = scanner.line
        for word in ["aux", "sp", "co"] {
          guard let field = scanner.nextField(), scanner.text(field) == word else {
            throw .unexpectedLine(
              file: file.name, line: scanner.line, text: scanner.lineExcerpt,
              expected: Self.problem)
          }
        }
        let stated = try scanner.wholeNumbers(
          ["nodes"], maxima: [TransportGraph.maximumNodeCount], fields: 5, file: file.name)[0]
        guard stated == nodeCount else {
          throw .wrongCount(
            file: file.name, things: "nodes stated", found: stated,
            expected: "\(nodeCount), as many as the graph has")
        }
      case UInt8(ascii: "v") where kind.count == 1:
        guard problemLine != nil else {
          throw .missingHeader(file: file.name, header: Self.problem)
        }
        try positions.read(&scanner, divisor: divisor, metric: metric, fields: 4, file: file.name)
      default:
        throw .unexpectedLine(
          file: file.name, line: scanner.line, text: scanner.lineExcerpt,
          expected: problemLine == nil ? Self.problem : "a node 'v ID X Y' or a comment 'c …'")
      }
    }
    guard problemLine != nil else { throw .missingHeader(file: file.name, header: Self.problem) }
    self.positions = try positions.all(file: file.name)
  }
}
