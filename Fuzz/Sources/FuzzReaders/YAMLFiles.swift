import CorridorKit
import Foundation
import RiskIndex
import TransportGraph

@Sendable func readProfile(_ data: Data) {
  do throws(CorridorKitError) {
    let profile = try ImpedanceProfile(InputFile(path: "profile", data: data))
    do { try profile.validate() } catch { expectDescribed(error) }
    let analysis = try Analysis(
      SmallRegion.shared.analysis.area, profile: profile, countries: ["XA"])
    _ = try analysis.outcomes(of: SmallRegion.shared.trips)
  } catch {
    expectDescribed(error)
  }
}

/// A scenario, and the polygons that it may name as `areas`.
@Sendable func readScenario(_ data: Data) {
  let places = parts(data)
  _ = FilesBeside.shared.write(places, 1, as: "areas")
  do throws(CorridorKitError) {
    let scenario = try Scenario(
      InputFile(path: FilesBeside.shared.path("scenario"), data: Data(places[0])))
    let (analysis, trips) = (SmallRegion.shared.analysis, SmallRegion.shared.trips)
    let under = try analysis.under(scenario)
    let simulation = Simulation(
      trips: trips, before: try analysis.outcomes(of: trips),
      closed: try under.outcomes(of: trips), openFraction: scenario.openFraction,
      matrix: analysis.matrix)
    guard let resolved = under.resolved else { preconditionFailure("without its scenario") }
    expectWritten(
      SimulationReport(simulation, of: resolved, analysis: under, manifest: manifest))
  } catch {
    expectDescribed(error)
  }
}

@Sendable func readCorridors(_ data: Data) {
  do throws(CorridorKitError) {
    let file = try CorridorFile(InputFile(path: "corridors", data: data))
    let corridors = try CorridorAnalysis(file.definitions, analysis: SmallRegion.shared.analysis)
    precondition(corridors.outcomes.count == file.definitions.count)
  } catch {
    expectDescribed(error)
  }
}

/// A history of units; with a table of indicators and a framework, the table is moved from the first
/// vintage to the last.
@Sendable func readUnits(_ data: Data) {
  let places = parts(data)
  do throws(CorridorKitError) {
    let history = try UnitHistory(InputFile(path: "units", data: Data(places[0])))
    for (before, after) in zip(history.vintages, history.vintages.dropFirst()) {
      let there = try history.correspondence(from: before.id, to: after.id)
      let back = try history.correspondence(from: after.id, to: before.id)
      precondition(there.parts.count == back.parts.count)
      for name in before.names.values.joined() {
        do { _ = try history.units(named: name, in: after.id) } catch { expectDescribed(error) }
      }
    }
    let last = history.vintages[history.vintages.count - 1].id
    for name in history.former.flatMap(\.names) {
      do { _ = try history.units(named: name, in: last) } catch { expectDescribed(error) }
    }
    let files = FilesBeside.shared
    guard let units = files.write(places, 0, as: "units"),
      let table = files.write(places, 1, as: "table"),
      let framework = files.write(places, 2, as: "framework")
    else { return }
    for basis in [Crosswalk.Basis.population, .area] {
      var question = try CrosswalkQuestion(
        from: history.vintages[0].id, to: last, folder: "", indicators: table,
        framework: framework, units: units)
      question.basis = basis
      do { expectWritten(try question.answer()) } catch { expectDescribed(error) }
    }
  } catch {
    expectDescribed(error)
  }
}

/// A gravity model or a layer of demand, and the table of indicators that it may name.
@Sendable func readDemand(_ data: Data) {
  let places = parts(data)
  let indicators = FilesBeside.shared.write(places, 1, as: "indicators")
  let file = InputFile(path: FilesBeside.shared.path("demand"), data: Data(places[0]))
  do throws(CorridorKitError) {
    let demand = try GravityDemand(
      GravitySpecification(file, indicators: indicators), on: SmallRegion.shared.analysis,
      threads: 1)
    precondition(demand.table.allSatisfy { $0.mass > 0 && $0.mass.isFinite })
  } catch {
    expectDescribed(error)
  }
  do throws(CorridorKitError) {
    let flows = try DemandLayer(file, indicators: indicators).flows(
      on: SmallRegion.shared.analysis, threads: 1)
    precondition(flows.allSatisfy { $0.mass > 0 && $0.mass.isFinite })
  } catch {
    expectDescribed(error)
  }
}

/// What is uncertain about exposure, drawn twice.
@Sendable func readUncertainty(_ data: Data) {
  do throws(CorridorKitError) {
    let inputs = try UncertainInputs(InputFile(path: "uncertainty", data: data))
    let study = try MonteCarlo(
      SmallRegion.shared.analysis, travel: .flows(SmallRegion.shared.trips), inputs: inputs)
    _ = try study.run(2, threads: 1)
  } catch {
    expectDescribed(error)
  }
}
