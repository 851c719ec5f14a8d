/// The province whose exposure a study of closures watches, as reports tell it.
public struct CriticalityFocus: Encodable, Sendable, Hashable {
  /// The province's id.
  public let id: String
  /// What a reader calls it.
  public let name: String
  /// `length`, `time` or `entering`: changes are in mass × metres, mass × seconds or mass.
  public let measure: String

  private enum CodingKeys: CodingKey { case id, name, measure }

  /// Nil where the study watches none.
  init?(_ study: ClosureStudy) {
    guard let focus = study.focus else { return nil }
    let unit = study.analysis.matrix.units.units[focus.unit]
    (id, name, measure) = (unit.id, unit.name, focus.measure.rawValue)
  }

  /// The unit that tables show, after ``shown(_:)``.
  var unitName: String {
    switch ExposureMeasure(rawValue: measure) {
    case .length: "km"
    case .time: "h"
    case .entering, nil: "mass"
    }
  }

  func shown(_ value: Double) -> Double {
    switch ExposureMeasure(rawValue: measure) {
    case .length: value / 1000
    case .time: value / 3600
    case .entering, nil: value
    }
  }
}

extension CriticalElement.Kind: Encodable {}
extension CriticalityMeasure: Encodable {}

extension CriticalityMeasure {
  /// What tables call it.
  var title: String {
    switch self {
    case .lost: "lost mass"
    case .hours: "extra hours"
    case .displaced: "displaced entering mass"
    case .province: "change in the province"
    }
  }

  /// The unit of values in tables.
  func shown(_ value: Double, _ focus: CriticalityFocus?) -> Double {
    switch self {
    case .lost, .displaced: value
    case .hours: value / 3600
    case .province: focus?.shown(value) ?? value
    }
  }
}

extension CriticalElement {
  /// How maps draw it: in the colour of a value on a diverging scale.
  func style(_ value: Double, largest: Double) -> [String: PropertyValue] {
    let color = PropertyValue.text(ColorScale.diverging(value, maximum: largest))
    return if case .point = geometry {
      ["marker-color": color]
    } else {
      ["stroke": color, "stroke-width": 3]
    }
  }
}

/// What stands under every table about closures.
enum CriticalityNotes {
  static func lines(_ manifest: Manifest, warnings: [String]) -> [String] {
    warnings.map { wrapped("Warning: \($0)") }
      + [
        wrapped(
          "It tells where closures push exposure, not where controls are weak. \(manifest.notice)")
      ]
  }
}
