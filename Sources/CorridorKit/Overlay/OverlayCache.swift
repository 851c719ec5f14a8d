public import Foundation
public import Geography

/// Keeps overlay matrices on disk, named by the content of their inputs.
///
/// The key is the SHA-256 of the inputs' digests, so that a changed network or border is never
/// answered from an old matrix. A file that is damaged is told apart by its own digest and computed
/// anew.
public struct OverlayCache: Sendable {
  public let folder: String

  /// Changes whenever the same inputs would give another matrix.
  private static let formatVersion: UInt32 = 1
  private static let magic = Array("CKOVERLAY".utf8)

  public init(folder: String) { self.folder = folder }

  /// The folder named by `CORRIDOR_CACHE`, else `corridorkit` in `XDG_CACHE_HOME` or `~/.cache`.
  public static func standard(environment: [String: String] = ProcessInfo.processInfo.environment)
    -> OverlayCache
  {
    if let folder = environment["CORRIDOR_CACHE"], !folder.isEmpty {
      return OverlayCache(folder: folder)
    }
    let base = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? NSTemporaryDirectory()) + "/.cache"
    return OverlayCache(folder: base + "/corridorkit")
  }

  /// The matrix of these inputs: from disk when it is there and whole, else computed and kept.
  ///
  /// A folder that cannot be written is no error: the matrix is computed each time.
  public func matrix(
    inputs: [InputFile], compute: () throws(CorridorKitError) -> OverlayMatrix
  ) throws(CorridorKitError) -> OverlayMatrix {
    let path = path(inputs: inputs)
    if let data = FileManager.default.contents(atPath: path), let matrix = Self.decode(data) {
      return matrix
    }
    let matrix = try compute()
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? writeAtomically(Self.encode(matrix), to: path)
    return matrix
  }

  /// Where the matrix of these inputs lies.
  func path(inputs: [InputFile]) -> String {
    let text = "\(Self.formatVersion) " + inputs.map(\.sha256).joined(separator: " ")
    let key = InputFile.sha256(of: Data(text.utf8)).prefix(24)
    return "\(folder)/overlay-\(key).bin"
  }

  /// Magic, province count, then for each part the offsets, columns and values, then a digest of all
  /// that; little-endian.
  static func encode(_ matrix: OverlayMatrix) -> Data {
    var data = Data(magic)
    func append<Number: FixedWidthInteger>(_ numbers: [Number]) {
      withUnsafeBytes(of: UInt64(numbers.count).littleEndian) { data.append(contentsOf: $0) }
      numbers.map(\.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
    }
    append([UInt64(matrix.provinceCount)])
    for rows in [matrix.lengths, matrix.dwellShares, matrix.nodeShares] {
      append(rows.offsets)
      append(rows.entries.map(\.column))
      append(rows.entries.map(\.value.bitPattern))
    }
    data.append(contentsOf: InputFile.sha256(of: data).utf8)
    return data
  }

  static func decode(_ data: Data) -> OverlayMatrix? {
    let digestLength = 64
    guard data.count > magic.count + digestLength, data.starts(with: magic) else { return nil }
    let body = data.dropLast(digestLength)
    guard Array(data.suffix(digestLength)) == Array(InputFile.sha256(of: Data(body)).utf8) else {
      return nil
    }
    var reader = ByteReader(bytes: body.dropFirst(magic.count))
    guard let counts: [UInt64] = reader.array(), counts.count == 1,
      let lengths = reader.rows(columns: counts[0] + 1),
      let dwellShares = reader.rows(columns: counts[0] + 1),
      let nodeShares = reader.rows(columns: counts[0] + 1),
      lengths.count == dwellShares.count
    else { return nil }
    return OverlayMatrix(
      provinceCount: Int(counts[0]), lengths: lengths, dwellShares: dwellShares,
      nodeShares: nodeShares)
  }
}

/// Reads the arrays that ``OverlayCache`` writes, refusing what does not fit.
private struct ByteReader {
  var bytes: Data.SubSequence

  mutating func array<Number: FixedWidthInteger>() -> [Number]? {
    let width = MemoryLayout<Number>.size
    guard bytes.count >= 8 else { return nil }
    let count = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    bytes = bytes.dropFirst(8)
    guard count <= UInt64(bytes.count / width) else { return nil }
    let numbers = [Number](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
      bytes.prefix(Int(count) * width).withUnsafeBytes {
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0)
      }
      initialized = Int(count)
    }
    bytes = bytes.dropFirst(Int(count) * width)
    return numbers.map { Number(littleEndian: $0) }
  }

  mutating func rows(columns: UInt64) -> SparseRows? {
    guard let offsets: [Int32] = array(), let indices: [Int32] = array(),
      let values: [UInt64] = array(), indices.count == values.count, offsets.first == 0,
      offsets.last == Int32(indices.count), zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
      indices.allSatisfy({ $0 >= 0 && UInt64($0) < columns })
    else { return nil }
    return SparseRows(
      offsets: offsets,
      entries: zip(indices, values).map {
        OverlayMatrix.Entry(column: $0, value: Double(bitPattern: $1))
      })
  }
}
