import Geography

/// Geometries as well-known text (OGC 06-103r4, section 7).
enum WellKnownText {
  /// The positions of a `LINESTRING`; a third and fourth number are dropped. Nil for anything else, also
  /// for fewer than two positions and numbers that are not finite.
  static func lineString(_ text: String) -> [Coordinate]? {
    let bytes = [UInt8](text.utf8)
    guard let open = bytes.firstIndex(of: UInt8(ascii: "(")),
      let close = bytes.lastIndex(of: UInt8(ascii: ")")), open < close,
      bytes[(close + 1)...].allSatisfy(FieldScanner.isBlank)
    else { return nil }
    let words = bytes[..<open].split(whereSeparator: FieldScanner.isBlank)
      .map { String(decoding: $0, as: UTF8.self).uppercased() }
    guard words.first == "LINESTRING", words.count == 1 || ["Z", "M", "ZM"].contains(words[1]),
      words.count <= 2
    else { return nil }
    var line: [Coordinate] = []
    let positions = bytes[(open + 1)..<close]
      .split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    for position in positions {
      var scanner = FieldScanner(Array(position))
      guard scanner.nextLine(), let x = scanner.nextField().flatMap(scanner.number),
        let y = scanner.nextField().flatMap(scanner.number)
      else { return nil }
      var count = 2
      while let field = scanner.nextField() {
        guard scanner.number(field) != nil else { return nil }
        count += 1
      }
      guard count <= 4, !scanner.nextLine() else { return nil }
      line.append(Coordinate(longitude: x, latitude: y))
    }
    return line.count >= 2 ? line : nil
  }
}
