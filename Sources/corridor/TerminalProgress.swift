import Foundation
import TransportGraph

/// How far a long computation is: one line on the standard error, drawn over and over.
///
/// Nothing is shown where the standard error is no terminal, nor in the first two seconds, so that logs,
/// pipes and quick runs stay as they are. The line is wiped by ``finish()``, and when the progress goes out
/// of scope because of an error. Threads may share one.
final class TerminalProgress: Sendable {
  private struct State {
    var done = 0
    var total: Int
    var lastDrawn: ContinuousClock.Instant?
    var isFinished = false
  }

  private static let delay = Duration.seconds(2)
  private static let interval = Duration.milliseconds(200)
  /// Back to the start of the line and wipe it.
  private static let wipe = "\r\u{1B}[2K"

  private let label: String
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let write: @Sendable (String) -> Void
  private let state: Locked<State>

  /// - Parameters:
  ///   - label: What is computed, such as `closures`.
  ///   - total: How many there are of it.
  convenience init(_ label: String, total: Int) {
    self.init(label, total: total, isTerminal: isatty(STDERR_FILENO) == 1) { text in
      try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
  }

  /// - Parameter write: Takes what a terminal would be sent.
  init(
    _ label: String, total: Int, isTerminal: Bool, write: @escaping @Sendable (String) -> Void
  ) {
    self.label = label.escapingControlCharacters
    state = Locked(State(total: total))
    self.write = write
    isShown = isTerminal
  }

  deinit { finish() }

  /// Tells how many are done. What comes late from another thread, with fewer, changes nothing.
  func update(_ done: Int) { update(done, of: nil, at: .now) }

  /// The same where only on the way it shows how many there are.
  func update(_ done: Int, of total: Int) { update(done, of: total, at: .now) }

  func update(_ done: Int, of total: Int?, at now: ContinuousClock.Instant) {
    guard isShown else { return }
    state.withLock { state in
      state.done = max(state.done, done)
      state.total = max(state.total, total ?? 0)
      let elapsed = now - start
      guard !state.isFinished, elapsed >= Self.delay,
        state.lastDrawn.map({ now - $0 >= Self.interval }) ?? true
      else { return }
      state.lastDrawn = now
      write(Self.wipe + line(done: state.done, of: state.total, elapsed: elapsed))
    }
  }

  /// Wipes the line; what is told later is not shown.
  func finish() {
    guard isShown else { return }
    state.withLock { state in
      if state.lastDrawn != nil, !state.isFinished { write(Self.wipe) }
      state.isFinished = true
    }
  }

  /// `closures: 1200 of 5565 (21 %), 0:35 left`; without a time where nothing tells it yet.
  private func line(done: Int, of total: Int, elapsed: Duration) -> String {
    let percent = total > 0 ? 100 * done / total : 100
    let counts = "\(label): \(done) of \(total) (\(percent) %)"
    guard done > 0, done < total else { return counts }
    let left = elapsed * (Double(total - done) / Double(done))
    // A time left of less than a second is shown as one.
    let seconds = max(1, left.components.seconds)
    let clock =
      seconds < 3600
      ? "\(seconds / 60):" + twoDigits(seconds % 60)
      : "\(seconds / 3600):" + twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60)
    return counts + ", \(clock) left"
  }

  private func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
