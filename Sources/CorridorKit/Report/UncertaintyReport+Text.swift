extension UncertaintyReport {
  public var text: String {
    let isCompared = provinces.contains { $0.change != nil }
    var parts = [
      wrapped(
        "\(isCompared ? "Change of " : "")\(measure.words(isWeighted: isWeighted)) in \(draws) draws of \(factorCount) "
          + "uncertain factors (seed \(seed)); p05 to p95 holds 90 % of them."),
      isCompared ? changes : exposures,
    ]
    let unmet = provinces.count { !$0.isMet }
    if unmet > 0 {
      parts.append(
        "Without \(isCompared ? "change" : "exposure") in any draw: \(unmet) of "
          + "\(provinces.count) provinces.")
    }
    let cutOff = disconnectedMass.after ?? disconnectedMass.before
    if cutOff.p95 > 0 {
      parts.append(
        "Mass without a way: \(Shown.fixed(cutOff.p50, 2)) (\(Shown.fixed(cutOff.p05, 2)) to "
          + "\(Shown.fixed(cutOff.p95, 2))).")
    }
    parts.append(wrapped(convergence))
    parts.append(wrapped(manifest.notice))
    return parts.joined(separator: "\n\n")
  }

  /// The provinces that are met, highest median first, or the largest change.
  private var order: [Int] {
    func key(_ row: Int) -> Double {
      let median = provinces[row].told?[measure].p50 ?? 0
      return provinces[row].change == nil ? median : abs(median)
    }
    return provinces.indices.filter { provinces[$0].isMet }
      .sorted { (key($1), provinces[$0].id) < (key($0), provinces[$1].id) }
  }

  private var exposures: String {
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("run", .right), ("p05", .right), ("p50", .right),
      ("p95", .right), ("mean", .right), ("rank", .right), ("top 5", .right), ("> next", .right),
    ])
    let order = order
    for (place, index) in order.enumerated() {
      let row = provinces[index]
      let next = place + 1 < order.count ? order[place + 1] : nil
      table.add(
        names(row) + numbers(row.exposure, \.plain, \.p05, \.p50, \.p95, \.mean)
          + [
            row.rank.map { $0.p05 == $0.p95 ? "\($0.p05)" : "\($0.p05)–\($0.p95)" } ?? "",
            row.rank.map { Shown.fixed($0.topShare, 2) } ?? "",
            next.map { Shown.fixed(share(of: index, above: $0), 2) } ?? "",
          ])
    }
    for row in abroad {
      table.add(
        names(row) + numbers(row.exposure, \.plain, \.p05, \.p50, \.p95, \.mean) + ["", "", ""])
    }
    return table.text + "\n\n"
      + wrapped(
        "run: every input as it is; rank: from p05 to p95 of the draws; top 5: P(rank ≤ 5); > next: "
          + "P(above the province in the next line) in the same draw. Two provinces differ only where "
          + "that is 0.95 or more.")
  }

  private var changes: String {
    var table = TextTable([
      ("Province", .left), ("Id", .left), ("before", .right), ("run", .right), ("p05", .right),
      ("p50", .right), ("p95", .right), ("mean", .right), ("rises", .right), ("falls", .right),
    ])
    for row in order.map({ provinces[$0] }) + abroad {
      table.add(
        names(row) + numbers(row.before, \.p50)
          + [\DrawSummary.plain, \.p05, \.p50, \.p95, \.mean].map { field in
            row.change.map { measure.shown($0[measure][keyPath: field], signed: true) } ?? ""
          } + [row.riseShare, row.fallShare].map { $0.map { Shown.fixed($0, 2) } ?? "" })
    }
    return table.text + "\n\n"
      + wrapped(
        "before: median without the scenario; the rest is the change in the same draw. run: every input "
          + "as it is; rises, falls: the share of the draws in which it does.")
  }

  private func names(_ row: Row) -> [String] { [row.name.shortened(to: 18), row.id] }

  private func numbers(_ measures: Measures?, _ fields: KeyPath<DrawSummary, Double>...) -> [String]
  {
    fields.map { field in
      measures.map { measure.shown($0[measure][keyPath: field], signed: false) } ?? ""
    }
  }

  private var convergence: String {
    let met = provinces.filter(\.isMet)
    let errors = met.compactMap { row in
      row.told?[measure].medianStandardError.map { (name: row.name, error: $0) }
    }
    let widest = errors.max { $0.error < $1.error }
    let medians =
      widest.map {
        "The medians are known to within ±\(measure.shown($0.error, signed: false)) \(measure.unit) "
          + "(one standard error, \($0.name)), "
      } ?? (met.isEmpty ? "" : "Ten draws or more tell how well the medians are known; ")
    return medians + (medians.isEmpty ? "Probabilities are known" : "probabilities")
      + " to within ±\(Shown.fixed(probabilityStandardError, 3)). 1,000 draws to look, "
      + "5,000 to publish."
  }
}

extension ExposureDraws.Measure {
  /// What readers call it; with masses other than 1 the sums are no longer kilometres and hours of anybody's
  /// way.
  fileprivate func words(isWeighted: Bool) -> String {
    switch self {
    case .length: (isWeighted ? "mass·km" : "km") + " in the province"
    case .time: (isWeighted ? "mass·hours" : "hours") + " in the province"
    case .entering: "mass entering the province"
    case .share: "% of the mass entering the province"
    }
  }

  fileprivate var unit: String {
    switch self {
    case .length: "km"
    case .time: "h"
    case .entering: "mass"
    case .share: "points"
    }
  }

  /// A number of the measure as tables show it.
  fileprivate func shown(_ value: Double, signed: Bool) -> String {
    let (number, digits) =
      switch self {
      case .length: (value / 1000, 1)
      case .time: (value / 3600, 2)
      case .entering: (value, 2)
      case .share: (value * 100, 1)
      }
    return signed ? Shown.signed(number, digits) : Shown.fixed(number, digits)
  }
}
