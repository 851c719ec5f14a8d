import TransportGraph

/// Does independent pieces of work on several threads, each with a state of its own.
///
/// - Parameters:
///   - threads: 0 for one a core.
///   - state: Copied for each thread; a piece must leave it as it was.
///   - progress: Takes how many pieces are done, from any thread.
/// - Returns: The results in the order of the pieces, whatever thread did them.
/// - Throws: the error of the first piece that failed.
func inParallel<State: Sendable, Output: Sendable>(
  _ count: Int, threads: Int, state: State, progress: (@Sendable (Int) -> Void)? = nil,
  _ body: @Sendable (inout State, Int) throws(CorridorKitError) -> Output
) throws(CorridorKitError) -> [Output] {
  typealias Outcome = Result<Output, CorridorKitError>
  let slots = Locked((done: 0, outcomes: [Outcome?](repeating: nil, count: count)))
  ParallelItems.forEach(count, threads: threads) {
    state
  } _: { state, item in
    let outcome: Outcome
    do throws(CorridorKitError) {
      outcome = .success(try body(&state, item))
    } catch {
      outcome = .failure(error)
    }
    let done = slots.withLock { slots in
      slots.outcomes[item] = outcome
      slots.done += 1
      return slots.done
    }
    progress?(done)
  }
  var outputs: [Output] = []
  outputs.reserveCapacity(count)
  for outcome in slots.withLock({ $0.outcomes }) {
    if let outcome { outputs.append(try outcome.get()) }
  }
  return outputs
}
