/// Which inputs to run a model with, so that ``SobolIndices`` tell how much each factor matters.
///
/// N rows of a matrix A and N of an independent matrix B, and for each factor i the N rows of A in which the
/// columns of that factor are B's. A factor may take several columns that change together, such as all the
/// weights of an index.
///
/// A and B are the first and the second half of the columns of one scrambled ``SobolSequence``.
///
/// Source: Saltelli, Annoni, Azzini, Campolongo, Ratto, Tarantola 2010, Variance based sensitivity analysis of
/// model output, doi:10.1016/j.cpc.2009.09.018.
public struct SobolDesign: Sendable {
  /// What a run of the model belongs to.
  public enum Block: Sendable, Hashable {
    /// A row of A.
    case a
    /// A row of B.
    case b
    /// A row of A with one factor of B.
    case exchanged(factor: Int)
  }

  /// The number of rows N of A and of B, 2 or more; a power of two keeps the balance of the points.
  public let sampleCount: Int
  /// By factor: the columns that it takes.
  public let factorWidths: [Int]
  /// The number of columns.
  public let columnCount: Int
  /// A's columns and B's, by row.
  private let points: [Double]
  private let firstColumns: [Int]

  /// The most columns that a design has: a sequence gives each two dimensions.
  public static let largestColumnCount = SobolSequence.largestDimensionCount / 2

  /// - Parameters:
  ///   - sampleCount: N, 2 or more. Take a power of two; 1,024 to look, 4,096 for two digits.
  ///   - factorWidths: By factor, 1 or more; together at most ``largestColumnCount``.
  ///   - streams: Where the scrambling comes from.
  /// - Complexity: O(N × columns) time and memory.
  public init(sampleCount: Int, factorWidths: [Int], streams: RandomStreams) {
    precondition(sampleCount > 1, "a variance needs two rows")
    precondition(factorWidths.allSatisfy { $0 > 0 }, "a factor has a column")
    let columnCount = factorWidths.reduce(0, +)
    precondition(
      (1...Self.largestColumnCount).contains(columnCount), "a design has 1 to 128 columns")
    self.sampleCount = sampleCount
    self.factorWidths = factorWidths
    self.columnCount = columnCount
    var first = 0
    firstColumns = factorWidths.map { width in
      defer { first += width }
      return first
    }
    points = SobolSequence(dimensionCount: 2 * columnCount, scrambledBy: streams)
      .points(sampleCount)
  }

  /// One column a factor.
  ///
  /// - Complexity: O(N × factors) time and memory.
  public init(sampleCount: Int, factorCount: Int, streams: RandomStreams) {
    self.init(
      sampleCount: sampleCount, factorWidths: [Int](repeating: 1, count: factorCount),
      streams: streams)
  }

  /// The number of factors k.
  public var factorCount: Int { factorWidths.count }

  /// How often the model runs: N (k + 2).
  public var runCount: Int { sampleCount * (factorCount + 2) }

  /// The block and the row of a run: all of A, then all of B, then A with each factor of B in turn.
  public func place(ofRun run: Int) -> (block: Block, row: Int) {
    precondition(run >= 0 && run < runCount, "a run is numbered from 0 to below N (k + 2)")
    let (block, row) = run.quotientAndRemainder(dividingBy: sampleCount)
    switch block {
    case 0: return (.a, row)
    case 1: return (.b, row)
    default: return (.exchanged(factor: block - 2), row)
    }
  }

  /// The probabilities to run the model with, by column; each in [0, 1).
  ///
  /// - Parameter run: 0 ..< ``runCount``.
  /// - Complexity: O(columns).
  public subscript(run: Int) -> [Double] {
    let (block, row) = place(ofRun: run)
    let start = row * 2 * columnCount
    let a = points[start..<start + columnCount]
    let b = points[start + columnCount..<start + 2 * columnCount]
    switch block {
    case .a: return Array(a)
    case .b: return Array(b)
    case .exchanged(let factor):
      let (first, width) = (firstColumns[factor], factorWidths[factor])
      var columns = Array(a)
      for column in first..<first + width { columns[column] = b[b.startIndex + column] }
      return columns
    }
  }
}
