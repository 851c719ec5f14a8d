/// Why a graph, or a view of one, cannot be made. Each case names the offender.
public enum TransportGraphError: Error, Equatable, Sendable {
  /// Two nodes have the identifier.
  case duplicateNode(id: String)
  /// Two links have the identifier.
  case duplicateLink(id: String)
  /// A coordinate is NaN or infinite.
  case nonFiniteCoordinate(node: String)
  /// A link names a node that does not exist.
  case unknownNode(link: String, node: String)
  /// The link starts and ends at the same node.
  case selfLoop(link: String, node: String)
  /// Not finite, negative, 0 on a way, or above ``TransportGraph/maximumLengthMeters``.
  case badLength(link: String, meters: Double)
  /// Outside ``ImpedanceProfile/speedRangeKilometersPerHour``.
  case badSpeed(link: String, kilometersPerHour: Double)
  /// Not 0 ≤ low ≤ mode ≤ high ≤ ``ImpedanceProfile/maximumDwellHours``.
  case badDwell(link: String, dwell: HoursRange)
  /// Only a crossing or a transfer has a dwell.
  case dwellOnWay(link: String)
  /// The graph has more nodes than an arc can address.
  case tooManyNodes(count: Int, maximum: Int)
  /// The graph has more links than can be numbered.
  case tooManyLinks(count: Int, maximum: Int)
  /// The link states no speed and the profile has none for its mode.
  case missingSpeed(link: String, mode: Mode)
  /// The impedance profile itself is wrong.
  case badProfile(ImpedanceProfileError)
  /// An added delay is not finite or negative.
  case badDelay(seconds: Double)
  /// A factor on travel time is not finite or below 1.
  case badFactor(Double)
  /// The link takes longer than an arc can hold (34.8 years).
  case linkTooSlow(link: String, seconds: Double)
  /// The impedances of all links together leave no room for sums.
  case impedanceOverflow
}

extension TransportGraphError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .duplicateNode(let id): "node \(id) occurs twice"
    case .duplicateLink(let id): "link \(id) occurs twice"
    case .nonFiniteCoordinate(let node): "node \(node): the coordinate is not a number"
    case .unknownNode(let link, let node): "link \(link): there is no node \(node)"
    case .selfLoop(let link, let node): "link \(link) starts and ends at node \(node)"
    case .badLength(let link, let meters):
      "link \(link): length \(meters) m; expected above 0 (a crossing or transfer may be 0) and at "
        + "most \(TransportGraph.maximumLengthMeters) m"
    case .badSpeed(let link, let speed): "link \(link): speed \(speed) km/h; expected 1 to 400"
    case .badDwell(let link, let dwell):
      "link \(link): dwell low \(dwell.low), mode \(dwell.mode), high \(dwell.high) h; expected "
        + "0 ≤ low ≤ mode ≤ high ≤ \(ImpedanceProfile.maximumDwellHours)"
    case .dwellOnWay(let link): "link \(link): only a crossing or a transfer has a dwell"
    case .tooManyNodes(let count, let maximum): "\(count) nodes; at most \(maximum) are supported"
    case .tooManyLinks(let count, let maximum): "\(count) links; at most \(maximum) are supported"
    case .missingSpeed(let link, let mode):
      "link \(link) states no speed and the impedance profile has none for \(mode.rawValue)"
    case .badProfile(let error): error.description
    case .badDelay(let seconds): "a delay of \(seconds) s; expected 0 or more"
    case .badFactor(let factor): "a travel-time factor of \(factor); expected 1 or more"
    case .linkTooSlow(let link, let seconds):
      "link \(link): \(seconds) s; expected at most "
        + "\(Double(PackedArc.maximumImpedance) / 1000) s (34.8 years)"
    case .impedanceOverflow:
      "the impedances of all links together reach 2^62 ms or mm; expected less, so that sums fit"
    }
  }
}
