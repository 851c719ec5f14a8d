import Geography

/// A place that flows begin or end in, with what formulas may know of it.
public struct DemandZone: Sendable, Hashable, Identifiable {
  /// A province's or settlement's id, or the text that named the place.
  public var id: String
  /// What a reader calls it.
  public var name: String
  /// What a table of flows calls it: a text that the place resolver takes for ``place``.
  public var text: String
  /// ISO 3166-1 alpha-2, where known.
  public var country: String?
  /// The id of the province that it is or lies in, where known.
  public var province: String?
  /// People; nil where unknown. Of a province, those of its settlements in the gazetteer.
  public var population: Double?
  /// Where on the network it stands: of a province, its most populous settlement.
  public var place: Place
}

/// Which places a gravity model is about.
struct ZoneSelection: Sendable {
  enum Level: String, Sendable, CaseIterable { case settlements, provinces }

  struct Named: Sendable {
    var text: String
    var location: String
  }

  var level: Level
  var countries: [Named]
  var provinces: [Named]
  var places: [Named]
  /// The place that stands for a province, in place of its most populous settlement.
  var seats: [(province: Named, place: Named)] = []
  var population: ClosedRange<Double>
  /// Only so many, the most populous.
  var largest: Int?
  var location: String

  init(_ value: YAMLReading) throws(CorridorKitError) {
    try value.requireKeys([
      "level", "countries", "provinces", "places", "seats", "min_population", "max_population",
      "largest",
    ])
    func named(_ key: String) throws(CorridorKitError) -> [Named] {
      var names: [Named] = []
      for item in try value[key]?.list() ?? [] {
        names.append(Named(text: try item.string(), location: item.location))
      }
      return names
    }
    level = try value["level"]?.choice() ?? .settlements
    countries = try named("countries")
    provinces = try named("provinces")
    places = try named("places")
    guard !(countries + provinces + places).isEmpty else {
      throw value.fault("of nothing", expected: "\"countries\", \"provinces\" or \"places\"")
    }
    if level == .provinces, let places = value["places"] {
      throw places.fault(expected: "no places with level: provinces; list \"provinces\"")
    }
    if level == .settlements, let seats = value["seats"] {
      throw seats.fault(expected: "no seats with level: settlements")
    }
    for (province, seat) in try value["seats"]?.pairs() ?? [] {
      seats.append(
        (
          Named(text: province, location: seat.location),
          Named(text: try seat.string(), location: seat.location)
        ))
    }
    let people = 0...1e10
    let least = try value["min_population"]?.number(in: people, unit: "people") ?? 0
    let most = try value["max_population"]?.number(in: people, unit: "people") ?? .infinity
    guard least <= most else {
      throw try value.required("max_population").fault(expected: "at least min_population")
    }
    population = least...most
    largest = try value["largest"]?.count(in: 1...10_000)
    location = value.location
  }
}

/// Finds the zones of selections on a study area.
struct ZoneFinder {
  let analysis: Analysis
  /// The province of each settlement, as an index in the layer.
  private let provinceOfSettlement: [Int?]
  /// Places that a selection by country or province holds and that lie off the network, or whose
  /// nearest node lies abroad.
  private(set) var leftOut: [String] = []

  init(_ analysis: Analysis) throws(CorridorKitError) {
    self.analysis = analysis
    let layer = analysis.area.provinces
    var overlay: ProvinceOverlay?
    var provinces: [Int?] = []
    for settlement in analysis.area.gazetteer.settlements {
      if let known = settlement.province.flatMap({ layer.index(of: $0) }) {
        provinces.append(known)
        continue
      }
      // Settlements name their province of 2024; where the layer is another, geometry tells.
      do throws(GeographyError) {
        if overlay == nil { overlay = try ProvinceOverlay(layer) }
        provinces.append(
          try overlay?.provinces(at: settlement.coordinate, toleranceMeters: 1).first)
      } catch {
        throw .geography(error)
      }
    }
    provinceOfSettlement = provinces
  }

  /// The zones of a selection: those named one by one in their order, then the rest, most populous
  /// first.
  mutating func zones(_ selection: ZoneSelection) throws(CorridorKitError) -> [DemandZone] {
    let (layer, settlements) = (analysis.area.provinces, analysis.area.gazetteer.settlements)
    var zones: [DemandZone] = []
    for named in selection.places {
      do throws(CorridorKitError) {
        let zone = try zone(named.text)
        guard !zones.contains(where: { $0.id == zone.id }) else {
          throw .mismatch("\"\(named.text)\" again; expected each place once")
        }
        zones.append(zone)
      } catch {
        throw .located(named.location, error)
      }
    }
    let known = Set(layer.provinces.map(\.country)).union(settlements.map(\.country))
    let countries = Set(selection.countries.map { $0.text.uppercased() })
    for country in selection.countries where !known.contains(country.text.uppercased()) {
      throw .located(
        country.location,
        .notExpected(kind: "country", text: country.text, expected: known.sorted()))
    }
    var provinces: Set<Int> = []
    for named in selection.provinces {
      do {
        let id = try analysis.area.province(named: named.text).id
        if let index = layer.index(of: id) { provinces.insert(index) }
      } catch {
        throw .located(named.location, error)
      }
    }
    switch selection.level {
    case .settlements:
      let order = settlements.indices.sorted {
        (settlements[$1].population, settlements[$0].id)
          < (settlements[$0].population, settlements[$1].id)
      }
      for index in order where zones.count < selection.largest ?? .max {
        let (settlement, province) = (settlements[index], provinceOfSettlement[index])
        guard
          countries.contains(settlement.country) || province.map(provinces.contains) ?? false,
          selection.population.contains(Double(settlement.population)),
          !zones.contains(where: { $0.id == settlement.id })
        else { continue }
        if let zone = try optional(index) { zones.append(zone) }
      }
    case .provinces:
      var seats = try seats(selection)
      for index in layer.provinces.indices {
        let province = layer.provinces[index]
        guard countries.contains(province.country) || provinces.contains(index) else { continue }
        if let zone = try zone(ofProvince: index, at: seats.removeValue(forKey: index)),
          selection.population.contains(zone.population ?? 0)
        {
          zones.append(zone)
        }
      }
      if let unused = seats.keys.min() {
        throw .mismatch(
          "\(selection.location).seats: \(layer.provinces[unused].id) is not selected; expected "
            + "provinces of the selection")
      }
    }
    let listed = zones.prefix(selection.places.count)
    let rest = zones.dropFirst(selection.places.count).sorted {
      ($1.population ?? 0, $0.id) < ($0.population ?? 0, $1.id)
    }
    zones = Array((listed + rest).prefix(selection.largest ?? .max))
    guard !zones.isEmpty else {
      throw .mismatch("\(selection.location) selects no place; expected one or more")
    }
    return zones
  }

  /// A place that is named.
  private func zone(_ text: String) throws(CorridorKitError) -> DemandZone {
    let settlements = analysis.area.gazetteer.settlements
    let place = try analysis.resolver.resolve(text)
    if analysis.area.graph.node(id: text) == nil,
      let found = try analysis.area.gazetteer.find(text),
      let index = settlements.firstIndex(where: { $0.id == found.id })
    {
      return zone(index, at: place)
    }
    let province = analysis.area.province(of: place).map { analysis.area.provinces.provinces[$0] }
    return DemandZone(
      id: text, name: place.label, text: text, country: province?.country, province: province?.id,
      population: nil, place: place)
  }

  private func zone(_ index: Int, at place: Place) -> DemandZone {
    let settlement = analysis.area.gazetteer.settlements[index]
    let province = provinceOfSettlement[index].map { analysis.area.provinces.provinces[$0] }
    return DemandZone(
      id: settlement.id, name: settlement.name,
      text: analysis.area.gazetteer.saying(settlement), country: settlement.country,
      province: province?.id,
      population: settlement.population > 0 ? Double(settlement.population) : nil, place: place)
  }

  /// A settlement of a selection; nil where it lies off the network or stands at a node abroad.
  private mutating func optional(_ index: Int) throws(CorridorKitError) -> DemandZone? {
    let settlement = analysis.area.gazetteer.settlements[index]
    do {
      let place = try analysis.resolver.snap(settlement.coordinate, label: settlement.name)
      // Near a border the nearest way may lie beyond it, where the settlement's people are not.
      let isKnown = analysis.area.provinces.provinces.contains { $0.country == settlement.country }
      if !isKnown || analysis.area.country(of: place) ?? settlement.country == settlement.country {
        return zone(index, at: place)
      }
    } catch {
      guard case .farFromNetwork = error else { throw error }
    }
    if !leftOut.contains(settlement.name) { leftOut.append(settlement.name) }
    return nil
  }

  /// The places that stand for provinces because the selection says so.
  private func seats(_ selection: ZoneSelection) throws(CorridorKitError) -> [Int: DemandZone] {
    var seats: [Int: DemandZone] = [:]
    for (province, seat) in selection.seats {
      do {
        let id = try analysis.area.province(named: province.text).id
        if let index = analysis.area.provinces.index(of: id) { seats[index] = try zone(seat.text) }
      } catch {
        throw .located(seat.location, error)
      }
    }
    return seats
  }

  /// A province, at its most populous settlement on the network unless a seat is given; nil where it has
  /// neither.
  private mutating func zone(
    ofProvince index: Int, at given: DemandZone?
  ) throws(CorridorKitError) -> DemandZone? {
    let province = analysis.area.provinces.provinces[index]
    let settlements = analysis.area.gazetteer.settlements
    let inside = settlements.indices.filter { provinceOfSettlement[$0] == index }.sorted {
      (settlements[$1].population, settlements[$0].id)
        < (settlements[$0].population, settlements[$1].id)
    }
    let people = inside.reduce(0) { $0 + settlements[$1].population }
    var seat = given
    for settlement in inside where seat == nil { seat = try optional(settlement) }
    if let seat {
      return DemandZone(
        id: province.id, name: province.name, text: seat.text, country: province.country,
        province: province.id, population: people > 0 ? Double(people) : nil, place: seat.place)
    }
    leftOut.append(province.name)
    return nil
  }
}

extension Gazetteer {
  /// The shortest text that means a settlement: its name, its name with province or country, or its id.
  func saying(_ settlement: Settlement) -> String {
    let qualifiers = [settlement.province, settlement.country].compactMap { $0 }
    let texts = [settlement.name] + qualifiers.map { "\(settlement.name), \($0)" }
    return texts.first { (try? find($0))?.id == settlement.id } ?? settlement.id
  }
}
