import CorridorKit
import Testing

@Suite("Closures and delays in one word")
struct ScenarioWordTests {
  @Test(
    "closures and delays are read from one word",
    arguments: [
      ("crossing:korday", Scenario.Closure.crossing("korday")), ("link:a:b", .link("a:b")),
      ("border:kz-kg", .border(.init("KZ", "KG"))), ("mode:rail", .mode(.rail)),
      ("road:A3", .road("A3")),
      ("province:KZ-31", .province("KZ-31")),
    ])
  func words(text: String, closure: Scenario.Closure) throws {
    #expect(try Scenario.Closure(parsing: text) == closure)
  }

  @Test("delays are read with their unit")
  func delayWords() throws {
    #expect(try Scenario.Delay(parsing: "crossing:korday=2h").added.meanSeconds == 7200)
    #expect(try Scenario.Delay(parsing: "link:a-b=30min").added.meanSeconds == 1800)
    #expect(try Scenario.Delay(parsing: "border:KZ-KG=0.5h").borders == [.init("KZ", "KG")])
    #expect(try Scenario.Delay(parsing: "road:A3=1h").roads == ["A3"])
    #expect(try Scenario.Delay(parsing: "link:a=b=1h").links == ["a=b"])
    #expect(
      try Scenario.Delay(parsing: "border:KZ-KG=x2")
        == .init(borders: [.init("KZ", "KG")], dwellFactor: 2))
    #expect(try Scenario.Delay(parsing: "road:A3=x1.5") == .init(roads: ["A3"], factor: 1.5))
  }

  @Test(
    "a word that is neither is refused",
    arguments: ["korday", "crossing:", "mode:camel", "border:KZ", "post:korday", ":"])
  func badWords(text: String) {
    #expect(throws: CorridorKitError.self) { try Scenario.Closure(parsing: text) }
  }

  @Test(
    "a delay without a number, unit or fitting object is refused",
    arguments: [
      "crossing:korday", "crossing:korday=2", "crossing:korday=-2h", "crossing:korday=nanh",
      "crossing:korday=infh", "crossing:korday=h", "mode:rail=2h", "=2h", "road:=2h",
      "crossing:korday=x", "crossing:korday=x1", "crossing:korday=x0.5", "crossing:korday=xnan",
      "crossing:korday=2x", "crossing:korday=x1001",
    ])
  func badDelays(text: String) {
    #expect(throws: CorridorKitError.self) { try Scenario.Delay(parsing: text) }
  }
}
