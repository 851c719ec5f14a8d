import Geography
public import TransportGraph

/// How a network lies over provinces: metres of every link in every province, as a sparse matrix.
///
/// Rows are links, columns the provinces of one layer and, last, what no province covers. Computed once
/// with GEOS; everything after it is sparse arithmetic.
///
/// - Invariant: the metres of a row sum to the link's length.
public struct OverlayMatrix: Sendable, Equatable {
  /// One place where part of a link lies.
  public struct Entry: Sendable, Hashable {
    /// The province's index in the layer, or ``OverlayMatrix/outside``.
    public var column: Int32
    /// Metres for the lengths; a share of the whole for the dwell.
    public var value: Double
  }

  /// The number of provinces in the layer.
  public let provinceCount: Int
  /// λ: metres by link and province.
  let lengths: SparseRows
  /// The share of a link's fixed time, such as the dwell at a crossing, by link and province; sums to 1
  /// in rows of links that can have a fixed time and is empty otherwise.
  let dwellShares: SparseRows
  /// The share of a node by province: 1 in the province that it lies in, split equally on a border.
  let nodeShares: SparseRows

  /// The column of what no province covers.
  public var outside: Int32 { Int32(provinceCount) }
  /// The number of rows.
  public var linkCount: Int { lengths.count }

  /// Metres of a link by province, ascending by column.
  public func lengths(of link: LinkID) -> ArraySlice<Entry> { lengths[link.index] }

  /// Shares of a link's fixed time by province, ascending by column.
  public func dwellShares(of link: LinkID) -> ArraySlice<Entry> { dwellShares[link.index] }
}

/// Rows of different lengths, one after another in one array.
struct SparseRows: Sendable, Equatable {
  var offsets: [Int32] = [0]
  var entries: [OverlayMatrix.Entry] = []

  var count: Int { offsets.count - 1 }

  /// Where a row is among ``entries``.
  func places(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  subscript(row: Int) -> ArraySlice<OverlayMatrix.Entry> { entries[places(row)] }

  mutating func append(_ row: some Sequence<OverlayMatrix.Entry>) {
    entries.append(contentsOf: row)
    offsets.append(Int32(entries.count))
  }
}
