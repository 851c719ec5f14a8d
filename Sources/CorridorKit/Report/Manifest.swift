public import Geography

/// The version of the library and the command line.
public let corridorKitVersion = "0.1.0"

/// From what a result was made, so that it can be made again.
public struct Manifest: Sendable, Hashable, Encodable {
  /// The version of CorridorKit.
  public let version: String
  /// The boundary vintage of the provinces.
  public let vintage: String
  /// How lengths were measured and in which reference system positions are.
  public let crs: String
  /// How lengths were measured.
  public let lengths: String
  /// The files that were read.
  public let inputs: [InputDigest]
  /// What was repaired on reading, a line each.
  public let repairs: [String]
  /// What was asked for.
  public let options: [String: String]
  /// What a reader must know before using the figures.
  public let notice: String
  /// How the result's own positions are measured; written into GeoJSON where it is not WGS 84.
  let metric: LengthMetric

  private enum CodingKeys: CodingKey {
    case version, vintage, crs, lengths, inputs, repairs, options, notice
  }

  /// A manifest of an area, the other files that were read, and what was asked for.
  ///
  /// - Parameter remark: A sentence on this result that stands before the notice that all results have.
  public init(
    _ area: StudyArea, inputs: [InputDigest] = [], options: [String: String], remark: String? = nil
  ) {
    version = corridorKitVersion
    vintage = area.vintage
    metric = area.network.metric
    crs = area.network.metric == .wgs84 ? "OGC:CRS84 (WGS 84, longitude and latitude)" : "planar"
    lengths =
      area.network.metric == .wgs84
      ? "as stated by the network, else geodesic on WGS 84; shares by province geodesic"
      : "as stated by the network, else straight in the plane; shares by province likewise"
    self.inputs = area.inputs + inputs
    repairs = area.repairs
    self.options = options
    notice = Self.notice(after: remark)
  }

  /// A manifest of a result that no network has a part in.
  ///
  /// - Parameters:
  ///   - vintage: The boundary vintage of the provinces, where the units are provinces.
  ///   - remark: As ``init(_:inputs:options:remark:)``.
  public init(
    inputs: [InputDigest], options: [String: String], vintage: String = "unstated",
    metric: LengthMetric = .wgs84, remark: String? = nil
  ) {
    version = corridorKitVersion
    self.vintage = vintage
    self.metric = metric
    crs = metric == .wgs84 ? "OGC:CRS84 (WGS 84, longitude and latitude)" : "planar"
    lengths = "none"
    self.inputs = inputs
    repairs = []
    self.options = options
    notice = Self.notice(after: remark)
  }

  private static func notice(after remark: String?) -> String {
    (remark.map { $0 + " " } ?? "") + "Modelled potential, not observed trafficking."
  }
}
