import Foundation
import Tables
import Testing

@testable import RiskIndex

@Suite("COINr's tables")
struct COINrFilesTests {
  /// Three levels, a group, a denominator, a column of its own, weights that do not add up to 1.
  static let metadata = """
    "Level","iCode","iName","Parent","Direction","Weight","Type","Denominator","Unit"
    1,"gdp","Product","eco",-1,2,"Indicator","pop","USD"
    1,"jobs","Jobless","eco",1,6,"Indicator",NA,"%"
    1,"crime","Crime","safe",1,1,"Indicator",NA,"n"
    2,"eco","Economy","idx",1,1,"Aggregate",NA,NA
    2,"safe","Safety","idx",1,3,"Aggregate",NA,NA
    3,"idx","Risk",NA,1,1,"Aggregate",NA,NA
    NA,"pop","People",NA,NA,NA,"Denominator",NA,NA
    NA,"region","Region",NA,NA,NA,"Group",NA,NA
    NA,"memo","Memo",NA,NA,NA,"Other",NA,NA

    """

  static let values = """
    "uName","uCode","region","memo","pop","gdp","jobs","crime"
    "Alpha","A","north","x",10,100,4,0
    "Beta","B","north",NA,20,NA,8,
    "Gamma","C","south","1e5",1e+01,300,6,8.5

    """

  private func files(
    _ metadata: String = metadata, _ values: String = values
  ) throws -> COINrFiles {
    try COINrFiles(
      metadata: DelimitedTable(text: metadata, file: "iMeta.csv"),
      data: DelimitedTable(text: values, file: "iData.csv"))
  }

  @Test("the tree, its weights brought to the sum 1, directions and units are read")
  func framework() throws {
    let framework = try files().framework
    #expect(framework.name == "Risk")
    #expect(framework.dimensions.map(\.id) == ["eco", "safe"])
    #expect(framework.dimensions.map(\.parent) == [nil, nil])
    #expect(framework.dimensions.map(\.weight) == [0.25, 0.75])
    #expect(framework.indicators.map(\.id) == ["gdp", "jobs", "crime"])
    #expect(framework.indicators.map(\.weight) == [0.25, 0.75, 1])
    #expect(framework.indicators.map(\.direction) == [.decreasing, .increasing, .increasing])
    #expect(framework.indicators.map(\.denominator) == ["pop", nil, nil])
    #expect(framework.indicators[0].unit == "USD")
    #expect(framework.context.map(\.id) == ["pop", "memo"])
  }

  @Test("values, names and groups are read; NA and an empty field are missing, never 0")
  func data() throws {
    let data = try files().data
    #expect(data.units.map(\.id) == ["A", "B", "C"])
    #expect(data.units.map(\.name) == ["Alpha", "Beta", "Gamma"])
    #expect(data.units.map { $0.groups["region"] } == ["north", "north", "south"])
    #expect(try data.column("gdp").map { $0?.value } == [100, nil, 300])
    #expect(try data.column("crime").map { $0?.value } == [0, nil, 8.5])
    #expect(try data.column("pop").map { $0?.value } == [10, 20, 10])
    #expect(try data.column("gdp")[0]?.measureUnit == "USD")
  }

  @Test("an index of two levels keeps its one aggregate as a dimension")
  func flat() throws {
    let framework = try files(
      "Level,iCode,Parent,Direction,Weight,Type\n1,x,top,1,1,Indicator\n1,y,top,-1,1,Indicator\n"
        + "2,top,NA,1,1,Aggregate\n", "uCode,x,y\na,1,2\nb,2,1\n"
    ).framework
    #expect(framework.dimensions.map(\.id) == ["top"])
    #expect(framework.indicators.map(\.dimension) == ["top", "top"])
  }

  @Test("a column Time makes several years a cell, of which a step must take one")
  func panel() throws {
    let files = try files(
      "Level,iCode,Parent,Direction,Weight,Type\n1,x,top,1,1,Indicator\n2,top,NA,1,1,Aggregate\n",
      "uCode,Time,x\na,2020,1\na,2021,2\nb,2020,3\nb,2021,NA\nc,2020,5\nc,2021,4\n")
    #expect(files.data.years == [2020, 2021])
    let recipe = IndexRecipe.standard.replacing(.normalise(.init(.minMax)))
    #expect(throws: RiskIndexError.self) {
      try recipe.run(on: files.data, framework: files.framework)
    }
    let bare = try recipe.replacing(.chooseYear(.init(2021)))
      .run(on: files.data, framework: files.framework)
    #expect(bare.result.units.map(\.score) == [0, nil, 100])
    let filled = try recipe.replacing(.chooseYear(.init(2021, imputation: .latest)))
      .run(on: files.data, framework: files.framework)
    #expect(filled.result.units.map(\.score) == [0, 50, 100])
    #expect(filled.records[0].touched.map(\.note) == ["value of 2020"])
    #expect(filled.cells[0][1]?.origin == .imputed)
    #expect(filled.result.units[1].coverage.available == 0)
  }

  /// A text of one of the tables put for another, and what the error must say.
  struct Fault: Sendable, CustomTestStringConvertible {
    var table: String
    var text: String
    var other: String
    var says: [String]
    var testDescription: String { says.joined(separator: " ") }

    init(_ table: String, _ text: String, _ other: String, _ says: String...) {
      (self.table, self.text, self.other, self.says) = (table, text, other, says)
    }
  }

  @Test(
    "a fault is told with file, line, column and value",
    arguments: [
      Fault("iMeta", "\"eco\",-1,2", "\"eco\",NA,2", "iMeta.csv:2", "Direction is 'NA'", "1"),
      Fault("iMeta", "\"eco\",-1,2", "\"eco\",2,2", "iMeta.csv:2", "Direction is '2'"),
      Fault("iMeta", "\"eco\",-1,2", "\"eco\",-1,NA", "iMeta.csv:2", "Weight is 'NA'"),
      Fault("iMeta", "\"eco\",-1,2", "\"eco\",-1,-2", "iMeta.csv:2", "Weight is '-2'"),
      Fault("iMeta", "\"eco\",-1,2", "\"ecco\",-1,2", "iMeta.csv:2", "Parent is 'ecco'", "eco"),
      Fault(
        "iMeta", "1,\"jobs\"", "2,\"jobs\"", "iMeta.csv:3", "Level is '2'", "1 for an indicator"),
      Fault("iMeta", "\"jobs\",\"J", "\"gdp\",\"J", "iMeta.csv:3", "iCode is 'gdp'", "line 2"),
      Fault("iMeta", "\"jobs\",\"J", "\"1jobs\",\"J", "iMeta.csv:3", "iCode is '1jobs'"),
      Fault("iMeta", "1,\"Indicator\",NA,\"n\"", "1,\"indicator\",NA,\"n\"", "iMeta.csv:4", "Type"),
      Fault("iMeta", "\"safe\",1,1", "\"idx\",1,1", "iMeta.csv:4", "Parent is 'idx'", "level 3"),
      Fault("iMeta", "\"Risk\",NA", "\"Risk\",\"eco\"", "iMeta.csv:7", "Parent", "NA"),
      Fault(
        "iMeta", "1,2,\"Indicator\",\"pop\"", "1,2,\"Indicator\",\"memo\"", "iMeta.csv:2", "memo"),
      Fault("iMeta", "\"Weight\",", "\"Wait\",", "iMeta.csv", "Weight"),
      Fault("iData", "\"jobs\",", "\"job\",", "iData.csv:1", "'job'", "jobs"),
      Fault("iData", "100,4,0", "100,four,0", "iData.csv:2", "jobs is 'four'", "or NA"),
      Fault("iData", "100,4,0", "100,NaN,0", "iData.csv:2", "jobs is 'NaN'"),
      Fault("iData", "\"Beta\",\"B\"", "\"Beta\",\"A\"", "iData.csv:3", "uCode is 'A'", "line 2"),
      Fault("iData", "\"Beta\",\"B\"", "\"Beta\",\"B b\"", "iData.csv:3", "uCode is 'B b'"),
      Fault("iData", "\"Beta\",\"B\"", "\"Beta\",", "iData.csv:3", "uCode is ''"),
      Fault("iData", "\"Beta\",\"B\"", "\"Beta\",\"gdp\"", "iData.csv:3", "uCode is 'gdp'"),
      Fault("iData", "\"uCode\"", "\"code\"", "iData.csv", "uCode"),
    ])
  func faults(fault: Fault) throws {
    let isMetadata = fault.table == "iMeta"
    let text = isMetadata ? Self.metadata : Self.values
    // The denominator's fault stands in a line of its own shape.
    let sought = fault.text == "1,2,\"Indicator\",\"pop\"" ? "2,\"Indicator\",\"pop\"" : fault.text
    let put = fault.other == "1,2,\"Indicator\",\"memo\"" ? "2,\"Indicator\",\"memo\"" : fault.other
    let place = try #require(text.range(of: sought))
    let changed = text.replacingCharacters(in: place, with: put)
    do {
      _ = isMetadata ? try files(changed) : try files(Self.metadata, changed)
      Issue.record("accepted")
    } catch let error as RiskIndexError {
      for words in fault.says { #expect("\(error)".contains(words), "\(error)") }
    }
  }

  @Test("denominators and groups of the tables serve the steps")
  func steps() throws {
    let files = try files()
    let run = try IndexRecipe([
      .impute(.init(.groupMean, grouping: "region")), .denominate(.init(scale: 10)),
      .normalise(.init(.minMax)), .aggregate(.init()),
    ]).run(on: files.data, framework: files.framework)
    // Beta's product is that of its group, 100, over 2 tens of people.
    #expect(run.cells[0].map { $0?.value } == [100, 50, 300])
    #expect(run.cells[0].map { $0?.origin } == [.derived, .imputed, .derived])
    #expect(run.cells[2].map { $0?.value } == [0, 0, 8.5])
    #expect(run.records[0].touched.map(\.part) == ["gdp", "crime"])
    #expect(run.result.units[1].coverage == Coverage(available: 1, total: 3))
  }
}
