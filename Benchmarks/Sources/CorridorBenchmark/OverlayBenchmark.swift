import ArgumentParser
import CorridorKit
import Geography
import TransportGraph

/// λ of a whole network over one layer of provinces, on one thread.
struct OverlayBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overlay", abstract: "Overlay a network with the provinces.")

  @Argument(help: "The folder of shipped data.") var data: String
  @Option(help: "How often each step is timed.") var runs = 1

  private struct Result: Encodable {
    var links: Int
    var provinces: Int
    /// The cut of every line, with the preparation of the provinces.
    var cut: [Measurement]
    /// The whole matrix: the cut, dwell shares and node shares.
    var matrix: [Measurement]
    /// Geodesic metres by province, before anything is scaled to stated lengths.
    var meters: [String: Double]
    /// Stated metres by province: the sums of the matrix's columns.
    var statedMeters: [String: Double]
  }

  func run() throws {
    let sources = try DataSources(folder: data, vintage: "2024")
    let crossings = try CrossingCatalogue(InputFile(path: sources.crossings))
    let network = try TransportNetwork(InputFile(path: sources.network), crossings: crossings)
    var files: [InputFile] = []
    for path in sources.provinces { files.append(try InputFile(path: path)) }
    let layer = try ProvinceLayer.read(files).layer

    func name(_ province: Int?) -> String { province.map { layer.provinces[$0].id } ?? "ABROAD" }

    var cutTimes: [Measurement] = []
    var matrixTimes: [Measurement] = []
    var meters: [String: Double] = [:]
    var stated: [String: Double] = [:]
    for _ in 0..<runs {
      let (rows, time) = try Measurement.of {
        try ProvinceOverlay(layer).lengths(alongEach: network.lines, threads: 1)
      }
      cutTimes.append(time)
      meters = rows.joined().reduce(into: [:]) { $0[name($1.province), default: 0] += $1.meters }
      let (matrix, matrixTime) = try Measurement.of {
        try OverlayMatrix(network: network, crossings: crossings, provinces: layer, threads: 1)
      }
      matrixTimes.append(matrixTime)
      stated = [:]
      for link in network.graph.links.indices {
        for entry in matrix.lengths(of: LinkID(link)) {
          let province = entry.column == matrix.outside ? nil : Int(entry.column)
          stated[name(province), default: 0] += entry.value
        }
      }
    }
    try writeJSON(
      Result(
        links: network.graph.links.count, provinces: layer.provinces.count, cut: cutTimes,
        matrix: matrixTimes, meters: meters, statedMeters: stated))
  }
}
