/// What is measured of transport, to stand beside a framework's dimensions with a share of its own.
public struct IndexExposure: Sendable, Hashable {
  /// What the measure is, for readers.
  public var name: String
  /// The measure for each unit, in ``measureUnit``; a higher value is a higher risk. A unit that no
  /// corridor touches has the value 0; a unit without a value has no score with exposure.
  public var values: [String: Double]
  /// What the measure is measured in.
  public var measureUnit: String
  /// The share of the whole score that is exposure's, in 0 ..< 1, whatever the number of dimensions
  /// that have data. 0 gives exactly the result without exposure.
  public var share: Double
  /// The ends of its scale, if they are fixed; else the range of the values.
  public var goalposts: Indicator.Goalposts?
  /// The range of another state, such as that without a closure: values are placed on it and may lie
  /// beyond it, so that two states are told on one scale. Only where exposure has no goalposts, and by
  /// goalposts or min-max; nil for the range of the values themselves.
  public var scale: ClosedRange<Double>?

  /// Exposure from its parts. The default share, 1/6, is that of one among six equal blocks.
  public init(
    name: String, values: [String: Double], measureUnit: String, share: Double = 1.0 / 6,
    goalposts: Indicator.Goalposts? = nil, scale: ClosedRange<Double>? = nil
  ) {
    self.name = name
    self.values = values
    self.measureUnit = measureUnit
    self.share = share
    self.goalposts = goalposts
    self.scale = scale
  }
}

extension IndexFramework {
  /// The identifier of the dimension and of the indicator that hold exposure.
  public static let exposureID = "corridor_exposure"

  /// This framework with exposure as a dimension of the index with one indicator in it. It is beside
  /// the framework's count: coverage leaves it out.
  ///
  /// - Throws: ``RiskIndexError/invalidFramework(file:indicator:field:value:expected:)`` if the
  ///   framework has an entry of that name.
  public func adding(_ exposure: IndexExposure) throws(RiskIndexError) -> IndexFramework {
    var framework = self
    let id = Self.exposureID
    guard !dimensions.map(\.id).contains(id), !tableIdentifiers.contains(id) else {
      throw .invalidFramework(
        file: name, indicator: id, field: "id", value: id,
        expected: "another name, for this one is that of exposure")
    }
    framework.exposure = id
    framework.dimensions.append(Dimension(id: id, name: exposure.name))
    // A supplement, so that its place among the indicators shifts nobody else's.
    framework.supplements.append(
      Indicator(
        id: id, name: exposure.name, dimension: id, direction: .increasing,
        goalposts: exposure.goalposts, unit: exposure.measureUnit))
    return framework
  }

  /// Whether an entry is the exposure that ``adding(_:)`` put in.
  func isExposure(_ id: String) -> Bool { id == exposure }
}
