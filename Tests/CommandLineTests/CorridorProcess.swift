import Foundation
import Testing

/// One run of the `corridor` executable, as a user would start it.
struct CorridorProcess: CustomStringConvertible {
  let arguments: [String]
  /// The exit status, or nil when a signal ended the process: a crash, or the time limit.
  let status: Int32?
  let output: Data
  let errors: String

  /// Nothing that a test asks for takes longer, in a debug build on a busy machine.
  private static let timeLimitSeconds = 60.0

  var text: String { String(decoding: output, as: UTF8.self) }

  var description: String {
    "corridor \(arguments.joined(separator: " ")): status \(status.map(String.init) ?? "signal")\n"
      + errors
  }

  /// Runs `corridor` and waits for it.
  ///
  /// - Parameters:
  ///   - arguments: The words after `corridor`.
  ///   - folder: The folder it runs in.
  ///   - environment: Variables beside those that find the shipped data and keep the cache apart.
  ///   - standardOutput: A file that takes the standard output instead of ``output``.
  init(
    _ arguments: [String], in folder: String = Repository.folder,
    environment: [String: String] = [:], standardOutput: String? = nil
  ) throws {
    let scratch = try TemporaryFolder()
    let outputPath = standardOutput ?? scratch.path("stdout")
    let errorPath = scratch.path("stderr")
    let isOutputKept = standardOutput == nil
    if isOutputKept { try scratch.write("", to: "stdout") }
    try scratch.write("", to: "stderr")
    let process = Process()
    process.executableURL = try Repository.executable()
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment
      .merging([
        "CORRIDOR_DATA": Repository.folder + "/geodata", "CORRIDOR_CACHE": Repository.cacheFolder,
      ]) { $1 }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    let standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
    process.standardOutput = standardOutput
    process.standardError = standardError
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    // Foundation keeps a process and its handles; a thousand of them would be too many open files.
    defer {
      try? standardOutput.close()
      try? standardError.close()
    }
    try process.run()
    if ended.wait(timeout: .now() + Self.timeLimitSeconds) == .timedOut {
      process.terminate()
      ended.wait()
    }
    self.arguments = arguments
    status = process.terminationReason == .exit ? process.terminationStatus : nil
    output = isOutputKept ? try Data(contentsOf: URL(fileURLWithPath: outputPath)) : Data()
    errors = try String(contentsOfFile: errorPath, encoding: .utf8)
  }

  /// The output as a JSON object.
  func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
    #expect(status == 0, "\(self)", sourceLocation: sourceLocation)
    return try #require(
      try JSONSerialization.jsonObject(with: output) as? [String: Any],
      sourceLocation: sourceLocation)
  }

  /// Expects that the run failed as it should: the status, no output, and one line on the standard
  /// error that holds all of `fragments`.
  func expectFailure(
    _ expected: Int32, saying fragments: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectFailure(expected, sourceLocation: sourceLocation)
    expectOneLine(saying: fragments, sourceLocation: sourceLocation)
  }

  /// Expects the status of wrong use and no output, whatever is said.
  func expectFailure(
    _ expected: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(status == expected, "\(self)", sourceLocation: sourceLocation)
    #expect(output.isEmpty, "\(self)\n\(text)", sourceLocation: sourceLocation)
  }

  /// Expects one line on the standard error that holds all of `fragments`.
  func expectOneLine(
    saying fragments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      errors.hasPrefix("corridor: ") && errors.hasSuffix("\n")
        && errors.count(where: \.isNewline) == 1,
      "not one line: \(self)", sourceLocation: sourceLocation)
    for fragment in fragments {
      #expect(
        errors.contains(fragment), "without \"\(fragment)\": \(self)",
        sourceLocation: sourceLocation)
    }
  }
}

/// Where the tests find what they need.
enum Repository {
  /// The package's folder, which holds `geodata` and `Tests`.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Overlays of the shipped data, computed once a run of the tests.
  static let cacheFolder =
    NSTemporaryDirectory() + "corridor-tests-\(ProcessInfo.processInfo.processIdentifier)"

  /// The executable that was built with the tests: it stands beside their bundle.
  static func executable() throws -> URL {
    let starts = [Bundle.main.bundleURL] + Bundle.allBundles.map(\.bundleURL)
    let found = starts.flatMap { [$0, $0.deletingLastPathComponent()] }
      .map { $0.appendingPathComponent("corridor") }
      .first {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: $0.path, isDirectory: &isFolder)
          && !isFolder.boolValue
      }
    return try #require(found, "no corridor beside \(starts.map(\.path))")
  }
}

/// A folder of a test's own, gone when the test is.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "corridor-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }

  func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(fileURLWithPath: path(name)))
  }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}
