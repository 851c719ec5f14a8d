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

  /// Names the indicator, the path of keys and the value that a decoding error is about, or the line and
  /// column where a text stops being JSON.
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
    var value: Any?
    do {
      value = try JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
    } catch {
      let fault = syntaxFault(error, in: json)
      return .invalidFramework(
        file: file, indicator: nil, field: fault.place, value: fault.value,
        expected: "a JSON object in UTF-8")
    }
    guard let last = path.last else {
      return .invalidFramework(
        file: file, indicator: nil, field: "file", value: "another JSON value",
        expected: "a JSON object in UTF-8")
    }
    var indicator: String?
    var field = ""
    for key in path {
      if let index = key.intValue {
        field += "[\(index)]"
        let list = value as? [Any] ?? []
        value = list.indices.contains(index) ? list[index] : nil
        indicator = (value as? [String: Any])?["id"] as? String
      } else {
        field += (field.isEmpty ? "" : ".") + key.stringValue
        value = (value as? [String: Any])?[key.stringValue]
      }
    }
    return .invalidFramework(
      file: file, indicator: indicator, field: field, value: value.map { "\($0)" } ?? "absent",
      expected: last.intValue == nil ? expectation(of: last.stringValue) : "an object")
  }

  /// Where a text stops being JSON and why, as far as Foundation's parser tells: by an offset in bytes
  /// within a sentence.
  private static func syntaxFault(_ error: any Error, in json: Data) -> (
    place: String, value: String
  ) {
    let told = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? ""
    guard let match = told.firstMatch(of: /(.*) around character (\d+)/),
      let offset = Int(match.2), offset <= json.count
    else {
      return ("file", "not JSON" + (told.isEmpty ? "" : " (\(told.split(separator: ".")[0]))"))
    }
    let before = json.prefix(offset)
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? before.startIndex
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = String(decoding: before[lineStart...], as: UTF8.self).count + 1
    return ("line \(line), column \(column)", "not JSON (\(match.1))")
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
