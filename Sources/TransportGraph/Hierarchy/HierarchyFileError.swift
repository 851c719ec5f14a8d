/// Why a file cannot be used as the hierarchy of a network.
public struct HierarchyFileError: Error, Equatable, Sendable {
  /// What is wrong with the file.
  public enum Fault: Equatable, Sendable {
    /// The system's reason.
    case unreadable(reason: String)
    /// It does not begin as hierarchy files do.
    case notAHierarchyFile
    /// It was written on a machine with another byte order.
    case otherByteOrder
    /// Its format has another version than this library reads and writes.
    case otherVersion(found: UInt64, expected: UInt64)
    /// The header does not fit its checksum, or says what cannot be.
    case damagedHeader
    /// It is shorter than its header says, or than a header.
    case truncated(byteCount: Int, expected: Int)
    /// It is longer than its header says.
    case tooLong(byteCount: Int, expected: Int)
    /// It is the hierarchy of a graph with other nodes, links, ends or one-way links.
    case otherNetwork
    /// A section does not fit its checksum.
    case damaged(HierarchySection)
    /// A section fits its checksum but holds what no hierarchy of this graph does.
    case inconsistent(HierarchySection)
  }

  /// The path as the caller gave it.
  public let path: String
  /// What is wrong.
  public let fault: Fault

  /// A fault of the file at `path`.
  public init(path: String, fault: Fault) {
    self.path = path
    self.fault = fault
  }
}

extension HierarchyFileError: CustomStringConvertible {
  public var description: String { "\(path): \(fault)" }
}

extension HierarchyFileError.Fault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .notAHierarchyFile: "not a hierarchy file"
    case .otherByteOrder: "written on a machine with another byte order"
    case .otherVersion(let found, let expected):
      "format version \(found); this library reads version \(expected)"
    case .damagedHeader: "the header is damaged"
    case .truncated(let byteCount, let expected):
      "cut short: \(byteCount) bytes; expected \(expected)"
    case .tooLong(let byteCount, let expected):
      "too long: \(byteCount) bytes; expected \(expected)"
    case .otherNetwork: "the hierarchy of another network"
    case .damaged(let section): "section \(section) is damaged"
    case .inconsistent(let section):
      "section \(section) holds what no hierarchy of this network does"
    }
  }
}
