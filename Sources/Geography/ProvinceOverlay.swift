import Foundation
import Synchronization

/// Metres of a line in one province.
public struct ProvinceLength: Hashable, Sendable {
  /// The province's index in the layer; nil for what lies outside every province.
  public var province: Int?
  /// Metres, not negative.
  public var meters: Double

  /// So many metres in a province, or outside.
  public init(province: Int?, meters: Double) {
    self.province = province
    self.meters = meters
  }
}

/// Splits lines among the provinces of a layer. Prepared once per layer, then usable from any thread.
///
/// A line is cut at every boundary. A piece belongs to the provinces that cover it; what several cover
/// (a shared border, or provinces that overlap) is split equally among them; what none covers is
/// outside. A piece within 1e-9 degrees of a boundary lies on it. See
/// `docs/decisions/0001-overlay-by-intervals.md`.
public final class ProvinceOverlay: Sendable {
  /// The layer that lines are split among.
  public let layer: ProvinceLayer
  /// Pieces shorter than this many metres go to their longer neighbour.
  public let sliverMeters: Double
  let index: PolygonIndex

  /// Prepares a layer.
  ///
  /// - Parameters:
  ///   - layer: The provinces; they may overlap.
  ///   - sliverMeters: Pieces of a line shorter than this are absorbed by the longer neighbouring piece,
  ///     never dropped; 0 keeps every piece.
  /// - Throws: `GeographyError.geos` when GEOS fails.
  /// - Complexity: O(v log v) in the vertices of the layer.
  public init(_ layer: ProvinceLayer, sliverMeters: Double = 0.001) throws(GeographyError) {
    self.layer = layer
    self.sliverMeters = sliverMeters
    index = try GEOSContext.borrow { (context) throws(GeographyError) in
      try PolygonIndex(layer.provinces.map(\.polygons), metric: layer.metric, in: context)
    }
  }

  /// Metres of a line in each province that it touches with positive length.
  ///
  /// - Parameter line: At least two positions, WGS 84 or planar as the layer is.
  /// - Returns: Ascending by province, outside (nil) last. They sum to the line's length in the layer's
  ///   metric, to rounding. A line without length gives 0 m for each province at its position.
  /// - Throws: `GeographyError` for a line that is too short or out of range.
  /// - Complexity: O(log v) for a line away from boundaries, else linear in the edges near it.
  public func lengths(along line: [Coordinate]) throws(GeographyError) -> [ProvinceLength] {
    try GEOSContext.borrow { (context) throws(GeographyError) in
      try lengths(along: line, number: 0, in: context)
    }
  }

  /// Metres of each line in each province; see `lengths(along:)`.
  ///
  /// - Parameters:
  ///   - lines: Each at least two positions.
  ///   - threads: How many threads share the work; 0 for one a core. The result does not depend on it.
  /// - Returns: One list for each line, in their order.
  /// - Throws: `GeographyError` for the first faulty line, with its index.
  public func lengths(
    alongEach lines: [[Coordinate]], threads: Int = 0
  ) throws(GeographyError) -> [[ProvinceLength]] {
    try Self.map(lines.count, threads: threads) { (line, context) throws(GeographyError) in
      try self.lengths(along: lines[line], number: line, in: context)
    }
  }

  /// Metres of a line inside or on the boundary of any polygon of an area; 0 for one that only touches
  /// it in points. See `lengthsInside(area:ofEach:threads:)`.
  public func lengthInside(
    area: [Polygon], of line: [Coordinate]
  ) throws(GeographyError) -> Double {
    try lengthsInside(area: area, ofEach: [line], threads: 1)[0]
  }

  /// Metres of each line inside or on the boundary of any polygon of an area, measured as the layer is.
  ///
  /// - Parameters:
  ///   - area: Polygons with simple closed rings; they may overlap, what several cover counts once.
  ///   - lines: Each at least two positions.
  ///   - threads: How many threads share the work; 0 for one a core.
  /// - Returns: Metres for each line, in their order. Nothing is absorbed as a sliver.
  /// - Throws: `GeographyError` for the first faulty polygon (as province `area`) or line.
  /// - Complexity: as the overlay, with the vertices of the area.
  public func lengthsInside(
    area: [Polygon], ofEach lines: [[Coordinate]], threads: Int = 0
  ) throws(GeographyError) -> [Double] {
    let metric = layer.metric
    try metric.check(area, of: "area")
    let areaIndex = try GEOSContext.borrow { (context) throws(GeographyError) in
      try PolygonIndex(area.map { [$0] }, metric: metric, in: context)
    }
    return try Self.map(lines.count, threads: threads) { (line, context) throws(GeographyError) in
      try metric.check(line: lines[line], number: line)
      let pieces = try areaIndex.pieces(
        of: lines[line], metric: metric, sliverMeters: 0, in: context)
      return pieces.reduce(0) { $1.units.isEmpty ? $0 : $0 + $1.meters }
    }
  }

  private func lengths(
    along line: [Coordinate], number: Int, in context: GEOSContext
  ) throws(GeographyError) -> [ProvinceLength] {
    try layer.metric.check(line: line, number: number)
    let pieces = try index.pieces(
      of: line, metric: layer.metric, sliverMeters: sliverMeters, in: context)
    var lengths: [ProvinceLength] = []
    func add(_ meters: Double, to province: Int?) {
      if let known = lengths.firstIndex(where: { $0.province == province }) {
        lengths[known].meters += meters
      } else {
        lengths.append(ProvinceLength(province: province, meters: meters))
      }
    }
    for piece in pieces {
      if piece.units.isEmpty { add(piece.meters, to: nil) }
      for unit in piece.units { add(piece.meters / Double(piece.units.count), to: unit) }
    }
    return lengths.sorted { ($0.province ?? .max) < ($1.province ?? .max) }
  }

  /// Computes a value for each number below `count` on several threads, each with its own context.
  /// Every value is computed by itself, so the number of threads changes nothing.
  private static func map<Value: Sendable>(
    _ count: Int, threads: Int,
    _ value: @Sendable (Int, GEOSContext) throws(GeographyError) -> Value
  ) throws(GeographyError) -> [Value] {
    // Threads take a block at a time, which evens out lines of different cost.
    let block = 256
    let blocks = (count + block - 1) / block
    let cores = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    let finished = Mutex<[Result<[Value], GeographyError>?]>(Array(repeating: nil, count: blocks))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(cores, blocks))) { _ in
      GEOSContext.borrow { context in
        while true {
          let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if number >= blocks { return }
          let result: Result<[Value], GeographyError>
          do throws(GeographyError) {
            var values: [Value] = []
            for item in number * block..<min(count, (number + 1) * block) {
              values.append(try value(item, context))
            }
            result = .success(values)
          } catch {
            result = .failure(error)
          }
          finished.withLock { $0[number] = result }
        }
      }
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    // In the order of the lines, so that the first fault is reported whichever thread met it.
    for result in finished.withLock({ $0 }) {
      if let result { values += try result.get() }
    }
    return values
  }
}
