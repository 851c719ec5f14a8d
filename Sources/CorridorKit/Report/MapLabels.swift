import Foundation

/// A rectangle on the drawing, in its units.
struct MapBox {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  func overlaps(_ other: MapBox) -> Bool {
    x < other.x + other.width && other.x < x + width
      && y < other.y + other.height && other.y < y + height
  }
}

/// The lettering of a map: each name goes where nothing else stands, or is left out.
struct MapLabels {
  enum Kind: String { case country, province, town }

  struct Label {
    let kind: Kind
    let text: String
    /// Where the text is anchored, on its baseline.
    let x: Double
    let y: Double
    /// As SVG has it: start, middle, end.
    let anchor: String
    /// The town's position.
    let dot: (x: Double, y: Double)?
  }

  private(set) var labels: [Label] = []
  /// The boxes of the names, none of which meets another.
  private(set) var boxes: [MapBox] = []
  private var dots: [MapBox] = []
  private var marks: [MapBox] = []
  private let frame: MapFrame
  /// The size of a town's name, in units.
  let fontSize: Double

  /// The mean width of a character of a sans-serif face over its size, for boxes that are rather too
  /// wide than too narrow.
  private static let characterWidth = 0.57
  private static let capitalWidth = 0.78

  init(frame: MapFrame, fontSize: Double) {
    self.frame = frame
    self.fontSize = fontSize
  }

  /// Keeps names off a symbol.
  mutating func reserve(around point: (x: Double, y: Double), radius: Double) {
    marks.append(Self.square(around: point, radius: radius))
  }

  /// Places the name of a town beside its dot, on the first free side of eight.
  ///
  /// - Returns: Whether there was room.
  @discardableResult
  mutating func addTown(_ name: String, at dot: (x: Double, y: Double)) -> Bool {
    let radius = fontSize * 0.28
    let dotBox = Self.square(around: dot, radius: radius)
    guard frame.contains(dot), !(boxes + dots).contains(where: dotBox.overlaps) else {
      return false
    }
    let width = Double(name.terminalWidth) * Self.characterWidth * fontSize
    let gap = fontSize * 0.5
    let (above, middle, below) = (-fontSize * 0.45, fontSize * 0.35, fontSize * 1.1)
    let sides: [(dx: Double, dy: Double, anchor: String)] = [
      (gap, middle, "start"), (-gap, middle, "end"), (0, above, "middle"),
      (0, below + gap * 0.2, "middle"), (gap * 0.7, above, "start"), (gap * 0.7, below, "start"),
      (-gap * 0.7, above, "end"), (-gap * 0.7, below, "end"),
    ]
    for side in sides {
      let (x, y) = (dot.x + side.dx, dot.y + side.dy)
      let box = Self.box(x, y, width: width, size: fontSize, anchor: side.anchor)
      guard isFree(box) else { continue }
      boxes.append(box)
      dots.append(dotBox)
      labels.append(Label(kind: .town, text: name, x: x, y: y, anchor: side.anchor, dot: dot))
      return true
    }
    return false
  }

  /// Places a name in capitals within an area, as far from its rim and from other names as it can.
  ///
  /// - Parameters:
  ///   - size: Of the letters, in units.
  ///   - spacing: Between the letters, as a share of their size.
  ///   - lines: Points of lines that the name had better not lie on.
  mutating func addArea(
    _ name: String, kind: Kind, within area: MapRaster, size: Double, spacing: Double = 0,
    avoiding lines: [(x: Double, y: Double)] = []
  ) {
    let width = Double(name.terminalWidth) * (Self.capitalWidth + spacing) * size
    let blocked = boxes + dots + marks
    func place(avoiding points: [(x: Double, y: Double)]) -> (x: Double, y: Double)? {
      area.roomiest(width: width, height: size * 1.25, avoiding: points) { x, y in
        blocked.contains { $0.overlaps(MapBox(x: x, y: y, width: 0, height: 0)) }
      }
    }
    guard let place = place(avoiding: lines) ?? place(avoiding: []) else { return }
    let baseline = place.y + size * 0.36
    let box = Self.box(place.x, baseline, width: width, size: size, anchor: "middle")
    guard isFree(box) else { return }
    boxes.append(box)
    labels.append(
      Label(kind: kind, text: name, x: place.x, y: baseline, anchor: "middle", dot: nil))
  }

  private func isFree(_ box: MapBox) -> Bool {
    box.x >= 4 && box.y >= 4 && box.x + box.width <= MapFrame.width - 4
      && box.y + box.height <= frame.height - 4
      && !(boxes + dots + marks).contains(where: box.overlaps)
  }

  private static func square(around point: (x: Double, y: Double), radius: Double) -> MapBox {
    MapBox(x: point.x - radius, y: point.y - radius, width: 2 * radius, height: 2 * radius)
  }

  private static func box(
    _ x: Double, _ baseline: Double, width: Double, size: Double, anchor: String
  ) -> MapBox {
    let left = anchor == "start" ? x : anchor == "end" ? x - width : x - width / 2
    return MapBox(x: left, y: baseline - size * 0.85, width: width, height: size * 1.1)
  }
}

/// The cells of a coarse raster that lie in an area.
struct MapRaster {
  private static let cell = 8.0
  private let columns: Int
  private var isInside: [[Bool]]

  /// The cells whose centre the rings enclose (even–odd), rings in grid points.
  init(_ rings: [[GridPoint]], frame: MapFrame) {
    columns = Int(MapFrame.width / Self.cell)
    let rows = Int(frame.height / Self.cell)
    var crossings = [[Double]](repeating: [], count: rows)
    for ring in rings {
      for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) where a.y != b.y {
        let (top, bottom) = a.y < b.y ? (a, b) : (b, a)
        let scale = MapFrame.gridSteps * Self.cell
        // Rows whose centre line lies in the half-open span of the edge.
        let first = max(0, Int((Double(top.y) / scale - 0.5).rounded(.up)))
        let end = min(rows, Int((Double(bottom.y) / scale - 0.5).rounded(.up)))
        for row in first..<max(first, end) {
          let share =
            ((Double(row) + 0.5) * scale - Double(top.y)) / Double(bottom.y - top.y)
          crossings[row].append(
            (Double(top.x) + share * Double(bottom.x - top.x)) / MapFrame.gridSteps)
        }
      }
    }
    let columns = columns
    isInside = crossings.map { row in
      let sorted = row.sorted()
      return (0..<columns).map { column in
        let x = (Double(column) + 0.5) * Self.cell
        return sorted.prefix { $0 < x }.count % 2 == 1
      }
    }
  }

  /// The place where a box of a size has the most room around it; nil where it does not fit.
  func roomiest(
    width: Double, height: Double, avoiding points: [(x: Double, y: Double)] = [],
    isBlocked: (Double, Double) -> Bool
  ) -> (x: Double, y: Double)? {
    func center(_ row: Int, _ column: Int) -> (x: Double, y: Double) {
      ((Double(column) + 0.5) * Self.cell, (Double(row) + 0.5) * Self.cell)
    }
    let isFree = isInside.indices.map { row in
      isInside[row].indices.map { column in
        let (x, y) = center(row, column)
        return isInside[row][column] && !isBlocked(x, y)
      }
    }
    func isFreeCell(_ row: Int, _ column: Int) -> Bool {
      isFree.indices.contains(row) && isFree[row].indices.contains(column) && isFree[row][column]
    }
    var free: [(x: Double, y: Double)] = []
    var obstacles = points
    // A frame of cells around the map counts as outside. Of the cells that are not free only those
    // beside a free one can be the nearest to any.
    for row in -1...isFree.count {
      for column in -1...columns {
        if isFreeCell(row, column) {
          free.append(center(row, column))
        } else if (-1...1).contains(where: { dy in
          (-1...1).contains { dx in isFreeCell(row + dy, column + dx) }
        }) {
          obstacles.append(center(row, column))
        }
      }
    }
    var best: (place: (x: Double, y: Double), room: Double)?
    for place in free {
      var room = Double.infinity
      for obstacle in obstacles where room > (best?.room ?? 1) {
        room = min(
          room,
          max(2 * abs(obstacle.x - place.x) / width, 2 * abs(obstacle.y - place.y) / height))
      }
      if room > (best?.room ?? 1) { best = (place, room) }
    }
    return best?.place
  }
}
