import Foundation

/// Large arrays that are read here and there, on pages of 2 MB, which spare most look-ups of addresses.
///
/// Linux gives such pages to those who ask ("madvise", the usual setting) and is free not to; nothing but
/// time depends on it. Without them a query on a million nodes took up to a third longer.
enum HugePages {
  /// An array of one value.
  static func array<Element: BitwiseCopyable>(
    repeating value: Element, count: Int
  ) -> [Element] {
    Array(unsafeUninitializedCapacity: count) { memory, initializedCount in
      // Asked before it is first written.
      advise(UnsafeMutableRawBufferPointer(memory))
      memory.initialize(repeating: value)
      initializedCount = count
    }
  }

  /// From so many bytes on memory is taken from the system as one and given back so.
  ///
  /// Amid other memory of the process, large memory that comes and goes may be new to the system each time,
  /// which costs a virtual machine more than what is done in it; small memory is found again there sooner.
  private static let mappedByteCount = 16 << 20

  /// Memory for large arrays, for who gives it back by ``giveBack(_:)``; at the start of a line of cache.
  static func take(byteCount: Int) -> UnsafeMutableRawBufferPointer {
    let memory: UnsafeMutableRawBufferPointer
    if byteCount < mappedByteCount {
      memory = .allocate(byteCount: byteCount, alignment: 64)
    } else {
      let start = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
      guard let start, start != MAP_FAILED else { fatalError("no memory for \(byteCount) bytes") }
      memory = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    }
    advise(memory)
    return memory
  }

  static func giveBack(_ memory: UnsafeMutableRawBufferPointer) {
    if memory.count < mappedByteCount {
      memory.deallocate()
    } else if let start = memory.baseAddress {
      munmap(start, memory.count)
    }
  }

  /// Asks for huge pages for the whole ones that lie within some memory.
  static func advise(_ memory: UnsafeMutableRawBufferPointer) {
    #if os(Linux)
      guard let start = memory.baseAddress else { return }
      let first = start.alignedUp(toMultipleOf: 2 << 20)
      let end = (start + memory.count).alignedDown(toMultipleOf: 2 << 20)
      // Refused where the system has none: then pages are as usual.
      if first < end { _ = madvise(first, end - first, MADV_HUGEPAGE) }
    #endif
  }
}
