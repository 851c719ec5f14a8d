import Geography
import TransportGraph

/// A town that is to be within reach of help.
public struct ShelterTown: Sendable, Hashable {
  /// The settlement.
  public let settlement: Settlement
  /// Where it is on the network.
  public let place: Place
  /// The index of its province among ``ReportingUnits/units``.
  public let unit: Int
  /// What it counts as, in the unit of ``ShelterQuestion/weight``.
  public let weight: Double
}

extension Analysis {
  /// The settlements of the listed countries with enough people, in the order of the gazetteer, each in
  /// the province that covers it or is nearest.
  ///
  /// - Returns: The towns, and the settlements that are too far from the network.
  func shelterTowns(
    minimumPopulation: Int
  ) throws(CorridorKitError) -> (towns: [(Settlement, Place, unit: Int)], offNetwork: [Settlement])
  {
    let listed = Set(matrix.units.units.filter { !$0.isAbroad }.compactMap(\.country))
    let overlay: ProvinceOverlay
    do {
      overlay = try ProvinceOverlay(area.provinces)
    } catch {
      throw .geography(error)
    }
    var towns: [(Settlement, Place, unit: Int)] = []
    var offNetwork: [Settlement] = []
    for settlement in area.gazetteer.settlements
    where listed.contains(settlement.country) && settlement.population >= minimumPopulation {
      guard let column = overlay.nearestProvince(to: settlement.coordinate)?.index else { continue }
      let unit = matrix.units.unitOfColumn[column]
      // On a border the geometry may say a neighbour; the gazetteer knows the country.
      guard !matrix.units.units[unit].isAbroad else { continue }
      if let place = try? resolver.snapAtHome(settlement) {
        towns.append((settlement, place, unit))
      } else {
        offNetwork.append(settlement)
      }
    }
    return (towns, offNetwork)
  }

  /// The mass of trips whose modelled ways begin, end or pass at each node.
  func massByNode(
    _ trips: [Trip], outcomes: [TripOutcome]
  ) -> [NodeID: Double] {
    var masses: [NodeID: Double] = [:]
    for (trip, outcome) in zip(trips, outcomes) {
      guard let exposure = outcome.exposure else { continue }
      // Each way that is used enters a node by a link and leaves it by one, but at its ends.
      var halves: [NodeID: Double] = [:]
      for end in [trip.origin.node, trip.destination.node] { halves[end, default: 0] += 0.5 }
      for use in exposure.uses {
        halves[area.graph.from(of: use.link), default: 0] += use.share / 2
        halves[area.graph.to(of: use.link), default: 0] += use.share / 2
      }
      for (node, share) in halves { masses[node, default: 0] += trip.mass * min(1, share) }
    }
    return masses
  }
}
