public import RiskIndex

/// How an index is built, as its correlations tell it.
public struct DiagnosisReport: Report {
  /// A dimension, or the index.
  public struct Group: Encodable, Sendable, Hashable {
    /// The dimension's id; nil for the index.
    public let id: String?
    /// What a reader calls it.
    public let name: String
    /// The ids of its parts that take part.
    public let members: [String]
    /// Of each part with each other, by their order; nil where there is none.
    public let correlations: [[Double?]]
    /// Of each part with the group's score.
    public let withGroup: [Double?]
    /// Of each part with the mean of the others.
    public let withRest: [Double?]
    /// Cronbach's α of the parts as they are; nil for one part.
    public let alpha: Double?
    /// The same of the parts brought to one deviation.
    public let standardisedAlpha: Double?
    /// Of the correlation matrix, descending; empty for one part.
    public let eigenvalues: [Double]
    /// The share of each component in the variance.
    public let varianceShares: [Double]
    /// The entries of the first component, by part.
    public let firstComponent: [Double]
  }

  /// What an indicator has to say.
  public struct Influence: Encodable, Sendable, Hashable {
    /// The indicator's id.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// The product of the weights on the way to the index.
    public let nominalWeight: Double
    /// The share of the index's variance that comes with it.
    public let varianceShare: Double?
    /// r² of it and the index.
    public let explained: Double?
    /// r² over the sum of all r².
    public let relativeImportance: Double?
    /// Its correlation with the index.
    public let withIndex: Double?
  }

  /// Where a unit stands highest and lowest.
  public struct Profile: Encodable, Sendable, Hashable {
    /// The unit's id.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// Where most others lie below, the clearest first.
    public let highest: [Entry]
    /// Where most others lie above, the clearest first.
    public let lowest: [Entry]
  }

  /// One indicator of a unit beside its peers.
  public struct Entry: Encodable, Sendable, Hashable {
    /// The indicator's id.
    public let indicator: String
    /// On the common scale, as shown.
    public let value: Double
    /// The median of the others.
    public let peerMedian: Double
    /// 1 for the highest.
    public let rank: Int
    /// Units with a value.
    public let count: Int
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The name of the framework.
  public let framework: String
  /// Units scored.
  public let units: Int
  /// The index first, then its dimensions.
  public let groups: [Group]
  /// Indicators that take part.
  public let indicators: [Influence]
  /// What a reader should know of, a sentence each.
  public let flags: [String]
  /// One a unit.
  public let profiles: [Profile]

  /// How many indicators a profile lists on either side.
  private static let profileLength = 3

  /// A report on a run.
  public init(_ run: IndexRun, manifest: Manifest) {
    self.manifest = manifest
    framework = run.framework.name
    units = run.result.units.count
    let diagnosis = IndexDiagnosis(run)
    groups = diagnosis.groups.map { group in
      Group(
        id: group.id, name: group.name, members: group.members, correlations: group.correlations,
        withGroup: group.withGroup,
        withRest: group.reliability?.restCorrelations ?? group.members.map { _ in nil },
        alpha: group.reliability?.alpha, standardisedAlpha: group.reliability?.standardisedAlpha,
        eigenvalues: group.components?.eigenvalues ?? [],
        varianceShares: group.components?.shares ?? [],
        firstComponent: group.components?.components.first ?? [])
    }
    indicators = diagnosis.influences.map {
      Influence(
        id: $0.id, name: $0.name, nominalWeight: $0.weight.nominal,
        varianceShare: $0.weight.varianceShare, explained: $0.weight.explained,
        relativeImportance: $0.weight.relativeImportance, withIndex: $0.withIndex)
    }
    flags =
      diagnosis.flags.map(\.description)
      + diagnosis.twins.map {
        "\($0.first) and \($0.second), of different dimensions, say nearly the same "
          + "(r = \(Shown.fixed($0.correlation, 2)))"
      }
    let scale = run.shownScale
    profiles = zip(run.result.units, run.profiles()).map { unit, profile in
      func entries(_ list: [UnitProfile.Entry]) -> [Entry] {
        list.map {
          Entry(
            indicator: $0.indicator, value: $0.value * scale, peerMedian: $0.peerMedian * scale,
            rank: $0.rank, count: $0.count)
        }
      }
      return Profile(
        id: unit.unit, name: unit.name, highest: entries(profile.highest(Self.profileLength)),
        lowest: entries(profile.lowest(Self.profileLength)))
    }
  }

  public var features: [ReportFeature]? { nil }

  public var csv: [[String]] {
    func cell(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
    return [
      [
        "indicator", "name", "nominal_weight", "variance_share", "explained", "relative_importance",
        "with_index",
      ]
    ]
      + indicators.map {
        [$0.id, $0.name, cell($0.nominalWeight), cell($0.varianceShare), cell($0.explained)]
          + [cell($0.relativeImportance), cell($0.withIndex)]
      }
  }

  public var text: String {
    var parts = [
      wrapped(
        "\(framework): how it is built, over \(units) units. A correlation of \(units) units is known "
          + "to within about \(Shown.fixed(1 / Double(max(units - 1, 1)).squareRoot(), 2)) "
          + "(one standard error).")
    ]
    parts.append(influenceTable)
    parts.append(
      wrapped(
        "weight: product of the weights up to the index; variance: the share of the index's variance that "
          + "comes with it; r²: what a straight line in it explains; importance: r² over the sum of all."
      ))
    for group in groups where group.members.count > 1 { parts.append(text(of: group)) }
    if flags.isEmpty {
      parts.append("Nothing works against its group, is silent in it, or is said twice.")
    } else {
      parts.append(flags.map { wrapped("Note: \($0)") }.joined(separator: "\n"))
    }
    parts.append(profiles.map(text).joined(separator: "\n"))
    parts.append(manifest.notice)
    return parts.joined(separator: "\n\n")
  }

  private var influenceTable: String {
    var table = TextTable([
      ("Indicator", .left), ("weight", .right), ("variance", .right), ("r²", .right),
      ("importance", .right), ("r", .right),
    ])
    for row in indicators {
      table.add([
        row.id.shortened(to: 30), Shown.fixed(row.nominalWeight, 3), shown(row.varianceShare),
        shown(row.explained), shown(row.relativeImportance), shown(row.withIndex),
      ])
    }
    return table.text
  }

  private func text(of group: Group) -> String {
    var lines = [
      wrapped(
        "\(group.id ?? group.name): α \(shown(group.alpha)) (standardised "
          + "\(shown(group.standardisedAlpha)))"
          + (group.varianceShares.isEmpty
            ? ""
            : "; components hold "
              + group.varianceShares.prefix(4).map { "\(Shown.percent($0)) %" }
              .joined(separator: ", ")))
    ]
    var table = TextTable([("Part", .left), ("with group", .right), ("with the others", .right)])
    for (place, member) in group.members.enumerated() {
      table.add([
        member.shortened(to: 30), shown(group.withGroup[place]), shown(group.withRest[place]),
      ])
    }
    lines.append(table.text)
    return lines.joined(separator: "\n\n")
  }

  private func text(of profile: Profile) -> String {
    func list(_ entries: [Entry]) -> String {
      entries.isEmpty
        ? "none"
        : entries.map { "\($0.indicator) (\($0.rank)/\($0.count))" }.joined(separator: ", ")
    }
    return wrapped(
      "\(profile.name): highest in \(list(profile.highest)); lowest in \(list(profile.lowest))")
  }

  private func shown(_ number: Double?) -> String { number.map { Shown.fixed($0, 2) } ?? "–" }
}
