/// How much an element really has to say in an index, beside the weight that it was given.
public struct EffectiveWeight: Sendable, Hashable {
  /// The product of its weight and those of the groups above it, each within its own group (`get_eff_weights`
  /// of COINr): what it adds to the index a point, if everything is aggregated arithmetically.
  public var nominal: Double
  /// The share of the index's variance that comes with it, w cov(x, index) / var(index): those of all
  /// indicators add up to 1 where aggregation is arithmetic and nothing is missing. Negative for one that
  /// works against the index. Nil where it has none.
  public var varianceShare: Double?
  /// r² of it and the index: the share of variance that a straight line in it explains. Nil where it has
  /// none.
  public var explained: Double?
  /// r² over the sum of r² of all elements told together: importance as Paruolo, Saisana and Saltelli compare it
  /// with weights.
  public var relativeImportance: Double?

  /// The effective weights of elements of one level.
  ///
  /// - Parameters:
  ///   - nominal: The weight of each in the whole index; see ``products(weights:parents:)``.
  ///   - columns: The values of each by unit, on the common scale.
  ///   - index: The index's score by unit.
  /// - Complexity: O(columns × units).
  ///
  /// Source: Paruolo, Saisana, Saltelli 2013, Ratings and rankings: voodoo or science?,
  /// doi:10.1111/j.1467-985X.2012.01059.x (there with a smoother besides the straight line).
  public static func of(
    nominal: [Double], columns: [[Double?]], index: [Double?]
  ) -> [EffectiveWeight] {
    precondition(nominal.count == columns.count, "a weight a column")
    var result = zip(nominal, columns).map { weight, column in
      let pairs = zip(column, index).compactMap { x, y in x.flatMap { x in y.map { (x, $0) } } }
      let x = pairs.map(\.0)
      let y = pairs.map(\.1)
      guard let r = SampleStatistics.correlation(x, y),
        let covariance = SampleStatistics.covariance(x, y),
        let variance = SampleStatistics.covariance(y, y)
      else { return EffectiveWeight(nominal: weight) }
      return EffectiveWeight(
        nominal: weight, varianceShare: weight * covariance / variance, explained: r * r)
    }
    let sum = result.reduce(0) { $0 + ($1.explained ?? 0) }
    guard sum > 0 else { return result }
    for place in result.indices {
      result[place].relativeImportance = result[place].explained.map { $0 / sum }
    }
    return result
  }

  /// The product of each element's weight, within its group, with those of the groups above it.
  ///
  /// - Parameters:
  ///   - weights: Of each element; those of one group need not add up to 1.
  ///   - parents: The place of each element's group, which stands before or after it; nil at the top.
  /// - Complexity: O(elements × depth).
  public static func products(weights: [Double], parents: [Int?]) -> [Double] {
    precondition(weights.count == parents.count, "a parent, or none, an element")
    var sums: [Int?: Double] = [:]
    for (weight, parent) in zip(weights, parents) { sums[parent, default: 0] += weight }
    return weights.indices.map { element in
      var product = 1.0
      var place: Int? = element
      while let current = place {
        let sum = sums[parents[current]] ?? 0
        product *= sum > 0 ? weights[current] / sum : 0
        place = parents[current]
      }
      return product
    }
  }
}
