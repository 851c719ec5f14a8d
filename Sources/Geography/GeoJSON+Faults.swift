import Foundation

extension GeoJSON {
  /// Turns a decoding error into the file's terms. The value at fault is found by parsing the text a
  /// second time, which only a faulty file pays for.
  ///
  /// - Parameter isReadable: Whether a text can be decoded, to find the place of an error that has none.
  static func describe(
    _ error: DecodingError, in text: Data, file: String, isReadable: (Data) -> Bool
  ) -> GeoJSONError {
    let root: Any
    do {
      root = try JSONSerialization.jsonObject(with: text, options: [.fragmentsAllowed])
    } catch {
      let reason = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
      let detail = reason.map { " (\($0.trimmingCharacters(in: ["."])))" } ?? ""
      return GeoJSONError(
        file: file, value: "is not valid JSON\(detail)",
        expected: "a complete GeoJSON FeatureCollection")
    }
    var (path, expected) = expectation(of: error)
    if !(root is [String: Any]) && path.isEmpty {
      return GeoJSONError(
        file: file, value: "holds \(excerpt(root))", expected: "a GeoJSON FeatureCollection")
    }
    if path.isEmpty, let root = root as? [String: Any],
      let number = numberOfNoSuchType(root, file: file, isReadable)
    {
      return number
    }
    var featureIndex: Int?
    var node: Any? = root
    if path.count >= 2, path[0].stringValue == "features", let index = path[1].intValue {
      featureIndex = index
      node = descend(root, Array(path.prefix(2)))
      path.removeFirst(2)
    }
    let feature = node as? [String: Any]
    let value = descend(node, path)
    let id = featureIndex == nil ? nil : feature?["id"].flatMap(identifier)
    return GeoJSONError(
      file: file, featureIndex: featureIndex, featureID: id,
      field: path.isEmpty ? "feature" : fieldName(path),
      value: value.map(excerpt), expected: expected)
  }

  /// A property that holds a number where an integer is asked for. The decoder does not tell its place: it
  /// is the member without which a feature can be read.
  private static func numberOfNoSuchType(
    _ root: [String: Any], file: String, _ isReadable: (Data) -> Bool
  ) -> GeoJSONError? {
    guard let features = root["features"] as? [Any] else { return nil }
    func canRead(_ feature: Any) -> Bool {
      var part = root
      part["features"] = [feature]
      return (try? JSONSerialization.data(withJSONObject: part)).map(isReadable) ?? true
    }
    for (index, element) in features.enumerated() where !canRead(element) {
      guard var feature = element as? [String: Any],
        let properties = feature["properties"] as? [String: Any]
      else { return nil }
      for name in properties.keys.sorted() {
        var others = properties
        let value = others.removeValue(forKey: name)
        feature["properties"] = others
        guard canRead(feature) else { continue }
        return GeoJSONError(
          file: file, featureIndex: index, featureID: feature["id"].flatMap(identifier),
          field: "properties.\(name)", value: value.map(excerpt), expected: "an integer")
      }
      return nil
    }
    return nil
  }

  /// The path of the member at fault and what should have stood there.
  private static func expectation(
    of error: DecodingError
  ) -> (path: [any CodingKey], expected: String) {
    switch error {
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return (context.codingPath, phrase(for: type))
    case .keyNotFound(let key, let context):
      return (context.codingPath + [key], "a value")
    case .dataCorrupted(let context):
      let text = context.debugDescription
      let prefix = "expected "
      return (
        context.codingPath,
        text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : "a valid value (\(text))"
      )
    @unknown default:
      return ([], "a valid value")
    }
  }

  private static func phrase(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "an integer"
    case is any BinaryFloatingPoint.Type: "a number"
    case is any ArrayLike.Type: "an array"
    default: "an object"
    }
  }

  private static func descend(_ root: Any?, _ path: [any CodingKey]) -> Any? {
    path.reduce(root) { node, key in
      if let index = key.intValue, let array = node as? [Any] {
        return array.indices.contains(index) ? array[index] : nil
      }
      return (node as? [String: Any])?[key.stringValue]
    }
  }

  /// A coding path as `properties.history[2].from`.
  static func fieldName(_ path: [any CodingKey]) -> String {
    path.reduce("") { name, key in
      if let index = key.intValue { return "\(name)[\(index)]" }
      return name.isEmpty ? key.stringValue : "\(name).\(key.stringValue)"
    }
  }

  private static func identifier(_ value: Any) -> String? {
    switch value {
    case let text as String: text
    case let number as NSNumber: number.stringValue
    default: nil
    }
  }

  /// A value as JSON in at most 60 characters.
  static func excerpt(_ value: Any) -> String {
    let data = try? JSONSerialization.data(
      withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
    let text = data.flatMap { String(validating: $0, as: UTF8.self) } ?? "\(value)"
    return text.count <= 60 ? text : text.prefix(57) + "..."
  }
}

/// Arrays of any element, so that a type can be asked whether it is one.
private protocol ArrayLike {}
extension Array: ArrayLike {}
