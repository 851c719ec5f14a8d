import ArgumentParser
import CorridorKit
import Foundation

/// What the command line asks for to travel.
struct DemandOptions: ParsableArguments {
  @Option(help: "A named corridor, repeatable; see \"corridor routes\".")
  var corridor: [String] = []
  @Option(help: "The origin of a single pair.") var from: String?
  @Option(help: "The destination of a single pair.") var to: String?
  @Option(help: ArgumentHelp("A table of flows (CSV).", valueName: "file")) var od: String?
  @Option(help: "Only the flows of one layer of the table.") var layer: String?
  @Option(
    help: ArgumentHelp(
      "A layer of demand: its id, persons, drugs or all (see \"corridor demand list\"), or a YAML file; repeatable. Masses are relative.",
      valueName: "layer"))
  var demand: [String] = []
  @Option(
    help: ArgumentHelp(
      "The share of the mass of persons, or of a table, that stays within its country, 0 to 1; 0.62 where several layers of persons are sent, else as the masses are.",
      valueName: "share"))
  var domesticShare: Double?
  @Flag(help: "Add up layers of persons and of drugs.") var mixKinds = false

  func validate() throws {
    if let domesticShare, !(0...1).contains(domesticShare) {
      throw ValidationError(
        "--domestic-share is \(domesticShare); expected a share from 0 to 1.")
    }
  }

  /// Whether something travels between places, other than named corridors.
  var asksForFlows: Bool { from != nil || to != nil || od != nil || !demand.isEmpty }

  /// The table, and the layers of one's own with the tables that they name.
  func files(_ data: DataOptions) -> [String?] { [od] + LayerSelection.files(demand, data) }

  /// Refuses options that exclude one another.
  func check() throws(CorridorKitError) {
    let kinds = [!corridor.isEmpty, from != nil || to != nil, od != nil, !demand.isEmpty]
    guard kinds.count(where: { $0 }) <= 1 else {
      throw .contradiction("--corridor, --from with --to, --od and --demand exclude one another")
    }
    guard layer == nil || od != nil else { throw .contradiction("--layer goes with --od") }
    guard domesticShare == nil || od != nil || !demand.isEmpty else {
      throw .contradiction("--domestic-share goes with --od or --demand")
    }
    guard !mixKinds || !demand.isEmpty else {
      throw .contradiction("--mix-kinds goes with --demand")
    }
  }

  /// The layers that are asked for; nil where none is.
  func selection(_ session: Session) throws(CorridorKitError) -> LayerSelection? {
    demand.isEmpty ? nil : try LayerSelection(demand, sources: session.sources)
  }
}

/// Layers of demand that are asked for by name or file.
struct LayerSelection {
  let layers: [DemandLayer]

  /// - Parameter names: Ids, kinds, `all`, or files that end in `.yaml` or `.yml`.
  init(_ names: [String], sources: DataSources) throws(CorridorKitError) {
    // A folder of one's own may lack the shipped layers, which a file of one's own does not need.
    let shipped = names.allSatisfy(Self.isFile) ? [] : try Self.shipped(sources)
    var layers: [DemandLayer] = []
    for name in names {
      let meant: [DemandLayer]
      if Self.isFile(name) {
        meant = [try DemandLayer(try InputFile(path: name), indicators: sources.indicators)]
      } else {
        meant = shipped.filter { name == "all" || $0.kind.rawValue == name || $0.id == name }
      }
      guard !meant.isEmpty else {
        throw .notExpected(
          kind: "layer of demand", text: name,
          expected: shipped.map(\.id) + ["all", "persons", "drugs", "a .yaml file"])
      }
      for layer in meant {
        guard !layers.contains(where: { $0.id == layer.id }) else {
          throw .contradiction("the layer \(layer.id) is asked for twice")
        }
        layers.append(layer)
      }
    }
    self.layers = layers
  }

  private static func isFile(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// The files of layers of one's own with those that they name; none for a layer by name.
  static func files(_ names: [String], _ data: DataOptions) -> [String] {
    let indicators = (try? data.sources())?.indicators
    return names.filter(isFile).flatMap { name in
      let layer = try? DemandLayer(InputFile(path: name), indicators: indicators)
      return [name] + (layer?.inputs.map(\.path) ?? [])
    }
  }

  static func shipped(_ sources: DataSources) throws(CorridorKitError) -> [DemandLayer] {
    try DemandLayer.shipped(in: sources.demand, indicators: sources.indicators)
  }

  private var persons: [DemandLayer] { layers.filter { $0.kind == .persons } }

  /// That of the studies, where several layers of persons would else be as large as their files say.
  var domesticShare: Double? { persons.count > 1 ? DomesticShare.reported.value : nil }

  /// What every result on these layers says.
  func remark(domesticShare: Double?) -> String {
    "Demand: \(layers.map(\.id).joined(separator: ", ")); masses are relative, no counts are "
      + "published" + (domesticShare.map { "; domestic share of persons \($0)" } ?? "") + "."
  }

  /// The flows of all layers, those of persons scaled to a domestic share.
  func flows(
    _ session: Session, domesticShare: Double?
  ) throws(CorridorKitError) -> [OriginDestination] {
    let analysis = try session.analysis().forDemand()
    func flows(_ kind: DemandLayer.Kind) throws(CorridorKitError) -> [OriginDestination] {
      var flows: [OriginDestination] = []
      for layer in layers where layer.kind == kind { flows += try layer.flows(on: analysis) }
      return flows
    }
    var persons = try flows(.persons)
    if let domesticShare {
      guard !persons.isEmpty else {
        throw .contradiction("--domestic-share is about persons, and no layer of them is sent")
      }
      persons = try analysis.scaled(persons, toDomesticShare: domesticShare)
    }
    return persons + (try flows(.drugs))
  }
}
