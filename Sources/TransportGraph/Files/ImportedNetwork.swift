public import Geography

/// What a standard graph file says, in the terms of this library: nodes, links and lines.
///
/// ``DIMACSReader``, ``TNTPReader`` and ``GMNSReader`` make it.
public struct ImportedNetwork: Sendable {
  /// In the order of the file.
  public let nodes: [Node]
  /// In the order of the file; all are ways.
  public let links: [Link]
  /// How positions are measured.
  public let metric: LengthMetric
  /// Whether the file states positions. Without them every node stands at 0, 0, which is no place:
  /// routes and costs are right all the same, since searches use positions to lay out memory only.
  public let hasCoordinates: Bool
  /// What was not taken as it stands in the file.
  public let notes: ImportNotes
  /// The lines of links that the file draws, by link index; the others are straight.
  let shapes: [Int: [Coordinate]]

  init(
    nodes: [Node], links: [Link], metric: LengthMetric, hasCoordinates: Bool, notes: ImportNotes,
    shapes: [Int: [Coordinate]] = [:]
  ) {
    self.nodes = nodes
    self.links = links
    self.metric = metric
    self.hasCoordinates = hasCoordinates
    self.notes = notes
    self.shapes = shapes
  }

  /// The graph of these nodes and links.
  ///
  /// - Throws: `TransportGraphError`; the readers leave only what one file cannot break, such as the
  ///   number of nodes that a graph can have.
  /// - Complexity: O(n log n + m).
  public func graph() throws(TransportGraphError) -> TransportGraph {
    try TransportGraph(nodes: nodes, links: links)
  }

  /// The line of each link from its `from` node to its `to` node, in the order of ``links``; nil for a
  /// network without coordinates.
  ///
  /// - Complexity: O(nodes + links).
  public func lines() -> [[Coordinate]]? {
    guard hasCoordinates else { return nil }
    let positions = Dictionary(nodes.map { ($0.id, $0.coordinate) }) { first, _ in first }
    return links.enumerated().map { index, link in
      shapes[index] ?? [link.from, link.to].compactMap { positions[$0] }
    }
  }
}

/// How many things of a file were not taken as they stand there.
public struct ImportNotes: Hashable, Sendable {
  /// Links from a node to itself, left out: no shortest route uses one.
  public internal(set) var selfLoops = 0
  /// Pairs of opposite arcs of one weight that became one two-way link each.
  public internal(set) var foldedPairs = 0
  /// Impedances below half a millisecond or millimetre, 0 among them, raised to 1.
  public internal(set) var raisedImpedances = 0
  /// Links whose length or speed, of the two the one that routes do not minimise, had to be assumed or
  /// moved so that the speed is one of 1 … 400 km/h.
  public internal(set) var adjustedLinks = 0
  /// Links that none of the known uses may travel, left out.
  public internal(set) var unusableLinks = 0
  /// Links that name a line which no file holds, drawn straight.
  public internal(set) var straightLinks = 0
  /// Zones that may not be passed through, each of which became two nodes.
  public internal(set) var splitZones = 0
  /// Zones that may be passed through because the file does not say from which node on one may.
  public internal(set) var zonesAssumedPassable = 0

  /// A line for each count that is not 0.
  public var lines: [String] {
    [
      (selfLoops, "links from a node to itself, left out"),
      (foldedPairs, "pairs of opposite arcs of one weight, made two-way links"),
      (raisedImpedances, "impedances below 1 ms or 1 mm, raised to it"),
      (
        adjustedLinks,
        "links whose length or speed, not the measure of routes, was assumed or moved into 1 to 400 km/h"
      ),
      (unusableLinks, "links of other uses, left out"),
      (straightLinks, "links drawn straight, for no file has the line of their geometry_id"),
      (splitZones, "zones that may not be passed through, split into departure and arrival"),
      (
        zonesAssumedPassable,
        "zones that may be passed through, for <FIRST THRU NODE> is not stated"
      ),
    ].filter { $0.0 > 0 }.map { "\($0.1): \($0.0)" }
  }
}
