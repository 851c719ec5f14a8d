import Geography

/// The rows of a `_net.tntp` file and what its metadata say of them.
struct TNTPRows {
  /// A link as the file has it; nodes are counted from 1.
  struct Row {
    let from: Int
    let to: Int
    let length: Double
    let freeFlowTime: Double
    let line: Int
  }

  let nodeCount: Int
  /// Nodes with a smaller number may not be passed through.
  let firstThroughNode: Int
  /// How many zones may be passed through because the file states no first through node.
  let zonesAssumedPassable: Int
  private(set) var rows: [Row] = []

  /// The fields of a row, of which ``Row`` keeps four.
  private static let fieldCount = 10
  private static let end = "<END OF METADATA>"
  private static let comment = UInt8(ascii: "~")

  init(_ file: GraphFile) throws(GraphFileError) {
    try file.checkContent(expected: "a TNTP network, which begins with its metadata")
    var scanner = FieldScanner(file.bytes)
    let metadata = try Metadata(&scanner, file: file.name)
    let linkCount = try metadata.number(
      "NUMBER OF LINKS", from: 0, to: TransportGraph.maximumLinkCount)
    nodeCount = try metadata.number("NUMBER OF NODES", from: 1, to: TransportGraph.maximumNodeCount)
    let zoneCount = try metadata.number("NUMBER OF ZONES", from: 0, to: nodeCount)
    if metadata.states("FIRST THRU NODE") {
      firstThroughNode = try metadata.number("FIRST THRU NODE", from: 1, to: nodeCount + 1)
      zonesAssumedPassable = 0
    } else {
      firstThroughNode = 1
      zonesAssumedPassable = zoneCount
    }
    // Two nodes for every zone that may not be passed.
    guard nodeCount + firstThroughNode - 1 <= TransportGraph.maximumNodeCount else {
      throw .wrongCount(
        file: file.name, things: "nodes and zones that may not be passed",
        found: nodeCount + firstThroughNode - 1,
        expected: "at most \(TransportGraph.maximumNodeCount)")
    }
    // Not for more rows than the file can hold, whatever it says: ten fields and ends are 21 bytes.
    rows.reserveCapacity(min(linkCount, file.bytes.count / 21))
    while scanner.nextLine() {
      let rest = scanner.rest
      guard let first = rest.first.map(scanner.byte) else { continue }
      if first == Self.comment {
        try Self.checkColumns(scanner.text(rest), line: scanner.line, file: file.name)
      } else {
        rows.append(try row(&scanner, file: file.name))
      }
    }
    guard rows.count == linkCount else {
      throw .countMismatch(file: file.name, things: "links", found: rows.count, stated: linkCount)
    }
  }

  private func row(
    _ scanner: inout FieldScanner, file: String
  ) throws(GraphFileError) -> Row {
    // Some published networks leave the semicolon out; ten fields are a whole row all the same.
    _ = scanner.cut(at: UInt8(ascii: ";"))
    var fields: [Range<Int>] = []
    while let field = scanner.nextField() { fields.append(field) }
    guard fields.count == Self.fieldCount else {
      throw scanner.fieldCount(Self.fieldCount, in: file)
    }
    func node(_ field: Range<Int>, _ name: String) throws(GraphFileError) -> Int {
      guard let node = scanner.wholeNumber(field), node >= 1, node <= UInt64(nodeCount) else {
        throw scanner.invalid(name, field, "a node from 1 to \(nodeCount)", in: file)
      }
      return Int(node)
    }
    func quantity(_ field: Range<Int>, _ name: String) throws(GraphFileError) -> Double {
      guard let number = scanner.number(field), number >= 0 else {
        throw scanner.invalid(name, field, "a finite number, 0 or more", in: file)
      }
      return number
    }
    return Row(
      from: try node(fields[0], "init node"), to: try node(fields[1], "term node"),
      length: try quantity(fields[3], "length"),
      freeFlowTime: try quantity(fields[4], "free flow time"), line: scanner.line)
  }

  /// Refuses a comment that names the columns in another order: a length would be taken for a time, or all
  /// links lead the other way.
  private static func checkColumns(
    _ text: String, line: Int, file: String
  ) throws(GraphFileError) {
    guard let names = columnNames(text.dropFirst().lowercased()) else { return }
    for (start, name, place) in [
      ("init", "init node", 0), ("tail", "init node", 0), ("from", "init node", 0),
      ("term", "term node", 1), ("head", "term node", 1), ("length", "length", 3),
      ("free", "free flow time", 4),
    ] {
      guard let found = names.firstIndex(where: { $0.hasPrefix(start) }), found != place else {
        continue
      }
      throw .invalidField(
        file: file, line: line, field: "the place of \(name)", value: "\(found + 1)",
        expected: "\(place + 1): init node, term node, capacity, length, free flow time, …")
    }
  }

  /// The names of the columns, parted by tabs or else by blanks; nil for some other comment.
  private static func columnNames(_ text: String) -> [Substring]? {
    let tabbed = text.split(separator: "\t").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    if tabbed.count >= fieldCount { return tabbed }
    // "free flow time (min)" is one name, "link type" another.
    var names: [Substring] = []
    var previous: Substring = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == ";" }) {
      let isContinued =
        ["node", "flow", "time", "limit"].contains(word) || word.hasPrefix("(")
        || word == "type" && previous == "link"
      if !isContinued || names.isEmpty { names.append(word) }
      previous = word
    }
    // A sentence may hold some of these words, hardly all.
    let isHeader = ["capacity", "length", "free", "b", "power", "toll"].allSatisfy { start in
      names.contains { start.count == 1 ? $0 == start : $0.hasPrefix(start) }
    }
    return isHeader ? names : nil
  }

  /// The positions of a `_node.tntp` file: a node, x and y in each row, with or without a semicolon;
  /// comments and a first row of names are stepped over.
  static func positions(
    _ file: GraphFile, nodeCount: Int, metric: LengthMetric
  ) throws(GraphFileError) -> [Coordinate] {
    try file.checkContent(expected: "rows of a node, x and y")
    var scanner = FieldScanner(file.bytes)
    var positions = NodePositions(count: nodeCount)
    var isFirst = true
    while scanner.nextLine() {
      guard let first = scanner.rest.first.map(scanner.byte), first != comment else { continue }
      let isHeader = isFirst && !(0x30...0x39).contains(first) && first != UInt8(ascii: "-")
      isFirst = false
      if isHeader { continue }
      _ = scanner.cut(at: UInt8(ascii: ";"))
      try positions.read(&scanner, divisor: 1, metric: metric, fields: 3, file: file.name)
    }
    return try positions.all(file: file.name)
  }

  /// The items before `<END OF METADATA>`.
  private struct Metadata {
    private let file: String
    private var items: [String: (value: String, line: Int)] = [:]

    init(_ scanner: inout FieldScanner, file: String) throws(GraphFileError) {
      self.file = file
      while scanner.nextLine() {
        let rest = scanner.rest
        guard let first = rest.first.map(scanner.byte), first != TNTPRows.comment else { continue }
        let text = scanner.text(rest)
        if text.hasPrefix(TNTPRows.end) { return }
        guard first == UInt8(ascii: "<"), let close = text.firstIndex(of: ">") else {
          throw .unexpectedLine(
            file: file, line: scanner.line, text: scanner.lineExcerpt,
            expected: "an item of metadata such as '<NUMBER OF NODES> 24', or \(TNTPRows.end)")
        }
        let name = String(text[text.index(after: text.startIndex)..<close])
        if let known = items[name] {
          throw .repeatedHeader(
            file: file, line: scanner.line, header: "<\(name)>", firstLine: known.line)
        }
        let value = text[text.index(after: close)...].drop { $0 == " " || $0 == "\t" }
        items[name] = (String(value.prefix { $0 != " " && $0 != "\t" }), scanner.line)
      }
      throw .missingHeader(file: file, header: TNTPRows.end)
    }

    func states(_ name: String) -> Bool { items[name] != nil }

    /// An item that must be there, a whole number in a range.
    func number(_ name: String, from low: Int, to high: Int) throws(GraphFileError) -> Int {
      guard let item = items[name] else { throw .missingHeader(file: file, header: "<\(name)>") }
      guard item.value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(item.value),
        low <= high, (low...high).contains(value)
      else {
        throw .invalidField(
          file: file, line: item.line, field: "<\(name)>", value: String(item.value.prefix(60)),
          expected: "a whole number from \(low) to \(high)")
      }
      return value
    }
  }
}
