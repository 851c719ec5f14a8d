import Synchronization

/// Ends a batch from another thread.
public final class BatchCancellation: Sendable {
  private let flag = Atomic(false)

  /// A cancellation that has not been asked for yet.
  public init() {}

  /// Asks the batch to end; it does so before its next pairs. Once asked, it cannot be taken back: a
  /// batch asked before it returns throws, even if it has computed everything.
  public func cancel() {
    flag.store(true, ordering: .relaxed)
  }

  /// Whether the end was asked for.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
