import Testing

@testable import TransportGraph

@Suite("Radix heap")
struct RadixHeapTests {
  @Test("gives entries in the order of cost, while others come in", arguments: 1...40)
  func sorts(seed: Int) {
    var random = SeededGenerator(seed: seed)
    // From many equal costs to costs as far apart as they may be.
    let spread = UInt64(1) << UInt64.random(in: 0...61, using: &random)
    withHeap(capacity: 400) { heap in
      var waiting: [UInt64: Set<Int>] = [:]
      var (level, taken) = (UInt64.random(in: 0...spread, using: &random), 0)
      for rank in 0..<400 {
        let cost =
          Bool.random(using: &random)
          ? level : min(level + UInt64.random(in: 0..<spread, using: &random), 1 << 62)
        heap.push(cost: cost, rank: rank)
        waiting[cost, default: []].insert(rank)
        guard Int.random(in: 0..<3, using: &random) == 0, let lowest = waiting.keys.min() else {
          continue
        }
        if lowest > 0 { #expect(heap.pop(atMost: lowest - 1) == nil) }
        let entry = heap.pop(atMost: lowest)
        #expect(entry?.cost == lowest)
        #expect(waiting[lowest]?.remove(entry?.rank ?? -1) != nil)
        if waiting[lowest]?.isEmpty == true { waiting[lowest] = nil }
        (level, taken) = (lowest, taken + 1)
      }
      while let entry = heap.pop(atMost: .max) {
        #expect(entry.cost == waiting.keys.min())
        #expect(waiting[entry.cost]?.remove(entry.rank) != nil)
        if waiting[entry.cost]?.isEmpty == true { waiting[entry.cost] = nil }
        taken += 1
      }
      #expect(taken == 400 && waiting.isEmpty)
    }
  }

  @Test("has nothing to give when it is empty")
  func empty() {
    withHeap(capacity: 1) { #expect($0.pop(atMost: .max) == nil) }
  }

  private func withHeap(capacity: Int, _ body: (inout RadixHeap) -> Void) {
    withUnsafeTemporaryAllocation(of: RadixHeap.Entry.self, capacity: capacity) { entries in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: RadixHeap.bucketCount) { buckets in
        guard let entries = entries.baseAddress, let buckets = buckets.baseAddress else { return }
        var heap = RadixHeap(entries: entries, buckets: buckets)
        body(&heap)
      }
    }
  }
}
