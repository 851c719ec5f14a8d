extension MapPage {
  /// The switches of the layers with the keys of their lines and symbols.
  static func layers(_ drawing: MapDrawing) -> String {
    let hasRail = drawing.links.contains { $0.useMass > 0 && $0.mode == "rail" }
    var widths: [String] = []
    if let classes = drawing.useClasses {
      widths = (0..<classes.count).map { index in
        key("<path class=\"way road w\(index + 1)\" d=\"M0 6h26\"/>", classes.label(index))
      }
    }
    if hasRail { widths.append(key("<path class=\"way rail w2\" d=\"M0 6h26\"/>", "railway")) }
    let symbols = MapDrawing.CrossingStyle.allCases.reversed()
      .filter { $0 != .closed || drawing.closure != nil }
      .map { style in
        key(
          "<g class=\"mark \(style.rawValue)\" transform=\"translate(13 6)\">"
            + "\(MapDrawing.symbol(style))</g>", style.meaning)
      }
    return """
      <div class="layers">
      <fieldset><legend>Lines</legend>
      <label><input type="radio" name="lines" id="lines-use" checked> ways by use</label>
      <label><input type="radio" name="lines" id="lines-corridors"> corridors in their colours</label>
      <label><input type="radio" name="lines" id="lines-none"> none</label>
      <ul class="legend use-key"><li>corridors on the way:</li>\(widths.joined())</ul>
      </fieldset>
      <fieldset><legend>Places</legend>
      <label><input type="checkbox" id="show-crossings" checked> border crossings</label>
      <label><input type="checkbox" id="show-labels" checked> names</label>
      <ul class="legend crossing-key">\(symbols.joined())</ul>
      </fieldset>
      </div>
      """
  }

  private static func key(_ shape: String, _ label: String) -> String {
    "<li><svg class=\"key\" viewBox=\"0 0 26 12\" aria-hidden=\"true\">\(shape)</svg>"
      + "\(label.escapedForHTML)</li>"
  }
}
