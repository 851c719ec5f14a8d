import Foundation

/// A value that one thread uses at a time.
///
/// What `Synchronization.Mutex` is, over a lock of POSIX threads: the thread sanitizer knows that one, and
/// takes the futex of `Mutex` on Linux for a race wherever threads wait for each other.
///
/// Where there is no value to guard, take a bare `NSLock`: the compiler puts an empty field at the head of
/// the object, so that the sanitizer takes its changes for a race with those who read what type it is.
///
/// `@unchecked Sendable`: the value is read and written under the lock only.
package final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  package init(_ value: Value) {
    self.value = value
  }

  /// Runs a body with the value to itself.
  package func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
