import Tables

extension COINrMetadata {
  /// The index as a framework. The aggregate of the highest level is the index itself; where the
  /// indicators are its direct parts, it is a dimension too, because an indicator belongs to one.
  func framework() throws(RiskIndexError) -> IndexFramework {
    guard let index = entries.max(by: { ($0.level ?? 0) < ($1.level ?? 0) }) else {
      throw .noValues(file: table.file)
    }
    let isFlat = index.level == 2
    let weights = try weights()
    let aggregates = entries.filter { $0.type == .aggregate && ($0.code != index.code || isFlat) }
    var indicators: [Indicator] = []
    for entry in entries where entry.type == .indicator {
      guard let direction = entry.direction, let parent = entry.parent else { continue }
      if let denominator = entry.denominator,
        !entries.contains(where: { $0.code == denominator && $0.type == .denominator })
      {
        throw table.fault(
          "Denominator", in: entry.row, denominator,
          expected: "the code of an entry whose Type is Denominator, or NA")
      }
      indicators.append(
        Indicator(
          id: entry.code, name: entry.name, dimension: parent, direction: direction,
          weight: weights[entry.code], unit: entry.unit, target: entry.target,
          denominator: entry.denominator))
    }
    return try IndexFramework(
      edition: "", name: index.name, source: table.file,
      dimensions: aggregates.map { entry in
        IndexFramework.Dimension(
          id: entry.code, name: entry.name,
          parent: entry.parent == index.code ? nil : entry.parent,
          weight: entry.code == index.code ? nil : weights[entry.code])
      },
      indicators: indicators,
      context: entries.filter { $0.type == .denominator || $0.type == .other }.map {
        .init(id: $0.code, name: $0.name)
      })
  }

  /// The weights of what has a parent, with the sum 1 among the parts of one.
  private func weights() throws(RiskIndexError) -> [String: Double] {
    var weights: [String: Double] = [:]
    for parent in entries where parent.type == .aggregate {
      let parts = entries.filter { $0.isOfIndex && $0.parent == parent.code }
      let sum = parts.reduce(0) { $0 + ($1.weight ?? 0) }
      guard sum > 0 else {
        throw table.fault(
          "iCode", in: parent.row, parent.code, expected: "parts with a weight above 0")
      }
      for part in parts { weights[part.code] = (part.weight ?? 0) / sum }
    }
    return weights
  }
}
