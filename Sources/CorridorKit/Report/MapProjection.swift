import Foundation
import Geography

/// The plane that a map is drawn in. It is for looking at: nothing is measured on it.
enum MapProjection {
  /// A planar layer, drawn as it is.
  case planar
  /// Albers' equal-area conic on the sphere, so that provinces keep their relative size.
  case conic(AlbersConic)

  /// The projection of a layer.
  init(_ metric: LengthMetric) { self = metric == .wgs84 ? .conic(.kazakhstan) : .planar }

  /// To the right and up, in metres or planar units.
  func project(_ position: Coordinate) -> (x: Double, y: Double) {
    switch self {
    case .planar: (position.longitude, position.latitude)
    case .conic(let conic): conic.project(position)
    }
  }
}

/// Albers' equal-area conic projection of the sphere, after J. P. Snyder, Map Projections: A Working
/// Manual (USGS Professional Paper 1395, 1987), equations 14-1 to 14-6. Angles in degrees.
struct AlbersConic {
  let firstParallel: Double
  let secondParallel: Double
  let originLatitude: Double
  let centralMeridian: Double
  let radius: Double

  /// Standard parallels a sixth to a fifth of the country's height within its north and south, as
  /// Snyder advises (page 99), and the sphere of WGS 84's area.
  static let kazakhstan = AlbersConic(
    firstParallel: 44, secondParallel: 52, originLatitude: 48, centralMeridian: 68,
    radius: 6_371_007.2)

  /// East and north of the origin, in units of the radius.
  func project(_ position: Coordinate) -> (x: Double, y: Double) {
    let radians = Double.pi / 180
    let firstSine = sin(firstParallel * radians)
    let n = (firstSine + sin(secondParallel * radians)) / 2
    let constant = pow(cos(firstParallel * radians), 2) + 2 * n * firstSine
    func rho(_ latitude: Double) -> Double {
      radius * max(0, constant - 2 * n * sin(latitude * radians)).squareRoot() / n
    }
    // Counted from the central meridian the short way, so that neighbours over the antimeridian stay such.
    let east = (position.longitude - centralMeridian).remainder(dividingBy: 360)
    let angle = n * east * radians
    return (
      rho(position.latitude) * sin(angle),
      rho(originLatitude) - rho(position.latitude) * cos(angle)
    )
  }
}

/// A position on the drawing, in quarters of a drawing unit: x to the right, y down.
///
/// Rounding to one grid keeps a border that two provinces share the same line on both sides.
struct GridPoint: Hashable {
  var x: Int
  var y: Int
}

/// The window of a map: it is 1,000 units wide whatever is in it.
struct MapFrame {
  static let width = 1000.0
  /// Grid steps in a unit.
  static let gridSteps = 4.0

  let height: Double
  private let projection: MapProjection
  private let west: Double
  private let north: Double
  private let unitsPerMeter: Double

  /// The window around some positions, with a margin; nil when they span no width.
  init?(around positions: [Coordinate], projection: MapProjection) {
    let points = positions.map(projection.project)
    guard let west = points.map(\.x).min(), let east = points.map(\.x).max(),
      let south = points.map(\.y).min(), let north = points.map(\.y).max(), east > west
    else { return nil }
    let margin = (east - west) * 0.025
    self.projection = projection
    self.west = west - margin
    self.north = north + margin
    unitsPerMeter = Self.width / (east - west + 2 * margin)
    height = ((north - south + 2 * margin) * unitsPerMeter).rounded(.up)
  }

  /// Units from the upper left corner.
  func point(_ position: Coordinate) -> (x: Double, y: Double) {
    let (x, y) = projection.project(position)
    return ((x - west) * unitsPerMeter, (north - y) * unitsPerMeter)
  }

  func gridPoint(_ position: Coordinate) -> GridPoint {
    let (x, y) = point(position)
    return GridPoint(
      x: Int((x * Self.gridSteps).rounded()), y: Int((y * Self.gridSteps).rounded()))
  }

  /// The line on the grid, trimmed.
  func line(_ positions: [Coordinate]) -> [GridPoint] { trimmed(positions.map(gridPoint)) }

  /// The line without repeated points and without the details of what lies outside.
  func trimmed(_ points: [GridPoint]) -> [GridPoint] {
    var line: [GridPoint] = []
    for point in points {
      guard point != line.last else { continue }
      // Three points on one outer side of the window: the middle one is never seen.
      if line.count > 1, line.last.map(side) ?? 0 != 0,
        side(line[line.count - 2]) & side(line[line.count - 1]) & side(point) != 0
      {
        line.removeLast()
      }
      line.append(point)
    }
    return line
  }

  /// Whether something of the line may show: not all of it lies on one outer side.
  func mayShow(_ line: [GridPoint]) -> Bool { line.reduce(15) { $0 & side($1) } == 0 }

  func contains(_ point: (x: Double, y: Double)) -> Bool {
    (0...Self.width).contains(point.x) && (0...height).contains(point.y)
  }

  /// The outer sides that a point lies on, as bits: left 1, right 2, above 4, below 8.
  private func side(_ point: GridPoint) -> Int {
    let slack = 20
    let (right, bottom) = (Int(Self.width * Self.gridSteps), Int(height * Self.gridSteps))
    return (point.x < -slack ? 1 : 0) | (point.x > right + slack ? 2 : 0)
      | (point.y < -slack ? 4 : 0) | (point.y > bottom + slack ? 8 : 0)
  }
}
