import CorridorKit
import Foundation
import Testing
import TransportGraph

@Suite("Corridor files")
struct CorridorFileTests {
  private func message(_ text: String) throws -> String? {
    let file = try inputFile(text, named: "corridors.yaml")
    return fault { () throws(CorridorKitError) in _ = try CorridorFile(file) }
  }

  private static let sound =
    "id: K9, name: Way, mode: road, from: A, to: B, source: study"

  @Test("every key is read")
  func keys() throws {
    let file = try CorridorFile(
      inputFile(
        """
        corridors:
          - {\(Self.sound), via: ["crossing:x", C], published_km: 12.5, published_source: map,
             note: n, color: "#112233"}
        unmapped:
          - {id: K10, name: Flight, reason: by air}
        """, named: "corridors.yaml"))
    let corridor = try file.definition("k9")
    #expect(corridor.modes == [.road])
    #expect(corridor.via == ["crossing:x", "C"])
    #expect(corridor.publishedLengthMeters == 12_500)
    #expect(corridor.publishedSource == "map")
    #expect(corridor.note == "n")
    #expect(corridor.color == "#112233")
    #expect(
      fault { () throws(CorridorKitError) in _ = try file.definition("K10") }
        == "corridor K10 (Flight) has no line: by air")
    #expect(
      fault { () throws(CorridorKitError) in _ = try file.definition("K1") }
        == "corridor \"K1\" is unknown; expected K9")
  }

  @Test(
    "a mistake is refused with its line, its key, the value and what was expected",
    arguments: [
      ("routes: []\n", "line 1 is an unknown key \"routes\"; expected corridors, unmapped"),
      ("unmapped: []\n", "line 1 is without \"corridors\"; expected a value for it"),
      ("corridors: {}\n", "line 1, corridors, is a mapping; expected a list"),
      (
        "corridors:\n  - {\(sound), vai: C}\n",
        "line 2, corridors[0], is an unknown key \"vai\"; expected via?"
      ),
      (
        "corridors:\n  - {id: K9, name: Way, mode: road, from: A, to: B}\n",
        "line 2, corridors[0], is without \"source\"; expected a value for it"
      ),
      (
        "corridors:\n  - {id: K9, name: Way, mode: air, from: A, to: B, source: s}\n",
        "line 2, corridors[0].mode, is \"air\"; expected one of road, rail, ferry"
      ),
      (
        "corridors:\n  - {\(sound)}\n  - {\(sound)}\n",
        "line 3, corridors[1].id, is \"K9\"; expected an id that no other corridor has"
      ),
      (
        "corridors:\n  - {\(sound), published_km: 0, published_source: map}\n",
        "line 2, corridors[0].published_km, is \"0\"; expected kilometres from 1 to 20000"
      ),
      (
        "corridors:\n  - {\(sound), published_km: 12}\n",
        "line 2, corridors[0], is without \"published_source\"; expected a value for it"
      ),
      (
        "corridors: []\n",
        "line 1, corridors, is an empty list; expected one corridor or more"
      ),
      (
        "corridors:\n  - {id: K9, name: ~, mode: road, from: A, to: B, source: s}\n",
        "line 2, corridors[0].name, is \"~\"; expected a text"
      ),
      (
        "corridors:\n  - {\(sound), published_km: 0x46, published_source: map}\n",
        "line 2, corridors[0].published_km, is \"0x46\"; expected kilometres from 1 to 20000"
      ),
      (
        "corridors:\n  - {\(sound)}\nunmapped:\n  - {id: K10, name: Flight}\n",
        "line 4, unmapped[0], is without \"reason\"; expected a value for it"
      ),
    ])
  func mistakes(text: String, rest: String) throws {
    #expect(try message(text) == "corridors.yaml: \(rest)")
  }
}
