import Geography

/// One feature of a GeoJSON file while it is turned into a value of the domain: it knows where it
/// stands, so that a fault can be told with file, feature, field and value.
struct FeatureReading<Properties: Decodable & Sendable> {
  let file: String
  let index: Int
  let feature: Feature<Properties>

  var properties: Properties { feature.properties }

  func fault(_ field: String?, _ value: (any CustomStringConvertible)?, _ expected: String)
    -> CorridorKitError
  {
    .geoJSON(
      GeoJSONError(
        file: file, featureIndex: index, featureID: feature.id, field: field,
        value: value.map { $0.description }, expected: expected))
  }

  func id() throws(CorridorKitError) -> String {
    guard let id = feature.id, !id.isEmpty else {
      throw fault("id", feature.id.map { "\"\($0)\"" }, "a feature id that is not empty")
    }
    return id
  }

  func required(_ field: String, _ value: String?) throws(CorridorKitError) -> String {
    guard let value, !value.isEmpty else {
      throw fault(field, value.map { "\"\($0)\"" } ?? "absent", "a text that is not empty")
    }
    return value
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ field: String, _ value: String?, default fallback: Choice? = nil
  ) throws(CorridorKitError) -> Choice where Choice.RawValue == String {
    if value == nil, let fallback { return fallback }
    guard let value, let choice = Choice(rawValue: value) else {
      let expected = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(field, value.map { "\"\($0)\"" } ?? "absent", "one of \(expected)")
    }
    return choice
  }

  func date(_ field: String, _ value: String?) throws(CorridorKitError) -> CalendarDate? {
    guard let value else { return nil }
    guard let date = CalendarDate(value) else {
      throw fault(field, "\"\(value)\"", "a date such as 2024-06-08")
    }
    return date
  }

  func point() throws(CorridorKitError) -> Coordinate {
    guard case .point(let coordinate) = feature.geometry else {
      throw fault("geometry", feature.geometry?.typeName ?? "null", "a Point")
    }
    return coordinate
  }
}

extension InputFile {
  /// The features of a GeoJSON file, each knowing its place in the file.
  func features<Properties: Decodable & Sendable>(_ type: Properties.Type)
    throws(CorridorKitError) -> (
      features: [FeatureReading<Properties>], metric: LengthMetric,
      repairs: [String]
    )
  {
    let collection: FeatureCollection<Properties>
    do {
      collection = try GeoJSON.read(type, from: data, file: path)
    } catch {
      throw .geoJSON(error)
    }
    let features = collection.features.enumerated().map {
      FeatureReading(file: path, index: $0.offset, feature: $0.element)
    }
    return (features, collection.metric, collection.repairs)
  }
}
