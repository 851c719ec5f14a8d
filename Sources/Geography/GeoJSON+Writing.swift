import Foundation

extension GeoJSON {
  /// Writes a feature collection after RFC 7946, the same bytes for the same value.
  ///
  /// One feature a line; `type` first, since readers that look at the start of a file know it by that,
  /// and the members of properties sorted. Coordinates are rounded to 7 decimals (1 cm of longitude at
  /// most), outer rings counter-clockwise, holes clockwise, rings closed.
  ///
  /// - Parameters:
  ///   - collection: Its `repairs` are not written.
  ///   - includesBoundingBox: Whether to add the collection's `bbox`.
  ///   - file: The name to use in errors.
  /// - Returns: UTF-8 text that ends with a line feed.
  /// - Throws: `GeoJSONError` for a number that is not finite or properties that cannot be encoded as an
  ///   object.
  /// - Complexity: O(n) in the bytes.
  public static func write<Properties: Encodable & Sendable>(
    _ collection: FeatureCollection<Properties>, includesBoundingBox: Bool = false,
    file: String = "output"
  ) throws(GeoJSONError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = "{\"type\": \"FeatureCollection\","
    if let name = collection.name { text += "\n\"name\": \(quoted(name))," }
    if case .planar(let metersPerUnit) = collection.metric {
      text +=
        "\n\"metric\": {\"type\": \"planar\", \"meters_per_unit\": \(shortest(metersPerUnit))},"
    }
    let positions = collection.features.lazy.compactMap(\.geometry).flatMap(\.positions)
    if includesBoundingBox, let box = BoundingBox(positions) {
      let numbers = [box.minimum, box.maximum].flatMap { [$0.longitude, $0.latitude] }
      text += "\n\"bbox\": [\(numbers.map(rounded).joined(separator: ", "))],"
    }
    text += "\n\"features\": ["
    for (index, feature) in collection.features.enumerated() {
      text += index == 0 ? "\n{\"type\": \"Feature\"" : ",\n{\"type\": \"Feature\""
      if let id = feature.id { text += ", \"id\": \(quoted(id))" }
      if let bad = feature.geometry?.positions.first(where: { !$0.isFinite }) {
        throw GeoJSONError(
          file: file, featureIndex: index, featureID: feature.id, field: "geometry",
          value: "at \(bad)", expected: "finite coordinates")
      }
      text += ", \"properties\": "
      do {
        let data = try encoder.encode(feature.properties)
        guard data.first == UInt8(ascii: "{") else {
          throw EncodingError.invalidValue(
            feature.properties, .init(codingPath: [], debugDescription: "not an object"))
        }
        text += String(decoding: data, as: UTF8.self)
      } catch {
        throw fault(error, in: feature, index: index, file: file)
      }
      text += ", \"geometry\": "
      if let geometry = feature.geometry { append(geometry, to: &text) } else { text += "null" }
      text += "}"
    }
    text += "\n]}\n"
    return Data(text.utf8)
  }

  private static func fault<Properties>(
    _ error: any Error, in feature: Feature<Properties>, index: Int, file: String
  ) -> GeoJSONError {
    var field = "properties"
    var value = "\(error)"
    if case EncodingError.invalidValue(let bad, let context) = error {
      let path = fieldName(context.codingPath)
      if !path.isEmpty { field += "." + path }
      value = path.isEmpty ? context.debugDescription : "\(bad)"
    }
    return GeoJSONError(
      file: file, featureIndex: index, featureID: feature.id, field: field, value: value,
      expected: "an object of finite numbers, strings, booleans, arrays and objects")
  }

  private static func append(_ geometry: Geometry, to text: inout String) {
    text += "{\"type\": \"\(geometry.typeName)\", "
    if case .geometryCollection(let members) = geometry {
      text += "\"geometries\": "
      list(members, to: &text) { append($0, to: &$1) }
    } else {
      text += "\"coordinates\": "
      appendCoordinates(of: geometry, to: &text)
    }
    text += "}"
  }

  private static func appendCoordinates(of geometry: Geometry, to text: inout String) {
    switch geometry {
    case .point(let position): append(position, to: &text)
    case .multiPoint(let line), .lineString(let line): list(line, to: &text, append)
    case .multiLineString(let lines):
      list(lines, to: &text) { list($0, to: &$1, append) }
    case .polygon(let rings): append(rings: rings, to: &text)
    case .multiPolygon(let parts): list(parts, to: &text) { append(rings: $0, to: &$1) }
    case .geometryCollection: break
    }
  }

  private static func append(rings: [[Coordinate]], to text: inout String) {
    let oriented = rings.enumerated().map { index, ring in
      var ring = ring
      if let first = ring.first, ring.last != first { ring.append(first) }
      let area = Polygon.planarSignedArea(ofRing: ring)
      return (index == 0 ? area < 0 : area > 0) ? ring.reversed() : ring
    }
    list(oriented, to: &text) { list($0, to: &$1, append) }
  }

  private static func list<Item>(
    _ items: [Item], to text: inout String, _ append: (Item, inout String) -> Void
  ) {
    text += "["
    for (index, item) in items.enumerated() {
      if index > 0 { text += ", " }
      append(item, &text)
    }
    text += "]"
  }

  private static func append(_ position: Coordinate, to text: inout String) {
    text += "[\(rounded(position.longitude)), \(rounded(position.latitude))]"
  }

  /// A finite number to 7 decimals, without trailing zeros or an exponent.
  static func rounded(_ number: Double) -> String {
    let scale = 1e7
    let scaled = (number * scale).rounded()
    // Beyond this a double has no seventh decimal anyway.
    guard abs(scaled) < 9e15 else { return shortest(number) }
    let magnitude = UInt64(abs(scaled))
    var text = scaled < 0 ? "-" : ""
    text += String(magnitude / 10_000_000)
    var fraction = magnitude % 10_000_000
    if fraction == 0 { return text }
    var digits = 7
    while fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    let tail = String(fraction)
    return text + "." + String(repeating: "0", count: digits - tail.count) + tail
  }

  private static func shortest(_ number: Double) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A string as JSON. Strings always encode; the empty one stands in where that is not known.
  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
