import Foundation

extension IndexFramework {
  /// Reads a framework from a JSON file.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: ``RiskIndexError/unreadable(file:reason:)`` or
  ///   ``RiskIndexError/invalidFramework(file:indicator:field:value:expected:)``.
  public init(contentsOf path: String) throws(RiskIndexError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(file: path, reason: error.localizedDescription)
    }
    try self.init(json: data, file: path)
  }

  /// Reads a framework from JSON in memory.
  ///
  /// - Parameters:
  ///   - json: UTF-8 JSON.
  ///   - file: What error messages call it.
  /// - Throws: ``RiskIndexError/invalidFramework(file:indicator:field:value:expected:)``.
  public init(json: Data, file: String) throws(RiskIndexError) {
    do {
      self = try JSONDecoder().decode(IndexFramework.self, from: json)
    } catch let error as DecodingError {
      throw Self.located(error, json: json, file: file)
    } catch {
      throw .invalidFramework(
        file: file, indicator: nil, field: "file", value: error.localizedDescription,
        expected: "a JSON object in UTF-8")
    }
    try validate(file: file)
  }

  /// `supplements` and `context` may be left out of a file.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    edition = try container.decode(String.self, forKey: .edition)
    name = try container.decode(String.self, forKey: .name)
    source = try container.decode(String.self, forKey: .source)
    dimensions = try container.decode([Dimension].self, forKey: .dimensions)
    indicators = try container.decode([Indicator].self, forKey: .indicators)
    supplements = try container.decodeIfPresent([Indicator].self, forKey: .supplements) ?? []
    context = try container.decodeIfPresent([ContextVariable].self, forKey: .context) ?? []
  }

  /// Names the indicator, the field and the value that a decoding error is about.
  private static func located(
    _ error: DecodingError, json: Data, file: String
  ) -> RiskIndexError {
    let path: [any CodingKey]
    switch error {
    case .keyNotFound(let key, let context): path = context.codingPath + [key]
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      path = context.codingPath
    @unknown default: path = []
    }
    guard let last = path.last(where: { $0.intValue == nil }) else {
      return .invalidFramework(
        file: file, indicator: nil, field: "file", value: "not JSON",
        expected: "a JSON object in UTF-8")
    }
    var value: Any? = try? JSONSerialization.jsonObject(with: json)
    var indicator: String?
    for key in path {
      if let index = key.intValue {
        let list = value as? [Any] ?? []
        value = list.indices.contains(index) ? list[index] : nil
        indicator = (value as? [String: Any])?["id"] as? String ?? "number \(index + 1)"
      } else {
        value = (value as? [String: Any])?[key.stringValue]
      }
    }
    return .invalidFramework(
      file: file, indicator: indicator, field: last.stringValue,
      value: value.map { "\($0)" } ?? "absent", expected: expectation(of: last.stringValue))
  }

  private static func expectation(of field: String) -> String {
    switch field {
    case "direction": oneOf(Indicator.Direction.allCases.map(\.rawValue))
    case "availability": oneOf(Indicator.Availability.allCases.map(\.rawValue))
    case "kind": oneOf(Indicator.Kind.allCases.map(\.rawValue))
    case "weight", "low", "high", "target": "a number"
    case "overlaps_exposure": "true or false"
    case "dimensions", "indicators", "supplements", "context": "a list"
    case "goalposts": "an object with low, high, source"
    default: "a string"
    }
  }

  private static func oneOf(_ values: [String]) -> String {
    "one of " + values.map { "\"\($0)\"" }.joined(separator: ", ")
  }
}
