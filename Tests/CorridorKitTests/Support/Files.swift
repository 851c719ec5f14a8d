import CorridorKit
import Foundation

/// The folder of the checked-out repository.
let repositoryFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

/// The path of a committed test file.
func fixture(_ path: String) -> String { repositoryFolder + "/Tests/Fixtures/" + path }

/// A folder of a test's own, gone when the test is.
final class TemporaryFolder: Sendable {
  static let prefix = "corridorkit-tests-"

  let path: String

  init() throws {
    path = NSTemporaryDirectory() + Self.prefix + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }
}

/// Reads a text as the file `name`, whose errors then begin with that name alone.
func inputFile(_ text: String, named name: String) throws -> InputFile {
  try inputFile(Data(text.utf8), named: name)
}

/// Reads bytes as the file `name`, relative to a folder of its own.
func inputFile(_ data: Data, named name: String) throws -> InputFile {
  let folder = try TemporaryFolder()
  let path = folder.path + "/" + name
  try data.write(to: URL(fileURLWithPath: path))
  return try withExtendedLifetime(folder) { try InputFile(path: path) }
}

/// The one line that an operation fails with, temporary folders left out; nil when it succeeds.
func fault(_ operation: () throws(CorridorKitError) -> Void) -> String? {
  do throws(CorridorKitError) {
    try operation()
    return nil
  } catch {
    var line = error.description
    let start = NSTemporaryDirectory() + TemporaryFolder.prefix
    while let found = line.range(of: start) {
      let rest = line[found.upperBound...]
      let end = rest.firstIndex(of: "/").map { line.index(after: $0) } ?? line.endIndex
      line.removeSubrange(found.lowerBound..<end)
    }
    return line
  }
}
