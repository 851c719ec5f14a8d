public import Foundation
import Geography

/// Keeps what was read and overlaid on disk, named by the content of the files that it came from.
///
/// A changed network or border is therefore never answered from an old matrix. A file that is damaged
/// is told by its checksum and made anew.
public struct StudyAreaCache: Sendable {
  /// Takes what is wrong with a file that lies in the cache and cannot be used, its path first.
  public typealias Rejection = @Sendable (String) -> Void

  /// Where the files are kept; made when it is first written to.
  public let folder: String
  let rejection: Rejection

  /// Changes whenever the same inputs would give other content, or be refused.
  private static let formatVersion: UInt64 = 5
  private static let magic: UInt64 = 0x4149_4452_5543_4b43

  /// A cache in a folder of the caller's choice.
  ///
  /// - Parameter rejection: Told of each file that is made anew because it cannot be used.
  public init(folder: String, rejection: @escaping Rejection = { _ in }) {
    self.folder = folder
    self.rejection = rejection
  }

  /// The folder named by `CORRIDOR_CACHE`, else `corridorkit` in `XDG_CACHE_HOME` or `~/.cache`.
  public static func standard(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    rejection: @escaping Rejection = { _ in }
  ) -> StudyAreaCache {
    if let folder = environment["CORRIDOR_CACHE"], !folder.isEmpty {
      return StudyAreaCache(folder: folder, rejection: rejection)
    }
    let base =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? NSTemporaryDirectory()) + "/.cache"
    return StudyAreaCache(folder: base + "/corridorkit", rejection: rejection)
  }

  /// Where the content of these inputs lies.
  func path(_ inputs: [InputFile]) -> String {
    let text = "\(Self.formatVersion) " + inputs.map(\.sha256).joined(separator: " ")
    return "\(folder)/area-\(InputFile.sha256(of: Data(text.utf8)).prefix(24)).bin"
  }

  /// The content of these inputs, or nil when it is not there or not whole.
  func content(of inputs: [InputFile]) -> StudyAreaContent? {
    let url = URL(fileURLWithPath: path(inputs))
    guard Self.mayKeep(at: url.path),
      let data = try? Data(contentsOf: url, options: .alwaysMapped)
    else { return nil }
    let content: StudyAreaContent? = data.withUnsafeBytes { bytes in
      let header = 3 * 8
      guard bytes.count > header else { return nil }
      func word(_ index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      let body = UnsafeRawBufferPointer(rebasing: bytes[header...])
      guard word(0) == Self.magic, word(1) == Self.formatVersion, word(2) == checksum(of: body)
      else { return nil }
      var reader = ByteReader(body)
      return try? StudyAreaContent(&reader)
    }
    if content == nil { rejection("\(url.path): damaged or cut short") }
    return content
  }

  /// Keeps content. A folder that cannot be written is no error: the next run computes it anew.
  func keep(_ content: StudyAreaContent, of inputs: [InputFile]) {
    var writer = ByteWriter()
    content.write(to: &writer)
    let sum = writer.data.withUnsafeBytes { checksum(of: $0) }
    var data = Data()
    for word in [Self.magic, Self.formatVersion, sum] {
      withUnsafeBytes(of: word.littleEndian) { data.append(contentsOf: $0) }
    }
    data.append(writer.data)
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = path(inputs)
    if Self.mayKeep(at: path) { try? writeAtomically(data, to: path) }
  }

  /// Whether a path is free or a regular file's. A pipe would be waited for, a device written to.
  static func mayKeep(at path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}
