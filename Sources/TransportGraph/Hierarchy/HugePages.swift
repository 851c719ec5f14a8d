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
