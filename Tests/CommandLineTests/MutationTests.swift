import CorridorKit
import Foundation
import Testing
import TransportGraph

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x2545_F491_4F6C_DD1D }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A file with one or two random faults: what a tired editor, a broken download or an enemy makes.
struct Mutant {
  private(set) var bytes: [UInt8]
  /// What stands around a value.
  private let boundaries: [UInt8]

  private static let tokens = [
    "null", "NaN", "-1", "0", "1e308", "1e999", "-0.0", "\"\"", "\"x\"", "[]", "{}", "[[]]", "true",
    "9223372036854775808", "\\u0000", "\u{0}", "𝄞", "\"", ",", "}", "]", "180", "-90.0000001",
  ]

  init(of data: Data, seed: Int, boundaries: String = ",:[]{}") {
    bytes = [UInt8](data)
    self.boundaries = [UInt8](boundaries.utf8)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Int.random(in: 1...2, using: &random) { mutate(&random) }
  }

  private mutating func mutate(_ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 1...60, using: &random))
    switch Int.random(in: 0..<12, using: &random) {
    case 0: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes.removeSubrange(start..<end)
    case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
    case 3: bytes.removeSubrange(start...)
    case 4...6:
      // Another digit: sound JSON with a wrong number or identifier.
      guard let digit = bytes[start...].firstIndex(where: { (0x30...0x39).contains($0) }) else {
        return
      }
      bytes[digit] = UInt8.random(in: 0x30...0x39, using: &random)
    case 7, 8:
      // A line of the file is a feature: sound JSON without it, or with it twice.
      var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      let line = Int.random(in: 0..<lines.count, using: &random)
      if Bool.random(using: &random) {
        lines.remove(at: line)
      } else {
        lines.insert(lines[line], at: line)
      }
      bytes = Array(lines.joined(separator: [0x0A]))
    default:
      // A whole value replaced keeps the JSON sound more often than a random place would.
      let isBoundary: (UInt8) -> Bool = { boundaries.contains($0) }
      guard let open = bytes[start...].firstIndex(where: isBoundary),
        let close = bytes[(open + 1)...].firstIndex(where: isBoundary)
      else { return }
      let token = Self.tokens[Int.random(in: 0..<Self.tokens.count, using: &random)]
      bytes.replaceSubrange((open + 1)..<close, with: token.utf8)
    }
  }
}

/// No file, however broken, brings the program down: it ends with a named status and one line.
@Suite("Mutated files")
struct MutationTests {
  static let files = ["network.geojson", "provinces.geojson", "crossings.geojson"]

  @Test("through the library: a result or a described error", arguments: files)
  func library(file: String) throws {
    let region = try SmallRegion()
    let sources = try region.sources()
    let original = try region.data(file)
    let profile = try ImpedanceProfile(InputFile(path: region.path("profile.yaml")))
    var accepted = 0
    var refused = 0
    for seed in 1...200 {
      try region.copy.write(Data(Mutant(of: original, seed: seed).bytes), to: file)
      do throws(CorridorKitError) {
        let area = try StudyArea(sources, cache: nil, threads: 1)
        let countries = Set(area.provinces.provinces.map(\.country)).sorted()
        let analysis = try Analysis(area, profile: profile, countries: countries)
        let flow = OriginDestination(origin: "South Town", destination: "Eastburg", mass: 1)
        let trips = try analysis.trips([flow])
        let outcomes = analysis.view.outcomes(of: trips, matrix: analysis.matrix)
        let exposure = Exposure(trips, outcomes, matrix: analysis.matrix)
        #expect(exposure.totalLengthMeters.isFinite, "\(file), seed \(seed)")
        #expect(exposure.rows.allSatisfy { $0.lengthMeters >= 0 }, "\(file), seed \(seed)")
        accepted += 1
      } catch {
        #expect(!"\(error)".isEmpty, "\(file), seed \(seed)")
        #expect([65, 67].contains(error.exitStatus.rawValue), "\(file), seed \(seed): \(error)")
        refused += 1
      }
    }
    // Both kinds occur, else the mutations are too weak or too strong to test anything.
    #expect(accepted > 10 && refused > 10, "\(accepted) accepted, \(refused) refused")
  }

  @Test("through the executable: a named status, one line, no signal", arguments: files)
  func process(file: String) throws {
    let region = try SmallRegion()
    let original = try region.data(file)
    let named = Set(ExitStatus.allCases.map(\.rawValue)).subtracting([70])
    for seed in 1001...1012 {
      try region.copy.write(Data(Mutant(of: original, seed: seed).bytes), to: file)
      let run = try region.run("route", "South Town", "Eastburg", "--format", "json")
      let status = try #require(run.status, "\(file), seed \(seed): \(run)")
      #expect(named.contains(status), "\(file), seed \(seed): \(run)")
      if status == 0 {
        #expect(run.errors.isEmpty)
      } else {
        run.expectOneLine(saying: [])
      }
    }
  }

  @Test("a file cut at any byte is refused", arguments: files)
  func cut(file: String) throws {
    let region = try SmallRegion()
    let sources = try region.sources()
    let original = try region.data(file)
    var random = SeededGenerator(seed: 7)
    // The last two bytes are the closing brace and a line feed that may be absent.
    let lengths = (0..<100).map { _ in Int.random(in: 0..<(original.count - 1), using: &random) }
    for length in lengths + [0, 1, original.count - 2] {
      try region.copy.write(original.prefix(length), to: file)
      do throws(CorridorKitError) {
        _ = try StudyArea(sources, cache: nil, threads: 1)
        Issue.record("\(file) cut after \(length) bytes was accepted")
      } catch {
        #expect(error.exitStatus == .data)
        #expect("\(error)".contains(file), "\(error)")
      }
    }
  }

  @Test(
    "a standard graph file: a network or an error of its own type", arguments: ConvertTests.files)
  func standardFiles(file: String) throws {
    let files = try StandardFiles()
    let original = try files.data(file)
    var accepted = 0
    var refused = 0
    // Fuzz/ tries many more.
    for seed in 1...100 {
      let mutant = Mutant(of: original, seed: seed, boundaries: " \t\n\r,;\"")
      try files.folder.write(Data(mutant.bytes), to: file)
      do throws(CorridorKitError) {
        let standard = try StandardNetwork(path: files.path(StandardFiles.input(of: file)))
        let network = try standard.transportNetwork()
        let view = try? GraphView(network.graph, profile: .time)
        #expect(view?.impedances(from: NodeID(0))[0] == 0, "\(file), seed \(seed)")
        #expect(network.lines.allSatisfy { $0.count >= 2 }, "\(file), seed \(seed)")
        accepted += 1
      } catch {
        let message = "\(error)"
        #expect(message.contains(files.folder.path), "\(file), seed \(seed): \(message)")
        #expect([65, 66].contains(error.exitStatus.rawValue), "\(file), seed \(seed): \(message)")
        refused += 1
      }
    }
    #expect(accepted > 10 && refused > 10, "\(accepted) accepted, \(refused) refused")
  }
}
