public import Foundation
public import Geography

/// A result that can be shown in several ways, all from the same value.
public protocol Report: Encodable {
  /// From what the result was made.
  var manifest: Manifest { get }
  /// For a person at a terminal.
  var text: String { get }
  /// For a spreadsheet: a header and rows.
  var csv: [[String]] { get }
  /// For a map; nil for a result that has no place on one.
  var features: [ReportFeature]? { get }
}

/// The ways in which a report is written.
public enum ReportFormat: String, Sendable, CaseIterable {
  case table, json, geojson, csv
}

extension Report {
  /// The report as the content of a file.
  ///
  /// - Throws: ``CorridorKitError/contradiction(_:)`` for a format that the report does not have, or
  ///   ``CorridorKitError/geoJSON(_:)`` for a position that is not finite.
  public func content(_ format: ReportFormat) throws(CorridorKitError) -> Data {
    switch format {
    case .table:
      return Data((text.escapingControlCharactersInLines + "\n").utf8)
    case .csv:
      return Data(csv.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined().utf8)
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      do {
        return try encoder.encode(self) + Data("\n".utf8)
      } catch {
        throw .mismatch("a number of the result is not finite and has no place in JSON")
      }
    case .geojson:
      guard let features else {
        throw .contradiction("this result has no geometry: use --format table, json or csv")
      }
      return try geoJSON(features, metric: manifest.metric)
    }
  }

  /// A field after RFC 4180.
  ///
  /// Scalar by scalar, as tables are read: a comma parts fields whatever accent stands behind it.
  private func quoted(_ field: String) -> String {
    let scalars = field.unicodeScalars
    guard scalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return field }
    var quoted = "\""
    for scalar in scalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

/// A feature of a report: an id, a geometry, and properties by name.
public struct ReportFeature: Sendable {
  /// The id of the feature.
  public var id: String
  /// Its geometry.
  public var geometry: Geometry
  /// Its properties by name.
  public var properties: [String: PropertyValue]

  /// A feature.
  public init(id: String, geometry: Geometry, properties: [String: PropertyValue]) {
    self.id = id
    self.geometry = geometry
    self.properties = properties
  }
}

/// The value of a GeoJSON property.
public enum PropertyValue: Sendable, Hashable, Encodable {
  case text(String)
  case number(Double)
  case integer(Int)
  case flag(Bool)
  case texts([String])
  case missing

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .texts(let value): try container.encode(value)
    case .missing: try container.encodeNil()
    }
  }
}

extension PropertyValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral
{
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }

  init(_ value: String?) { self = value.map { .text($0) } ?? .missing }
  init(_ value: Double?) { self = value.map { .number($0) } ?? .missing }
  init(_ value: Int?) { self = value.map { .integer($0) } ?? .missing }
}

/// Features as a GeoJSON FeatureCollection after RFC 7946.
public func geoJSON(
  _ features: [ReportFeature], metric: LengthMetric = .wgs84
) throws(CorridorKitError) -> Data {
  do {
    return try GeoJSON.write(
      FeatureCollection(
        features: features.map {
          Feature(id: $0.id, geometry: $0.geometry, properties: $0.properties)
        }, metric: metric))
  } catch {
    throw .geoJSON(error)
  }
}
