/// The memory in which the arrays of a hierarchy lie: its own, or a file's.
///
/// `@unchecked Sendable`: written in `init`, and read only afterwards.
final class HierarchyBlock: @unchecked Sendable {
  let layout: HierarchyLayout
  private let start: UnsafeRawPointer
  private let memory: Memory

  private enum Memory {
    case taken(UnsafeMutableRawBufferPointer)
    case mapped(MappedFile)
  }

  /// A block in new memory.
  ///
  /// - Parameter fill: Writes every section.
  init(_ layout: HierarchyLayout, fill: (HierarchyBlock.Writer) -> Void) {
    self.layout = layout
    // At least a byte, so that there is an address even without nodes.
    let taken = HugePages.take(byteCount: max(1, layout.byteCount))
    guard let start = taken.baseAddress else { preconditionFailure("memory that was taken") }
    self.start = UnsafeRawPointer(start)
    memory = .taken(taken)
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

  deinit {
    if case .taken(let memory) = memory { HugePages.giveBack(memory) }
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
