import Foundation

/// Wall and processor time of one piece of work.
struct Measurement: Encodable {
  var wallSeconds: Double
  /// User and system time of all threads of this process.
  var cpuSeconds: Double

  /// Runs the work once.
  static func of<Value>(_ work: () throws -> Value) rethrows -> (value: Value, time: Measurement) {
    let clock = ContinuousClock()
    let cpuBefore = processCPUSeconds()
    let start = clock.now
    let value = try work()
    let wall = clock.now - start
    return (
      value,
      Measurement(
        wallSeconds: wall / .seconds(1), cpuSeconds: processCPUSeconds() - cpuBefore)
    )
  }

  /// Runs the work several times; what it took each time.
  static func repeated(_ count: Int, _ work: () throws -> Void) rethrows -> [Measurement] {
    try (0..<count).map { _ in try of(work).time }
  }

  private static func processCPUSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Wall time of many short pieces of work, each measured alone.
struct ShortTimes {
  private var nanoseconds: [UInt64] = []

  init(count: Int) {
    nanoseconds.reserveCapacity(count)
  }

  /// Runs the work once.
  @inline(__always)
  mutating func measure<Value>(_ work: () throws -> Value) rethrows -> Value {
    let start = now()
    let value = try work()
    nanoseconds.append(now() - start)
    return value
  }

  /// Takes over what the other measured last.
  mutating func addLast(of other: ShortTimes) {
    nanoseconds += other.nanoseconds.suffix(1)
  }

  var summary: Summary {
    let sorted = nanoseconds.sorted()
    func seconds(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : Double(sorted[Int(share * Double(sorted.count - 1))]) / 1e9
    }
    return Summary(
      count: sorted.count, medianSeconds: seconds(0.5), ninetiethSeconds: seconds(0.9),
      totalSeconds: Double(sorted.reduce(0, +)) / 1e9)
  }

  /// The longest of all.
  var worstSeconds: Double { Double(nanoseconds.max() ?? 0) / 1e9 }

  struct Summary: Encodable {
    var count = 0
    var medianSeconds = 0.0
    /// Nine of ten took no longer.
    var ninetiethSeconds = 0.0
    var totalSeconds = 0.0
  }

  @inline(__always)
  private func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// Writes a result for the scripts to read.
func writeJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  encoder.keyEncodingStrategy = .convertToSnakeCase
  FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
}
