import Foundation
import TransportGraph

/// Flows of one kind, with what they assume and who says so (`docs/formats.md`, "Demand").
///
/// Masses are relative: nobody publishes counts. A layer says how flows of its kind divide among pairs,
/// and its sum is a convention.
public struct DemandLayer: Sendable, Identifiable {
  /// What travels. Kinds are never added up without being asked for: whether the same groups and ways
  /// serve both is disputed.
  public enum Kind: String, Sendable, CaseIterable, Encodable { case persons, drugs }

  /// Something that the layer takes for granted.
  public struct Assumption: Sendable, Hashable, Encodable {
    /// What is assumed.
    public var text: String
    /// Who says so; `assumed` where nobody does.
    public var source: String
  }

  /// A part of the layer: flows listed one by one, or a model.
  struct Part: Sendable {
    enum Content: Sendable {
      case flows([OriginDestination])
      case gravity(GravitySpecification)
    }

    var name: String
    /// Its part of the layer's mass, over the sum of all weights.
    var weight: Double
    var content: Content
  }

  /// For `--demand`.
  public let id: String
  /// What a reader calls it.
  public let name: String
  /// What travels.
  public let kind: Kind
  /// What the layer is about.
  public let description: String
  /// The sum of its masses.
  public let total: Double
  /// What it takes for granted.
  public let assumptions: [Assumption]
  /// The layer's file and the others that it names.
  public let inputs: [InputFile]
  let parts: [Part]
  private let path: String

  /// The flows of the layer.
  ///
  /// - Parameter analysis: The network whose costs gravity models use; see ``Analysis/forDemand()``.
  /// - Returns: Flows whose masses sum to ``total``, with the layer's id as their layer.
  /// - Throws: what ``GravityDemand/init(_:on:threads:)`` throws.
  public func flows(
    on analysis: Analysis, threads: Int = 0
  ) throws(CorridorKitError) -> [OriginDestination] {
    let weights = parts.reduce(0) { $0 + $1.weight }
    var flows: [OriginDestination] = []
    for part in parts {
      let own: [OriginDestination]
      switch part.content {
      case .flows(let listed): own = listed
      case .gravity(let specification):
        own = try GravityDemand(specification, on: analysis, threads: threads).table
      }
      let factor = total * part.weight / weights / own.reduce(0) { $0 + $1.mass }
      flows += own.map { flow in
        var flow = flow
        flow.mass *= factor
        flow.layer = id
        flow.location = flow.location ?? path
        return flow
      }
    }
    return OriginDestination.addingUp(flows)
  }
}

extension DemandLayer {
  private static let keys = [
    "id", "name", "kind", "description", "total", "assumptions", "parts",
  ]

  /// Reads a layer.
  ///
  /// - Parameters:
  ///   - file: YAML.
  ///   - indicators: The table of an `indicator` that names no file; nil where there is none.
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key.
  public init(_ file: InputFile, indicators: String? = nil) throws(CorridorKitError) {
    let root = try YAMLReading(file)
    try root.requireKeys(Self.keys)
    id = try root.required("id").string()
    guard id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, !Self.reservedNames.contains(id)
    else {
      throw try root.required("id").fault(
        expected: "small letters and digits, parted by -, other than "
          + Self.reservedNames.joined(separator: ", "))
    }
    name = try root.required("name").string()
    kind = try root.required("kind").choice()
    description = try root.required("description").string()
    total =
      try root["total"]?.number(in: 1e-9...OriginDestination.maximumMass, unit: "a mass")
      ?? Self.conventionalTotal
    var assumptions: [Assumption] = []
    for item in try root.required("assumptions").list() {
      try item.requireKeys(["text", "source"])
      assumptions.append(
        Assumption(
          text: try item.required("text").string(), source: try item.required("source").string()))
    }
    guard !assumptions.isEmpty else {
      throw try root.required("assumptions").fault(
        "an empty list", expected: "what the masses rest on, each with its source")
    }
    self.assumptions = assumptions
    let folder = (file.path as NSString).deletingLastPathComponent
    let list = try root.required("parts")
    var parts: [Part] = []
    for item in try list.list() {
      parts.append(try Part(item, folder: folder, indicators: indicators))
    }
    guard !parts.isEmpty else { throw list.fault("an empty list", expected: "one part or more") }
    self.parts = parts
    var inputs = [file]
    for case .gravity(let specification) in parts.map(\.content) {
      for input in specification.inputs where !inputs.contains(where: { $0.path == input.path }) {
        inputs.append(input)
      }
    }
    self.inputs = inputs
    path = file.path
  }

  /// The sum of a layer that states none.
  static let conventionalTotal = 1000.0
  /// What `--demand` takes besides the ids of layers.
  static let reservedNames = ["all"] + Kind.allCases.map(\.rawValue)

  /// The layers of a folder, by id.
  ///
  /// - Throws: ``CorridorKitError/unreadable(file:reason:)`` for a folder without any.
  public static func shipped(
    in folder: String, indicators: String?
  ) throws(CorridorKitError) -> [DemandLayer] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var layers: [DemandLayer] = []
    for name in names.sorted() where name.hasSuffix(".yaml") {
      let file = try InputFile(path: folder + "/" + name)
      let layer = try DemandLayer(file, indicators: indicators)
      guard !layers.contains(where: { $0.id == layer.id }) else {
        throw .invalidValue(
          file: file.path, location: "id", value: "\"\(layer.id)\"",
          expected: "an id that no other layer of the folder has")
      }
      layers.append(layer)
    }
    guard !layers.isEmpty else {
      throw .unreadable(file: folder, reason: "no layer of demand (.yaml) is there")
    }
    return layers
  }
}

extension DemandLayer.Part {
  fileprivate init(
    _ item: YAMLReading, folder: String, indicators: String?
  ) throws(CorridorKitError) {
    try item.requireKeys(["name", "weight", "flows", "gravity"])
    name = try item.required("name").string()
    weight = try item["weight"]?.number(in: 1e-9...1e9, unit: "a weight") ?? 1
    switch (item["flows"], item["gravity"]) {
    case (let listed?, nil):
      var flows: [OriginDestination] = []
      for row in try listed.list() {
        try row.requireKeys(["from", "to", "mass"])
        flows.append(
          OriginDestination(
            origin: try row.required("from").string(),
            destination: try row.required("to").string(),
            mass: try row.required("mass").number(
              in: 1e-9...OriginDestination.maximumMass, unit: "a mass"), location: row.location))
      }
      guard !flows.isEmpty else {
        throw listed.fault("an empty list", expected: "one flow or more")
      }
      content = .flows(flows)
    case (nil, let model?):
      for key in ["total", "layer"] {
        if let own = model[key] {
          throw own.fault(expected: "no \(key): the layer has its own")
        }
      }
      content = .gravity(
        try GravitySpecification(model, folder: folder, indicators: indicators, isNamed: false))
    default:
      throw item.fault("not one kind of flows", expected: "either \"flows\" or \"gravity\"")
    }
  }
}

extension Analysis {
  /// The network on which demand is made: least times by all modes, on no special day and without any
  /// scenario, so that closing or forbidding something never changes who wants to travel where.
  public func forDemand() throws(CorridorKitError) -> Analysis {
    var profile = profile
    profile.measure = .time
    let listed = Set(matrix.units.units.filter { !$0.isAbroad }.compactMap(\.country))
    return try Analysis(area, profile: profile, countries: listed.sorted())
  }
}
