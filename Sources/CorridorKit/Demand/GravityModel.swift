import Foundation

/// How much goes from each place to each other: T_ij = A_i O_i B_j D_j f(c_ij).
///
/// O is what places send (push), D what they attract (pull), f the deterrence of the cost c, A and B the
/// factors that make the constrained sums right. It knows no network.
///
/// Source: Wilson 1967, doi:10.1016/0041-1647(67)90035-4; Ortúzar and Willumsen 2011, Modelling
/// Transport, chapter 5, doi:10.1002/9781119993308.
public struct GravityModel: Sendable, Hashable {
  /// Which sums are given.
  public enum Constraint: String, Sendable, CaseIterable {
    /// Σ_j T_ij = O_i and Σ_i T_ij = D_j, with D scaled to the sum of O.
    case doubly
    /// Σ_j T_ij = O_i; D only says how what leaves a place is divided.
    case origin
    /// Σ_i T_ij = D_j; O only says from where what arrives comes.
    case destination
    /// Neither: T_ij is in proportion to O_i D_j f(c_ij).
    case unconstrained = "none"
  }

  /// What each origin sends: finite, at least 0.
  public var push: [Double]
  /// What each destination attracts: finite, at least 0.
  public var pull: [Double]
  /// Cost by origin and destination, in hours (or what β is stated for); nil for a pair that gets nothing.
  public var costs: [[Double?]]
  /// How attraction falls with cost.
  public var deterrence = Deterrence.exponential(beta: Deterrence.defaultBetaPerHour)
  /// Which sums are given.
  public var constraint = Constraint.doubly
  /// The sum of all flows; nil takes the sums of push (or, with ``Constraint/destination``, of pull) as
  /// they stand.
  public var total: Double?
  /// Which pairs stay within a country, and the share of the total that they hold; nil for no such rule.
  public var domestic: (isDomestic: [[Bool]], share: Double)? {
    get { classes.map { ($0.isDomestic, $0.share) } }
    set { classes = newValue.map { Domestic(isDomestic: $0.isDomestic, share: $0.share) } }
  }
  /// The largest residual that is accepted, as a share of its margin.
  public var tolerance = 1e-12
  /// How often margins are scaled at most.
  public var maximumIterations = 20_000

  private struct Domestic: Sendable, Hashable {
    var isDomestic: [[Bool]]
    var share: Double
  }
  private var classes: Domestic?

  /// Places with what they send and attract, and the costs between them.
  public init(push: [Double], pull: [Double], costs: [[Double?]]) {
    self.push = push
    self.pull = pull
    self.costs = costs
  }

  /// The flows.
  ///
  /// - Returns: T by origin and destination, with residuals and iterations.
  /// - Throws: ``BalancingError``.
  /// - Complexity: O(pairs) an iteration of the balancing.
  public func flows() throws(BalancingError) -> GravityFlows {
    try check()
    let origins = push.reduce(0, +)
    let destinations = pull.reduce(0, +)
    let sum = total ?? (constraint == .destination ? destinations : origins)
    func scaled(_ values: [Double], _ of: Double) -> [Double] {
      of > 0 ? values.map { $0 / of * sum } : values
    }
    let isRowBound = constraint == .doubly || constraint == .origin
    let isColumnBound = constraint == .doubly || constraint == .destination
    let seed = seed(isRowBound: isRowBound, isColumnBound: isColumnBound)
    var balancing = MatrixBalancing(
      seed: seed, rows: isRowBound ? scaled(push, origins) : nil,
      columns: isColumnBound ? scaled(pull, destinations) : nil,
      classes: classes.map { domestic in
        MatrixBalancing.Classes(
          ofCells: domestic.isDomestic.map { $0.map { $0 ? 0 : 1 } },
          totals: [sum * domestic.share, sum * (1 - domestic.share)])
      })
    balancing.tolerance = tolerance
    balancing.maximumIterations = maximumIterations
    // Without any other margin the whole is one class.
    if constraint == .unconstrained, balancing.classes == nil {
      balancing.classes = MatrixBalancing.Classes(
        ofCells: seed.map { $0.map { _ in 0 } }, totals: [sum])
    }
    return GravityFlows(balanced: try balancing.balanced(), costs: costs)
  }

  /// O_i D_j f(c_ij), with the largest of each bound row and column brought to 1 before the exponential
  /// is taken, so that far places do not vanish below the least number; the balancing undoes it.
  private func seed(isRowBound: Bool, isColumnBound: Bool) -> [[Double]] {
    var logarithms: [[Double]] = costs.indices.map { row in
      costs[row].indices.map { column in
        guard push[row] > 0, pull[column] > 0, let cost = costs[row][column],
          let value = deterrence.logarithm(at: cost)
        else { return -.infinity }
        return value + log(push[row]) + log(pull[column])
      }
    }
    func largest(_ values: some Sequence<Double>) -> Double {
      let value = values.max() ?? -.infinity
      return value.isFinite ? value : 0
    }
    if isRowBound {
      for row in logarithms.indices {
        let top = largest(logarithms[row])
        logarithms[row] = logarithms[row].map { $0 - top }
      }
    }
    if isColumnBound {
      for column in pull.indices {
        let top = largest(logarithms.lazy.map { $0[column] })
        for row in logarithms.indices { logarithms[row][column] -= top }
      }
    }
    let top = largest(logarithms.joined())
    return logarithms.map { $0.map { exp($0 - top) } }
  }

  private func check() throws(BalancingError) {
    guard costs.count == push.count, costs.allSatisfy({ $0.count == pull.count }) else {
      throw .shape("\(push.count) pushes and \(pull.count) pulls for costs of another shape")
    }
    if let classes {
      guard classes.isDomestic.count == push.count,
        classes.isDomestic.allSatisfy({ $0.count == pull.count })
      else { throw .shape("domestic pairs that are not those of the costs") }
      guard (0...1).contains(classes.share) else {
        throw .invalid(place: "the domestic share", value: classes.share)
      }
    }
    for (kind, values) in [("push", push), ("pull", pull)] {
      for (index, value) in values.enumerated() where !(value.isFinite && value >= 0) {
        throw .invalid(place: "the \(kind) of place \(index + 1)", value: value)
      }
    }
    for (row, values) in costs.enumerated() {
      for (column, cost) in values.enumerated() {
        guard let cost, !(cost.isFinite && cost >= 0) else { continue }
        throw .invalid(place: "the cost from \(row + 1) to \(column + 1)", value: cost)
      }
    }
    if let total, !(total.isFinite && total > 0) {
      throw .invalid(place: "the total", value: total)
    }
  }
}

/// The flows of a gravity model.
public struct GravityFlows: Sendable, Hashable {
  /// T by origin and destination, with what the balancing took.
  public let balanced: BalancedMatrix
  /// Σ T c / Σ T, in the unit of the costs; nil where nothing flows.
  public let meanCost: Double?

  init(balanced: BalancedMatrix, costs: [[Double?]]) {
    self.balanced = balanced
    var (mass, product) = (0.0, 0.0)
    for (flows, row) in zip(balanced.cells, costs) {
      for (flow, cost) in zip(flows, row) where flow > 0 {
        mass += flow
        product += flow * (cost ?? 0)
      }
    }
    meanCost = mass > 0 ? product / mass : nil
  }
}
