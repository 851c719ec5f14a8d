/// The memory in which the arrays of a hierarchy lie: its own, or a file's.
///
/// `@unchecked Sendable`: written in `init`, and read only afterwards.
final class HierarchyBlock: @unchecked Sendable {
  let layout: HierarchyLayout
  private let start: UnsafeRawPointer
  private let memory: Memory

  private enum Memory {
    case own(LargeMemory)
    case mapped(MappedFile)
  }

  /// A block in new memory.
  ///
  /// - Parameter fill: Writes every section.
  init(_ layout: HierarchyLayout, fill: (HierarchyBlock.Writer) -> Void) {
    self.layout = layout
    let own = LargeMemory(byteCount: layout.byteCount)
    let start = own.start
    self.start = UnsafeRawPointer(start)
    memory = .own(own)
    for section in HierarchySection.allCases {
      let used = layout.byteCount(of: section)
      start.advanced(by: layout.offset(of: section) + used)
        .initializeMemory(
          as: UInt8.self, repeating: 0, count: layout.paddedByteCount(of: section) - used)
    }
    fill(Writer(layout: layout, start: start))
  }

  /// A block in a file. What is in it is not checked here.
  ///
  /// - Parameters:
  ///   - start: Within the file, at a multiple of the layout's alignment.
  ///   - file: Has at least `layout.byteCount` bytes from there.
  init(_ layout: HierarchyLayout, at start: UnsafeRawPointer, in file: MappedFile) {
    self.layout = layout
    self.start = start
    memory = .mapped(file)
  }

  /// All sections.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start, count: layout.byteCount)
  }

  /// The first element of a section.
  func array<Element: BitwiseCopyable>(_ section: HierarchySection) -> UnsafePointer<Element> {
    start.advanced(by: layout.offset(of: section))
      .bindMemory(to: Element.self, capacity: layout.count(of: section))
  }

  /// The sections of a block that is being filled.
  struct Writer {
    let layout: HierarchyLayout
    fileprivate let start: UnsafeMutableRawPointer

    /// The first element of a section.
    func array<Element: BitwiseCopyable>(
      _ section: HierarchySection
    ) -> UnsafeMutablePointer<Element> {
      start.advanced(by: layout.offset(of: section))
        .bindMemory(to: Element.self, capacity: layout.count(of: section))
    }
  }
}
