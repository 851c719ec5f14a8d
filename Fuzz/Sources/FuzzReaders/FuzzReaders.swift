import CFuzzer
import CorridorKit
import Foundation
import Geography
import RiskIndex
import Tables
import TransportGraph

/// Hands libFuzzer the reader that `CORRIDOR_FUZZ_READER` names.
///
/// A reader may refuse an input with an error of its own type. Everything else is a crash, which
/// libFuzzer reports: a trap, an endless loop, too much memory, or an accepted input that breaks what
/// the reader promises.
@main
struct FuzzReaders {
  static func main() {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    _ = LLVMFuzzerRunDriver(&count, &arguments) { start, count in
      read(Data(UnsafeBufferPointer(start: start, count: count)))
      return 0
    }
  }
}

/// The readers by name, each with a folder of seeds.
private let readers: [String: @Sendable (Data) -> Void] = [
  "network": readNetwork, "provinces": readProvinces, "dimacs": readDIMACS, "tntp": readTNTP,
  "gmns": readGMNS, "hierarchy": readHierarchy, "places": readPlaces, "csv": readTable,
  "index": readIndex, "units": readUnits, "profile": readProfile, "scenario": readScenario,
  "corridors": readCorridors, "demand": readDemand, "uncertainty": readUncertainty,
]

private let read: @Sendable (Data) -> Void = {
  let name = ProcessInfo.processInfo.environment["CORRIDOR_FUZZ_READER"] ?? ""
  guard let reader = readers[name] else {
    preconditionFailure("CORRIDOR_FUZZ_READER is \(name); expected one of \(readers.keys.sorted())")
  }
  return reader
}()

/// An error is a good answer if it can be told.
func expectDescribed(_ error: any Error) {
  precondition(!"\(error)".isEmpty)
}

/// A result can be written in every form that it has.
func expectWritten(_ report: some Report) {
  for format in [ReportFormat.table, .csv, .json] {
    do {
      let content = try report.content(format)
      precondition(!content.isEmpty)
    } catch {
      preconditionFailure("a result that cannot be written: \(error)")
    }
  }
}

/// That of results that no files are told of.
let manifest = Manifest(inputs: [], options: [:])

/// The parts of an input that stands for several files: a line of five equals signs parts them.
func parts(_ data: Data) -> [[UInt8]] {
  var parts: [[UInt8]] = []
  var rest = data[...]
  while let line = rest.range(of: Data("=====\n".utf8)) {
    parts.append([UInt8](rest[..<line.lowerBound]))
    rest = rest[line.upperBound...]
  }
  return parts + [[UInt8](rest)]
}

/// Whether a number has more than six digits: a header of millions of nodes is sound, takes gigabytes
/// and finds nothing.
private func statesMillions(_ bytes: [UInt8]) -> Bool {
  bytes.split { !(0x30...0x39).contains($0) }.contains { $0.drop { $0 == 0x30 }.count > 6 }
}

@Sendable private func readNetwork(_ data: Data) {
  let places = parts(data)
  do throws(CorridorKitError) {
    let crossings =
      places.count > 1
      ? try CrossingCatalogue(InputFile(path: "crossings", data: Data(places[1])))
      : try CrossingCatalogue([])
    let network = try TransportNetwork(
      InputFile(path: "network", data: Data(places[0])), crossings: crossings)
    precondition(network.lines.count == network.graph.links.count)
    search(network.graph, .time)
  } catch {
    expectDescribed(error)
  }
}

@Sendable private func readProvinces(_ data: Data) {
  do {
    let (layer, _) = try ProvinceLayer.read([InputFile(path: "provinces", data: data)])
    precondition(!layer.provinces.isEmpty)
  } catch {
    expectDescribed(error)
  }
}

@Sendable private func readPlaces(_ data: Data) {
  do {
    let (settlements, _) = try Settlement.read(InputFile(path: "places", data: data))
    let gazetteer = Gazetteer(settlements)
    for settlement in settlements {
      for name in [settlement.id, settlement.name] + settlement.aliases {
        do { _ = try gazetteer.resolve(name) } catch { expectDescribed(error) }
      }
    }
  } catch {
    expectDescribed(error)
  }
}

@Sendable private func readDIMACS(_ data: Data) {
  let places = parts(data)
  guard !statesMillions(places[0]) else { return }
  let coordinates = places.count > 1 ? GraphFile(name: "co", bytes: places[1]) : nil
  for weight in [DIMACSReader.Weight.distance(metersPerUnit: 0.1), .time(secondsPerUnit: 1)] {
    do {
      let network = try DIMACSReader(weight: weight).read(
        GraphFile(name: "gr", bytes: places[0]), coordinates: coordinates)
      precondition(network.hasCoordinates == (coordinates != nil))
      search(try network.graph(), weight == .time(secondsPerUnit: 1) ? .time : .distance)
    } catch {
      expectDescribed(error)
    }
  }
}

@Sendable private func readTNTP(_ data: Data) {
  let places = parts(data)
  guard !statesMillions(places[0]) else { return }
  let positions = places.count > 1 ? GraphFile(name: "node", bytes: places[1]) : nil
  for measure in [ImpedanceProfile.Measure.time, .distance] {
    do {
      let network = try TNTPReader(measure: measure).read(
        GraphFile(name: "net", bytes: places[0]), positions: positions)
      search(try network.graph(), measure)
    } catch {
      expectDescribed(error)
    }
  }
}

@Sendable private func readGMNS(_ data: Data) {
  let places = parts(data)
  func file(_ index: Int, _ name: String) -> GraphFile? {
    index < places.count ? GraphFile(name: name, bytes: places[index]) : nil
  }
  guard let nodes = file(0, "node.csv"), let links = file(1, "link.csv") else { return }
  do {
    let network = try GMNSReader().read(
      GMNSReader.Files(
        nodes: nodes, links: links, configuration: file(2, "config.csv"),
        geometries: file(3, "geometry.csv")))
    precondition(network.lines()?.allSatisfy { $0.count >= 2 } == true)
    search(try network.graph(), .time)
  } catch {
    expectDescribed(error)
  }
}

@Sendable private func readTable(_ data: Data) {
  do {
    let table = try DelimitedTable(bytes: [UInt8](data), file: "csv")
    precondition(table.rows.allSatisfy { $0.fields.count == table.header.count })
    _ = try IndicatorTable(csv: String(decoding: data, as: UTF8.self), file: "csv")
  } catch {
    expectDescribed(error)
  }
  do throws(CorridorKitError) {
    let flows = try OriginDestination.read(InputFile(path: "flows", data: data))
    _ = try SmallRegion.shared.analysis.trips(flows)
  } catch {
    expectDescribed(error)
  }
  do {
    _ = try Organisation.read(InputFile(path: "organisations", data: data))
  } catch {
    expectDescribed(error)
  }
}

/// A graph that was read is one that can be searched.
private func search(_ graph: TransportGraph, _ measure: ImpedanceProfile.Measure) {
  guard !graph.nodes.isEmpty else { return }
  var profile = ImpedanceProfile.time
  profile.measure = measure
  guard let view = try? GraphView(graph, profile: profile) else { return }
  let costs = view.impedances(from: NodeID(0))
  precondition(costs[0] == 0)
}
