import Foundation
import Testing

@testable import TransportGraph

@Suite("Damaged and crafted hierarchy files")
struct HierarchyFileFaultTests {
  private let sample: HierarchyFileSample

  init() throws { sample = try HierarchyFileSample() }

  @Test("a wrong byte anywhere is noticed, and its section named")
  func damagedByte() throws {
    let layout = try sample.layout()
    #expect(HierarchyFileHeader.byteCount + layout.byteCount == sample.whole.count)
    var sections: Set<HierarchySection> = []
    for place in sample.whole.indices {
      var damaged = sample.whole
      damaged[place] ^= 0x10
      let fault = try sample.fault(damaged)
      if place < 8 {
        #expect(fault == .notAHierarchyFile)
      } else if (16..<24).contains(place) {
        guard case .otherVersion(_, expected: 1) = fault else {
          Issue.record("byte \(place): \(String(describing: fault))")
          continue
        }
      } else if place < HierarchyFileHeader.byteCount {
        #expect(fault == .damagedHeader, "byte \(place)")
      } else {
        let section = try #require(
          HierarchySection.allCases.last {
            layout.offset(of: $0) <= place - HierarchyFileHeader.byteCount
              && layout.paddedByteCount(of: $0) > 0
          })
        #expect(fault == .damaged(section), "byte \(place)")
        sections.insert(section)
      }
    }
    #expect(sections == Set(HierarchySection.allCases))
  }

  @Test("a file that ends early or goes on after its end is noticed")
  func wrongLength() throws {
    for length in 0..<sample.whole.count {
      let expected: HierarchyFileError.Fault =
        switch length {
        case ..<8: .notAHierarchyFile
        case ..<HierarchyFileHeader.byteCount:
          .truncated(byteCount: length, expected: HierarchyFileHeader.byteCount)
        default: .truncated(byteCount: length, expected: sample.whole.count)
        }
      #expect(try sample.fault(sample.whole.prefix(length)) == expected)
    }
    for count in [1, 64, 100_000] {
      #expect(
        try sample.fault(sample.whole + Data(count: count))
          == .tooLong(byteCount: sample.whole.count + count, expected: sample.whole.count))
    }
  }

  @Test("another version and another byte order are told as such")
  func versions() throws {
    #expect(
      try sample.fault(sample.whole.changingHeader { $0[2] = 2 })
        == .otherVersion(found: 2, expected: 1))
    #expect(
      try sample.fault(sample.whole.changingHeader { words in words = words.map(\.byteSwapped) })
        == .notAHierarchyFile)
    #expect(
      try sample.fault(
        sample.whole.changingHeader { words in
          for index in words.indices.dropFirst() { words[index] = words[index].byteSwapped }
        }) == .otherByteOrder)
    #expect(try sample.fault(sample.whole.changingHeader { _ in }) == nil)
  }

  @Test("counts and places that cannot be are refused even with a checksum that fits")
  func craftedHeader() throws {
    for word in 4..<HierarchyFileHeader.byteCount / 8 where !(10..<14).contains(word) {
      for value in [1, 1 << 24, 1 << 32, UInt64(Int.max), .max] {
        let crafted = sample.whole.changingHeader { $0[word] = value == $0[word] ? 0 : value }
        #expect(try sample.fault(crafted) != nil, "word \(word)")
      }
    }
    for word in 10..<14 {
      #expect(try sample.fault(sample.whole.changingHeader { $0[word] ^= 1 }) == .otherNetwork)
    }
  }

  @Test("any single wrong word is refused even with checksums that fit")
  func craftedWord() throws {
    let layout = try sample.layout()
    var refused: [HierarchySection: Int] = [:]
    for section in HierarchySection.allCases {
      let start = HierarchyFileHeader.byteCount + layout.offset(of: section)
      for offset in stride(from: start, to: start + layout.byteCount(of: section), by: 4) {
        let word = sample.whole.word(at: offset)
        let values: Set<UInt32> = [
          0, UInt32(layout.nodeCount), UInt32(layout.arcCount), word &+ 1, word ^ 1 << 31, .max,
        ]
        for value in values where value != word {
          var crafted = sample.whole
          crafted.set(value, at: offset)
          let fault = try sample.fault(try crafted.resealed())
          guard case .inconsistent = fault else {
            Issue.record("\(section), \(offset): \(value), \(String(describing: fault))")
            continue
          }
          refused[section, default: 0] += 1
        }
      }
    }
    #expect(HierarchySection.allCases.allSatisfy { refused[$0, default: 0] >= 100 })
  }

  @Test("several wrong words with checksums that fit are refused or change no answer")
  func craftedWords() throws {
    var random = SeededGenerator(seed: 1)
    let layout = try sample.layout()
    let built = try HierarchyMetric(ContractionHierarchy(sample.view.graph), view: sample.view)
    let nodes = sample.view.graph.nodes.indices.map { NodeID($0) }
    let expected = nodes.map { built.impedances(from: $0, to: nodes) }
    var accepted = 0
    for _ in 0..<3_000 {
      var crafted = sample.whole
      // Words exchanged within a section or copied there look most like true ones.
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let section = HierarchySection.allCases.randomElement(using: &random) ?? .order
        let words = layout.byteCount(of: section) / 4
        let start = HierarchyFileHeader.byteCount + layout.offset(of: section)
        let (a, b) = (
          start + 4 * Int.random(in: 0..<words, using: &random),
          start + 4 * Int.random(in: 0..<words, using: &random)
        )
        let (left, right) = (crafted.word(at: a), crafted.word(at: b))
        crafted.set(right, at: a)
        if Bool.random(using: &random) { crafted.set(left, at: b) }
      }
      if crafted == sample.whole { continue }
      let path = try sample.folder.put(try crafted.resealed())
      guard
        let loaded = try? ContractionHierarchy(contentsOf: path, graph: sample.view.graph)
      else { continue }
      accepted += 1
      let metric = try HierarchyMetric(loaded, view: sample.view)
      #expect(nodes.map { metric.impedances(from: $0, to: nodes) } == expected)
    }
    // Nodes that are independent may be exchanged in the order.
    #expect(accepted > 0)
  }
}
