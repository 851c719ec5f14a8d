import Testing

@testable import CorridorKit

/// A worked four-zone case, a case with structural zeros and an infeasible one, whose answers come from an
/// independent computation (the convex dual by BFGS); and what holds for all matrices.
@Suite("Balancing a matrix")
struct MatrixBalancingTests {
  static let origins = [400.0, 460, 400, 702]
  static let destinations = [260.0, 400, 500, 802]
  static let costs: [[Double?]] = [
    [3, 11, 18, 22], [12, 3, 13, 19], [15.5, 13, 5, 7], [24, 18, 8, 5],
  ]
  static let flows = [
    [156.43255121385602, 99.38865325821787, 67.52457464268541, 76.65422088520279],
    [58.5600080673151, 203.66266614364278, 102.50572732872122, 95.27159846029349],
    [24.98604587611085, 45.3645301050684, 138.1284666756358, 191.5209573432017],
    [20.02139484271804, 51.584150493070915, 191.84123135295755, 438.553223311302],
  ]
  static let offDiagonal = [[0.0, 1, 1], [1, 0, 1], [1, 1, 0]]

  @Test("a doubly constrained model comes to the published flows, mean cost and iterations")
  func workedCase() throws {
    var model = GravityModel(push: Self.origins, pull: Self.destinations, costs: Self.costs)
    model.deterrence = .exponential(beta: 0.1)
    model.tolerance = 1e-13
    let answer = try model.flows()
    for (row, expected) in zip(answer.balanced.cells, Self.flows) {
      for (cell, value) in zip(row, expected) { #expect(isClose(cell, value, tolerance: 1e-9)) }
    }
    #expect(isClose(try #require(answer.meanCost), 8.698107417680584, tolerance: 1e-9))
    #expect(abs(answer.balanced.iterations - 21) <= 2, "\(answer.balanced.iterations)")
    #expect(answer.balanced.largestResidual <= 1e-13)
  }

  @Test("structural zeros stay, and margins that fit at once take one iteration")
  func zeroDiagonal() throws {
    let answer = try MatrixBalancing(
      seed: Self.offDiagonal, rows: [10, 20, 30], columns: [25, 20, 15]
    ).balanced()
    let expected = [[0.0, 5, 5], [10, 0, 10], [15, 15, 0]]
    for (row, values) in zip(answer.cells, expected) {
      for (cell, value) in zip(row, values) { #expect(isClose(cell, value, tolerance: 1e-12)) }
    }
    #expect(answer.iterations == 1)
  }

  @Test("margins that no matrix with these zeros has are refused with the rows at fault")
  func infeasible() {
    let balancing = MatrixBalancing(
      seed: Self.offDiagonal, rows: [50, 5, 5], columns: [50, 5, 5])
    #expect(
      throws: BalancingError.infeasible(rows: [0], mass: 50, columns: [1, 2], capacity: 10)
    ) { try balancing.balanced() }
    let text = BalancingError.infeasible(rows: [0], mass: 50, columns: [1, 2], capacity: 10)
    #expect(
      text.description
        == "infeasible: rows 1 hold 50.0 and may only send it to columns 2, 3, which hold 10.0")
  }

  @Test("margins that only a matrix with more zeros has do not converge, and say so")
  func boundary() {
    // Row 1 must send all it has to column 1, so that the cell of row 2 and column 1 vanishes.
    var balancing = MatrixBalancing(seed: [[1, 0], [1, 1]], rows: [5, 5], columns: [5, 5])
    balancing.maximumIterations = 500
    let fault = #expect(throws: BalancingError.self) { try balancing.balanced() }
    guard case .notConverged(500, let rows, _, let residual) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(rows == [0, 1])
    #expect(residual < 0.01)
  }

  @Test("wrong margins are told")
  func wrongInput() {
    func fault(_ balancing: MatrixBalancing) -> String {
      do throws(BalancingError) {
        _ = try balancing.balanced()
        return ""
      } catch {
        return error.description
      }
    }
    let seed = [[1.0, 1], [1, 1]]
    #expect(
      fault(MatrixBalancing(seed: seed, rows: [1, 2], columns: [1, 1]))
        == "the rows' margins sum to 3.0 and the columns' to 2.0; expected the same")
    #expect(
      fault(MatrixBalancing(seed: seed, rows: [1], columns: nil)) == "1 margins for 2 rows")
    #expect(
      fault(MatrixBalancing(seed: seed, rows: nil, columns: [1, 2, 3]))
        == "3 margins for 2 columns")
    #expect(
      fault(MatrixBalancing(seed: [[1], [1, 2]], rows: nil, columns: nil))
        == "the matrix has no cells or rows of different lengths")
    #expect(
      fault(MatrixBalancing(seed: [[1, -1]], rows: nil, columns: nil))
        == "the cell of row 1 and column 2 is -1.0; expected a finite number ≥ 0")
    #expect(
      fault(MatrixBalancing(seed: seed, rows: [.nan, 1], columns: nil))
        == "the margin of row 1 is nan; expected a finite number ≥ 0")
    #expect(
      fault(MatrixBalancing(seed: [[0, 0], [1, 1]], rows: [1, 2], columns: nil))
        == "infeasible: rows 1 hold 1.0, and no cell of theirs may be other than 0")
    #expect(
      fault(MatrixBalancing(seed: [[1, 0], [1, 0]], rows: [1, 2], columns: [1, 2]))
        == "infeasible: rows 1, 2 hold 3.0 and may only send it to columns 1, which hold 1.0")
  }

  @Test("margins of 0 make rows and columns of 0")
  func emptyMargins() throws {
    let answer = try MatrixBalancing(
      seed: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], rows: [0, 4, 6], columns: [5, 0, 5]
    ).balanced()
    #expect(answer.cells[0] == [0, 0, 0])
    #expect(answer.cells.allSatisfy { $0[1] == 0 })
    #expect(isClose(answer.total, 10))
  }

  /// A matrix with zeros that has margins, and those margins.
  static func feasible(_ random: inout SeededGenerator) -> (
    seed: [[Double]], rows: [Double], columns: [Double]
  ) {
    let (height, width) = (random.integer(1...7), random.integer(1...7))
    let zeros = random.number(0...0.6)
    let target = (0..<height).map { _ in
      (0..<width).map { _ in random.chance(zeros) ? 0 : random.number(0.1...50) }
    }
    let seed = target.map { $0.map { $0 > 0 ? random.number(0.1...3) : 0 } }
    return (
      seed, target.map { $0.reduce(0, +) },
      (0..<width).map { column in target.reduce(0) { $0 + $1[column] } }
    )
  }

  /// Furness's method as it is told in words: factors for rows and columns, in turn, a thousand times.
  static func slowly(_ seed: [[Double]], rows: [Double], columns: [Double]) -> [[Double]] {
    var a = rows.map { _ in 1.0 }
    var b = columns.map { _ in 1.0 }
    for _ in 0..<5000 {
      for i in rows.indices {
        let sum = columns.indices.reduce(0.0) { $0 + b[$1] * seed[i][$1] }
        a[i] = sum > 0 ? rows[i] / sum : 0
      }
      for j in columns.indices {
        let sum = rows.indices.reduce(0.0) { $0 + a[$1] * seed[$1][j] }
        b[j] = sum > 0 ? columns[j] / sum : 0
      }
    }
    return rows.indices.map { i in columns.indices.map { j in a[i] * b[j] * seed[i][j] } }
  }

  @Test("margins that a matrix has are met, as by the slow method", arguments: UInt64(1)...60)
  func margins(number: UInt64) throws {
    var random = SeededGenerator(seed: number)
    let (seed, rows, columns) = Self.feasible(&random)
    guard rows.reduce(0, +) > 0 else { return }
    let answer = try MatrixBalancing(seed: seed, rows: rows, columns: columns).balanced()
    let slow = Self.slowly(seed, rows: rows, columns: columns)
    for i in rows.indices {
      #expect(isClose(answer.cells[i].reduce(0, +), rows[i], tolerance: 1e-10), "seed \(number)")
      for j in columns.indices {
        #expect(isClose(answer.cells[i][j], slow[i][j], tolerance: 1e-7), "seed \(number)")
        #expect((seed[i][j] == 0) == (answer.cells[i][j] == 0), "seed \(number)")
        let product = seed[i][j] * answer.rowFactors[i] * answer.columnFactors[j]
        #expect(isClose(answer.cells[i][j], product, tolerance: 1e-9), "seed \(number)")
      }
    }
    for j in columns.indices {
      let sum = answer.cells.reduce(0) { $0 + $1[j] }
      #expect(isClose(sum, columns[j], tolerance: 1e-10), "seed \(number)")
    }
  }

  @Test("what is called infeasible is, by every subset of rows", arguments: UInt64(1)...120)
  func feasibility(number: UInt64) {
    var random = SeededGenerator(seed: number)
    let (height, width) = (random.integer(1...5), random.integer(1...5))
    let seed = (0..<height).map { _ in
      (0..<width).map { _ in random.chance(0.5) ? 1.0 : 0 }
    }
    // Margins as whole numbers with the same sum.
    var (rows, columns) = (
      [Double](repeating: 0, count: height), [Double](repeating: 0, count: width)
    )
    for _ in 0..<random.integer(1...12) {
      rows[random.integer(0...(height - 1))] += 1
      columns[random.integer(0...(width - 1))] += 1
    }
    // Hall's condition: no set of rows holds more than the columns that it may send to.
    var isFeasible = true
    for set in 1..<(1 << height) {
      let members = rows.indices.filter { set >> $0 & 1 == 1 }
      let reached = columns.indices.filter { j in members.contains { seed[$0][j] > 0 } }
      if members.reduce(0, { $0 + rows[$1] }) > reached.reduce(0, { $0 + columns[$1] }) {
        isFeasible = false
      }
    }
    do throws(BalancingError) {
      try MarginFeasibility(seed, rows: rows, columns: columns).check()
      #expect(isFeasible, "seed \(number)")
    } catch {
      #expect(!isFeasible, "seed \(number)")
      guard case .infeasible(let cut, let mass, let reached, let capacity) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(mass == cut.reduce(0) { $0 + rows[$1] } && mass > capacity, "seed \(number)")
      #expect(
        reached == columns.indices.filter { j in cut.contains { seed[$0][j] > 0 } },
        "seed \(number)")
    }
  }

  @Test(
    "a class of cells holds its share while rows and columns hold theirs", arguments: [0.3, 0.62])
  func classes(share: Double) throws {
    var model = GravityModel(push: Self.origins, pull: Self.destinations, costs: Self.costs)
    let isDomestic = (0..<4).map { i in (0..<4).map { j in (i < 2) == (j < 2) } }
    model.domestic = (isDomestic, share)
    let cells = try model.flows().balanced.cells
    var domestic = 0.0
    for i in 0..<4 {
      #expect(isClose(cells[i].reduce(0, +), Self.origins[i]))
      for j in 0..<4 where isDomestic[i][j] { domestic += cells[i][j] }
    }
    #expect(isClose(domestic / 1962, share))
  }

  @Test("each constraint holds its own sums, and no other")
  func constraints() throws {
    var model = GravityModel(push: [10, 30], pull: [3, 5], costs: [[1, 2], [3, 1]])
    model.constraint = .origin
    var cells = try model.flows().balanced.cells
    #expect(isClose(cells[0][0] + cells[0][1], 10) && isClose(cells[1][0] + cells[1][1], 30))
    model.constraint = .destination
    cells = try model.flows().balanced.cells
    #expect(isClose(cells[0][0] + cells[1][0], 3) && isClose(cells[0][1] + cells[1][1], 5))
    model.constraint = .unconstrained
    model.total = 100
    cells = try model.flows().balanced.cells
    #expect(isClose(cells.joined().reduce(0, +), 100))
    // In proportion to O D exp(−β c).
    let ratio = 10 * 3 * 0.9048374180359595 / (30 * 5 * 0.9048374180359595)
    #expect(isClose(cells[0][0] / cells[1][1], ratio))
  }

  @Test("costs of weeks do not make flows vanish")
  func longWays() throws {
    var model = GravityModel(push: [1, 1], pull: [1, 1], costs: [[9000, 9010], [9020, 9000]])
    model.constraint = .origin
    let cells = try model.flows().balanced.cells
    #expect(isClose(cells[0][1] / cells[0][0], 0.36787944117144233))
  }

  @Test("power and Tanner deterrence are what they are called")
  func deterrence() throws {
    func ratio(_ deterrence: Deterrence) throws -> Double {
      var model = GravityModel(push: [1], pull: [1, 1], costs: [[2, 4]])
      model.deterrence = deterrence
      model.constraint = .origin
      let cells = try model.flows().balanced.cells
      return cells[0][1] / cells[0][0]
    }
    #expect(isClose(try ratio(.power(exponent: 2)), 0.25))
    #expect(isClose(try ratio(.tanner(exponent: 1, beta: 0.5)), 2 * 0.36787944117144233))
  }
}
