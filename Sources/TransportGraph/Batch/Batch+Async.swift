import Dispatch

extension Batch {
  /// The same as the blocking ``impedances(cancellation:progress:)``, off the caller's thread;
  /// cancelling the task cancels the batch.
  public func impedances(
    progress: Progress? = nil
  ) async throws(BatchError) -> BatchImpedances {
    try await detached { cancellation throws(BatchError) in
      try impedances(cancellation: cancellation, progress: progress)
    }
  }

  /// The same as the blocking ``routes(cancellation:progress:_:)``, off the caller's thread;
  /// cancelling the task cancels the batch.
  public func routes<Value: Sendable>(
    progress: Progress? = nil,
    _ read: @escaping @Sendable (_ scenario: Int, _ pair: Int, RouteOutcome) -> Value
  ) async throws(BatchError) -> [[Value]] {
    try await detached { cancellation throws(BatchError) in
      try routes(cancellation: cancellation, progress: progress, read)
    }
  }

  /// The same as the blocking ``uses(cancellation:progress:_:)``, off the caller's thread; cancelling
  /// the task cancels the batch.
  public func uses<Value: Sendable>(
    progress: Progress? = nil,
    _ read: @escaping @Sendable (_ scenario: Int, _ pair: Int, LinkUseOutcome) -> Value
  ) async throws(BatchError) -> [[Value]] {
    try await detached { cancellation throws(BatchError) in
      try uses(cancellation: cancellation, progress: progress, read)
    }
  }

  /// Blocking work has no place on the threads that tasks share.
  private func detached<Value: Sendable>(
    _ work: @escaping @Sendable (BatchCancellation) throws(BatchError) -> Value
  ) async throws(BatchError) -> Value {
    let cancellation = BatchCancellation()
    let result: Result<Value, BatchError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(
            returning: Result { () throws(BatchError) in try work(cancellation) })
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
    return try result.get()
  }
}
