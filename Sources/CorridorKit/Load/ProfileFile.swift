public import TransportGraph

extension ImpedanceProfile {
  /// Reads an impedance profile (`docs/formats.md`, "Profiles").
  ///
  /// - Throws: ``CorridorKitError/invalidValue(file:location:value:expected:)`` with line and key.
  public init(_ file: InputFile) throws(CorridorKitError) {
    let root = try YAMLReading(file)
    try root.requireKeys(["name", "description", "measure", "speeds_kmh", "dwell", "transfer_h"])
    var speeds: [Mode: [String: Double]] = [:]
    for (name, classes) in try root.required("speeds_kmh").pairs() {
      guard let mode = Mode(rawValue: name) else {
        throw classes.fault(
          "under an unknown mode \"\(name)\"",
          expected: "one of \(Mode.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      for (roadClass, speed) in try classes.pairs() {
        speeds[mode, default: [:]][roadClass] = try speed.number(in: 1...400, unit: "km/h")
      }
      guard speeds[mode]?["default"] != nil else {
        throw classes.fault("without \"default\"", expected: "a speed for links of no other class")
      }
    }
    self.init(
      name: try root.required("name").string(),
      measure: try root["measure"]?.choice() ?? .time, speedsKilometersPerHour: speeds,
      dwell: try root["dwell"]?.choice() ?? .mode,
      transferHours: try root["transfer_h"]?.number(
        in: 0...ImpedanceProfile.maximumDwellHours, unit: "hours") ?? 0)
  }
}
