extension YAMLReading {
  /// File, line and keys, for errors that only show when the value meets a network.
  var location: String {
    guard case .invalidValue(let file, let place, _, _) = fault(expected: "") else { return file }
    return "\(file): \(place.hasSuffix(",") ? String(place.dropLast()) : place)"
  }

  /// A whole number.
  func count(in range: ClosedRange<Int>) throws(CorridorKitError) -> Int {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let text = try? string(), let count = Int(text), range.contains(count) else {
      throw fault(expected: expected)
    }
    return count
  }

  /// `true` or `false`.
  func flag() throws(CorridorKitError) -> Bool {
    switch try? string() {
    case "true": return true
    case "false": return false
    default: throw fault(expected: "true or false")
    }
  }

  /// A formula, with the column of its fault in the error.
  func formula(_ text: String, variables: [String]) throws(CorridorKitError) -> Formula {
    do {
      return try Formula(text, variables: variables)
    } catch {
      throw fault(expected: "a formula: \(error)")
    }
  }
}
