internal import CMessageDigest
public import Foundation

/// A file's content with the digest that names it in manifests and cache keys.
public struct InputFile: Sendable {
  /// The path as the caller gave it.
  public let path: String
  /// The content.
  public let data: Data
  /// SHA-256 of the content, in lower-case hexadecimal.
  public let sha256: String

  /// A file whose content is already in memory.
  ///
  /// - Parameters:
  ///   - path: What errors and manifests call it.
  ///   - data: The whole content.
  public init(path: String, data: Data) {
    self.path = path
    self.data = data
    sha256 = Self.sha256(of: data)
  }

  /// Reads a whole file.
  ///
  /// - Throws: ``CorridorKitError/unreadable(file:reason:)``.
  public init(path: String) throws(CorridorKitError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .unreadable(file: path, reason: "no such file")
    }
    guard !isDirectory.boolValue else {
      throw .unreadable(file: path, reason: "it is a folder")
    }
    // A device or pipe may never end.
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw .unreadable(file: path, reason: "it is not a regular file")
    }
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(file: path, reason: (error as NSError).localizedDescription)
    }
    self.path = path
    sha256 = Self.sha256(of: data)
  }

  /// The content as text.
  ///
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` unless it is UTF-8.
  public func text() throws(CorridorKitError) -> String {
    guard let text = String(data: data, encoding: .utf8) else {
      throw .invalidValue(
        file: path, location: "the content", value: "not UTF-8", expected: "UTF-8 text")
    }
    return text
  }

  /// SHA-256 (FIPS 180-4) in hexadecimal, by libmd.
  static func sha256(of data: Data) -> String {
    var context = SHA2_CTX()
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256Init(&context)
    data.withUnsafeBytes { bytes in
      SHA256Update(&context, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }
    SHA256Final(&digest, &context)
    return digest.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
