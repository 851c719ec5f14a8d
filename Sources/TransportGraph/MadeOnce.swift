/// A value that is made when it is first asked for and then kept; copies of what holds it share it.
package final class MadeOnce<Value: Sendable>: Sendable {
  private let made = Locked<Value?>(nil)

  package init() {}

  /// The value. Whoever asks while it is being made waits for it; where making it fails, the next one
  /// tries again.
  ///
  /// - Parameter make: Makes the value; does not ask for it.
  package func value<Failure: Error>(
    _ make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try made.withLock { made in
      Result<Value, Failure> { () throws(Failure) in
        if let made { return made }
        let value = try make()
        made = value
        return value
      }
    }.get()
  }
}
