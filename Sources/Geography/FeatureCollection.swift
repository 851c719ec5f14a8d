/// A GeoJSON feature with typed properties.
public struct Feature<Properties: Sendable>: Sendable {
  /// The feature's identifier; an integer in the file is kept as its digits. Nil when there is none.
  public var id: String?
  /// Where it is; nil for the `null` of an unlocated feature.
  public var geometry: Geometry?
  /// What is known about it.
  public var properties: Properties

  /// A feature from its parts.
  public init(id: String? = nil, geometry: Geometry?, properties: Properties) {
    self.id = id
    self.geometry = geometry
    self.properties = properties
  }
}

/// A GeoJSON feature collection with typed properties.
public struct FeatureCollection<Properties: Sendable>: Sendable {
  /// The features in the file's order.
  public var features: [Feature<Properties>]
  /// From the foreign member `metric`; WGS 84 when there is none.
  public var metric: LengthMetric
  /// The foreign member `name`, if there is one.
  public var name: String?
  /// What reading mended, one line each: outer rings that ran clockwise, holes that did not.
  public var repairs: [String]

  /// A collection from its features.
  public init(
    features: [Feature<Properties>], metric: LengthMetric = .wgs84, name: String? = nil,
    repairs: [String] = []
  ) {
    self.features = features
    self.metric = metric
    self.name = name
    self.repairs = repairs
  }
}

extension Feature: Equatable where Properties: Equatable {}
extension FeatureCollection: Equatable where Properties: Equatable {}
