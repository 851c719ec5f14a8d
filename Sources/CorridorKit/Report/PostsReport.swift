import Geography

/// Where posts for screening and referral would meet the most of a demand.
///
/// It tells shares of whole sets, never a way around them.
public struct PostsReport: Report {
  /// A place where a post could stand.
  public struct SiteRow: Encodable, Sendable, Hashable {
    /// The id of the crossing, site or settlement.
    public let id: String
    /// What a reader calls it.
    public let name: String
    /// `crossing` or `settlement`.
    public let kind: String
    /// ISO 3166-1 alpha-2.
    public let countries: [String]
    /// The mass that passes it.
    public let passingMass: Double
    /// The same as a share of the connected mass.
    public let passingShare: Double
    /// Whether a post stands there already.
    public let isFixed: Bool
    /// The turn in which the greedy choice takes it, from 1.
    public let greedyOrder: Int?
    /// Whether the best set has it.
    public let isBest: Bool
    let coordinate: Coordinate

    private enum CodingKeys: CodingKey {
      case id, name, kind, countries, passingMass, passingShare, isFixed, greedyOrder, isBest
    }
  }

  /// A set of posts.
  public struct SetRow: Encodable, Sendable, Hashable {
    /// Ids of the new posts.
    public let posts: [String]
    /// The mass that passes a post if everybody keeps to their way.
    public let capturedMass: Double
    /// The same as a share of the connected mass.
    public let capturedShare: Double
    /// The share that passes a post although travellers accept a detour, for each of those asked about.
    public let capturedShareByDetour: [DetourRow]
  }

  /// What is captured of travellers who accept a detour.
  public struct DetourRow: Encodable, Sendable, Hashable {
    /// How much dearer a way they accept, as a share of its cost.
    public let detour: Double
    /// The share of the connected mass that passes a post.
    public let capturedShare: Double
  }

  /// One more post.
  public struct StepRow: Encodable, Sendable, Hashable {
    /// The id of the site.
    public let id: String
    /// The share of the connected mass that it adds.
    public let addedShare: Double
    /// The share captured with it.
    public let capturedShare: Double
  }

  /// From what the report was made.
  public let manifest: Manifest
  /// The mass of all trips.
  public let mass: Double
  /// The mass of those with a way.
  public let connectedMass: Double
  /// How many sites a new post could stand at.
  public let candidateCount: Int
  /// The posts that stand already.
  public let fixed: SetRow
  /// New posts taken one after another.
  public let steps: [StepRow]
  /// All of them.
  public let greedy: SetRow
  /// The best set that was found.
  public let best: SetRow
  /// No set of as many new posts captures a larger share.
  public let upperBoundShare: Double
  /// How much more another set could capture, as a share of the bound.
  public let gap: Double
  /// Whether the best set is proved to be best.
  public let isOptimal: Bool
  /// The sites that something passes, the most first, and those where a post stands.
  public let sites: [SiteRow]

  /// What posts are for and what the figures do not say.
  public let notes = [
    "Posts are for screening with referral: victims are not offenders.",
    "Shares are of modelled flow, not of cases: a post with few finds is not a place without risk.",
  ]

  /// A report on a plan.
  public init(_ plan: PostPlan, manifest: Manifest) {
    self.manifest = manifest
    let question = plan.question
    let whole = plan.connectedMass
    func share(_ mass: Double) -> Double { whole > 0 ? mass / whole : 0 }
    func row(_ selection: PostPlan.Selection) -> SetRow {
      SetRow(
        posts: selection.sites.map { question.sites[$0].id },
        capturedMass: selection.capturedMass, capturedShare: share(selection.capturedMass),
        capturedShareByDetour: zip(question.detours, selection.capturedMassByDetour).map {
          DetourRow(detour: $0, capturedShare: share($1))
        })
    }
    mass = plan.mass
    connectedMass = whole
    candidateCount = question.sites.count - question.fixed.count
    fixed = row(plan.fixed)
    greedy = row(plan.greedy)
    best = row(plan.best)
    upperBoundShare = share(plan.upperBound)
    gap = plan.gap
    isOptimal = plan.gap == 0
    steps = plan.steps.map {
      StepRow(
        id: question.sites[$0.site].id, addedShare: share($0.addedMass),
        capturedShare: share($0.capturedMass))
    }
    let turns = Dictionary(
      uniqueKeysWithValues: plan.steps.enumerated().map { ($0.element.site, $0.offset + 1) })
    sites = question.sites.enumerated().map { index, site in
      SiteRow(
        id: site.id, name: site.name, kind: site.kind.rawValue, countries: site.countries,
        passingMass: plan.passingMass[index], passingShare: share(plan.passingMass[index]),
        isFixed: question.fixed.contains(index), greedyOrder: turns[index],
        isBest: plan.best.sites.contains(index), coordinate: site.coordinate)
    }.filter { $0.passingMass > 0 || $0.isFixed }.sorted {
      ($1.passingMass, $0.id) < ($0.passingMass, $1.id)
    }
  }

  /// A share of the connected mass; of none there are none.
  private func percent(_ share: Double) -> String {
    connectedMass > 0 ? Shown.percent(share) : "–"
  }

  public var text: String {
    var table = TextTable([
      ("Site", .left), ("Id", .left), ("border", .left), ("passes %", .right), ("post", .left),
    ])
    let named = sites.filter { $0.isFixed || $0.isBest || $0.greedyOrder != nil }
    let others = sites.filter { !($0.isFixed || $0.isBest || $0.greedyOrder != nil) }
    for row in named + others.prefix(max(0, 15 - named.count)) {
      let parts = [
        row.isFixed ? "there" : nil, row.isBest ? "best" : nil,
        row.greedyOrder.map { "greedy \($0)" },
      ].compactMap(\.self)
      table.add([
        row.name.shortened(to: 32), row.id.shortened(to: 20), row.countries.joined(separator: "-"),
        percent(row.passingShare), parts.joined(separator: ", "),
      ])
    }
    var sets = TextTable(
      [("Set", .left), ("new", .right), ("as modelled %", .right)]
        + best.capturedShareByDetour.map { ("detour \(Shown.fixed($0.detour * 100, 0)) %", .right) }
    )
    func add(_ name: String, _ set: SetRow) {
      sets.add(
        [name, "\(set.posts.count)", percent(set.capturedShare)]
          + set.capturedShareByDetour.map { percent($0.capturedShare) })
    }
    if sites.contains(where: \.isFixed) { add("there already", fixed) }
    add("greedy", greedy)
    add("best", best)
    var curve = TextTable([
      ("posts", .right), ("one more at", .left), ("adds %", .right), ("captured %", .right),
    ])
    let names = Dictionary(uniqueKeysWithValues: sites.map { ($0.id, $0.name) })
    for (place, step) in steps.enumerated() {
      curve.add([
        "\(place + 1)", (names[step.id] ?? step.id).shortened(to: 32),
        percent(step.addedShare), percent(step.capturedShare),
      ])
    }
    let proof =
      connectedMass == 0
      ? "No trip has a way: nothing can be captured."
      : isOptimal
        ? "The best set is proved best: no other set of as many new posts captures more."
        : "No set captures more than \(percent(upperBoundShare)) %: a gap of "
          + "\(Shown.percent(gap)) %."
    let hidden = sites.count - named.count - max(0, 15 - named.count)
    if hidden > 0 {
      table.add(["and \(hidden) more (--format csv)", "", "", "", ""])
    }
    var parts = [table.text, sets.text]
    if !steps.isEmpty { parts.append(curve.text) }
    parts += [
      wrapped(
        "Shares of the mass that has a way (\(Shown.fixed(connectedMass, 2)) of "
          + "\(Shown.fixed(mass, 2))). \"as modelled\": everybody keeps to their way. \"detour 10 %\": "
          + "everybody knows the posts and takes a way without one if it costs at most 10 % more than "
          + "their own; who has none is still met."),
      wrapped(proof), wrapped(notes.joined(separator: " ")), wrapped(manifest.notice),
    ]
    return parts.joined(separator: "\n\n")
  }

  public var csv: [[String]] {
    [
      [
        "id", "name", "kind", "countries", "passing_mass", "passing_share", "is_fixed",
        "greedy_order", "is_best",
      ]
    ]
      + sites.map {
        [
          $0.id, $0.name, $0.kind, $0.countries.joined(separator: " "), "\($0.passingMass)",
          "\($0.passingShare)", "\($0.isFixed)", $0.greedyOrder.map(String.init) ?? "",
          "\($0.isBest)",
        ]
      }
  }

  public var features: [ReportFeature]? {
    sites.map { row in
      ReportFeature(
        id: row.id, geometry: .point(row.coordinate),
        properties: [
          "name": .text(row.name), "kind": .text(row.kind), "countries": .texts(row.countries),
          "passing_mass": .number(row.passingMass), "passing_share": .number(row.passingShare),
          "is_fixed": .flag(row.isFixed), "greedy_order": PropertyValue(row.greedyOrder),
          "is_best": .flag(row.isBest),
          "marker-color": row.isFixed ? "#0072b2" : row.isBest ? "#d55e00" : "#999999",
          "marker-size": row.isFixed || row.isBest ? "large" : "small",
        ])
    }
  }
}
