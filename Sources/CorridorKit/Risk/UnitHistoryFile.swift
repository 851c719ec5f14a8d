import RiskIndex

extension UnitHistory {
  /// Reads a history of units (`docs/formats.md`, "Units over time").
  ///
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key.
  public init(_ file: InputFile) throws(CorridorKitError) {
    let root = try YAMLReading(file)
    try root.requireKeys(["name", "source", "vintages", "changes", "events", "former"])
    name = try root.required("name").string()
    source = try root.required("source").string()
    var vintages: [Vintage] = []
    for (id, value) in try root.required("vintages").pairs() {
      vintages.append(try Vintage(id: id, value))
    }
    guard vintages.count > 1 else {
      throw try root.required("vintages").fault(
        "\(vintages.count) vintage", expected: "two at least, in the order of time")
    }
    self.vintages = vintages
    var changes: [Change] = []
    for value in try root.required("changes").list() {
      let change = try Change(value, vintages: vintages)
      guard !changes.contains(where: { $0.from == change.from && $0.to == change.to }) else {
        throw value.fault(
          "a second change from \(change.from) to \(change.to)", expected: "one a pair of vintages")
      }
      changes.append(change)
    }
    self.changes = changes
    for (before, after) in zip(vintages, vintages.dropFirst())
    where !changes.contains(where: { $0.from == before.id && $0.to == after.id }) {
      throw try root.required("changes").fault(
        "without one from \(before.id) to \(after.id)",
        expected: "a change between each vintage and the next")
    }
    var events: [Event] = []
    for value in try root["events"]?.list() ?? [] { events.append(try Event(value)) }
    self.events = events
    var former: [Former] = []
    for value in try root["former"]?.list() ?? [] {
      former.append(try Former(value, last: vintages[vintages.count - 1]))
    }
    self.former = former
  }
}

extension UnitHistory.Vintage {
  fileprivate init(id: String, _ value: YAMLReading) throws(CorridorKitError) {
    self.id = id
    var units: [UnitCorrespondence.Unit] = []
    var names: [String: [String]] = [:]
    for (unit, names_) in try value.pairs() {
      let spellings = try names_.strings()
      guard let name = spellings.first else {
        throw names_.fault("an empty list", expected: "a name at least")
      }
      units.append(UnitCorrespondence.Unit(id: unit, name: name))
      names[unit] = spellings
    }
    guard !units.isEmpty else { throw value.fault("without units", expected: "one at least") }
    self.units = units
    self.names = names
  }
}

extension UnitHistory.Change {
  fileprivate init(_ value: YAMLReading, vintages: [UnitHistory.Vintage]) throws(CorridorKitError) {
    try value.requireKeys(["from", "to", "date", "what", "source", "parts"])
    let order = vintages.map(\.id)
    func place(_ key: String) throws(CorridorKitError) -> Int {
      let reading = try value.required(key)
      guard let place = order.firstIndex(of: try reading.string()) else {
        throw reading.fault(expected: "one of \(order.joined(separator: ", "))")
      }
      return place
    }
    let (first, second) = (try place("from"), try place("to"))
    guard first < second else {
      throw value.fault(
        "from \(order[first]) to \(order[second])", expected: "from a vintage to a later one")
    }
    (from, to) = (order[first], order[second])
    date = try value.required("date").date()
    what = try value.required("what").strings()
    source = try value.required("source").string()
    let (before, after) = (vintages[first], vintages[second])
    var parts: [UnitCorrespondence.Part] = []
    var stated: Set<String> = []
    for (unit, reading) in try value["parts"]?.pairs() ?? [] {
      stated.insert(unit)
      for part in try reading.listOfAny() {
        parts.append(try Self.part(of: unit, part))
      }
    }
    // What is not mentioned stays, under the same id, unless that id now is of something else.
    let taken = Set(parts.map(\.to))
    for unit in before.units where !stated.contains(unit.id) && !taken.contains(unit.id) {
      if after.names[unit.id] != nil {
        parts.append(UnitCorrespondence.Part(from: unit.id, to: unit.id))
      }
    }
    do {
      correspondence = try UnitCorrespondence(from: before.units, to: after.units, parts: parts)
    } catch {
      throw (value["parts"] ?? value).fault(
        "at fault (\(error))",
        expected: "for each unit of \(from) the units of \(to) that it lies in")
    }
  }

  private static func part(of unit: String, _ value: YAMLReading) throws(CorridorKitError)
    -> UnitCorrespondence.Part
  {
    guard value.isMapping else {
      return UnitCorrespondence.Part(from: unit, to: try value.string())
    }
    try value.requireKeys(["unit", "population", "area_km2", "source"])
    let source = try value["source"]?.string()
    func size(_ key: String) throws(CorridorKitError) -> UnitSize? {
      guard let reading = value[key] else { return nil }
      guard let source else { throw value.fault("without \"source\"", expected: "who says so") }
      return UnitSize(
        try reading.number(in: 0...1e12, unit: key == "population" ? "people" : "km²"),
        source: source)
    }
    return UnitCorrespondence.Part(
      from: unit, to: try value.required("unit").string(), population: try size("population"),
      area: try size("area_km2"))
  }
}

extension UnitHistory.Event {
  fileprivate init(_ value: YAMLReading) throws(CorridorKitError) {
    try value.requireKeys(["date", "what", "source"])
    self.init(
      date: "\(try value.required("date").date())", what: try value.required("what").string(),
      source: try value.required("source").string())
  }
}

extension UnitHistory.Former {
  fileprivate init(_ value: YAMLReading, last: UnitHistory.Vintage) throws(CorridorKitError) {
    try value.requireKeys(["names", "until", "units", "note", "source"])
    let names = try value.required("names").strings()
    guard !names.isEmpty else {
      throw try value.required("names").fault("an empty list", expected: "a name at least")
    }
    let units = try value.required("units").strings()
    guard !units.isEmpty else {
      throw try value.required("units").fault("an empty list", expected: "a unit at least")
    }
    if let unknown = units.first(where: { last.names[$0] == nil }) {
      throw try value.required("units").fault(
        "\"\(unknown)\"", expected: "units of \(last.id), the last vintage")
    }
    self.init(
      names: names, until: try value.required("until").date(), units: units,
      note: try value.required("note").string(), source: try value.required("source").string())
  }
}
