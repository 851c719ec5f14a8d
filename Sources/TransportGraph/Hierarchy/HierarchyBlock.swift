/// The memory in which the arrays of a hierarchy lie.
///
/// `@unchecked Sendable`: written in `init`, and read only afterwards.
final class HierarchyBlock: @unchecked Sendable {
  let layout: HierarchyLayout
  private let start: UnsafeMutableRawPointer

  /// A block in new memory.
  ///
  /// - Parameter fill: Writes every section.
  init(_ layout: HierarchyLayout, fill: (HierarchyBlock.Writer) -> Void) {
    self.layout = layout
    start = .allocate(byteCount: layout.byteCount, alignment: HierarchyLayout.alignment)
    for section in HierarchySection.allCases {
      let used = layout.byteCount(of: section)
      start.advanced(by: layout.offset(of: section) + used)
        .initializeMemory(
          as: UInt8.self, repeating: 0, count: layout.paddedByteCount(of: section) - used)
    }
    fill(Writer(layout: layout, start: start))
  }

  deinit { start.deallocate() }

  /// The first element of a section.
  func array<Element: BitwiseCopyable>(_ section: HierarchySection) -> UnsafePointer<Element> {
    UnsafePointer(Writer(layout: layout, start: start).array(section))
  }

  /// The sections of a block that is being filled.
  struct Writer {
    fileprivate let layout: HierarchyLayout
    fileprivate let start: UnsafeMutableRawPointer

    /// The first element of a section.
    func array<Element: BitwiseCopyable>(
      _ section: HierarchySection
    ) -> UnsafeMutablePointer<Element> {
      start.advanced(by: layout.offset(of: section))
        .bindMemory(
          to: Element.self,
          capacity: layout.byteCount(of: section) / MemoryLayout<Element>.stride)
    }

    /// Copies a whole section.
    func write<Element: BitwiseCopyable>(_ elements: [Element], to section: HierarchySection) {
      elements.withUnsafeBufferPointer { elements in
        guard let first = elements.baseAddress else { return }
        array(section).initialize(from: first, count: elements.count)
      }
    }
  }
}
