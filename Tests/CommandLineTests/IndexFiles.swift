/// An index of one's own in a folder: a framework with a table, COINr's tables, a recipe.
protocol IndexFiles {
  var folder: TemporaryFolder { get }
}

extension IndexFiles {
  /// A folder with all of the files.
  static func makeFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(framework, to: "framework.json")
    try folder.write(values, to: "values.csv")
    try folder.write(metadata, to: "iMeta.csv")
    try folder.write(data, to: "iData.csv")
    try folder.write(recipe, to: "recipe.yaml")
    return folder
  }

  /// Runs `corridor index` on the framework and its table.
  func own(_ words: String...) throws -> CorridorProcess {
    try CorridorProcess(
      ["index", "--framework", "framework.json", "--data", "values.csv"] + words, in: folder.path)
  }

  /// Runs `corridor index` on COINr's tables.
  func coinr(_ words: String...) throws -> CorridorProcess {
    try CorridorProcess(
      ["index", "--imeta", "iMeta.csv", "--idata", "iData.csv"] + words, in: folder.path)
  }

  static var framework: String {
    """
    {"edition": "1", "name": "Risk", "source": "made up",
     "dimensions": [{"id": "eco", "name": "Economy", "weight": 0.25},
     {"id": "safe", "name": "Safety", "weight": 0.75}],
     "indicators": [
     {"id": "gdp", "name": "Product", "dimension": "eco", "direction": "-", "weight": 0.25},
     {"id": "jobs", "name": "Jobless", "dimension": "eco", "weight": 0.75, "direction": "+"},
     {"id": "crime", "name": "Crime", "dimension": "safe", "direction": "+"}]}

    """
  }

  static var values: String {
    """
    unit,indicator,value,measure_unit,year,source,note
    A,gdp,100,USD,2020,s,
    A,jobs,4,%,2020,s,
    A,crime,0,n,2020,s,
    B,jobs,8,%,2020,s,
    B,crime,3,n,2020,s,
    C,gdp,300,USD,2020,s,
    C,jobs,6,%,2020,s,
    C,crime,8.5,n,2020,s,

    """
  }

  static var metadata: String {
    """
    "Level","iCode","iName","Parent","Direction","Weight","Type","Denominator","Unit"
    1,"gdp","Product","eco",-1,2,"Indicator","pop","USD"
    1,"jobs","Jobless","eco",1,6,"Indicator",NA,"%"
    1,"crime","Crime","safe",1,1,"Indicator",NA,"n"
    2,"eco","Economy","idx",1,1,"Aggregate",NA,NA
    2,"safe","Safety","idx",1,3,"Aggregate",NA,NA
    3,"idx","Risk",NA,1,1,"Aggregate",NA,NA
    NA,"pop","People",NA,NA,NA,"Denominator",NA,NA
    NA,"region","Region",NA,NA,NA,"Group",NA,NA

    """
  }

  static var data: String {
    """
    "uName","uCode","region","pop","gdp","jobs","crime"
    "Alpha","A","north",10,100,4,0
    "Beta","B","north",20,NA,8,3
    "Gamma","C","south",1e+01,300,6,8.5

    """
  }

  static var recipe: String {
    """
    name: Trial
    steps:
      - impute: {method: group-mean, grouping: region}
      - denominate: {per: 10}
      - normalise: {method: min-max, range: [1, 100]}
      - weigh:
          compare:
            - parts: [eco, safe]
              matrix: [[1, 3], [1/3, 1]]
      - aggregate: {levels: [arithmetic, geometric], floor: none, minimum_coverage: 0.4}

    """
  }
}
