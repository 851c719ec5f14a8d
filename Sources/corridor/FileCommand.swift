import CorridorKit
import Foundation

/// A command whose options name files to read and to write.
protocol FileCommand {
  /// Every file that the options name or stand for and the command may read; nil for an option that is not
  /// given. A file that cannot be read names no others: the run tells why.
  var filesRead: [String?] { get }
  /// Every file that the command may write, with the option that says so; nil as above.
  var filesWritten: [(option: String, path: String?)] { get }
}

extension FileCommand {
  /// Refuses to write over a file that is read, before anything is done: what was asked with it could not
  /// be asked again. Nor are two results written to one file.
  ///
  /// - Throws: ``CorridorKitError/contradiction(_:)`` with the option and both names.
  func refuseOverwriting() throws(CorridorKitError) {
    var inputs: [FileIdentity: String] = [:]
    for path in filesRead.compactMap(\.self) {
      if let file = FileIdentity(path) { inputs[file] = inputs[file] ?? path }
    }
    var outputs: [FileIdentity: String] = [:]
    for case (let option, let path?) in filesWritten {
      guard let file = FileIdentity(path) else { continue }
      if let input = inputs[file] {
        throw .contradiction(
          "\(option) \(path) would overwrite \(input), which the command reads; name another file")
      }
      if let other = outputs.updateValue(option, forKey: file) {
        throw .contradiction("\(other) and \(option) are one file, \(path); expected two")
      }
    }
  }
}

/// What makes two paths the same file, by whatever names and links.
private enum FileIdentity: Hashable {
  case existing(device: dev_t, file: ino_t)
  case missing(path: String)

  /// Nil for what is no regular file, such as `/dev/stdout`, and cannot be overwritten.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      self = .missing(path: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
      return
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    self = .existing(device: status.st_dev, file: status.st_ino)
  }
}

/// A scenario's file with those that it names.
func scenarioFiles(_ path: String) -> [String] {
  [path] + ((try? Scenario(InputFile(path: path)))?.inputs.map(\.file) ?? [])
}
