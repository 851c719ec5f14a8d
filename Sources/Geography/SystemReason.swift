import Foundation

/// What the system says of a failure, which Foundation does not always pass on.
package enum SystemReason {
  /// Why a file could not be read.
  ///
  /// - Parameter error: What reading it threw.
  package static func notReading(_ path: String, _ error: any Error) -> String {
    let file = open(path, O_RDONLY | O_NONBLOCK)
    if file < 0 { return String(cString: strerror(errno)) }
    close(file)
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue ? "Is a directory" : error.localizedDescription
  }
}
