import Foundation
import Geography
public import TransportGraph

/// A network in one of the standard formats (`docs/formats.md`, "Standard graph files").
public struct StandardNetwork: Sendable {
  /// The formats, told apart by the name of the file.
  public enum Format: String, Sendable, CaseIterable {
    /// A `.gr` file of the DIMACS challenge; positions in the `.co` file beside it.
    case dimacs = "DIMACS"
    /// A `.tntp` file; positions in the `_node.tntp` beside a `_net.tntp`.
    case tntp = "TNTP"
    /// A folder of CSV files, or the `link.csv` in it.
    case gmns = "GMNS"
  }

  /// What the files do not say of themselves. Nil takes the format's default.
  public struct Settings: Hashable, Sendable {
    /// Whether impedances are to be exact of lengths or of times. Not for GMNS.
    public var measure: ImpedanceProfile.Measure?
    /// Metres in the unit of length.
    public var metersPerLengthUnit: Double?
    /// Seconds in the unit of time. Not for GMNS.
    public var secondsPerTimeUnit: Double?
    /// Kilometres per hour in the unit of speed. For GMNS only.
    public var kilometersPerHourPerSpeedUnit: Double?
    /// Metres in the unit of planar positions; nil for degrees on WGS 84.
    public var planarMetersPerUnit: Double?
    /// The file of positions, where it does not lie beside the network. Not for GMNS.
    public var coordinates: String?
    /// The mode of all links; road unless said. Not for GMNS, whose links state their uses.
    public var mode: Mode?

    /// Every default.
    public init() {}

    var metric: LengthMetric { planarMetersPerUnit.map { .planar(metersPerUnit: $0) } ?? .wgs84 }
  }

  /// The path as the caller gave it.
  public let path: String
  /// The format it is in.
  public let format: Format
  /// What was read.
  public let network: ImportedNetwork
  /// What was assumed because neither the files nor the settings say, a line each.
  public let assumptions: [String]
  /// The files that were read, the network first.
  public let inputs: [InputDigest]

  /// Reads a network in the format that its name tells.
  ///
  /// - Throws: ``CorridorKitError/contradiction(_:)`` for a name of no format and for a setting that the
  ///   format does not have;
  ///   ``CorridorKitError/unreadable(file:reason:)``; ``CorridorKitError/graphFile(_:)``.
  public init(path: String, settings: Settings = Settings()) throws(CorridorKitError) {
    self.path = path
    format = try Self.format(of: path)
    try Self.check(settings, for: format)
    var files = Files()
    switch format {
    case .dimacs:
      (network, assumptions) = try Self.dimacs(path, settings, &files)
    case .tntp:
      (network, assumptions) = try Self.tntp(path, settings, &files)
    case .gmns:
      network = try Self.gmns(path, settings, &files)
      assumptions = []
    }
    inputs = files.inputs
  }

  /// The network as one that can be analysed.
  ///
  /// - Throws: ``CorridorKitError/mismatch(_:)`` without positions; ``CorridorKitError/graph(_:)``.
  public func transportNetwork() throws(CorridorKitError) -> TransportNetwork {
    let lines = try lines()
    let graph: TransportGraph
    do {
      graph = try network.graph()
    } catch {
      throw .graph(error)
    }
    return try TransportNetwork(graph: graph, lines: lines, metric: network.metric)
  }

  /// The lines of the links.
  func lines() throws(CorridorKitError) -> [[Coordinate]] {
    guard let lines = network.lines() else {
      throw .mismatch(
        "\(path): no positions; expected \(Self.coordinatesBeside(path) ?? "a file of them") or "
          + "--coordinates")
    }
    return lines
  }

  /// The files that a network may be read from, whether they are there or not.
  public static func files(of path: String, coordinates: String? = nil) -> [String] {
    let positions = coordinates ?? coordinatesBeside(path)
    guard (try? format(of: path)) == .gmns else { return [path] + (positions.map { [$0] } ?? []) }
    let folder = folder(ofTables: path)
    return [path] + ["link", "node", "config", "geometry"].map { "\(folder)/\($0).csv" }
  }

  /// The files as they are read.
  private struct Files {
    private(set) var inputs: [InputDigest] = []

    mutating func read(_ path: String) throws(CorridorKitError) -> GraphFile {
      let input = try InputFile(path: path)
      inputs.append(InputDigest(input))
      return GraphFile(name: path, bytes: [UInt8](input.data))
    }

    /// A file that need not be there.
    mutating func readIfPresent(_ path: String?) throws(CorridorKitError) -> GraphFile? {
      guard let path, FileManager.default.fileExists(atPath: path) else { return nil }
      return try read(path)
    }

    /// The positions: the file that was named, or the one beside the network.
    mutating func coordinates(
      _ settings: Settings, beside path: String
    ) throws(CorridorKitError) -> GraphFile? {
      if let named = settings.coordinates { return try read(named) }
      return try readIfPresent(StandardNetwork.coordinatesBeside(path))
    }
  }

  private static func format(of path: String) throws(CorridorKitError) -> Format {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    var file = URL(fileURLWithPath: path)
    // Packed files are told when they are read.
    if file.pathExtension.lowercased() == "gz" { file.deletePathExtension() }
    if exists && isFolder.boolValue || file.lastPathComponent.lowercased() == "link.csv" {
      return .gmns
    }
    switch file.pathExtension.lowercased() {
    case "gr": return .dimacs
    case "tntp": return .tntp
    default: break
    }
    guard exists else { throw .unreadable(file: path, reason: "no such file") }
    throw .contradiction(
      "\(path): of no known format; expected a name that ends with .gr, .tntp or link.csv, or a folder "
        + "of GMNS tables")
  }

  /// Where a network's positions lie by custom.
  private static func coordinatesBeside(_ path: String) -> String? {
    for (ending, other) in [(".gr", ".co"), ("_net.tntp", "_node.tntp")]
    where path.hasSuffix(ending) {
      return path.dropLast(ending.count) + other
    }
    return nil
  }

  private static func check(
    _ settings: Settings, for format: Format
  ) throws(CorridorKitError) {
    let excluded: [(isSet: Bool, option: String)] =
      switch format {
      case .dimacs:
        [
          (settings.kilometersPerHourPerSpeedUnit != nil, "--speed-unit"),
          (settings.metersPerLengthUnit != nil && settings.measure == .time, "--length-unit"),
          (settings.secondsPerTimeUnit != nil && settings.measure != .time, "--time-unit"),
        ]
      case .tntp: [(settings.kilometersPerHourPerSpeedUnit != nil, "--speed-unit")]
      case .gmns:
        [
          (settings.measure != nil, "--measure"),
          (settings.secondsPerTimeUnit != nil, "--time-unit"),
          (settings.coordinates != nil, "--coordinates"), (settings.mode != nil, "--mode"),
        ]
      }
    for (isSet, option) in excluded where isSet {
      let measure = format == .dimacs && option != "--speed-unit"
      throw .contradiction(
        "\(option) says nothing of a \(format.rawValue) network"
          + (measure ? " of \((settings.measure ?? .distance) == .time ? "times" : "lengths")" : "")
      )
    }
  }

  private static func dimacs(
    _ path: String, _ settings: Settings, _ files: inout Files
  ) throws(CorridorKitError) -> (ImportedNetwork, [String]) {
    let isTime = settings.measure == .time
    let unit = isTime ? settings.secondsPerTimeUnit : settings.metersPerLengthUnit
    let reader = DIMACSReader(
      weight: isTime
        ? .time(secondsPerUnit: unit ?? 1) : .distance(metersPerUnit: unit ?? 1),
      coordinateDivisor: settings.planarMetersPerUnit == nil ? 1_000_000 : 1,
      metric: settings.metric, mode: settings.mode ?? .road)
    let graph = try files.read(path)
    let coordinates = try files.coordinates(settings, beside: path)
    let network: ImportedNetwork
    do {
      network = try reader.read(graph, coordinates: coordinates)
    } catch {
      throw .graphFile(error)
    }
    var assumptions: [String] = []
    if settings.measure == nil { assumptions.append("weights are lengths (--measure)") }
    if unit == nil {
      assumptions.append(
        isTime ? "a unit of weight is 1 s (--time-unit)" : "a unit of weight is 1 m (--length-unit)"
      )
    }
    return (network, assumptions)
  }

  private static func tntp(
    _ path: String, _ settings: Settings, _ files: inout Files
  ) throws(CorridorKitError) -> (ImportedNetwork, [String]) {
    var reader = TNTPReader(metric: settings.metric, mode: settings.mode ?? .road)
    var assumptions: [String] = []
    if let measure = settings.measure {
      reader.measure = measure
    } else {
      assumptions.append("routes minimise free-flow times (--measure)")
    }
    if let unit = settings.metersPerLengthUnit {
      reader.metersPerLengthUnit = unit
    } else {
      assumptions.append("lengths are in miles (--length-unit)")
    }
    if let unit = settings.secondsPerTimeUnit {
      reader.secondsPerTimeUnit = unit
    } else {
      assumptions.append("times are in minutes (--time-unit)")
    }
    let network = try files.read(path)
    let positions = try files.coordinates(settings, beside: path)
    do {
      return (try reader.read(network, positions: positions), assumptions)
    } catch {
      throw .graphFile(error)
    }
  }

  /// The folder of GMNS tables: the path, or where the table lies that it names.
  private static func folder(ofTables path: String) -> String {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
      ? path : URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  private static func gmns(
    _ path: String, _ settings: Settings, _ files: inout Files
  ) throws(CorridorKitError) -> ImportedNetwork {
    let folder = folder(ofTables: path)
    let links = try files.read(folder == path ? folder + "/link.csv" : path)
    let tables = GMNSReader.Files(
      nodes: try files.read(folder + "/node.csv"), links: links,
      configuration: try files.readIfPresent(folder + "/config.csv"),
      geometries: try files.readIfPresent(folder + "/geometry.csv"))
    let reader = GMNSReader(
      metersPerLengthUnit: settings.metersPerLengthUnit,
      kilometersPerHourPerSpeedUnit: settings.kilometersPerHourPerSpeedUnit,
      metric: settings.metric)
    do {
      return try reader.read(tables)
    } catch {
      throw .graphFile(error)
    }
  }
}
