import Foundation

/// A file that could not be written, and why.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path as the caller gave it.
  public var path: String
  /// The system's reason, for example "No such file or directory".
  public var reason: String

  /// A failure to write the file at `path`.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The error in one line.
  public var description: String { "\(path): cannot be written: \(reason)" }
}

/// Writes a file wholly or not at all: to a temporary file in the same folder, which then takes the
/// name. An existing file keeps its permissions. A path that is not a regular file (`/dev/stdout`, a
/// pipe) is written to directly, for it cannot be replaced.
///
/// - Parameters:
///   - data: The whole content.
///   - path: Where to; the folder must exist.
/// - Throws: `FileError` with the system's reason; nothing is left behind then.
public func writeAtomically(_ data: Data, to path: String) throws(FileError) {
  var status = stat()
  let exists = stat(path, &status) == 0
  let kind = status.st_mode & S_IFMT
  if exists && kind == S_IFDIR { throw FileError(path: path, reason: "Is a directory") }
  if exists && kind != S_IFREG {
    let file = open(path, O_WRONLY)
    guard file >= 0 else { throw FileError(path: path, reason: lastReason()) }
    defer { close(file) }
    if let reason = writeAll(data, to: file) { throw FileError(path: path, reason: reason) }
    return
  }
  // A link is followed, so that it is the file it names that is replaced.
  let target = exists ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : path
  let temporary = "\(target).\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
  let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o666)
  guard file >= 0 else { throw FileError(path: path, reason: lastReason()) }
  var reason = writeAll(data, to: file)
  if reason == nil && exists && fchmod(file, status.st_mode & 0o7777) != 0 { reason = lastReason() }
  if close(file) != 0 && reason == nil { reason = lastReason() }
  if reason == nil && rename(temporary, target) != 0 { reason = lastReason() }
  if let reason {
    unlink(temporary)
    throw FileError(path: path, reason: reason)
  }
}

/// Writes all bytes to an open file; returns the reason when it fails.
private func writeAll(_ data: Data, to file: Int32) -> String? {
  data.withUnsafeBytes { bytes in
    var done = 0
    while done < bytes.count {
      let count = write(file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return lastReason() }
      done += count
    }
    return nil
  }
}

private func lastReason() -> String { String(cString: strerror(errno)) }
