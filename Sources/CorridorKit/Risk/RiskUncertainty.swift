public import RiskIndex

/// Draws an index, and runs it for its sensitivity, as commands ask for it.
public struct RiskUncertainty: Sendable {
  /// How many draws where nobody says.
  public static let defaultDraws = 1_000
  /// The seed of a study that names none.
  public static let defaultSeed: UInt64 = 1

  /// What is uncertain.
  public var inputs: RiskUncertaintyInputs
  /// How many draws, 1 or more.
  public var draws: Int
  /// Whether to tell which factor moves what.
  public var tellsSensitivity: Bool
  /// The seed.
  public var seed: UInt64

  /// A study from its parts.
  public init(
    _ inputs: RiskUncertaintyInputs, draws: Int = defaultDraws, tellsSensitivity: Bool = false,
    seed: UInt64 = defaultSeed
  ) {
    self.inputs = inputs
    self.draws = draws
    self.tellsSensitivity = tellsSensitivity
    self.seed = seed
  }

  /// The rows of the design of a sensitivity: the power of two at or above the number of draws, at least 64.
  public var rows: Int {
    var rows = 64
    while rows < draws { rows *= 2 }
    return rows
  }

  /// Carries it out.
  ///
  /// - Parameters:
  ///   - run: The index as the recipe has it.
  ///   - exposureDraws: Exposure by draw, then by unit of the run; empty where it is taken as known.
  ///   - threads: 0 for one a core. Results do not depend on it.
  /// - Throws: ``CorridorKitError/risk(_:)``.
  public func part(
    of run: IndexRun, exposureDraws: [[Double?]] = [], threads: Int = 0
  ) throws(CorridorKitError) -> IndexUncertaintyPart {
    do throws(RiskIndexError) {
      let index = try UncertainIndex(
        run, inputs.index, exposureDraws: exposureDraws, seed: seed)
      let drawn = IndexDraws(index, count: draws, seed: seed, threads: threads)
      let sensitivity =
        tellsSensitivity
        ? try IndexSensitivity(index, sampleCount: rows, seed: seed, threads: threads) : nil
      return IndexUncertaintyPart(drawn, sensitivity: sensitivity, seed: seed)
    } catch {
      throw .risk(error)
    }
  }
}

extension ExposureDraws {
  /// A measure by draw, then by the units asked for; for ``RiskUncertainty``.
  ///
  /// - Parameter ids: Units of the draws; one that they do not have gets nil.
  public func table(
    _ measure: ExposureMeasure, ids: [String], _ state: State = .before
  ) -> [[Double?]] {
    let places = ids.map { id in units.units.firstIndex { $0.id == id } }
    let (drawn, factor): (Measure, Double) =
      switch measure {
      case .length: (.length, 1e-3)
      case .time: (.time, 1.0 / 3600)
      case .entering: (.entering, 1)
      }
    let columns = places.map { $0.map { values(drawn, of: $0, state) } }
    return (0..<drawCount).map { draw in columns.map { $0.map { $0[draw] * factor } } }
  }
}
