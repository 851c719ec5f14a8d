import CorridorKit
import Sampling
import Testing
import TransportGraph

@Suite("Files of uncertain inputs")
struct UncertainInputsFileTests {
  private func message(_ text: String) throws -> String? {
    let file = try inputFile(text, named: "ranges.yaml")
    return fault { () throws(CorridorKitError) in _ = try UncertainInputs(file) }
  }

  @Test("every key is read")
  func sound() throws {
    let inputs = try UncertainInputs(
      inputFile(
        """
        name: Everything
        description: all there is
        dwell: {spread: 0.5, correlation: 0.25, reason: queues, source: assumed}
        transfer: {log_uniform: [0.5, 2], reason: r, source: s}
        speed:
          road:
            default: {triangular: [0.5, 1, 1.5], reason: r, source: s}
            unpaved: {uniform: [0.5, 1.25], reason: r, source: s}
          rail:
            default: {uniform: [1, 1], reason: r, source: s}
        route_choice:
          theta: {log_normal: {spread90: 3}, reason: r, source: s}
          beta: {uniform: [0.5, 1.5], reason: r, source: s}
        demand:
          pair: {log_normal: {median: 2, spread90: 4}, reason: r, source: s}
          layer: {uniform: [0.1, 10], reason: r, source: s}
          domestic_share: {triangular: [0.3, 0.62, 0.9], layers: [a, b], reason: r, source: s}
        """, named: "ranges.yaml"))
    #expect(inputs.name == "Everything")
    #expect(inputs.description == "all there is")
    #expect(inputs.dwell?.spread == 0.5)
    #expect(inputs.dwell?.correlation == 0.25)
    #expect(inputs.dwell?.ground == .init(reason: "queues", source: "assumed"))
    #expect(inputs.transfer?.distribution == .logUniform(low: 0.5, high: 2))
    #expect(inputs.speeds.map(\.mode) == [.road, .road, .rail])
    #expect(inputs.speeds.map(\.roadClass) == ["default", "unpaved", "default"])
    #expect(
      inputs.speeds.map(\.factor.distribution) == [
        .triangular(low: 0.5, mode: 1, high: 1.5), .uniform(low: 0.5, high: 1.25),
        .uniform(low: 1, high: 1),
      ])
    #expect(inputs.theta?.distribution == .logNormal(median: 1, spread90: 3))
    #expect(inputs.beta?.distribution == .uniform(low: 0.5, high: 1.5))
    #expect(inputs.pairMass?.distribution == .logNormal(median: 2, spread90: 4))
    #expect(inputs.layerMass?.distribution == .uniform(low: 0.1, high: 10))
    #expect(inputs.domesticShare?.mode == 0.62)
    #expect(inputs.domesticShare?.layers == ["a", "b"])
    #expect(
      inputs.rows.map(\.name) == [
        "dwell", "transfer", "speed.road.default", "speed.road.unpaved", "speed.rail.default",
        "route_choice.theta", "route_choice.beta", "demand.pair", "demand.layer",
        "demand.domestic_share",
      ])
  }

  @Test("the shipped ranges are read, and each says why and after whom")
  func shipped() throws {
    let inputs = try UncertainInputs(InputFile(path: Shipped.sources(vintage: "2024").uncertainty))
    #expect(inputs.rows.count == 10)
    #expect(inputs.rows.allSatisfy { $0.reason.count > 20 && !$0.source.isEmpty })
  }

  @Test(
    "a mistake is refused with its line, its key, the value and what was expected",
    arguments: [
      (
        "name: x\ndwel: {}",
        "ranges.yaml: line 2 is an unknown key \"dwel\"; expected dwell?"
      ),
      (
        "name: x",
        "ranges.yaml: line 1 is without anything uncertain; expected \"dwell\", \"transfer\", "
          + "\"speed\", \"route_choice\" or \"demand\""
      ),
      (
        "transfer: {uniform: [1, 2], reason: r, source: s}",
        "ranges.yaml: line 1 is without \"name\"; expected a value for it"
      ),
      (
        "name: x\ntransfer: {reason: r, source: s}",
        "ranges.yaml: line 2, transfer, is without a distribution; expected one of uniform, "
          + "triangular, log_uniform, log_normal"
      ),
      (
        "name: x\ntransfer: {uniform: [1, 2], triangular: [1, 1, 2], reason: r, source: s}",
        "ranges.yaml: line 2, transfer, is with uniform and triangular; expected one of uniform, "
          + "triangular, log_uniform, log_normal"
      ),
      (
        "name: x\ntransfer: {uniform: [1, 2], source: s}",
        "ranges.yaml: line 2, transfer, is without \"reason\"; expected a value for it"
      ),
      (
        "name: x\ntransfer: {uniform: [1, 2], reason: r}",
        "ranges.yaml: line 2, transfer, is without \"source\"; expected a value for it"
      ),
      (
        "name: x\ntransfer: {uniform: [1, 2, 3], reason: r, source: s}",
        "ranges.yaml: line 2, transfer.uniform, is a list of 3; expected [low, high]"
      ),
      (
        "name: x\ntransfer: {triangular: [1, 3, 2], reason: r, source: s}",
        "ranges.yaml: line 2, transfer.triangular[2], is \"2\"; expected [low, mode, high] in "
          + "ascending order"
      ),
      (
        "name: x\ntransfer: {uniform: [0, 2], reason: r, source: s}",
        "ranges.yaml: line 2, transfer.uniform[0], is \"0\"; expected a factor from 0.01 to 100"
      ),
      (
        "name: x\ntransfer: {log_normal: {spread90: 0.5}, reason: r, source: s}",
        "ranges.yaml: line 2, transfer.log_normal.spread90, is \"0.5\"; expected a factor from 1 "
          + "to 10"
      ),
      (
        "name: x\ntransfer: {log_normal: [1, 2], reason: r, source: s}",
        "ranges.yaml: line 2, transfer.log_normal, is a list; expected a mapping with median, "
          + "spread90"
      ),
      (
        "name: x\ntransfer: {gamma: [1, 2], reason: r, source: s}",
        "ranges.yaml: line 2, transfer, is an unknown key \"gamma\"; expected uniform, triangular, "
          + "log_uniform, log_normal, reason, source"
      ),
      (
        "name: x\ndwell: {correlation: 1.5, reason: r, source: s}",
        "ranges.yaml: line 2, dwell.correlation, is \"1.5\"; expected a correlation from 0 to 1"
      ),
      (
        "name: x\ndwell: {reason: r, source: s}",
        "ranges.yaml: line 2, dwell, is without \"correlation\"; expected a value for it"
      ),
      (
        "name: x\ndwell: {spread: -1, correlation: 0, reason: r, source: s}",
        "ranges.yaml: line 2, dwell.spread, is \"-1\"; expected a share of the range from 0 to "
          + "1"
      ),
      (
        "name: x\nspeed:\n  boat:\n    default: {uniform: [1, 2], reason: r, source: s}",
        "ranges.yaml: line 4, speed.boat, is under an unknown mode \"boat\"; expected one of road, "
          + "rail, ferry"
      ),
      (
        "name: x\nspeed: 3",
        "ranges.yaml: line 2, speed, is \"3\"; expected a mapping"
      ),
      (
        "name: x\nroute_choice: {gamma: {uniform: [1, 2], reason: r, source: s}}",
        "ranges.yaml: line 2, route_choice, is an unknown key \"gamma\"; expected theta, beta"
      ),
      (
        "name: x\ndemand:\n  domestic_share: {triangular: [0, 0.5, 1], reason: r, source: s}",
        "ranges.yaml: line 3, demand.domestic_share.triangular[0], is \"0\"; expected a share from "
          + "0.001 to 0.999"
      ),
      (
        "name: x\ndemand:\n  domestic_share: {triangular: [0.1, 0.5, 0.9], layers: [], reason: r, source: s}",
        "ranges.yaml: line 3, demand.domestic_share, is for no layer; expected a layer"
      ),
    ])
  func mistakes(text: String, expected: String) throws {
    #expect(try message(text) == expected)
  }
}
