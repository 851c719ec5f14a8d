public import TransportGraph

/// An overlay told by reporting units: metres and shares of fixed time by link and unit.
///
/// The hours at a border crossing belong to the inland side, the provinces that are told one by one;
/// where both sides are, or neither is, they are split equally.
public struct ExposureMatrix: Sendable {
  /// What the columns stand for.
  public let units: ReportingUnits
  let lengths: SparseRows
  let dwellShares: SparseRows
  let nodeShares: SparseRows

  /// - Complexity: O(entries of the overlay).
  public init(_ overlay: OverlayMatrix, units: ReportingUnits) {
    var lengths = SparseRows()
    var dwellShares = SparseRows()
    for row in 0..<overlay.linkCount {
      lengths.append(Self.fold(overlay.lengths[row], by: units))
      let shares = overlay.dwellShares[row]
      let inland = shares.filter { !units.units[units.unitOfColumn[Int($0.column)]].isAbroad }
      if inland.isEmpty {
        dwellShares.append(Self.fold(shares, by: units))
      } else {
        let total = inland.reduce(0) { $0 + $1.value }
        let scaled = inland.map {
          OverlayMatrix.Entry(column: $0.column, value: $0.value / total)
        }
        dwellShares.append(Self.fold(scaled[...], by: units))
      }
    }
    var nodeShares = SparseRows()
    for row in 0..<overlay.nodeShares.count {
      nodeShares.append(Self.fold(overlay.nodeShares[row], by: units))
    }
    self.nodeShares = nodeShares
    self.units = units
    self.lengths = lengths
    self.dwellShares = dwellShares
  }

  private static func fold(_ row: ArraySlice<OverlayMatrix.Entry>, by units: ReportingUnits)
    -> [OverlayMatrix.Entry]
  {
    var folded: [OverlayMatrix.Entry] = []
    for entry in row {
      let unit = Int32(units.unitOfColumn[Int(entry.column)])
      if let known = folded.firstIndex(where: { $0.column == unit }) {
        folded[known].value += entry.value
      } else {
        folded.append(.init(column: unit, value: entry.value))
      }
    }
    return folded.sorted { $0.column < $1.column }
  }

  /// Metres of a link in a unit.
  public func meters(of link: LinkID, in unit: Int) -> Double {
    lengths[link.index].first { $0.column == Int32(unit) }?.value ?? 0
  }

  /// Calls `body` with each unit in which part of a link lies, ascending.
  func forEachUnit(touching link: LinkID, _ body: (Int) -> Void) {
    for place in lengths.places(link.index) where lengths.entries[place].value > 0 {
      body(Int(lengths.entries[place].column))
    }
  }

  /// Whether part of a link lies in a unit.
  public func touches(_ link: LinkID, unit: Int) -> Bool { meters(of: link, in: unit) > 0 }

  /// Calls `body` with each unit in which a link spends length or time, ascending.
  @inline(__always)
  func forEach(
    _ link: LinkID, times: LinkTimes, lengthOfLink: Double,
    _ body: (_ unit: Int, _ meters: Double, _ seconds: Double) -> Void
  ) {
    let row = link.index
    let fixed = times.fixedSeconds[row]
    // A way has no dwell of its own: a delay on it is spent along it.
    let dwellPlaces = dwellShares.places(row)
    let along = times.movingSeconds[row] + (dwellPlaces.isEmpty ? fixed : 0)
    for place in lengths.places(row) {
      let entry = lengths.entries[place]
      let share = lengthOfLink > 0 ? entry.value / lengthOfLink : 0
      body(Int(entry.column), entry.value, along * share)
    }
    guard fixed > 0 else { return }
    for place in dwellPlaces {
      let entry = dwellShares.entries[place]
      body(Int(entry.column), 0, fixed * entry.value)
    }
  }
}
