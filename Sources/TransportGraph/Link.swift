/// A connection between two nodes, travelled in one direction or in both.
///
/// Two links between the same nodes are two links: a road and a railway stay apart.
public struct Link: Hashable, Sendable {
  /// The network's own identifier, unique among links.
  public let id: String
  /// The identifier of the node where the link starts.
  public let from: String
  /// The identifier of the node where the link ends; never that of `from`.
  public let to: String
  /// The means of transport; of a transfer, the mode whose speed its length is travelled at.
  public let mode: Mode
  /// Way, crossing or transfer.
  public let kind: LinkKind
  /// The road or rail class that a profile gives a speed for.
  public let roadClass: String
  /// Metres along the way: above 0 for a way, 0 or more for a crossing or transfer; at most
  /// ``TransportGraph/maximumLengthMeters``.
  public let lengthMeters: Double
  /// The speed stated for this link, 1 … 400 km/h. Takes precedence over its class.
  public let speedKilometersPerHour: Double?
  /// Time spent whatever the length. Only a crossing or a transfer has one.
  public let dwell: HoursRange?
  /// True: only from `from` to `to`.
  public let isOneWay: Bool
  /// The catalogued border crossing that the link stands for.
  public let crossingID: String?
  /// What a map calls the link.
  public let name: String?
  /// The number or numbers of its road, parted by `;` where there are several: `A3`, `M39;AH5`.
  public let ref: String?

  /// Makes a link; its values are checked where a graph is made.
  public init(
    id: String, from: String, to: String, mode: Mode, kind: LinkKind = .way,
    roadClass: String = "default", lengthMeters: Double, speedKilometersPerHour: Double? = nil,
    dwell: HoursRange? = nil, isOneWay: Bool = false, crossingID: String? = nil,
    name: String? = nil, ref: String? = nil
  ) {
    self.id = id
    self.from = from
    self.to = to
    self.mode = mode
    self.kind = kind
    self.roadClass = roadClass
    self.lengthMeters = lengthMeters
    self.speedKilometersPerHour = speedKilometersPerHour
    self.dwell = dwell
    self.isOneWay = isOneWay
    self.crossingID = crossingID
    self.name = name
    self.ref = ref
  }
}

extension TransportGraph {
  /// The length of a link, without a copy of all else that the link tells. O(1).
  public func lengthMeters(of link: LinkID) -> Double { links[link.index].lengthMeters }
}
