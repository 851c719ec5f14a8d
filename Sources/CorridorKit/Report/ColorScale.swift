/// Colours for a value on a map: white for nothing, then five steps of the sequential scheme YlOrRd of
/// ColorBrewer (Harrower and Brewer 2003), which the colour-blind can tell apart.
struct ColorScale {
  static let steps = ["#ffffb2", "#fecc5c", "#fd8d3c", "#f03b20", "#bd0026"]
  static let none = "#ffffff"
  /// The diverging scheme PuOr from much less to much more, with no change in the middle.
  static let changes = ["#5e3c99", "#b2abd2", "#f7f7f7", "#fdb863", "#e66101"]
  private let maximum: Double

  /// Equal steps from 0 to the largest value.
  init(_ values: [Double]) { maximum = values.max() ?? 0 }

  func color(_ value: Double) -> String {
    guard value > 0, maximum > 0 else { return Self.none }
    let step = Int(value / maximum * Double(Self.steps.count))
    return Self.steps[min(step, Self.steps.count - 1)]
  }

  /// Five steps of the diverging scheme PuOr: orange for more, purple for less.
  static func diverging(_ change: Double, maximum: Double) -> String {
    guard maximum > 0, change != 0 else { return changes[2] }
    let share = abs(change) / maximum
    if share < 0.01 { return changes[2] }
    return change > 0 ? changes[share > 0.5 ? 4 : 3] : changes[share > 0.5 ? 0 : 1]
  }
}

/// Colours for changes: the five steps of the diverging scheme PuOr of ColorBrewer, orange for more and
/// purple for less, in classes that lie alike on both sides of no change.
struct DivergingScale {
  private let classes: MapClasses?
  private let smallest: Double

  /// - Parameters:
  ///   - changes: All values that are to be compared.
  ///   - smallest: A change below this counts as none.
  init(_ changes: [Double], smallest: Double) {
    let largest = changes.map(abs).max() ?? 0
    classes = largest < smallest ? nil : MapClasses(from: 0, to: largest, atMost: 2)
    self.smallest = smallest
  }

  /// The colour of a change, and the bounds of its class: `−20 to −10`, `0`, `0 to 10`.
  func style(_ change: Double) -> (color: String, bounds: String) {
    guard let classes, abs(change) >= smallest else { return (ColorScale.changes[2], "0") }
    let index = classes.index(of: abs(change))
    let near = classes.shown(Double(index) * classes.step)
    let far = classes.shown(Double(index + 1) * classes.step)
    return change > 0
      ? (ColorScale.changes[3 + index], "\(near) to \(far)")
      : (ColorScale.changes[1 - index], "−\(far) to " + (index == 0 ? "0" : "−\(near)"))
  }
}
