import Foundation
import Testing

@testable import TransportGraph

/// The recursive logit of the published worked example ("The toy region"): states are nodes, from node 1
/// to node 10, θ = 2 per hour.
@Suite("Recursive logit of the toy region")
struct RecursiveLogitToyRegionTests {
  private static let model = RecursiveLogit(theta: 2, states: .nodes)

  /// Expected uses by tail and head.
  private static let open: [String: Double] = [
    "1->2": 0.6159037945495153, "1->3": 0.42174330513963154, "2->1": 0.0370422281996862,
    "2->4": 0.5792810614053214, "3->1": 0.0006048714894605836, "3->5": 0.42372302187932326,
    "4->2": 0.0004194950554924656, "4->5": 0.10402410641148968, "4->6": 0.4299849028584694,
    "4->7": 0.06901108333623099, "5->3": 0.0025845882291523855, "5->4": 0.020894716029395424,
    "5->6": 0.1813811234048263, "5->8": 0.32971510650445984, "6->4": 0.0031457109937025993,
    "6->5": 0.006606253287025893, "6->7": 0.032383891500626656, "6->8": 0.5876767894972548,
    "6->12": 0.011808717071617507, "7->4": 0.0001180992332628418, "7->6": 0.0075751573097008655,
    "7->8": 0.1017483506589602, "8->5": 0.0002221525899951804, "8->6": 0.010871461705613528,
    "8->7": 0.008046632365066284, "8->9": 1.091137115767023, "9->8": 0.09113711576702363,
    "9->10": 1.0000000000000002, "10->9": 0.0, "11->12": 5.728848143667174e-05,
    "12->6": 0.01180871707161751, "12->11": 5.728848143667174e-05,
  ]

  private static let withoutE3: [String: Double] = [
    "1->2": 0.037016055286853214, "1->3": 1.0006041215892572, "2->1": 0.037016055286853214,
    "2->4": 0.0, "3->1": 0.0006041215892571706, "3->5": 1.0049100166747607, "4->2": 0.0,
    "4->5": 0.0071882776218237625, "4->6": 0.029713696350553747, "4->7": 0.004768958804585179,
    "5->3": 0.004910016674760598, "5->4": 0.03970042611126924, "5->6": 0.34486953530311115,
    "5->8": 0.6269072464168366, "6->4": 0.0019351889882722028, "6->5": 0.004066784959964033,
    "6->7": 0.019936040241605786, "6->8": 0.3617835798348617, "6->12": 0.0072696136552940814,
    "7->4": 3.531767742125551e-05, "7->6": 0.0022669438492449166, "7->8": 0.030449361125626323,
    "8->5": 0.0002221452494294561, "8->6": 0.010871418521793961, "8->7": 0.008046623606101536,
    "8->9": 1.0911371104655807, "9->8": 0.09113711046558097, "9->10": 0.9999999999999994,
    "10->9": 0.0, "11->12": 3.526760141828385e-05, "12->6": 0.007269613655294083,
    "12->11": 3.526760141828385e-05,
  ]

  /// The links with part of their length in each province.
  private static let links = [
    "A": ["e3", "e5", "e6", "e8", "e16"], "B": ["e4", "e5", "e7", "e9"],
    "C": ["e8", "e9", "e10", "e11", "e12", "e13", "e16"], "abroad": ["e1", "e2", "e14", "e15"],
  ]

  private func expect(
    _ view: GraphView, _ flows: [String: Double], radius: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> LinkUse {
    let uses = try view.walks("1", "10", Self.model)
    let use = try #require(uses.outcomes[0].use, sourceLocation: sourceLocation)
    var found: [String: Double] = [:]
    for entry in use.entries {
      let ends = [view.graph.tail(of: entry.arc), view.graph.head(of: entry.arc)]
      found[ends.map { view.graph.nodes[$0.index].id }.joined(separator: "->")] = entry.share
    }
    #expect(flows.count == 32, sourceLocation: sourceLocation)
    for (arc, flow) in flows {
      #expect(abs((found[arc] ?? 0) - flow) < 1e-9, sourceLocation: sourceLocation)
    }
    let codes = view.graph.outgoing.codes.filter { !view.isClosed(LinkID($0.link)) }
    let states = try #require(RecursiveLogitStates(view, codes, Self.model))
    let (start, end) = try (view.node("1"), view.node("10"))
    let spectrum = RecursiveLogitSpectrum(
      states, from: view.graph.rank(of: start), to: view.graph.rank(of: end))
    #expect(abs(spectrum.radius - radius) < 1e-9, sourceLocation: sourceLocation)
    return use
  }

  @Test("expected uses, hours, chances of entering and the spectral radius are those published")
  func openRegion() throws {
    let view = try ToyRegionTests().view()
    let use = try expect(view, Self.open, radius: 0.3276679621961624)
    #expect(abs(use.expectedTravelTimeSeconds / 3600 - 7.931598889237651) < 1e-9)
    #expect(abs(use.expectedLengthMeters / 1000 - 394.09583814447564) < 1e-9)
    let entering = [
      "A": 0.5989660423215302, "B": 0.5259531027706646, "C": 0.9999999999999998, "abroad": 1,
    ]
    for (province, expected) in entering {
      let links = Set(try Self.links[province, default: []].map { try view.link($0) })
      #expect(abs(1 - use.probability { links.contains($0) } - expected) < 1e-9)
    }
  }

  @Test("closing crossing e3 leaves the uses published")
  func closedCrossing() throws {
    let open = try ToyRegionTests().view()
    let view = try open.closing([open.link("e3")])
    let use = try expect(view, Self.withoutE3, radius: 0.32763271763591584)
    let kilometers = [
      5.549524520292313, 108.86543026347415, 123.20762999210095, 165.64361685784203,
    ].reduce(0, +)
    #expect(abs(use.expectedLengthMeters / 1000 - kilometers) < 1e-9)
  }
}
