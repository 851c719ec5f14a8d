import TransportGraph

/// How much of the mass stays within a country.
public struct DomesticShare: Sendable, Hashable {
  /// The share of the whole mass, 0 to 1.
  public var value: Double
  /// Between which shares the truth is assumed to lie.
  public var range: ClosedRange<Double>
  /// Who says so.
  public var source: String

  /// A share; see the properties.
  public init(value: Double, range: ClosedRange<Double>, source: String) {
    self.value = value
    self.range = range
    self.source = source
  }

  /// 0.62, of the one figure in the studies. Its range is wide, and an assumption: the figure is about
  /// identified victims in five countries, and who is identified depends on where anyone looks.
  public static let reported = DomesticShare(
    value: 0.62, range: 0.3...0.9,
    source: "62 % of Central Asian victims were exploited inside their own country (American "
      + "Corner talk in a teacher's blog, S3); the range is assumed")

  /// What domestic and cross-border masses are multiplied by so that the share holds and the sum stays.
  ///
  /// - Parameters:
  ///   - share: 0 to 1.
  ///   - domestic: The mass that stays within a country.
  ///   - crossBorder: The rest.
  /// - Returns: Nil where the one of the two that should grow is 0.
  public static func factors(
    _ share: Double, domestic: Double, crossBorder: Double
  ) -> (domestic: Double, crossBorder: Double)? {
    let total = domestic + crossBorder
    guard share == 0 || domestic > 0, share == 1 || crossBorder > 0 else { return nil }
    return (
      domestic > 0 ? share * total / domestic : 1,
      crossBorder > 0 ? (1 - share) * total / crossBorder : 1
    )
  }
}

extension Analysis {
  /// Whether a trip begins and ends in one country: that in which most of each node lies; nil where a
  /// node lies in no province.
  public func isDomestic(_ trip: Trip) -> Bool? {
    guard let from = area.country(of: trip.origin), let to = area.country(of: trip.destination)
    else { return nil }
    return from == to
  }

  /// What the mass of each trip is multiplied by so that a share of the sum stays within a country and
  /// the sum stays what it is. Trips whose countries are not known take no part: 1.
  ///
  /// - Throws: ``CorridorKitError/contradiction(_:)`` where there is nothing to scale.
  public func factors(
    of trips: [Trip], forDomesticShare share: Double
  ) throws(CorridorKitError) -> [Double] {
    let kinds = trips.map(isDomestic)
    func mass(_ kind: Bool) -> Double {
      zip(trips, kinds).reduce(0) { $0 + ($1.1 == kind ? $1.0.mass : 0) }
    }
    guard
      let factors = DomesticShare.factors(share, domestic: mass(true), crossBorder: mass(false))
    else {
      throw .contradiction(
        "a domestic share of \(share) needs flows within a country and flows across a border")
    }
    return kinds.map { $0.map { $0 ? factors.domestic : factors.crossBorder } ?? 1 }
  }

  /// The same flows with their masses scaled by ``factors(of:forDomesticShare:)``; what comes to nothing
  /// is left out.
  public func scaled(
    _ flows: [OriginDestination], toDomesticShare share: Double
  ) throws(CorridorKitError) -> [OriginDestination] {
    let factors = try factors(of: trips(flows), forDomesticShare: share)
    return zip(flows, factors).compactMap { flow, factor in
      guard factor > 0 else { return nil }
      var flow = flow
      flow.mass *= factor
      return flow
    }
  }
}

extension StudyArea {
  /// The country of a place: that of the province that has most of its node, the first of equals.
  func country(of place: Place) -> String? { country(of: place.node) }

  /// The country of a node, in the same way.
  func country(of node: NodeID) -> String? {
    province(of: node).map { provinces.provinces[$0].country }
  }

  /// The province that has most of a place's node, the first of equals; nil where none has any.
  func province(of place: Place) -> Int? { province(of: place.node) }

  private func province(of node: NodeID) -> Int? {
    let shares = overlay.nodeShares[node.index].filter { $0.column != overlay.outside }
    var best: OverlayMatrix.Entry?
    for entry in shares where entry.value > best?.value ?? 0 { best = entry }
    return best.map { Int($0.column) }
  }
}
