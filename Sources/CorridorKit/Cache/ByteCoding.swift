import Foundation

/// Writes arrays and texts one after another, little-endian, each with its count before it.
struct ByteWriter {
  private(set) var data = Data()

  mutating func write<Number: FixedWidthInteger>(_ numbers: [Number]) {
    withUnsafeBytes(of: UInt64(numbers.count).littleEndian) { data.append(contentsOf: $0) }
    numbers.map(\.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
  }

  mutating func write(_ numbers: [Double]) { write(numbers.map(\.bitPattern)) }

  mutating func write(_ texts: [String]) {
    var ends: [UInt32] = []
    var bytes: [UInt8] = []
    for text in texts {
      bytes.append(contentsOf: text.utf8)
      ends.append(UInt32(bytes.count))
    }
    write(ends)
    write(bytes)
  }

  /// Lists of numbers of different lengths.
  mutating func write(_ lists: [[Double]]) {
    write(lists.map { UInt32($0.count) })
    write(lists.flatMap(\.self))
  }

  /// Lists of texts of different lengths.
  mutating func write(_ lists: [[String]]) {
    write(lists.map { UInt32($0.count) })
    write(lists.flatMap(\.self))
  }
}

/// Reads what ``ByteWriter`` wrote.
struct ByteReader {
  /// The bytes end early or do not hold what is asked for.
  struct Mismatch: Error {}

  private let bytes: UnsafeRawBufferPointer
  private var position: Int

  /// - Parameter bytes: Valid for as long as the reader is used.
  init(_ bytes: UnsafeRawBufferPointer, from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  mutating func integers<Number: FixedWidthInteger>(_ type: Number.Type = Number.self)
    throws(Mismatch) -> [Number]
  {
    guard position + 8 <= bytes.count else { throw Mismatch() }
    let count = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    position += 8
    let width = MemoryLayout<Number>.size
    guard count <= UInt64((bytes.count - position) / width) else { throw Mismatch() }
    let source = UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(count) * width])
    let numbers = [Number](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
      for index in buffer.indices where Number.bitWidth > 8 {
        buffer[index] = Number(littleEndian: buffer[index])
      }
      initialized = Int(count)
    }
    position += Int(count) * width
    return numbers
  }

  mutating func doubles() throws(Mismatch) -> [Double] {
    try integers(UInt64.self).map { Double(bitPattern: $0) }
  }

  mutating func texts() throws(Mismatch) -> [String] {
    let ends = try integers(UInt32.self)
    let bytes = try integers(UInt8.self)
    var texts: [String] = []
    texts.reserveCapacity(ends.count)
    var start = 0
    for end in ends {
      guard Int(end) >= start, Int(end) <= bytes.count else { throw Mismatch() }
      texts.append(String(decoding: bytes[start..<Int(end)], as: UTF8.self))
      start = Int(end)
    }
    return texts
  }

  mutating func doubleLists() throws(Mismatch) -> [[Double]] {
    let counts = try integers(UInt32.self)
    return try Self.lists(of: try doubles(), counts: counts)
  }

  mutating func textLists() throws(Mismatch) -> [[String]] {
    let counts = try integers(UInt32.self)
    return try Self.lists(of: try texts(), counts: counts)
  }

  private static func lists<Element>(of elements: [Element], counts: [UInt32])
    throws(Mismatch) -> [[Element]]
  {
    var lists: [[Element]] = []
    lists.reserveCapacity(counts.count)
    var start = 0
    for count in counts {
      let end = start + Int(count)
      guard end <= elements.count else { throw Mismatch() }
      lists.append(Array(elements[start..<end]))
      start = end
    }
    return lists
  }
}

/// FNV-1a (Fowler, Noll, Vo; 64 bits) over words of eight bytes: tells damage, not malice.
func checksum(of bytes: UnsafeRawBufferPointer) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  var position = 0
  while position + 8 <= bytes.count {
    hash =
      (hash ^ bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)) &* 0x100_0000_01b3
    position += 8
  }
  while position < bytes.count {
    hash = (hash ^ UInt64(bytes[position])) &* 0x100_0000_01b3
    position += 1
  }
  return hash
}
