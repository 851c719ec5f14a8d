public import TransportGraph

/// How a trip passes border crossings: how often, and with what probability at all.
///
/// The two differ where a traveller may pass a crossing, or two of one site, more than once.
public struct CrossingPassages: Hashable, Sendable {
  /// The passages of one crossing, or of one site.
  public struct Passage: Hashable, Sendable {
    /// The expected number of times that the trip passes it, in either direction.
    public var expectedUses: Double
    /// The probability that the trip passes it at all, 0 to 1.
    public var probability: Double
  }

  /// By the crossing's id; of those that the trip may pass.
  public private(set) var crossings: [String: Passage]
  /// By site (``BorderCrossing/site``): the crossings of several modes at one place.
  public private(set) var sites: [String: Passage]

  /// The passages by a model of route choice.
  ///
  /// - Complexity: O(links used), and for each crossing and site that a traveller may pass more than
  ///   once, or by several links, that of ``LinkUse/probability(ofAvoiding:)``.
  init(_ use: LinkUse, of index: CrossingLinks) {
    func passages(by name: (CrossingLinks.Names) -> String) -> [String: Passage] {
      var uses: [String: (links: Set<LinkID>, expected: Double)] = [:]
      for entry in use.entries {
        guard let names = index[entry.arc.link] else { continue }
        uses[name(names), default: ([], 0)].links.insert(entry.arc.link)
        uses[name(names), default: ([], 0)].expected += entry.share
      }
      return uses.mapValues { links, expected in
        // Nobody uses the one link twice: so many do.
        let probability =
          use.usesLinksOnce && links.count == 1
          ? expected : 1 - use.probability(ofAvoiding: links.contains)
        return Passage(expectedUses: expected, probability: min(1, max(0, probability)))
      }
    }
    crossings = passages(by: \.crossing)
    sites = passages(by: \.site)
  }

  /// The passages of a single way.
  init(_ arcs: [Arc], of index: CrossingLinks) {
    (crossings, sites) = ([:], [:])
    for names in arcs.compactMap({ index[$0.link] }) {
      crossings[names.crossing, default: .never].expectedUses += 1
      crossings[names.crossing]?.probability = 1
      sites[names.site, default: .never].expectedUses += 1
      sites[names.site]?.probability = 1
    }
  }

  /// The passages of legs that travellers choose independently of one another: uses add, and a crossing
  /// is missed by those who miss it on every leg.
  init(legs: [CrossingPassages]) {
    func joined(_ passages: (CrossingPassages) -> [String: Passage]) -> [String: Passage] {
      legs.reduce(into: [:]) { all, leg in
        all.merge(passages(leg)) { a, b in
          Passage(
            expectedUses: a.expectedUses + b.expectedUses,
            probability: 1 - (1 - a.probability) * (1 - b.probability))
        }
      }
    }
    crossings = joined(\.crossings)
    sites = joined(\.sites)
  }
}

extension CrossingPassages.Passage {
  fileprivate static let never = Self(expectedUses: 0, probability: 0)
}

/// The crossing that each link of a network stands for, with its site.
struct CrossingLinks: Sendable {
  /// What a crossing is called.
  struct Names: Hashable, Sendable {
    let crossing: String
    let site: String
  }

  private let names: [LinkID: Names]

  /// - Complexity: O(crossings).
  init(_ area: StudyArea) {
    names = Dictionary(
      area.crossingLinks.compactMap { link in
        area.graph.links[link.index].crossingID.map { id in
          (link, Names(crossing: id, site: area.crossings[id]?.site ?? id))
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  subscript(link: LinkID) -> Names? { names[link] }
}

extension Analysis {
  /// How each trip passes border crossings, by a model of route choice.
  ///
  /// - Parameters:
  ///   - model: How travellers spread over the ways between two places.
  ///   - threads: How many threads compute; 0 means one for each core. The result is the same for any
  ///     number.
  /// - Returns: One for each trip, in their order; nil where no way leads.
  /// - Throws: what ``routed(_:by:threads:)`` throws.
  public func crossingPassages(
    of trips: [Trip], by model: RouteChoiceModel, threads: Int = 1
  ) throws(CorridorKitError) -> [CrossingPassages?] {
    let index = CrossingLinks(area)
    let metric = try metric()
    let pairs = trips.map { NodePair(from: $0.origin.node, to: $0.destination.node) }
    do throws(RouteChoiceError) {
      return try metric.mapUses(of: pairs, by: model, threads: threads) { outcome in
        outcome.use.map { CrossingPassages($0, of: index) }
      }.results
    } catch {
      throw .routeChoice(error)
    }
  }
}
