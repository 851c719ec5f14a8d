/// The arcs of a `.gr` file.
struct DIMACSArcs {
  /// An arc as the file has it, its ends counted from 0.
  struct Arc {
    let tail: UInt32
    let head: UInt32
    /// The weight in millimetres or milliseconds.
    let impedance: UInt64
    /// Its place among the file's arcs, from 1.
    let number: Int
  }

  private(set) var nodeCount = 0
  private(set) var arcs: [Arc] = []
  private(set) var selfLoops = 0

  private static let problem = "the problem line 'p sp NODES ARCS'"

  init(
    _ file: GraphFile, impedancePerUnit: UInt64, of weight: DIMACSReader.Weight
  ) throws(GraphFileError) {
    try file.checkContent(expected: "a DIMACS graph, which begins with \(Self.problem)")
    let maximum =
      switch weight {
      case .distance: StatedImpedance.maximumMillimeters / impedancePerUnit
      case .time: StatedImpedance.maximumMilliseconds / impedancePerUnit
      }
    let weightExpected = "a whole number from 0 to \(maximum)"
    var scanner = FieldScanner(file.bytes)
    var problemLine: Int?
    var arcCount = 0
    var found = 0
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
        guard let type = scanner.nextField(), scanner.text(type) == "sp" else {
          throw .unexpectedLine(
            file: file.name, line: scanner.line, text: scanner.lineExcerpt, expected: Self.problem)
        }
        let counts = try scanner.wholeNumbers(
          ["nodes", "arcs"],
          maxima: [TransportGraph.maximumNodeCount, TransportGraph.maximumLinkCount],
          fields: 4, file: file.name)
        (nodeCount, arcCount) = (counts[0], counts[1])
        // Not for more arcs than the file can hold, whatever its header says: "a 1 1 0" and a line end.
        arcs.reserveCapacity(min(arcCount, file.bytes.count / 8))
      case UInt8(ascii: "a") where kind.count == 1:
        guard problemLine != nil else {
          throw .missingHeader(file: file.name, header: Self.problem)
        }
        found += 1
        guard let tail = scanner.nextField(), let head = scanner.nextField(),
          let weight = scanner.nextField(), scanner.nextField() == nil
        else { throw scanner.fieldCount(4, in: file.name) }
        guard let from = scanner.wholeNumber(tail), from >= 1, from <= UInt64(nodeCount) else {
          throw scanner.invalid("tail", tail, "a node from 1 to \(nodeCount)", in: file.name)
        }
        guard let to = scanner.wholeNumber(head), to >= 1, to <= UInt64(nodeCount) else {
          throw scanner.invalid("head", head, "a node from 1 to \(nodeCount)", in: file.name)
        }
        guard let value = scanner.wholeNumber(weight), value <= maximum else {
          throw scanner.invalid("weight", weight, weightExpected, in: file.name)
        }
        guard from != to else {
          selfLoops += 1
          continue
        }
        arcs.append(
          Arc(
            tail: UInt32(from - 1), head: UInt32(to - 1), impedance: value * impedancePerUnit,
            number: found))
      default:
        throw .unexpectedLine(
          file: file.name, line: scanner.line, text: scanner.lineExcerpt,
          expected: problemLine == nil
            ? Self.problem : "an arc 'a TAIL HEAD WEIGHT' or a comment 'c …'"
        )
      }
    }
    guard problemLine != nil else { throw .missingHeader(file: file.name, header: Self.problem) }
    guard found == arcCount else {
      throw .countMismatch(file: file.name, things: "arcs", found: found, stated: arcCount)
    }
  }

  /// Which arcs make a two-way link, by arc: true for the first of two opposite arcs of one weight, nil
  /// for the second, false for an arc without an opposite.
  ///
  /// Arcs pair up in the order of the file, each with the latest of its opposites that has no partner.
  ///
  /// - Complexity: O(arcs), by hashing.
  func pairs() -> [Bool?] {
    struct Ends: Hashable {
      let tail: UInt32
      let head: UInt32
      let impedance: UInt64
    }
    var pairs = [Bool?](repeating: false, count: arcs.count)
    // The latest single arc of each kind, and the one before it. The very last arc is held back: most
    // files have opposite arcs on consecutive lines, which then need no hashing.
    var latest: [Ends: Int32] = [:]
    var previous = [Int32](repeating: -1, count: arcs.count)
    var held: Int?
    for (index, arc) in arcs.enumerated() {
      if let partner = held {
        let other = arcs[partner]
        if other.tail == arc.head, other.head == arc.tail, other.impedance == arc.impedance {
          pairs[partner] = true
          pairs[index] = nil
          held = nil
          continue
        }
        let ends = Ends(tail: other.tail, head: other.head, impedance: other.impedance)
        previous[partner] = latest.updateValue(Int32(partner), forKey: ends) ?? -1
      }
      held = index
      let opposite = Ends(tail: arc.head, head: arc.tail, impedance: arc.impedance)
      if let partner = latest[opposite] {
        pairs[Int(partner)] = true
        pairs[index] = nil
        latest[opposite] = previous[Int(partner)] < 0 ? nil : previous[Int(partner)]
        held = nil
      }
    }
    return pairs
  }
}
