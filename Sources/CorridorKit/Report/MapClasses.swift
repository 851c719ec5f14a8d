import Foundation

/// Classes of equal width with round bounds, for a legend that can be read aloud.
struct MapClasses {
  let first: Double
  let step: Double
  let count: Int

  /// At most five classes from `minimum` to `maximum`; nil when there is nothing between them.
  ///
  /// The width is the least of some round numbers times a power of ten that needs no more.
  ///
  /// - Parameter isCounted: Whether the bounds are whole numbers, as for counts.
  init?(
    from minimum: Double, to maximum: Double, atMost limit: Int = ColorScale.steps.count,
    isCounted: Bool = false
  ) {
    // Below the least normal number a width has no power of ten that a number could hold.
    guard maximum - minimum >= .leastNormalMagnitude, (maximum - minimum).isFinite else {
      return nil
    }
    var power = pow(10, floor(log10((maximum - minimum) / Double(limit))))
    while true {
      for factor in [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8] {
        let step = factor * power
        if isCounted && step != step.rounded() { continue }
        let first = floor(minimum / step)
        // A value that is a bound but for the rounding of numbers needs no class more.
        let last = ceil(maximum / step - 1e-9)
        if Int(last - first) <= limit {
          (self.first, self.step, count) = (first * step, step, Int(last - first))
          return
        }
      }
      power *= 10
    }
  }

  /// At most five classes from the least to the largest of some values; nil where there are none.
  ///
  /// Equal values share one class, between the whole numbers around them.
  init?(of values: [Double]) {
    guard let least = values.min(), let largest = values.max() else { return nil }
    if let classes = MapClasses(from: least, to: largest) {
      self = classes
    } else {
      (first, step, count) = (ceil(largest) - 1, 1, 1)
    }
  }

  /// The class of a value: above its lower bound, up to and including its upper one.
  func index(of value: Double) -> Int {
    min(max(Int(ceil((value - first) / step - 1e-9)) - 1, 0), count - 1)
  }

  /// For example `10–20`, or `−5 to 0`, for a dash is too like a sign.
  func label(_ index: Int) -> String {
    let (lower, upper) = (first + Double(index) * step, first + Double(index + 1) * step)
    return shown(lower) + (first < 0 ? " to " : "–") + shown(upper)
  }

  /// A bound with no more digits than the width needs, however narrow it is.
  func shown(_ bound: Double) -> String {
    let digits = (0...17).first { digits in
      let scaled = step * pow(10, Double(digits))
      return scaled > 0.5 && abs(scaled - scaled.rounded()) < 1e-6 * scaled
    }
    guard let digits else {
      return String(format: "%.2g", locale: Locale(identifier: "en_US_POSIX"), bound)
    }
    return Shown.fixed(bound, digits).replacing("-", with: "−")
  }
}

/// One way to colour the provinces: the style of each and what the styles mean.
///
/// Styles are names that the style sheet gives colours for: `none`, `s1` to `s5`, `d1` to `d5`
/// (`d3` for no change) and `missing`.
struct MapMeasure {
  let id: String
  let title: String
  /// What is shown, with its unit.
  let definition: String
  let styles: [String: String]
  let legend: [(style: String, label: String)]

  private static let missing = "missing"

  /// - Parameters:
  ///   - values: By province; nil for no data.
  ///   - none: What 0 means, where it has a colour of its own; the classes then begin at 0.
  init(
    id: String, title: String, definition: String, amounts values: [String: Double?], none: String?
  ) {
    (self.id, self.title, self.definition) = (id, title, definition)
    let known = values.values.compactMap(\.self)
    let classes =
      none == nil ? MapClasses(of: known) : MapClasses(from: 0, to: known.max() ?? 0)
    styles = values.mapValues { value in
      guard let value else { return Self.missing }
      guard let classes, none == nil || value > 0 else { return "none" }
      return "s\(classes.index(of: value) + 1)"
    }
    legend =
      (none.map { [("none", $0)] } ?? [])
      + (0..<(classes?.count ?? 0)).compactMap { index in
        classes.map { ("s\(index + 1)", $0.label(index)) }
      } + Self.missingEntry(styles)
  }

  /// - Parameter smallest: A change below this counts as none: it would be shown as 0.
  init(
    id: String, title: String, definition: String, changes values: [String: Double?],
    smallest: Double
  ) {
    (self.id, self.title, self.definition) = (id, title, definition)
    let largest = values.values.compactMap(\.self).map(abs).max() ?? 0
    let classes = largest < smallest ? nil : MapClasses(from: 0, to: largest, atMost: 2)
    styles = values.mapValues { value in
      guard let value else { return Self.missing }
      guard let classes, abs(value) >= smallest else { return "d3" }
      let index = classes.index(of: abs(value)) + 1
      return "d\(3 + (value < 0 ? -index : index))"
    }
    var legend: [(style: String, label: String)] = [("d3", "no change")]
    if let classes {
      let steps = (0..<classes.count).map { index in
        (
          index + 1, classes.shown(Double(index) * classes.step),
          classes.shown(Double(index + 1) * classes.step)
        )
      }
      legend =
        steps.reversed().map { ("d\(3 - $0)", "−\($2) to " + ($0 == 1 ? "0" : "−\($1)")) }
        + legend
        + steps.map { ("d\(3 + $0)", ($0 == 1 ? "0" : "+\($1)") + " to +\($2)") }
    }
    self.legend = legend + Self.missingEntry(styles)
  }

  private static func missingEntry(_ styles: [String: String]) -> [(style: String, label: String)] {
    styles.values.contains(missing) ? [(missing, "no data")] : []
  }
}
