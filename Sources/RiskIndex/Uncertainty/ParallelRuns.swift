import Dispatch
import Foundation
import Synchronization

/// Runs a body once for each number below a count, on several threads, in no order.
///
/// - Parameters:
///   - count: 0 or more.
///   - threads: 0 means one for each core.
///   - block: How many a thread takes at once, so that threads do not meet at the counter for every short run.
///   - body: Must write to places of its own for each number.
func runParallel(
  _ count: Int, threads: Int, block: Int = 16, _ body: @Sendable (Int) -> Void
) {
  let blocks = (count + block - 1) / block
  let wanted = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
  let next = Atomic(0)
  @Sendable func work() {
    while true {
      let first = next.wrappingAdd(1, ordering: .relaxed).oldValue * block
      if first >= count { return }
      for index in first..<min(first + block, count) { body(index) }
    }
  }
  let threadCount = min(wanted, blocks)
  if threadCount <= 1 {
    work()
  } else {
    DispatchQueue.concurrentPerform(iterations: threadCount) { _ in work() }
  }
}

/// Where runs write their results, each to its own places.
struct RunSlots<Value: Sendable>: @unchecked Sendable {
  let values: UnsafeMutableBufferPointer<Value>

  func write(_ value: Value, at place: Int) { values[place] = value }
}
