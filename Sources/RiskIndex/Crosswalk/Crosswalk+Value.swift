extension Crosswalk {
  /// The value of one unit of the second vintage.
  ///
  /// - Returns: nil where no unit that it is made of has a value.
  func value(
    of unit: UnitCorrespondence.Unit, indicator: String, kind: Indicator.Kind,
    given: [String: IndicatorValue]
  ) -> Result<MovedValue, CrosswalkGap>? {
    let parts = correspondence.parts(to: unit.id)
    let sources = parts.compactMap { given[$0.from] }
    guard !sources.isEmpty else { return nil }
    let missing = parts.filter { given[$0.from] == nil }.map(\.from)
    func gap(_ reason: CrosswalkGap.Reason) -> Result<MovedValue, CrosswalkGap> {
      .failure(CrosswalkGap(unit: unit.id, indicator: indicator, reason: reason))
    }
    guard missing.isEmpty else { return gap(.noValue(of: missing)) }

    var origins: [MovedValue.Origin] = []
    let weights: [Double]
    switch kind {
    case .extensive:
      var shares: [Double] = []
      for part in parts {
        let siblings = correspondence.parts(from: part.from)
        guard let found = self.shares(of: siblings), let place = siblings.firstIndex(of: part)
        else {
          return gap(.noSize(of: siblings.map(\.to)))
        }
        shares.append(found.shares[place])
        origins.append(
          .init(unit: part.from, share: found.shares[place], basis: found.basis))
      }
      weights = shares
    case .intensive:
      guard let found = shares(of: parts) else { return gap(.noSize(of: parts.map(\.from))) }
      weights = found.shares
      origins = zip(parts, found.shares).map {
        .init(unit: $0.from, share: $1, basis: found.basis)
      }
    }
    // Parts that inherit one value have it as their mean, to the last bit.
    let same = Set(sources.map(\.value))
    let amount =
      kind == .intensive && same.count == 1
      ? sources[0].value
      : zip(sources, weights).reduce(0) { $0 + $1.0.value * $1.1 }
    let isDivided = parts.contains { correspondence.parts(from: $0.from).count > 1 }
    let treatment: MovedValue.Treatment =
      switch (parts.count > 1, isDivided, kind) {
      case (false, false, _): .unchanged
      case (false, true, .extensive): .split
      case (false, true, .intensive): .inherited
      case (true, false, _): .merged
      case (true, true, _): .recomposed
      }
    let names = Dictionary(uniqueKeysWithValues: correspondence.from.map { ($0.id, $0.name) })
    let remark = MovedValue.remark(treatment, kind: kind, origins: origins, names: names)
    let years = Set(sources.map(\.year)).sorted()
    var notes = remark.map { [$0] } ?? []
    if years.count > 1 {
      notes.append("of the years \(years.map(String.init).joined(separator: ", "))")
    }
    notes += distinct(sources.map(\.note)).filter { !$0.isEmpty }
    return .success(
      MovedValue(
        value: IndicatorValue(
          unit: unit.id, indicator: indicator, value: amount,
          measureUnit: sources[0].measureUnit, year: years.last ?? sources[0].year,
          source: distinct(sources.map(\.source)).joined(separator: "; "),
          note: notes.joined(separator: "; ")),
        treatment: treatment, origins: origins))
  }

  private func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}

extension MovedValue {
  /// What the note of a moved value says first; nil for one that is as it was.
  fileprivate static func remark(
    _ treatment: Treatment, kind: Indicator.Kind, origins: [Origin], names: [String: String]
  ) -> String? {
    func percent(_ share: Double) -> String {
      let tenths = (share * 1000).rounded() / 10
      return "\(tenths) %"
    }
    let basis = origins.contains { $0.basis == .area } ? "area" : "population"
    let all = origins.map { "\(names[$0.unit] ?? $0.unit) (\(percent($0.share)))" }
      .joined(separator: ", ")
    let first = origins.first.map { names[$0.unit] ?? $0.unit } ?? ""
    return switch treatment {
    case .unchanged: nil
    case .inherited: "inherited: value of \(first) as a whole"
    case .split:
      "split: \(percent(origins.first?.share ?? 1)) of \(first), by \(basis)"
    case .merged:
      kind == .extensive
        ? "merged: sum of \(origins.map { names[$0.unit] ?? $0.unit }.joined(separator: ", "))"
        : "merged: mean of \(all), weighted by \(basis)"
    case .recomposed:
      kind == .extensive
        ? "recomposed: sum of shares of \(all), by \(basis)"
        : "recomposed: mean of \(all), weighted by \(basis), parts inheriting the value of the whole"
    }
  }
}
