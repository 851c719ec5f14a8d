import RiskIndex

/// The Technology Achievement Index: the first 23 countries of the OECD/JRC Handbook (2008), appendix
/// table A.2, with the goalposts of UNDP's Human Development Report 2001. Telephones and electricity
/// are decadic logarithms.
enum TechnologyAchievement {
  static let countries = [
    "Finland", "United States", "Sweden", "Japan", "Korea, Rep. of", "Netherlands",
    "United Kingdom", "Canada", "Australia", "Singapore", "Germany", "Norway", "Ireland",
    "Belgium", "New Zealand", "Austria", "France", "Israel", "Spain", "Italy", "Czech Republic",
    "Hungary", "Slovenia",
  ]

  static let indicators = [
    "patents", "royalties", "internet", "exports", "telephones_log10", "electricity_log10",
    "schooling", "university",
  ]

  /// One row a country, one column an indicator.
  static let values: [[Double]] = [
    [187.0, 125.6, 200.2, 50.7, 3.08, 4.15, 10.0, 27.4],
    [289.0, 130.0, 179.1, 66.2, 3.0, 4.07, 12.0, 13.9],
    [271.0, 156.6, 125.8, 59.7, 3.1, 4.14, 11.4, 15.3],
    [994.0, 64.6, 49.0, 80.8, 3.0, 3.86, 9.5, 10.0],
    [779.0, 9.8, 4.8, 66.7, 2.97, 3.65, 10.8, 23.2],
    [189.0, 151.2, 136.0, 50.9, 3.02, 3.77, 9.4, 9.5],
    [82.0, 134.0, 57.4, 61.9, 3.02, 3.73, 9.4, 14.9],
    [31.0, 38.6, 108.0, 48.7, 2.94, 4.18, 11.6, 14.2],
    [75.0, 18.2, 125.9, 16.2, 2.94, 3.94, 10.9, 25.3],
    [8.0, 25.5, 72.3, 74.9, 2.95, 3.83, 7.1, 24.2],
    [235.0, 36.8, 41.2, 64.2, 2.94, 3.75, 10.2, 14.4],
    [103.0, 20.2, 193.6, 19.0, 3.12, 4.39, 11.9, 11.2],
    [106.0, 110.3, 48.6, 53.6, 2.97, 3.68, 9.4, 12.3],
    [72.0, 73.9, 58.9, 47.6, 2.91, 3.86, 9.3, 13.6],
    [103.0, 13.0, 146.7, 15.4, 2.86, 3.91, 11.7, 13.1],
    [165.0, 14.8, 84.2, 50.3, 2.99, 3.79, 8.4, 13.6],
    [205.0, 33.6, 36.4, 58.9, 2.97, 3.8, 7.9, 12.6],
    [74.0, 43.6, 43.2, 45.0, 2.96, 3.74, 9.6, 11.0],
    [42.0, 8.6, 21.0, 53.4, 2.86, 3.62, 7.3, 15.6],
    [13.0, 9.8, 30.4, 51.0, 3.0, 3.65, 7.2, 13.0],
    [28.0, 4.2, 25.0, 51.7, 2.75, 3.68, 9.5, 8.2],
    [26.0, 6.2, 21.6, 63.5, 2.73, 3.46, 9.1, 7.7],
    [105.0, 4.0, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6],
  ]

  static let goalposts: [String: (low: Double, high: Double)] = [
    "patents": (0.0, 994.0),
    "royalties": (0.0, 272.6),
    "internet": (0.0, 232.4),
    "exports": (0.0, 80.8),
    "telephones_log10": (0.0, 2.954724790979063),
    "electricity_log10": (1.3424226808222062, 3.843170464519898),
    "schooling": (0.8, 12.0),
    "university": (0.1, 27.4),
  ]

  /// The sub-index that each indicator belongs to in the Human Development Report.
  static let pairs = ["creation", "recent", "old", "skills"]

  /// Table 22 of the Handbook.
  static let weights: [String: [Double]] = [
    "EW": [0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125],
    "FA": [0.17, 0.15, 0.11, 0.06, 0.08, 0.13, 0.13, 0.17],
    "BAP": [0.11, 0.11, 0.11, 0.18, 0.1, 0.06, 0.15, 0.18],
    // Printed weights that add up to 1.01.
    "AHP": [0.09, 0.1, 0.07, 0.21, 0.05, 0.06, 0.18, 0.25],
  ]

  /// Table 23 of the Handbook: the countries in the order in which it lists them ...
  static let table23Order = [
    "Finland", "United States", "Sweden", "Japan", "Korea, Rep. of", "Netherlands",
    "United Kingdom", "Singapore", "Canada", "Australia", "Germany", "Norway", "Ireland",
    "Belgium", "New Zealand", "Austria", "France", "Israel", "Spain", "Italy", "Czech Republic",
    "Hungary", "Slovenia",
  ]

  /// ... and their ranks under each set of weights.
  static let table23Ranks: [String: [Int]] = [
    "EW": Array(1...23),
    "FA": [
      1, 2, 3, 4, 5, 6, 8, 11, 10, 7, 12, 9, 14, 15, 13, 16, 17, 18, 19, 20, 21, 23, 22,
    ],
    "BAP": [
      1, 2, 3, 5, 4, 8, 7, 6, 10, 11, 9, 13, 12, 14, 17, 15, 16, 18, 19, 21, 22, 20, 23,
    ],
    "AHP": [
      1, 3, 4, 5, 2, 11, 7, 6, 10, 9, 8, 16, 12, 13, 18, 15, 14, 17, 19, 21, 22, 20, 23,
    ],
  ]

  /// Computed apart from this package, with numpy: equal weights over min-max values, times 100.
  static let minMaxScores: [Double] = [
    71.8669946432, 68.0299400105, 68.8323182085, 54.4035214078, 49.5743569626, 50.0015173438,
    47.1991749066, 48.1044564057, 43.9561701212, 39.9454733796, 40.0083767511, 54.762932431,
    39.4883920641, 36.6538709963, 36.395259394, 34.453643221, 32.6699721854, 31.8011757948,
    20.9472679813, 23.8060891891, 18.5379496262, 15.7785888436, 17.4648135075,
  ]

  /// Likewise: ranks of the mean of z values with n - 1.
  static let zRanks = [
    1, 3, 2, 4, 6, 7, 9, 8, 10, 11, 12, 5, 13, 14, 16, 15, 17, 18, 20, 19, 22, 23, 21,
  ]

  /// Likewise: exp(mean(ln(0.99 I + 0.01))) over min-max values, times 100.
  static let geometricScores: [Double] = [
    65.2577515724, 62.9937212226, 63.9246347691, 45.3097760141, 26.3265240669, 41.1781565326,
    39.1883472895, 35.92354111, 26.0817318824, 17.6060407881, 36.1959948103, 32.9135244021,
    34.0124069981, 32.9180867229, 19.7434940129, 29.6825113692, 28.877184752, 27.3823521617,
    13.6311961373, 12.6978593844, 9.282170896, 4.5931426873, 9.4242244083,
  ]

  /// Likewise: the mean of the four pair means over goalpost values, times 100.
  static let reportScores: [Double] = [
    74.4903340494, 73.2886145338, 70.380981298, 69.8405463309, 66.5945915729, 63.0358521096,
    60.6482724408, 58.9501384101, 58.8041225305, 59.726148748, 58.3013071545, 58.0447849906,
    56.6655682058, 55.3047049911, 54.8811245413, 54.461677457, 53.6202856736, 51.511636515,
    48.148457217, 47.2217076621, 46.6244239856, 46.4739556167, 45.9414503986,
  ]

  /// The scores that the Human Development Report 2001 prints.
  static let printedScores: [Double] = [
    0.744, 0.733, 0.703, 0.698, 0.666, 0.63, 0.606, 0.589, 0.587, 0.585, 0.583, 0.579, 0.566,
    0.553, 0.548, 0.544, 0.535, 0.514, 0.481, 0.471, 0.465, 0.464, 0.458,
  ]

  /// The framework with all indicators in one dimension, or in the report's four.
  static func framework(pairs usesPairs: Bool = false) throws -> IndexFramework {
    try IndexFramework(
      edition: "2001", name: "TAI", source: "UNDP (2001); OECD/JRC (2008)",
      dimensions: (usesPairs ? pairs : ["all"]).map { .init(id: $0, name: $0) },
      indicators: indicators.enumerated().map { index, id in
        Indicator(
          id: id, name: id, dimension: usesPairs ? pairs[index / 2] : "all",
          direction: .increasing,
          goalposts: goalposts[id].map { .init(low: $0.low, high: $0.high, source: "UNDP (2001)") })
      })
  }

  static func table() throws -> IndicatorTable {
    try IndicatorTable(
      rows: zip(countries, values).flatMap { country, row in
        zip(indicators, row).map { indicator, value in
          IndicatorValue(
            unit: country, indicator: indicator, value: value, measureUnit: "as printed",
            year: 2001, source: "OECD/JRC (2008), table A.2")
        }
      })
  }
}
