/// A fault in a GeoJSON file: where it is, what is there and what was expected.
public struct GeoJSONError: Error, Equatable, Sendable {
  /// The file's name as the caller gave it.
  public var file: String
  /// The feature's index in the file, from 0; nil when the fault is not in one feature.
  public var featureIndex: Int?
  /// The feature's identifier, if it has one.
  public var featureID: String?
  /// The member at fault, for example `properties.length_m` or `geometry.coordinates[3]`; nil when it
  /// is the whole file.
  public var field: String?
  /// The member's value as JSON, shortened; nil when it is missing. Of a whole file, what it is.
  public var value: String?
  /// What was expected instead.
  public var expected: String

  /// A fault from its parts.
  public init(
    file: String, featureIndex: Int? = nil, featureID: String? = nil, field: String? = nil,
    value: String? = nil, expected: String
  ) {
    self.file = file
    self.featureIndex = featureIndex
    self.featureID = featureID
    self.field = field
    self.value = value
    self.expected = expected
  }
}

extension GeoJSONError: CustomStringConvertible {
  /// The fault in one line:
  /// `roads.geojson: feature 12 (id "h12"): properties.length_m is "abc"; expected a number`.
  public var description: String {
    var line = file + ": "
    if let featureIndex {
      line += "feature \(featureIndex)"
      if let featureID { line += " (id \"\(featureID)\")" }
      line += ": "
    }
    if let field {
      line += value.map { "\(field) is \($0)" } ?? "\(field) is missing"
    } else {
      line += value ?? "is not usable"
    }
    return line + "; expected " + expected
  }
}
