import TransportGraph

extension Scenario.Closure {
  /// What people read, in the words of `--close`.
  public var name: String {
    switch self {
    case .crossing(let id): "crossing:\(id)"
    case .link(let id): "link:\(id)"
    case .road(let name): "road:\(name)"
    case .border(let border): "border:\(border.name)"
    case .mode(let mode): "mode:\(mode.rawValue)"
    case .province(let id): "province:\(id)"
    case .area(_, let name, _): "area \(name)"
    }
  }

  /// Parses `crossing:korday`, `link:r1-r2`, `road:A3`, `border:KZ-KG`, `mode:rail`,
  /// `province:KZ-31`.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)``.
  public init(parsing text: String) throws(CorridorKitError) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let forms = [
      "crossing:ID", "link:ID", "road:NAME", "border:KZ-KG", "mode:rail", "province:KZ-31",
    ]
    guard parts.count == 2, !parts[1].isEmpty else {
      throw .notExpected(kind: "closure", text: text, expected: forms)
    }
    switch parts[0] {
    case "crossing": self = .crossing(parts[1])
    case "link": self = .link(parts[1])
    case "road": self = .road(parts[1])
    case "province": self = .province(parts[1])
    case "mode":
      guard let mode = Mode(rawValue: parts[1]) else {
        throw .notExpected(kind: "mode", text: parts[1], expected: Mode.allCases.map(\.rawValue))
      }
      self = .mode(mode)
    case "border":
      guard let border = Scenario.Border(parsing: parts[1]) else {
        throw .notExpected(
          kind: "border", text: parts[1], expected: ["two countries such as KZ-KG", "KZ-KG/road"])
      }
      self = .border(border)
    default: throw .notExpected(kind: "closure", text: text, expected: forms)
    }
  }
}

extension Scenario.Delay {
  /// Parses `crossing:korday=2h`, `road:A3=30min` or, for twice the dwell of crossings or the moving time
  /// of links, `border:KZ-KG=x2`.
  ///
  /// - Throws: ``CorridorKitError/notExpected(kind:text:expected:)``.
  public init(parsing text: String) throws(CorridorKitError) {
    guard let sign = text.lastIndex(of: "="), let amount = Amount(text[text.index(after: sign)...])
    else {
      throw .notExpected(
        kind: "delay", text: text,
        expected: [
          "crossing:korday=2h or link:r1-r2=30min, above 0 and at most 10000h",
          "or border:KZ-KG=x2, above 1 and at most 1000",
        ])
    }
    self.init()
    var isOfCrossings = true
    switch try Scenario.Closure(parsing: String(text[..<sign])) {
    case .crossing(let id): crossings = [id]
    case .border(let border): borders = [border]
    case .link(let id): (links, isOfCrossings) = ([id], false)
    case .road(let name): (roads, isOfCrossings) = ([name], false)
    default:
      throw .notExpected(
        kind: "delay", text: text, expected: ["crossing:…", "border:…", "link:…", "road:…"])
    }
    switch amount {
    case .seconds(let seconds): added = .fixed(seconds: seconds)
    case .factor(let number) where isOfCrossings: dwellFactor = number
    case .factor(let number): factor = number
    }
  }

  /// What stands after the sign.
  private enum Amount {
    case seconds(Double)
    case factor(Double)

    /// As in a file: more than nothing, at most 10,000 hours or 1,000 times.
    init?(_ text: Substring) {
      if text.hasPrefix("x") {
        guard let number = Double(text.dropFirst()), number > 1, number <= 1000 else { return nil }
        self = .factor(number)
        return
      }
      for (unit, seconds) in [("min", 60.0), ("h", 3600.0)] where text.hasSuffix(unit) {
        guard let number = Double(text.dropLast(unit.count)), number > 0,
          number * seconds <= 10_000 * 3600
        else { return nil }
        self = .seconds(number * seconds)
        return
      }
      return nil
    }
  }
}
