public import TransportGraph

/// A corridor as studies name it: where it leads and what it passes, before any route is computed.
public struct CorridorDefinition: Sendable, Hashable, Identifiable {
  /// For example `K2`.
  public var id: String
  /// What a reader calls it.
  public var name: String
  /// The modes that its way may use.
  public var modes: Set<Mode>
  /// The place where it begins, as ``PlaceResolver/resolve(_:)`` takes it.
  public var origin: String
  /// The place where it ends, as ``PlaceResolver/resolve(_:)`` takes it.
  public var destination: String
  /// Ordered waypoints: place names, or crossings as `crossing:korday`.
  public var via: [String]
  /// A road or rail distance that someone published, in metres, with who and where.
  public var publishedLengthMeters: Double?
  /// Who published the distance, and where.
  public var publishedSource: String?
  /// The study that names the corridor.
  public var source: String
  /// What a reader should know besides.
  public var note: String?
  /// The colour of the line on a map, `#rrggbb`.
  public var color: String
  /// Where it was read, for errors: file, line and key; nil for one that no file holds.
  public var location: String?

  /// `road`, `rail`, several joined by `+`, or `any`.
  public var modeName: String { CorridorKit.modeName(modes) }
}

/// The named corridors (`docs/formats.md`, "Corridors").
public struct CorridorFile: Sendable {
  /// In the order of the file.
  public let definitions: [CorridorDefinition]
  /// Corridors that are on record but have no line, for example by air.
  public let unmapped: [(id: String, name: String, reason: String)]

  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key.
  public init(_ file: InputFile) throws(CorridorKitError) {
    let root = try YAMLReading(file)
    try root.requireKeys(["corridors", "unmapped"])
    var definitions: [CorridorDefinition] = []
    let corridors = try root.required("corridors")
    let items = try corridors.list()
    guard !items.isEmpty else {
      throw corridors.fault("an empty list", expected: "one corridor or more")
    }
    for item in items {
      let definition = try Self.definition(item)
      guard !definitions.contains(where: { $0.id == definition.id }) else {
        throw try item.required("id").fault(expected: "an id that no other corridor has")
      }
      definitions.append(definition)
    }
    self.definitions = definitions
    var unmapped: [(id: String, name: String, reason: String)] = []
    for item in try root["unmapped"]?.list() ?? [] {
      try item.requireKeys(["id", "name", "reason"])
      unmapped.append(
        (
          try item.required("id").string(), try item.required("name").string(),
          try item.required("reason").string()
        ))
    }
    self.unmapped = unmapped
  }

  private static func definition(_ item: YAMLReading) throws(CorridorKitError)
    -> CorridorDefinition
  {
    try item.requireKeys([
      "id", "name", "mode", "from", "to", "via", "published_km", "published_source", "source",
      "note", "color",
    ])
    var modes: Set<Mode> = []
    for mode in try item.required("mode").list() { modes.insert(try mode.choice()) }
    let color = try item["color"]?.string() ?? "#555555"
    guard color.wholeMatch(of: /#[0-9a-fA-F]{6}/) != nil else {
      throw try item.required("color").fault(expected: "a colour as #rrggbb")
    }
    let published = try item["published_km"]?.number(in: 1...20_000, unit: "kilometres")
    if published != nil { _ = try item.required("published_source").string() }
    return CorridorDefinition(
      id: try item.required("id").string(), name: try item.required("name").string(), modes: modes,
      origin: try item.required("from").string(), destination: try item.required("to").string(),
      via: try item["via"]?.strings() ?? [], publishedLengthMeters: published.map { $0 * 1000 },
      publishedSource: try item["published_source"]?.string(),
      source: try item.required("source").string(), note: try item["note"]?.string(),
      color: color, location: item.location)
  }

  /// The corridor with an id, in any case.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)``.
  public func definition(_ id: String) throws(CorridorKitError) -> CorridorDefinition {
    if let found = definitions.first(where: { NameKey($0.id) == NameKey(id) }) { return found }
    if let found = unmapped.first(where: { NameKey($0.id) == NameKey(id) }) {
      throw .mismatch("corridor \(found.id) (\(found.name)) has no line: \(found.reason)")
    }
    throw .notExpected(kind: "corridor", text: id, expected: definitions.map(\.id))
  }
}

extension CorridorDefinition {
  /// A corridor that someone asks for between two places.
  public init(from origin: String, to destination: String, modes: Set<Mode>) {
    self.init(
      id: "route", name: "\(origin)–\(destination)", modes: modes, origin: origin,
      destination: destination, via: [], publishedLengthMeters: nil, publishedSource: nil,
      source: "asked for", note: nil, color: "#b2182b")
  }
}
