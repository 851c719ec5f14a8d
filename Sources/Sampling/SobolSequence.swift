/// Points of the unit cube that fill it evenly: Sobol's digital net in base 2.
///
/// Of the first 2^m points, every interval [a / 2^m, (a + 1) / 2^m) holds one in each dimension, and pairs of
/// dimensions are spread better than by chance (the table was made for that). A mean over N points then
/// approaches an integral almost as 1 / N, where independent draws give 1 / √N.
///
/// Points come in the order of the Gray code, in which neighbours differ by one direction number; the first
/// 2^m are the same set in either order. Take a power of two of them, from the first on.
///
/// **Scrambled**, each point is uniform over the cube by itself, so that means have no bias, while the net
/// stays one: the digits of each dimension are multiplied by a random lower triangular matrix with ones on
/// its diagonal, and a random number is added digit by digit. Its variance is that of Owen's nested uniform
/// scrambling, and it costs nothing a point, since the matrix is applied to the direction numbers.
///
/// Sources: Sobol' 1967, doi:10.1016/0041-5553(67)90144-9; Antonov, Saleev 1979 (Gray code),
/// doi:10.1016/0041-5553(79)90085-5; Joe, Kuo 2008 (the table), doi:10.1137/070709359; Matoušek 1998 (linear
/// scrambling), doi:10.1006/jcom.1998.0489; Owen 2003 (its variance), doi:10.1145/945511.945518.
public struct SobolSequence: Sendable {
  /// The most dimensions that a sequence has.
  public static let largestDimensionCount = 256
  /// Coordinates are multiples of 2^−53, which a `Double` below 1 holds exactly.
  static let digitCount = 53

  /// The number of dimensions, 1 … 256.
  public let dimensionCount: Int
  /// By digit of the Gray code, lowest first, then by dimension: what the digit adds, in units of 2^−53.
  private let directions: [UInt64]
  /// By dimension: what is added to every point; 0 where nothing is scrambled.
  private let shifts: [UInt64]

  /// The sequence as published: its first point is the origin.
  ///
  /// - Parameter dimensionCount: 1 … ``largestDimensionCount``.
  /// - Complexity: O(dimensions).
  public init(dimensionCount: Int) {
    self.init(columns: Self.columns(dimensionCount), shifts: nil)
  }

  /// The scrambled sequence.
  ///
  /// - Parameters:
  ///   - dimensionCount: 1 … ``largestDimensionCount``.
  ///   - streams: Where the scrambling comes from: the substream of the dimension under the factor
  ///     `sobol-scrambling`. More dimensions leave those before as they are.
  /// - Complexity: O(dimensions).
  public init(dimensionCount: Int, scrambledBy streams: RandomStreams) {
    var columns = Self.columns(dimensionCount)
    let factor = RandomStreams.key("sobol-scrambling")
    var shifts: [UInt64] = []
    for dimension in 0..<dimensionCount {
      var random = streams.substream(factor: factor, draw: UInt64(dimension))
      shifts.append(random.next() >> (64 - UInt64(Self.digitCount)))
      let rows = Self.triangle(&random)
      columns[dimension] = columns[dimension].map { Self.product(rows, $0) }
    }
    self.init(columns: columns, shifts: shifts)
  }

  private init(columns: [[UInt64]], shifts: [UInt64]?) {
    dimensionCount = columns.count
    self.shifts = shifts ?? [UInt64](repeating: 0, count: columns.count)
    var directions: [UInt64] = []
    directions.reserveCapacity(columns.count * Self.digitCount)
    for digit in 0..<Self.digitCount {
      for column in columns { directions.append(column[digit]) }
    }
    self.directions = directions
  }

  /// One point, by dimension; each coordinate in [0, 1).
  ///
  /// - Parameter index: 0 ..< 2^53.
  /// - Complexity: O(dimensions × log index).
  public subscript(index: Int) -> [Double] {
    precondition(index >= 0 && index < 1 << Self.digitCount, "a point is numbered from 0")
    var digits = shifts
    var code = index ^ (index >> 1)
    while code != 0 {
      add(direction: code.trailingZeroBitCount, to: &digits)
      code &= code - 1
    }
    return digits.map { Double($0) * 0x1p-53 }
  }

  /// The first points, one after another, each by dimension; coordinates in [0, 1).
  ///
  /// - Parameter count: 0 or more; a power of two keeps the balance of the net.
  /// - Complexity: O(count × dimensions).
  public func points(_ count: Int) -> [Double] {
    precondition(count >= 0 && count <= 1 << Self.digitCount, "points are counted from 0")
    var points: [Double] = []
    points.reserveCapacity(count * dimensionCount)
    var digits = shifts
    for index in 0..<count {
      if index > 0 { add(direction: index.trailingZeroBitCount, to: &digits) }
      for value in digits { points.append(Double(value) * 0x1p-53) }
    }
    return points
  }

  private func add(direction: Int, to digits: inout [UInt64]) {
    let first = direction * dimensionCount
    for dimension in 0..<dimensionCount { digits[dimension] ^= directions[first + dimension] }
  }

  /// By dimension, then by digit of the code: direction numbers in units of 2^−53.
  private static func columns(_ dimensionCount: Int) -> [[UInt64]] {
    precondition(
      (1...largestDimensionCount).contains(dimensionCount), "a sequence has 1 to 256 dimensions")
    var columns: [[UInt64]] = [(0..<digitCount).map { 1 << UInt64(digitCount - 1 - $0) }]
    var place = 0
    while columns.count < dimensionCount {
      let degree = Int(joeKuoDirections[place])
      let coefficients = UInt64(joeKuoDirections[place + 1])
      let initial = joeKuoDirections[place + 2..<place + 2 + degree]
      place += 2 + degree
      var column = initial.enumerated().map { digit, number in
        UInt64(number) << UInt64(digitCount - 1 - digit)
      }
      for digit in degree..<digitCount {
        var number = column[digit - degree] ^ (column[digit - degree] >> UInt64(degree))
        for back in 1..<max(degree, 1) where coefficients >> UInt64(degree - 1 - back) & 1 == 1 {
          number ^= column[digit - back]
        }
        column.append(number)
      }
      columns.append(column)
    }
    return columns
  }

  /// The rows of a random lower triangular matrix with ones on its diagonal, first digit first; as in a
  /// coordinate, the first digit is the highest bit.
  private static func triangle(_ random: inout Xoshiro256StarStar) -> [UInt64] {
    (0..<digitCount).map { row in
      let diagonal: UInt64 = 1 << UInt64(digitCount - 1 - row)
      let before = ~(diagonal << 1 &- 1) & (1 << UInt64(digitCount) - 1)
      return random.next() & before | diagonal
    }
  }

  private static func product(_ rows: [UInt64], _ number: UInt64) -> UInt64 {
    rows.reduce(0) { $0 << 1 | UInt64((($1 & number).nonzeroBitCount) & 1) }
  }
}
