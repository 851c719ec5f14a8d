internal import CGEOS
import Synchronization

/// A context of GEOS's reentrant interface, used by one thread at a time.
///
/// Contexts are costly to make and hold the last error message, so they are kept in a pool: a public
/// call of this module takes one for its whole duration and gives it back.
final class GEOSContext: @unchecked Sendable {
  // Unchecked because the pool hands a context to one thread at a time and nobody else keeps it.
  let handle: OpaquePointer
  private var message: String?

  private static let pool = Mutex<[GEOSContext]>([])

  private init() {
    handle = GEOS_init_r()
    _ = GEOSContext_setErrorMessageHandler_r(
      handle,
      { text, owner in
        guard let text, let owner else { return }
        Unmanaged<GEOSContext>.fromOpaque(owner).takeUnretainedValue().message =
          String(cString: text)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { GEOS_finish_r(handle) }

  /// Runs the body with a context that no other thread uses meanwhile.
  static func borrow<Result, Failure: Error>(
    _ body: (GEOSContext) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let context = pool.withLock { $0.popLast() } ?? GEOSContext()
    defer { pool.withLock { $0.append(context) } }
    return try body(context)
  }

  /// The error that GEOS reported last, taken out.
  func takeError(in function: String) -> GeographyError {
    defer { message = nil }
    return .geos(message ?? "\(function) failed without a message")
  }
}
