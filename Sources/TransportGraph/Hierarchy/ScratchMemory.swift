/// Memory for arrays that are needed until something is built, in one piece.
final class ScratchMemory {
  private let memory: UnsafeMutableRawBufferPointer
  private var taken = 0

  /// - Parameter wordCount: Of 32-bit words, those of all arrays together.
  init(wordCount: Int) {
    memory = HugePages.take(byteCount: wordCount * MemoryLayout<UInt32>.stride)
  }

  deinit { HugePages.giveBack(memory) }

  /// An array of what is made of 32-bit words, as long as this lives. It holds nothing yet.
  func array<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
    let byteCount = count * MemoryLayout<Element>.stride
    precondition(
      taken + byteCount <= memory.count
        && MemoryLayout<Element>.alignment <= MemoryLayout<UInt32>.alignment, "room for the array")
    guard let start = memory.baseAddress else { preconditionFailure("memory that was taken") }
    defer { taken += byteCount }
    return (start + taken).bindMemory(to: Element.self, capacity: count)
  }
}
