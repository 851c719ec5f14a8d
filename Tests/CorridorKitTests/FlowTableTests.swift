import CorridorKit
import Foundation
import Testing
import TransportGraph

@Suite("Tables of flows")
struct FlowTableTests {
  private func read(_ text: String) throws -> [OriginDestination] {
    try OriginDestination.read(inputFile(text, named: "flows.csv"))
  }

  /// A flow that stands on a line of the file that others of the same table were read from.
  private func flow(
    _ origin: String, _ destination: String, _ mass: Double, layer: String? = nil, line: Int,
    of flows: [OriginDestination]
  ) throws -> OriginDestination {
    let location = try #require(flows.first?.location)
    let file = try #require(location.split(separator: ":").first)
    #expect(file.hasSuffix("/flows.csv"))
    return OriginDestination(
      origin: origin, destination: destination, mass: mass, layer: layer,
      location: "\(file):\(line)")
  }

  @Test("columns are found by name, the layer may be left out, and each row knows its line")
  func sound() throws {
    let plain = try read("mass,to,from\n2.5,B,A\n")
    #expect(try plain == [flow("A", "B", 2.5, line: 2, of: plain)])
    // A quoted line break makes the second row begin on the fourth line.
    let layered = try read("from,to,mass,layer\n\"A, KZ\",B,1,\"lab\nour\"\nA,B,2,\n")
    #expect(
      try layered == [
        flow("A, KZ", "B", 1, layer: "lab\nour", line: 2, of: layered),
        flow("A", "B", 2, line: 4, of: layered),
      ])
  }

  @Test(
    "a mistake is refused with its file, line and column",
    arguments: [
      ("", ": is empty; expected a header line"),
      ("from,to\nA,B\n", ":1: column 'mass' is missing; found from, to"),
      ("from,to,mass\n", ": has no row below its header; expected one or more"),
      ("from,to,mass\nA,B,0\n", ":2: mass is '0'; expected a number > 0 and at most 1e15"),
      ("from,to,mass\nA,B,-1\n", ":2: mass is '-1'; expected a number > 0 and at most 1e15"),
      (
        "from,to,mass\nA,B,1\nA,B,many\n",
        ":3: mass is 'many'; expected a finite number, with a point for the decimals"
      ),
      (
        "from,to,mass\nA,B,nan\n",
        ":2: mass is 'nan'; expected a finite number, with a point for the decimals"
      ),
      (
        "from,to,mass\nA,B,inf\n",
        ":2: mass is 'inf'; expected a finite number, with a point for the decimals"
      ),
      ("from,to,mass\nA,,1\n", ":2: to is ''; expected text"),
      ("from,to,mass\nA,B\n", ":2: 2 fields; expected 3, as in the header"),
      ("from,to,mass\n\"A,B,1\n", ":2: a quoted field begins here and never ends"),
    ])
  func mistakes(text: String, rest: String) throws {
    let file = try inputFile(text, named: "flows.csv")
    #expect(
      fault { () throws(CorridorKitError) in _ = try OriginDestination.read(file) }
        == "flows.csv\(rest)")
  }
}
