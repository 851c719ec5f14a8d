import Dispatch
import Foundation
import Synchronization

/// Independent items of work, handed to as many threads as ask for them.
package enum ParallelItems {
  /// Runs a body once for each item.
  ///
  /// Each thread takes the next item once it is done with one, and has a state of its own: memory, or a
  /// metric that it may change. Which thread runs which item differs from run to run, so an item's
  /// result must not depend on the state's past, and items must write to different places.
  ///
  /// - Parameters:
  ///   - threads: 0 means one for each core; never more than there are items.
  ///   - makeState: called once on each thread, before its first item.
  package static func forEach<State: ~Copyable>(
    _ count: Int, threads: Int, makeState: @Sendable () -> State,
    _ body: @Sendable (inout State, Int) -> Void
  ) {
    if count == 0 { return }
    let wanted = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    let next = Atomic(0)
    @Sendable func work() {
      var item = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if item >= count { return }
      var state = makeState()
      while item < count {
        body(&state, item)
        item = next.wrappingAdd(1, ordering: .relaxed).oldValue
      }
    }
    let threadCount = min(wanted, count)
    if threadCount == 1 {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: threadCount) { _ in work() }
    }
  }
}
