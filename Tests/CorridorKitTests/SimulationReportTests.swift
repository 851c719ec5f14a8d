import Foundation
import Geography
import Testing
import TransportGraph

@testable import CorridorKit

/// What reports on scenarios tell, on random networks; the argument is the seed.
@Suite("Reports on scenarios")
struct SimulationReportTests {
  static let seeds = UInt64(1)...25

  /// A region with crossings, and reports on some scenarios of it.
  private func reports(seed: UInt64, count: Int = 6) throws
    -> (question: RandomQuestion, scenarios: [Scenario], reports: [SimulationReport])
  {
    let question = try RandomQuestion(seed: seed, isLattice: seed % 5 == 0)
    var random = SeededGenerator(seed: seed &+ 11_000)
    var whatIf = try WhatIf(question.analysis, trips: question.trips)
    var scenarios: [Scenario] = []
    var reports: [SimulationReport] = []
    for step in 0..<count {
      let scenario = question.scenario(step: step, &random)
      scenarios.append(scenario)
      reports.append(try report(scenario, &whatIf))
    }
    return (question, scenarios, reports)
  }

  private func report(_ scenario: Scenario, _ whatIf: inout WhatIf) throws -> SimulationReport {
    let answer = try whatIf.answer(scenario)
    return SimulationReport(
      answer.simulation, of: answer.resolved, analysis: answer.analysis,
      manifest: Manifest(answer.analysis.area, options: [:]))
  }

  @Test("before and change make after, for units, crossings and trips", arguments: seeds)
  func sums(seed: UInt64) throws {
    for report in try reports(seed: seed).reports {
      for row in report.provinces + report.abroad {
        #expect(isClose(row.lengthBeforeM + row.lengthChangeM, row.lengthAfterM))
        #expect(isClose(row.travelTimeBeforeS + row.travelTimeChangeS, row.travelTimeAfterS))
        #expect(isClose(row.enteringMassBefore + row.enteringMassChange, row.enteringMassAfter))
        #expect(isClose(row.displacedTo.values.reduce(0, +), row.lostMass), "seed \(seed)")
        // What a unit gains it enters by another trip: the net change is no more than what it lost.
        #expect(row.enteringMassChange >= -row.lostMass - 1e-9, "seed \(seed), \(row.id)")
        #expect(row.isNew == (row.enteringMassBefore == 0 && row.enteringMassAfter > 0))
      }
      for row in report.crossings {
        #expect(isClose(row.useMassBefore + row.useMassChange, row.useMassAfter))
        #expect(row.useMassBefore >= 0 && row.useMassAfter >= 0)
      }
      for trip in report.trips {
        guard let before = trip.travelTimeBeforeS, let after = trip.travelTimeAfterS else {
          #expect(trip.travelTimeChangeS == nil)
          continue
        }
        #expect(trip.travelTimeChangeS == after - before)
      }
      let cutOff = report.trips.reduce(0) { $0 + $1.cutOffMass }
      #expect(isClose(cutOff, report.total.cutOffMass), "seed \(seed)")
      let origins = (report.provinces + report.abroad).reduce(0) { $0 + $1.cutOffOriginMass }
      let ends = (report.provinces + report.abroad).reduce(0) { $0 + $1.cutOffDestinationMass }
      #expect(origins <= cutOff + 1e-9 && ends <= cutOff + 1e-9, "seed \(seed)")
    }
  }

  @Test("the use of a crossing is the mass of the trips whose ways pass it", arguments: seeds)
  func crossingUse(seed: UInt64) throws {
    let (question, scenarios, reports) = try reports(seed: seed)
    for (scenario, report) in zip(scenarios, reports) {
      let closed = try question.analysis.under(scenario)
      let q = scenario.openFraction
      for row in report.crossings {
        var (before, after) = (0.0, 0.0)
        for trip in question.trips {
          // Counted on the graph of all shortest ways, pair by pair, without the hierarchy.
          func use(_ view: GraphView) -> Double {
            let uses = view.uses(from: trip.origin.node, to: [trip.destination.node])
            guard case .use(let use)? = uses.first else { return 0 }
            return use.entries.reduce(0) { sum, entry in
              question.analysis.area.graph.links[entry.arc.link.index].crossingID == row.id
                ? sum + entry.share : sum
            }
          }
          let open = use(question.analysis.view)
          before += trip.mass * open
          after += trip.mass * (q * open + (1 - q) * use(closed.view))
        }
        #expect(isClose(row.useMassBefore, before), "seed \(seed), \(scenario.name), \(row.id)")
        #expect(isClose(row.useMassAfter, after), "seed \(seed), \(scenario.name), \(row.id)")
        if row.isClosed { #expect(q > 0 || row.useMassAfter == 0, "seed \(seed), \(row.id)") }
      }
    }
  }

  @Test("closing more never makes a trip cheaper, nor connects one", arguments: seeds)
  func nested(seed: UInt64) throws {
    let question = try RandomQuestion(seed: seed, isLattice: false)
    var random = SeededGenerator(seed: seed &+ 12_000)
    let links = question.analysis.area.graph.links.map(\.id).shuffled(using: &random)
    var whatIf = try WhatIf(question.analysis, trips: question.trips)
    var last = whatIf.outcomes
    for count in [1, 2, 4, 8, 16] {
      let scenario = Scenario(
        name: "\(count)", closures: links.prefix(count).map { .link($0) },
        delays: [.init(crossings: [], links: [links[links.count - 1]], addedSeconds: 1800)])
      let now = try whatIf.answer(scenario).simulation.outcomesAfter
      for (trip, (old, new)) in zip(question.trips, zip(last, now)) {
        guard let after = new.exposure else { continue }
        let before = try #require(old.exposure, "seed \(seed), \(trip.id): connected by a closure")
        #expect(
          after.travelTimeSeconds >= before.travelTimeSeconds - 1e-3, "seed \(seed), \(trip.id)")
      }
      last = now
    }
  }

  @Test(
    "the matrix of displacement holds what each row tells, and its rows sum up", arguments: seeds)
  func matrix(seed: UInt64) throws {
    for var report in try reports(seed: seed).reports {
      report.csvTable = .displacement
      let table = report.csv
      let header = table[0]
      #expect(header.suffix(3) == ["NOWHERE", "LOST", "lost_mass"])
      #expect(Array(header.dropFirst().dropLast(3)) == table.dropFirst().map { $0[0] })
      for (row, cells) in zip(report.provinces + report.abroad, table.dropFirst()) {
        let numbers = cells.dropFirst().compactMap(Double.init)
        #expect(numbers.count == header.count - 1)
        let sum = numbers.dropLast().reduce(0, +)
        #expect(isClose(sum, row.lostMass) && numbers.last == row.lostMass, "seed \(seed)")
        for (place, mass) in row.displacedTo {
          let column = try #require(header.firstIndex(of: place), "seed \(seed): no \(place)")
          #expect(cells[column] == "\(mass)")
        }
      }
    }
  }

  @Test("a comparison tells of each scenario what its own report tells", arguments: seeds)
  func comparison(seed: UInt64) throws {
    let (question, _, reports) = try reports(seed: seed)
    let comparison = try ComparisonReport(
      reports, manifest: Manifest(question.analysis.area, options: [:]))
    #expect(comparison.scenarios.map(\.label) == ["A", "B", "C", "D", "E", "F"])
    for (scenario, report) in zip(comparison.scenarios, reports) {
      #expect(scenario.name == report.scenario && scenario.total == report.total)
      let alone = Dictionary(
        uniqueKeysWithValues: (report.provinces + report.abroad).map { ($0.id, $0) })
      for row in comparison.provinces + comparison.abroad {
        let change = try #require(row.changes[scenario.label])
        #expect(change.lengthChangeM == alone[row.id]?.lengthChangeM ?? 0)
        #expect(change.travelTimeChangeS == alone[row.id]?.travelTimeChangeS ?? 0)
        #expect(change.enteringMassChange == alone[row.id]?.enteringMassChange ?? 0)
        #expect(change.isNew == alone[row.id]?.isNew ?? false)
        #expect(row.travelTimeBeforeS == alone[row.id]?.travelTimeBeforeS ?? 0)
      }
      #expect(
        comparison.crossings.map { $0.useMassChanges[scenario.label] }
          == report.crossings.map(\.useMassChange))
    }
    #expect(
      Set((comparison.provinces + comparison.abroad).map(\.id))
        == Set(reports.flatMap { ($0.provinces + $0.abroad).map(\.id) }))
    for table in SimulationReport.Table.allCases {
      let own = reports.map { report in
        var report = report
        report.csvTable = table
        return report
      }
      let csv = try ComparisonReport(
        own, manifest: Manifest(question.analysis.area, options: [:])
      ).csv
      let width = try #require(csv.first?.count)
      #expect(csv.allSatisfy { $0.count == width }, "seed \(seed), \(table)")
      if table != .displacement {
        #expect(csv.count == 1 + own.reduce(0) { $0 + $1.csv.count - 1 }, "seed \(seed), \(table)")
      }
    }
    for line in comparison.text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test("a map of changes has provinces and crossings, in colours that lie alike on both sides")
  func features() throws {
    let (question, _, reports) = try reports(seed: 2)
    let report = try #require(reports.first { !$0.crossings.isEmpty })
    let features = try #require(report.features)
    #expect(features.map(\.id) == report.provinces.map(\.id) + report.crossings.map(\.id))
    for (row, feature) in zip(report.provinces, features) {
      #expect(feature.properties["kind"] == "province")
      #expect(feature.properties["travel_time_change_s"] == .number(row.travelTimeChangeS))
      #expect(feature.properties["entering_mass_before"] == .number(row.enteringMassBefore))
    }
    let comparison = try ComparisonReport(
      reports, manifest: Manifest(question.analysis.area, options: [:]))
    let merged = try #require(comparison.features)
    #expect(merged.map(\.id) == features.map(\.id))
    for (label, report) in zip(["a", "b", "c", "d", "e", "f"], reports) {
      for (row, feature) in zip(report.provinces, merged) {
        #expect(
          feature.properties["travel_time_change_s_\(label)"] == .number(row.travelTimeChangeS))
        #expect(feature.properties["color_\(label)"] != nil)
      }
    }
  }

  @Test("a change and its opposite have opposite colours and bounds")
  func scale() {
    let scale = DivergingScale([3, -17, 0.5], smallest: 0.01)
    let colors = ["#5e3c99", "#b2abd2", "#f7f7f7", "#fdb863", "#e66101"]
    #expect(scale.style(-17) == (colors[0], "−20 to −10"))
    #expect(scale.style(17) == (colors[4], "10 to 20"))
    #expect(scale.style(-3) == (colors[1], "−10 to 0"))
    #expect(scale.style(3) == (colors[3], "0 to 10"))
    #expect(scale.style(0.001) == (colors[2], "0"))
    #expect(DivergingScale([0, 0], smallest: 0.01).style(5) == (colors[2], "0"))
  }
}
