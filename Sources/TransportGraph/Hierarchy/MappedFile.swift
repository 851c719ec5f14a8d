import Foundation

/// A whole file mapped into memory, to be read only.
///
/// The mapping outlives the name: a file that is deleted or replaced stays readable here as it was. One
/// that is changed *in place* changes here too, and one that is cut short ends the process when the
/// missing part is read; `writeAtomically` does neither.
///
/// `@unchecked Sendable`: nobody writes to the mapping.
final class MappedFile: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  /// - Throws: `unreadable` with the system's reason; also for what is not a regular file.
  init(path: String) throws(HierarchyFileError.Fault) {
    // Without waiting for the other end of a pipe.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Self.fault }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Self.fault }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(reason: "not a regular file")
    }
    let count = Int(status.st_size)
    // Nothing cannot be mapped.
    guard count > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0)
    guard let start, start != MAP_FAILED else { throw Self.fault }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit {
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }

  private static var fault: HierarchyFileError.Fault {
    .unreadable(reason: String(cString: strerror(errno)))
  }
}

extension HierarchyFileError.Fault: Error {}
