import Tables

/// Where help is: a shelter or an NGO, told by city and no nearer.
public struct Organisation: Sendable, Hashable {
  /// What kind of help it is.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case shelter, ngo
  }

  /// The city, as ``PlaceResolver/resolve(_:)`` takes it.
  public var city: String
  /// What kind of help it is.
  public var kind: Kind
  /// Its name, where published.
  public var name: String?
  /// The year since which it is there, where published.
  public var since: Int?
  /// Who says so.
  public var source: String
  /// Where it was read, for errors: file and line; nil for one that no file holds.
  public var location: String?

  /// An organisation.
  public init(
    city: String, kind: Kind, name: String? = nil, since: Int? = nil, source: String,
    location: String? = nil
  ) {
    self.city = city
    self.kind = kind
    self.name = name
    self.since = since
    self.source = source
    self.location = location
  }
}

extension Organisation {
  /// Reads organisations: CSV with the columns `place`, `kind`, `source` and, optionally, `name` and
  /// `since`.
  ///
  /// - Throws: ``CorridorKitError/table(_:)`` with line and column.
  public static func read(_ file: InputFile) throws(CorridorKitError) -> [Organisation] {
    do throws(DelimitedTableError) {
      let table = try DelimitedTable(bytes: [UInt8](file.data), file: file.path)
      try table.requireColumns(["place", "kind", "source"])
      guard !table.rows.isEmpty else { throw .noRows(file: file.path) }
      var organisations: [Organisation] = []
      let (hasNames, hasYears) = (table.header.contains("name"), table.header.contains("since"))
      for row in table.rows {
        let kind = try table.text("kind", in: row)
        guard let known = Kind(rawValue: kind) else {
          throw table.invalid(
            "kind", in: row, value: kind,
            expected: Kind.allCases.map(\.rawValue).joined(separator: " or "))
        }
        let hasYear = hasYears ? try table.optionalText("since", in: row) != nil : false
        organisations.append(
          Organisation(
            city: try table.text("place", in: row), kind: known,
            name: hasNames ? try table.optionalText("name", in: row) : nil,
            since: hasYear ? try table.integer("since", in: row, within: 1900...2100) : nil,
            source: try table.text("source", in: row), location: "\(file.path):\(row.line)"))
      }
      return organisations
    } catch {
      throw .table(error)
    }
  }
}
