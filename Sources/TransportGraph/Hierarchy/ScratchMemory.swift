/// Memory for arrays that are needed until something is built, in one piece.
final class ScratchMemory {
  private let memory: LargeMemory
  private var taken = 0

  /// - Parameter wordCount: Of 32-bit words, those of all arrays together.
  init(wordCount: Int) {
    memory = LargeMemory(byteCount: wordCount * MemoryLayout<UInt32>.stride)
  }

  /// An array of what is made of 32-bit words, as long as this lives. It holds nothing yet.
  func array<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
    let byteCount = count * MemoryLayout<Element>.stride
    precondition(
      taken + byteCount <= memory.byteCount
        && MemoryLayout<Element>.alignment <= MemoryLayout<UInt32>.alignment, "room for the array")
    defer { taken += byteCount }
    return (memory.start + taken).bindMemory(to: Element.self, capacity: count)
  }
}
