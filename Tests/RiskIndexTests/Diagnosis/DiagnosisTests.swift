import Testing

@testable import RiskIndex

@Suite("Diagnosis of an index")
struct DiagnosisTests {
  private let columns: [[Double?]] = TechnologyAchievement.indicators.indices.map { column in
    TechnologyAchievement.values.map { $0[column] }
  }

  @Test("table 6 of the Handbook: all 28 correlations to the printed digits")
  func table6() throws {
    // Lower triangle by row. The Handbook prints 0.56 for royalties and telephones, where its own rounded
    // data give 0.578.
    let printed: [[Double]] = [
      [], [0.13], [-0.09, 0.46], [0.45, 0.25, -0.45], [0.28, 0.56, 0.56, 0.00],
      [0.03, 0.32, 0.84, -0.36, 0.64], [0.22, 0.30, 0.63, -0.35, 0.30, 0.65],
      [0.08, 0.06, 0.27, -0.03, 0.33, 0.26, 0.08],
    ]
    let matrix = Correlation.pearson.matrix(columns)
    var checked = 0
    for row in 0..<8 {
      #expect(matrix[row][row] == 1)
      for column in 0..<row {
        let r = try #require(matrix[row][column])
        #expect(matrix[column][row] == r)
        let tolerance = row == 4 && column == 1 ? 0.02 : 0.0105
        #expect(abs(r - printed[row][column]) <= tolerance, "\(row) \(column)")
        checked += 1
      }
    }
    #expect(checked == 28)
    #expect(abs(try #require(matrix[5][2]) - 0.8412544624913676) < 1e-12)
    #expect(abs(try #require(matrix[3][2]) - -0.44753141153963133) < 1e-12)
  }

  @Test("Spearman's and Kendall's coefficients are scipy's")
  func ranks() throws {
    let spearman = [
      (1, 0, 0.436480474543), (2, 0, 0.185816659985), (2, 1, 0.593526086812),
      (3, 2, -0.345849802372),
    ]
    for (row, column, expected) in spearman {
      let r = try #require(Correlation.spearman.coefficient(columns[row], columns[column]))
      #expect(abs(r - expected) < 1e-11)
    }
    let kendall = [
      (1, 0, 0.305555555556), (2, 0, 0.134653729348), (2, 1, 0.419802803261),
      (3, 2, -0.225296442688),
    ]
    for (row, column, expected) in kendall {
      let r = try #require(Correlation.kendall.coefficient(columns[row], columns[column]))
      #expect(abs(r - expected) < 1e-11)
    }
  }

  @Test("gaps are left out pair by pair; too few pairs or a constant have no correlation")
  func correlationGaps() {
    for method in Correlation.allCases {
      #expect(
        method.coefficient([1, 2, nil, 3, 9], [2, 4, 5, 6, nil]).map { abs($0 - 1) < 1e-12 } == true
      )
      #expect(method.coefficient([1, 2, nil], [1, 2, 3]) == nil)
      #expect(method.coefficient([1, 1, 1], [1, 2, 3]) == nil)
    }
  }

  @Test(
    "values whose squares are no usable numbers have no correlation, as a constant has none",
    arguments: [1e200, 1e160, 1e-100, 1e-170, Double.leastNonzeroMagnitude])
  func correlationOfExtremes(scale: Double) {
    let column: [Double?] = [scale, 2 * scale, -3 * scale, 7 * scale]
    let others: [[Double?]] = [column, column.map { $0.map { -$0 } }, [5, 1, 2, 2]]
    for other in others {
      for r in [
        Correlation.pearson.coefficient(column, other),
        Correlation.pearson.coefficient(other, column),
      ] {
        #expect(r.map { abs($0) <= 1 + 1e-12 } != false)
      }
      let weights = EffectiveWeight.of(
        nominal: [0.5, 0.5], columns: [column, other], index: column)
      for weight in weights {
        #expect(weight.varianceShare?.isFinite != false)
        #expect(weight.relativeImportance?.isFinite != false)
      }
      let reliability = Reliability(columns: [column, other])
      #expect(reliability?.alpha?.isFinite != false)
    }
    #expect(Correlation.spearman.coefficient(column, column) == 1)
  }

  @Test("columns that cancel one another out have no alpha, and go against the others")
  func opposites() throws {
    for columns: [[Double?]] in [
      [[1, 2, 3], [3, 2, 1]], [[0, 0.5, 1, nil], [1, 0.5, 0, 4]], [[-4, 4, 0, 0], [4, -4, 0, 0]],
    ] {
      let reliability = try #require(Reliability(columns: columns))
      #expect(reliability.alpha == nil || columns[0].last == .some(nil))
      #expect(reliability.standardisedAlpha == nil)
      for r in reliability.restCorrelations { #expect(abs(try #require(r) + 1) < 1e-12) }
    }
  }

  @Test("principal components of the Handbook's indicators: eigenvalues and shares")
  func principalComponents() throws {
    let result = try #require(PrincipalComponents(columns: columns))
    let expected = [
      3.3543612072880005, 1.7460601162147003, 0.9848620302345868, 0.893915733086609,
      0.471196130661423, 0.29945203187311936, 0.1744221814516596, 0.0757305691899036,
    ]
    #expect(result.eigenvalues.count == 8)
    for (found, wanted) in zip(result.eigenvalues, expected) {
      #expect(abs(found - wanted) < 1e-12)
    }
    #expect(abs(result.shares[0] - 0.4192951509110001) < 1e-12)
    #expect(result.kaiserCount == 2)
    #expect(result.unitCount == 23)
    // From numpy, up to the sign: internet and electricity lead.
    #expect(abs(result.components[0][2] - 0.49992048) < 1e-7)
    #expect(abs(result.components[0][3] - -0.19195483) < 1e-7)
    #expect(abs(result.diagnosticWeights.reduce(0, +) - 1) < 1e-12)
    // A loading is the correlation with the component, and squares of a component's add up to its eigenvalue.
    #expect(abs(result.loadings[1].reduce(0) { $0 + $1 * $1 } - expected[1]) < 1e-12)
    #expect(PrincipalComponents(columns: [columns[0]]) == nil)
    #expect(PrincipalComponents(columns: [[1, 2, 3], [1, 1, 1]]) == nil)
  }

  @Test("eigenvectors put a random symmetric matrix together again", arguments: 1..<13)
  func eigen(size: Int) {
    var generator = SplitMix64(seed: UInt64(size))
    var matrix = [[Double]](repeating: Array(repeating: 0, count: size), count: size)
    for row in 0..<size {
      for column in 0...row {
        matrix[row][column] = Double.random(in: -1...1, using: &generator)
        matrix[column][row] = matrix[row][column]
      }
    }
    let eigen = SymmetricEigen(matrix)
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
    for row in 0..<size {
      for column in 0..<size {
        let again = (0..<size).reduce(0) {
          $0 + eigen.values[$1] * eigen.vectors[$1][row] * eigen.vectors[$1][column]
        }
        #expect(abs(again - matrix[row][column]) < 1e-12, "size \(size)")
        let product = (0..<size).reduce(0) {
          $0 + eigen.vectors[row][$1] * eigen.vectors[column][$1]
        }
        #expect(abs(product - (row == column ? 1 : 0)) < 1e-12)
      }
    }
  }

  @Test("Cronbach's alpha of the Handbook: 0.70 standardised, and of raw covariances")
  func reliability() throws {
    let result = try #require(Reliability(columns: columns))
    #expect(abs(try #require(result.standardisedAlpha) - 0.7035427579584912) < 1e-12)
    #expect(abs(try #require(result.alpha) - 0.11889183477545631) < 1e-12)
    // Over z scores both are one.
    let z = columns.map {
      Normalisation.z.apply(to: $0, direction: .increasing, parameters: .init()).values
    }
    let standardised = try #require(Reliability(columns: z))
    #expect(
      abs(try #require(standardised.alpha) - #require(standardised.standardisedAlpha)) < 1e-12)
    // Exports go against the rest.
    #expect(result.restCorrelations.count == 8)
    #expect(try #require(result.restCorrelations[3]) < 0)
    #expect(try #require(result.restCorrelations[2]) > 0.5)
    #expect(Reliability(columns: [columns[0]]) == nil)
  }

  @Test("members that go against their group, hardly move it, or say the same are flagged, once")
  func flags() throws {
    let a: [Double?] = [1, 2, 3, 4, 5, 6]
    let b: [Double?] = [1.1, 2, 3.1, 4, 5.2, 6]
    let c: [Double?] = [6, 4, 5, 3, 1, 2]
    let d: [Double?] = [2, 1, 1, 3, 1, 1]
    let score = try Aggregation.arithmetic.aggregate(columns: [a, b, c, d], weights: [1, 1, 1, 1])
    let flags = CorrelationThresholds().flags(
      group: "g", score: score, members: ["a", "b", "c", "d"], columns: [a, b, c, d])
    let kinds = flags.map { flag in
      switch flag {
      case .against(let member, _, _): "against \(member)"
      case .silent(let member, _, _): "silent \(member)"
      case .collinear(let first, let second, _, _): "collinear \(first) \(second)"
      case .opposed(let first, let second, _, _): "opposed \(first) \(second)"
      }
    }
    #expect(kinds == ["against c", "silent d", "collinear a b", "opposed a c", "opposed b c"])
    #expect(flags[0].description.hasPrefix("c works against g (r = -0."))
    #expect(
      CorrelationThresholds().flags(group: "g", score: a, members: ["a"], columns: [a]).isEmpty)
  }

  @Test("shares of variance add up to 1, products of weights too, and a weight of 0 has no say")
  func effectiveWeights() throws {
    let weights = [0.5, 0.2, 0.2, 0.1, 0, 0, 0, 0]
    let z = columns.map {
      Normalisation.z.apply(to: $0, direction: .increasing, parameters: .init()).values
    }
    let index = try Aggregation.arithmetic.aggregate(columns: z, weights: weights)
    let result = EffectiveWeight.of(nominal: weights, columns: z, index: index)
    #expect(abs(result.reduce(0) { $0 + ($1.varianceShare ?? 0) } - 1) < 1e-12)
    #expect(abs(result.reduce(0) { $0 + ($1.relativeImportance ?? 0) } - 1) < 1e-12)
    #expect(result[4].varianceShare == 0)
    #expect(try #require(result[4].explained) > 0)
    //       index: g (weight 3), h (weight 1); g: 0, 1 (weights 1, 1); h: 2, 3 (weights 1, 3)
    let products = EffectiveWeight.products(
      weights: [1, 1, 1, 3, 3, 1, 7], parents: [4, 4, 5, 5, 6, 6, nil])
    #expect(products == [0.375, 0.375, 0.0625, 0.1875, 0.75, 0.25, 1])
  }

  @Test("a unit's profile lists where it stands highest and lowest among its peers")
  func profile() {
    let profile = UnitProfile(
      unit: 0, peers: [0, 1, 2, 3], indicators: ["low", "high", "same", "middle", "gap"],
      columns: [
        [0, 1, 2, 3, 99], [9, 1, nil, 3, 99], [5, 5, 5, 5, 9], [2, 1, 2, 3, 0], [nil, 1, 2, 3, 4],
      ])
    #expect(profile.entries.map(\.indicator) == ["high", "middle", "low"])
    #expect(profile.entries.map(\.rank) == [1, 2, 4])
    #expect(profile.entries.map(\.count) == [3, 4, 4])
    #expect(profile.entries.map(\.shareBelow) == [1, 0.5, 0])
    #expect(profile.entries.map(\.peerMedian) == [2, 2, 2])
    #expect(profile.highest(5).map(\.indicator) == ["high"])
    #expect(profile.lowest(5).map(\.indicator) == ["low"])
  }

  @Test("the profiles of all units are those of each alone", arguments: 0..<40)
  func profiles(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let units = Int.random(in: 0...9, using: &random)
    let columns = (0..<5).map { _ in
      (0..<units).map { _ in
        Bool.random(using: &random) ? nil : Double(Int.random(in: -2...2, using: &random)) / 3
      }
    }
    let names = ["a", "b", "c", "d", "e"]
    #expect(
      UnitProfile.ofEach(of: units, indicators: names, columns: columns)
        == (0..<units).map {
          UnitProfile(unit: $0, peers: Array(0..<units), indicators: names, columns: columns)
        })
  }
}
