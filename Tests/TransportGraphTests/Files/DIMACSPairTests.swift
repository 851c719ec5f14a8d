import Testing

@testable import TransportGraph

@Suite("Opposite arcs")
struct DIMACSPairTests {
  @Test("pairing keeps every arc once, in any order, and leaves no two opposite arcs single")
  func pairs() throws {
    var folded = 0
    for seed in 1...200 {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 0...40, using: &random)
      let arcs = (0..<count).map { _ in
        let tail = Int.random(in: 1...4, using: &random)
        let head = (tail + Int.random(in: 0...2, using: &random)) % 4 + 1
        return [tail, head, Int.random(in: 1...2, using: &random)]
      }
      let text =
        "p sp 4 \(count)\n" + arcs.map { "a \($0[0]) \($0[1]) \($0[2])\n" }.joined()
      let network = try DIMACSReader().read(GraphFile(text))
      let unfolded = network.links.flatMap { link in
        let arc = [Int(link.from), Int(link.to), Int(link.lengthMeters)]
        return link.isOneWay ? [arc] : [arc, [arc[1], arc[0], arc[2]]]
      }
      func sorted(_ arcs: [[Int?]]) -> [String] { arcs.map { "\($0)" }.sorted() }
      #expect(sorted(unfolded) == sorted(arcs.filter { $0[0] != $0[1] }), "seed \(seed)\n\(text)")
      let single = Set(
        network.links.filter(\.isOneWay).map { [$0.from, $0.to, "\($0.lengthMeters)"] })
      #expect(
        single.allSatisfy { !single.contains([$0[1], $0[0], $0[2]]) }, "seed \(seed)\n\(text)")
      folded += network.notes.foldedPairs
    }
    #expect(folded > 500)
  }
}
