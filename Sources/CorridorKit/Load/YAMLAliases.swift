/// The aliases of a YAML text (`*name`), which stand for what an anchor (`&name`) holds.
///
/// Aliases of lists that hold aliases of lists can make a few lines stand for more than any memory holds,
/// and Yams walks through all of it where it compares keys. This looks at the text alone, before Yams does.
struct YAMLAliases {
  /// The most lists and mappings that aliases may stand for.
  static let limit = 10_000

  /// The first alias beyond the limit; nil where there is none.
  let excess: (name: String, line: Int)?

  init(_ text: String) {
    let bytes = Array(text.utf8)
    // What all aliases before a place stand for.
    var sum = 0
    // Where each anchor of a collection is, by that sum, and what each is found to hold: no more than the
    // aliases between it and the first that names it, because it ends before that one.
    var anchors: [ArraySlice<UInt8>: Int] = [:]
    var sizes: [ArraySlice<UInt8>: Int] = [:]
    // One anchor may lie within another of the same name, which an alias then means cannot be told.
    var isGivenAgain: Set<ArraySlice<UInt8>> = []
    var line = 1
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "&"):
        let name = Self.name(bytes[(place + 1)...])
        guard Self.isCollection(bytes[name.endIndex...]) else { continue }
        if anchors[name] == nil { anchors[name] = sum } else { isGivenAgain.insert(name) }
      case UInt8(ascii: "*"):
        let name = Self.name(bytes[(place + 1)...])
        guard !name.isEmpty, let before = anchors[name] else { continue }
        let known = isGivenAgain.contains(name) ? nil : sizes[name]
        let size = known ?? 1 + sum - before
        sizes[name] = size
        sum += size
        guard sum <= Self.limit else {
          excess = (String(decoding: name, as: UTF8.self), line)
          return
        }
      default: continue
      }
    }
    excess = nil
  }

  /// The letters, digits, - and _ that a text begins with.
  private static func name(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    text.prefix {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  /// Whether what follows the name of an anchor may be a list or mapping: it begins with a bracket, with a
  /// tag, or in a line of its own.
  private static func isCollection(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") })
    else { return false }
    // Beyond ASCII there are further line breaks.
    return "[{!#\n\r".utf8.contains(first) || first > 0x7F
  }
}
