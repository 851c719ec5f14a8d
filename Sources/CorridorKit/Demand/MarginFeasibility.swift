/// Whether any matrix with zeros in given places has given margins.
///
/// It has if and only if a flow from rows to columns, over the cells that may be other than 0, carries
/// all that the rows hold; if not, the cut that stops it names rows that hold more than the columns which
/// they may send to (Gale 1957, doi:10.2140/pjm.1957.7.1073).
struct MarginFeasibility {
  private let cells: [[Double]]
  private let rows: [Double]
  private let columns: [Double]
  /// What a row still has to send, and a column still to take.
  private var unsent: [Double]
  private var free: [Double]
  private var flow: [[Double]]
  /// Below this a rest is rounding.
  private let rest: Double

  init(_ cells: [[Double]], rows: [Double], columns: [Double]) {
    self.cells = cells
    self.rows = rows
    self.columns = columns
    unsent = rows
    free = columns
    flow = cells.map { $0.map { _ in 0 } }
    rest = 1e-9 * max(rows.reduce(0, +), .leastNonzeroMagnitude)
  }

  /// - Throws: `BalancingError.infeasible`.
  /// - Complexity: O(cells) for each augmenting path (Edmonds and Karp 1972: shortest paths first).
  func check() throws(BalancingError) {
    var search = self
    search.fill()
    while let short = search.augment() {
      guard short.isEmpty else {
        let reached = columns.indices.filter { column in
          short.contains { cells[$0][column] > 0 }
        }
        throw .infeasible(
          rows: short, mass: short.reduce(0) { $0 + rows[$1] }, columns: reached,
          capacity: reached.reduce(0) { $0 + columns[$1] })
      }
    }
  }

  /// A first flow: each row sends what the columns take in their order.
  private mutating func fill() {
    for row in cells.indices {
      for column in columns.indices where cells[row][column] > 0 {
        let sent = min(unsent[row], free[column])
        flow[row][column] = sent
        unsent[row] -= sent
        free[column] -= sent
      }
    }
  }

  /// Sends more along a shortest path from a row with something left to a column with room.
  ///
  /// - Returns: No rows if it did; the rows of the cut if there is no such path; nil if nothing is left.
  private mutating func augment() -> [Int]? {
    var queue = cells.indices.filter { unsent[$0] > rest }
    guard !queue.isEmpty else { return nil }
    var isReached = cells.indices.map { unsent[$0] > rest }
    var rowOfColumn = [Int?](repeating: nil, count: columns.count)
    var columnOfRow = [Int?](repeating: nil, count: cells.count)
    var next = 0
    while next < queue.count {
      let row = queue[next]
      next += 1
      for column in columns.indices where cells[row][column] > 0 && rowOfColumn[column] == nil {
        rowOfColumn[column] = row
        if free[column] > rest {
          send(to: column, rowOfColumn, columnOfRow)
          return []
        }
        for other in cells.indices where !isReached[other] && flow[other][column] > rest {
          isReached[other] = true
          columnOfRow[other] = column
          queue.append(other)
        }
      }
    }
    return cells.indices.filter { isReached[$0] }
  }

  private mutating func send(to last: Int, _ rowOfColumn: [Int?], _ columnOfRow: [Int?]) {
    var path: [(row: Int, column: Int, back: Int?)] = []
    var column: Int? = last
    while let to = column, let row = rowOfColumn[to] {
      column = columnOfRow[row]
      path.append((row, to, column))
    }
    guard let start = path.last?.row else { return }
    var amount = min(free[last], unsent[start])
    for step in path {
      if let back = step.back { amount = min(amount, flow[step.row][back]) }
    }
    for step in path {
      flow[step.row][step.column] += amount
      if let back = step.back { flow[step.row][back] -= amount }
    }
    unsent[start] -= amount
    free[last] -= amount
  }
}
