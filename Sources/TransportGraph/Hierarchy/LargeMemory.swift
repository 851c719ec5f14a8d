import Foundation

/// Memory for large arrays, on huge pages where the system has them; at the start of a line of cache.
///
/// From 16 MB on it is taken from the system as one and given back so: amid other memory of the process,
/// large memory that comes and goes may be new to the system each time, which costs a virtual machine more
/// than what is done in it. Small memory is found again there sooner.
final class LargeMemory {
  let start: UnsafeMutableRawPointer
  let byteCount: Int
  private let isMapped: Bool

  private static let mappedByteCount = 16 << 20

  /// - Parameter byteCount: At least a byte is taken, so that there is an address.
  init(byteCount: Int) {
    self.byteCount = max(1, byteCount)
    if byteCount >= Self.mappedByteCount,
      let start = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
      start != MAP_FAILED
    {
      self.start = start
      isMapped = true
    } else {
      start = .allocate(byteCount: self.byteCount, alignment: HierarchyLayout.alignment)
      isMapped = false
    }
    HugePages.advise(UnsafeMutableRawBufferPointer(start: start, count: self.byteCount))
  }

  deinit {
    if isMapped { munmap(start, byteCount) } else { start.deallocate() }
  }
}
