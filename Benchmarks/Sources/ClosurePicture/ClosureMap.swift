import CorridorKit
import Foundation
import Geography

/// One map of the picture: a title, a key and what is drawn.
struct ClosureMap {
  private static let width = 900.0
  /// Above the map, for title and key.
  private static let bar = 46.0
  // Degrees: Kyrgyzstan and the east of Kazakhstan.
  private static let west = 65.0
  private static let east = 88.5
  private static let south = 39.5
  private static let north = 49.5
  /// Drawing units a degree. Equidistant at the middle latitude.
  private static let across = width / (east - west)
  private static let down = across / cos((south + north) / 2 * .pi / 180)
  private static let height = (north - south) * down

  private let title: String
  private var key = ""
  private var keyEnd = 0.0
  private var content = ""

  init(title: String) {
    self.title = title
  }

  /// Draws the lines that lie inside the map at least in part.
  mutating func draw(_ lines: [[Coordinate]], color: String, width: Double) {
    let path = lines.filter { $0.contains(where: Self.contains) }.map(Self.path).joined()
    content += "<path d=\"\(path)\" stroke=\"\(color)\" stroke-width=\"\(width)\"/>\n"
  }

  /// Marks a place and names it, above or below so that two near places stay apart.
  mutating func mark(_ position: Coordinate, named name: String, isBelow: Bool = false) {
    let point = Self.point(position)
    content += """
      <circle cx="\(point.x)" cy="\(point.y)" r="4.5" fill="#12355b" stroke="#fff"/>
      <text x="\(point.x)" y="\(point.y + (isBelow ? 18 : -9))" class="name">\(name)</text>

      """
  }

  /// Adds a colour to the key.
  mutating func explain(_ meaning: String, color: String) {
    key += """
      <rect x="\(keyEnd)" y="31" width="22" height="5" fill="\(color)"/>
      <text x="\(keyEnd + 28)" y="38">\(meaning)</text>

      """
    keyEnd += 48 + 7 * Double(meaning.count)
  }

  /// A whole drawing: maps one below the other, each on the same ground.
  static func svg(_ maps: [ClosureMap], on ground: ClosureMap) -> String {
    let step = bar + height.rounded() + 14
    let groups = maps.enumerated().map { index, map in
      """
      <g transform="translate(10 \(Double(index) * step))">
      <text y="20" class="title">\(map.title)</text>
      \(map.key)<svg y="\(bar)" width="\(width)" height="\(height.rounded())">
      <use href="#ground"/>
      <g fill="none" stroke-linejoin="round">
      \(map.content)</g>
      </svg>
      </g>
      """
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" \
      viewBox="0 0 \(width + 20) \(step * Double(maps.count))" \
      font-family="sans-serif" font-size="13">
      <style>
      .title { font-size: 16px; font-weight: bold }
      .name { fill: #111; stroke: #fff; stroke-width: 3px; paint-order: stroke; text-anchor: middle }
      </style>
      <defs><g id="ground" fill="none">
      <rect width="100%" height="100%" fill="#f7f8fa"/>
      \(ground.content)</g></defs>
      <rect width="100%" height="100%" fill="#fff"/>
      \(groups.joined(separator: "\n"))
      </svg>
      """
  }

  private static func contains(_ position: Coordinate) -> Bool {
    west...east ~= position.longitude && south...north ~= position.latitude
  }

  private static func point(_ position: Coordinate) -> (x: Double, y: Double) {
    (
      ((position.longitude - west) * across * 10).rounded() / 10,
      ((north - position.latitude) * down * 10).rounded() / 10
    )
  }

  /// What rounds to the same point of the drawing is drawn once.
  private static func path(_ line: [Coordinate]) -> String {
    var steps: [String] = []
    for point in line.map(point).map({ "\($0.x) \($0.y)" }) where point != steps.last {
      steps.append(point)
    }
    return "M" + steps.joined(separator: "L")
  }
}
