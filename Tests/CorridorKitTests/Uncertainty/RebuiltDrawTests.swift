import Foundation
import Sampling
import Testing
import TransportGraph

@testable import CorridorKit

/// Draws made again by hand: a network of its own for each, whose links state the drawn speeds and hours,
/// read and routed from nothing.
@Suite("Draws against networks built for each")
struct RebuiltDrawTests: MonteCarloSample {
  @Test("a draw is what a network with the drawn speeds and hours gives", arguments: UInt64(1)...12)
  func rebuilt(seed: UInt64) throws {
    let (analysis, trips) = try question(seed)
    let count = 4
    for model in Self.models {
      let study = try MonteCarlo(
        analysis, travel: .flows(trips), by: model, inputs: Self.wide, findsAlternativesAnew: true)
      let draws = try (study.run(count, seed: seed, threads: 1))
      let cube = LatinHypercube(
        drawCount: count, factors: study.factors.map(RandomStreams.key),
        streams: RandomStreams(seed: seed))
      for draw in 0..<count {
        let drawn = Dictionary(uniqueKeysWithValues: zip(study.factors, cube[draw]))
        let expected = try Self.exposure(
          of: trips, in: RandomRegion(seed: seed), by: model, drawn: drawn)
        for (unit, row) in expected.rows.enumerated() {
          expectClose(draws.values(.length, of: unit)[draw], row.lengthMeters)
          expectClose(draws.values(.time, of: unit)[draw], row.travelTimeSeconds)
          expectClose(draws.values(.entering, of: unit)[draw], row.enteringMass)
        }
        expectClose(draws.disconnectedMass()[draw], expected.disconnectedMass)
      }
    }
  }

  private func expectClose(
    _ found: Double, _ expected: Double, location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(found - expected) <= 1e-6 * max(1, abs(expected)), "\(found) for \(expected)",
      sourceLocation: location)
  }

  private static func exposure(
    of trips: [Trip], in region: RandomRegion, by model: RouteChoiceModel, drawn: [String: Double]
  ) throws -> Exposure {
    func multiplier(_ name: String) -> Double {
      drawn[name].map { Distribution.triangular(low: 0.5, mode: 1, high: 2).quantile($0) } ?? 1
    }
    func normalShare(_ score: Double) -> Double { erfc(-score / 2.0.squareRoot()) / 2 }
    var region = region
    region.links = region.links.map { link in
      let classes = region.profile.speedsKilometersPerHour[link.mode] ?? [:]
      let speed = link.speedKilometersPerHour ?? classes[link.roadClass] ?? classes["default"] ?? 0
      var hours = link.dwell?.mode ?? (link.kind == .transfer ? region.profile.transferHours : 0)
      if link.kind == .transfer { hours *= multiplier("transfer") }
      if link.kind == .crossing, let range = link.dwell, let id = link.crossingID {
        let score =
          0.4.squareRoot() * normalQuantile(drawn["dwell"] ?? 0.5)
          + 0.6.squareRoot() * normalQuantile(drawn["dwell:\(id)"] ?? 0.5)
        hours = Distribution.triangular(low: range.low, mode: range.mode, high: range.high)
          .quantile(normalShare(score))
      }
      return Link(
        id: link.id, from: link.from, to: link.to, mode: link.mode, kind: link.kind,
        roadClass: link.roadClass, lengthMeters: link.lengthMeters,
        speedKilometersPerHour: speed * multiplier("speed:\(link.mode.rawValue)/\(link.roadClass)"),
        dwell: link.kind == .way ? nil : HoursRange(fixed: hours), isOneWay: link.isOneWay,
        crossingID: link.crossingID)
    }
    let area = try StudyArea(
      network: region.network,
      crossings: CrossingCatalogue(region.crossings, metric: RandomRegion.metric),
      provinces: region.layer, threads: 1)
    let analysis = try Analysis(area, profile: region.profile, countries: ["XA"])
    let places = try region.prepared()
    var heavier = zip(trips, places.trips).map { trip, own in
      var trip = trip
      (trip.origin, trip.destination) = (own.origin, own.destination)
      trip.mass *= multiplier("layer:\(trip.layer ?? "")")
      trip.mass *= multiplier("pair:\(trip.layer ?? "")/\(trip.id)")
      return trip
    }
    if let probability = drawn["domestic share"] {
      let share = Distribution.triangular(low: 0.2, mode: 0.6, high: 0.9).quantile(probability)
      let kinds = heavier.map(analysis.isDomestic)
      func mass(_ kind: Bool) -> Double {
        zip(heavier, kinds).reduce(0) { $0 + ($1.1 == kind ? $1.0.mass : 0) }
      }
      let (within, across) = (mass(true), mass(false))
      let odds = within / across * (share / (1 - share)) / (0.6 / 0.4)
      for index in heavier.indices {
        switch kinds[index] {
        case true?: heavier[index].mass *= odds / (1 + odds) * (within + across) / within
        case false?: heavier[index].mass *= 1 / (1 + odds) * (within + across) / across
        case nil: break
        }
      }
    }
    var drawnModel = model
    if case .pathSizeLogit(var logit) = model {
      logit.theta *= multiplier("theta")
      logit.beta *= multiplier("beta")
      drawnModel = .pathSizeLogit(logit)
    } else if case .stoch(var logit) = model {
      logit.theta *= multiplier("theta")
      drawnModel = .stoch(logit)
    }
    return Exposure(
      heavier, try analysis.routed(heavier, by: drawnModel).outcomes, matrix: analysis.matrix)
  }
}
