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

  private static func processCPUSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Writes a result for the scripts to read.
func writeJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  encoder.keyEncodingStrategy = .convertToSnakeCase
  FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
}
