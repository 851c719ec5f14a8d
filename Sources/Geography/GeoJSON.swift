import Foundation

/// Reading and writing GeoJSON (RFC 7946) with typed properties.
public enum GeoJSON {
  /// Reads a feature collection from a file; see `read(_:from:file:)`.
  ///
  /// - Throws: `GeoJSONError`, also when the file cannot be read.
  public static func readCollection<Properties: Decodable & Sendable>(
    _ type: Properties.Type, contentsOf path: String
  ) throws(GeoJSONError) -> FeatureCollection<Properties> {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw GeoJSONError(
        file: path, value: "cannot be read (\(SystemReason.notReading(path, error)))",
        expected: "a readable file")
    }
    return try read(type, from: data, file: path)
  }

  /// Reads a feature collection.
  ///
  /// Members that RFC 7946 and the properties' type do not name are ignored. A ring that runs the wrong
  /// way round is turned and reported in `repairs`; nothing else is mended. `null` or absent properties
  /// are read as an empty object. A decoder of properties may name its own expectation by throwing
  /// `DecodingError.dataCorrupted` with a description that begins with "expected ".
  ///
  /// - Parameters:
  ///   - type: The properties of every feature.
  ///   - data: UTF-8 text, with or without a byte order mark.
  ///   - file: The name to use in errors.
  /// - Returns: The features in the file's order.
  /// - Throws: `GeoJSONError` for the first fault: not text, not JSON, a member that is missing or of
  ///   the wrong type, a position out of range, a line or ring too short, a ring open or crossing
  ///   itself, an identifier used twice.
  /// - Complexity: O(n) in the bytes, O(v log v) in the vertices of polygons.
  public static func read<Properties: Decodable & Sendable>(
    _ type: Properties.Type, from data: Data, file: String
  ) throws(GeoJSONError) -> FeatureCollection<Properties> {
    let text = try checkedText(data, file: file)
    let document: Document<Properties>
    do {
      document = try JSONDecoder().decode(Document<Properties>.self, from: text)
    } catch let error as DecodingError {
      throw describe(error, in: text, file: file) { part in
        (try? JSONDecoder().decode(Document<Properties>.self, from: part)) != nil
      }
    } catch {
      throw GeoJSONError(file: file, value: "\(error)", expected: "a FeatureCollection")
    }
    var collection = FeatureCollection(
      features: document.features.map(\.feature),
      metric: document.metric?.metric ?? .wgs84, name: document.name)
    try check(&collection, file: file)
    return collection
  }

  /// The data without a byte order mark, if it is text at all.
  private static func checkedText(_ data: Data, file: String) throws(GeoJSONError) -> Data {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = data.starts(with: mark) ? Data(data.dropFirst(mark.count)) : data
    let expected = "a GeoJSON FeatureCollection"
    if text.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) {
      throw GeoJSONError(file: file, value: "is empty", expected: expected)
    }
    guard String(validating: text, as: UTF8.self) != nil else {
      throw GeoJSONError(file: file, value: "is not UTF-8", expected: "UTF-8 text")
    }
    return text
  }
}

/// A feature collection as it stands in the file.
struct Document<Properties: Decodable & Sendable>: Decodable {
  /// The foreign member that makes a file planar.
  struct Metric: Decodable {
    let metric: LengthMetric

    private enum CodingKeys: String, CodingKey {
      case type
      case metersPerUnit = "meters_per_unit"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: CodingKeys.self)
      switch try object.decode(String.self, forKey: .type) {
      case "wgs84":
        metric = .wgs84
      case "planar":
        let metersPerUnit = try object.decode(Double.self, forKey: .metersPerUnit)
        // From millimetres to more than any planet: lengths and their squares stay far from overflow.
        guard metersPerUnit >= 1e-3, metersPerUnit <= 1e9 else {
          throw DecodingError.dataCorruptedError(
            forKey: .metersPerUnit, in: object,
            debugDescription: "expected a number from 0.001 to 1000000000")
        }
        metric = .planar(metersPerUnit: metersPerUnit)
      default:
        throw DecodingError.dataCorruptedError(
          forKey: .type, in: object, debugDescription: "expected \"wgs84\" or \"planar\"")
      }
    }
  }

  /// A feature as it stands in the file.
  struct Item: Decodable {
    let feature: Feature<Properties>

    private enum CodingKeys: String, CodingKey {
      case type, id, geometry, properties
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: CodingKeys.self)
      let type = try object.decode(String.self, forKey: .type)
      guard type == "Feature" else {
        throw DecodingError.dataCorruptedError(
          forKey: .type, in: object, debugDescription: "expected \"Feature\"")
      }
      // Absent is an error, null an unlocated feature.
      let geometry =
        try object.decodeNil(forKey: .geometry)
        ? nil : object.decode(Geometry.self, forKey: .geometry)
      let properties: Properties
      if try object.contains(.properties) && !object.decodeNil(forKey: .properties) {
        properties = try object.decode(Properties.self, forKey: .properties)
      } else {
        do {
          properties = try JSONDecoder().decode(Properties.self, from: Data("{}".utf8))
        } catch DecodingError.keyNotFound(let key, _) {
          throw DecodingError.dataCorruptedError(
            forKey: .properties, in: object,
            debugDescription: "expected an object with \(key.stringValue)")
        }
      }
      feature = Feature(id: try Self.id(in: object), geometry: geometry, properties: properties)
    }

    private static func id(
      in object: KeyedDecodingContainer<CodingKeys>
    ) throws -> String? {
      guard object.contains(.id) else { return nil }
      if let text = try? object.decode(String.self, forKey: .id) { return text }
      if let number = try? object.decode(Int.self, forKey: .id) { return String(number) }
      throw DecodingError.dataCorruptedError(
        forKey: .id, in: object, debugDescription: "expected a string or an integer")
    }
  }

  /// The member that RFC 7946 took away and that older files still carry: harmless where it says what
  /// RFC 7946 says, fatal where it says anything else.
  struct ReferenceSystem: Decodable {
    struct Properties: Decodable { let name: String }
    let properties: Properties

    var isWGS84: Bool {
      ["CRS84", "4326"].contains { properties.name.uppercased().hasSuffix($0) }
    }
  }

  let features: [Item]
  let metric: Metric?
  let name: String?

  private enum CodingKeys: String, CodingKey {
    case type, crs, features, metric, name
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    let type = try object.decode(String.self, forKey: .type)
    guard type == "FeatureCollection" else {
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: object, debugDescription: "expected \"FeatureCollection\"")
    }
    if let system = try object.decodeIfPresent(ReferenceSystem.self, forKey: .crs), !system.isWGS84
    {
      throw DecodingError.dataCorruptedError(
        forKey: .crs, in: object,
        debugDescription:
          "expected none, for GeoJSON is longitude and latitude on WGS 84 (RFC 7946)")
    }
    metric = try object.decodeIfPresent(Metric.self, forKey: .metric)
    // A name that is not a string is somebody else's member.
    name = try? object.decodeIfPresent(String.self, forKey: .name)
    features = try object.decode([Item].self, forKey: .features)
  }
}
