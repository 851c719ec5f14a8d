import Tables

/// COINr's table `iMeta`: one line for each indicator, aggregate and other column.
struct COINrMetadata {
  /// The columns that must be there; others may stand beside them.
  static let columns = ["Level", "iCode", "Parent", "Direction", "Type", "Weight"]

  /// One line.
  struct Entry {
    var code: String
    var type: COINrFiles.EntryType
    var name: String
    /// 1 for an indicator; nil for what the index does not use.
    var level: Int?
    var parent: String?
    var direction: Indicator.Direction?
    var weight: Double?
    var unit: String?
    var target: Double?
    var denominator: String?
    var row: DelimitedTable.Row

    var isOfIndex: Bool { type == .indicator || type == .aggregate }
  }

  let table: DelimitedTable
  let entries: [Entry]

  init(_ table: DelimitedTable) throws(RiskIndexError) {
    do { try table.requireColumns(Self.columns) } catch { throw .table(error) }
    var entries: [Entry] = []
    for row in table.rows { entries.append(try Self.entry(row, of: table)) }
    guard !entries.isEmpty else { throw .noValues(file: table.file) }
    self.table = table
    self.entries = entries
    try checkCodes()
    try checkTree()
  }

  private static func entry(
    _ row: DelimitedTable.Row, of table: DelimitedTable
  ) throws(RiskIndexError) -> Entry {
    guard let code = try table.value("iCode", in: row) else {
      throw table.fault("iCode", in: row, "", expected: "a code")
    }
    let types = COINrFiles.EntryType.allCases.map(\.rawValue).joined(separator: ", ")
    let typeText = try table.value("Type", in: row) ?? ""
    guard let type = COINrFiles.EntryType(rawValue: typeText) else {
      throw table.fault("Type", in: row, typeText, expected: "one of \(types)")
    }
    var entry = Entry(
      code: code, type: type, name: try table.value("iName", in: row) ?? code,
      parent: try table.value("Parent", in: row), unit: try table.value("Unit", in: row),
      target: try table.numberOrNA("Target", in: row),
      denominator: try table.value("Denominator", in: row), row: row)
    guard entry.isOfIndex else { return entry }
    let level = try table.numberOrNA("Level", in: row)
    guard let level, let whole = Int(exactly: level), (1...1000).contains(whole),
      (whole == 1) == (type == .indicator)
    else {
      throw table.fault(
        "Level", in: row,
        expected: type == .indicator ? "1 for an indicator" : "2 or more for an aggregate")
    }
    entry.level = whole
    switch try table.numberOrNA("Direction", in: row) {
    case 1: entry.direction = .increasing
    case -1: entry.direction = .decreasing
    default:
      throw table.fault(
        "Direction", in: row,
        expected: "1 where a higher value means a higher index, or -1")
    }
    guard let weight = try table.numberOrNA("Weight", in: row), weight >= 0 else {
      throw table.fault(
        "Weight", in: row,
        expected: "a number of 0 or more")
    }
    entry.weight = weight
    return entry
  }

  private func checkCodes() throws(RiskIndexError) {
    var lines: [String: Int] = [:]
    for entry in entries {
      if let line = lines.updateValue(entry.row.line, forKey: entry.code) {
        throw table.fault(
          "iCode", in: entry.row, entry.code, expected: "each code once; it stands in line \(line)")
      }
      guard !entry.code.contains(" "), entry.code.first?.isASCIIDigit != true else {
        throw table.fault(
          "iCode", in: entry.row, entry.code, expected: "no blank in it and no digit before it")
      }
    }
  }

  private func checkTree() throws(RiskIndexError) {
    let byCode = Dictionary(entries.map { ($0.code, $0) }) { first, _ in first }
    let top = entries.compactMap(\.level).max() ?? 0
    var parents: Set<String> = []
    for entry in entries {
      guard let level = entry.level else { continue }
      guard level < top else {
        guard entry.parent == nil else {
          throw table.fault(
            "Parent", in: entry.row, entry.parent ?? "", expected: "NA for the highest level")
        }
        continue
      }
      guard let parent = entry.parent.flatMap({ byCode[$0] }), let above = parent.level,
        parent.type == .aggregate
      else {
        let aggregates = entries.filter { $0.type == .aggregate }.map(\.code)
        let near = nearestNames(to: entry.parent ?? "", among: aggregates)
        throw table.fault(
          "Parent", in: entry.row, entry.parent ?? "",
          expected: "the code of an aggregate; nearest: \(near.joined(separator: ", "))")
      }
      guard above == level + 1 else {
        throw table.fault(
          "Parent", in: entry.row, parent.code,
          expected: "an aggregate of level \(level + 1), and this one has level \(above)")
      }
      parents.insert(parent.code)
    }
    for entry in entries where entry.type == .aggregate && !parents.contains(entry.code) {
      throw table.fault(
        "iCode", in: entry.row, entry.code, expected: "an aggregate that is somebody's Parent")
    }
    let tops = entries.filter { $0.level == top && $0.type == .aggregate }
    guard tops.count == 1 else {
      if let second = tops.dropFirst().first {
        throw table.fault(
          "Level", in: second.row, "\(top)", expected: "one aggregate at the highest level")
      }
      throw .invalidFramework(
        file: table.file, indicator: nil, field: "Type", value: "no Aggregate",
        expected: "an aggregate above the indicators")
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
