import Geography
import TransportGraph

/// What is read and overlaid once: everything of a study area that a cache keeps.
struct StudyAreaContent {
  var network: TransportNetwork
  var layer: ProvinceLayer
  var repairs: [String]
  var settlements: [Settlement]
  var overlay: OverlayMatrix
}

extension StudyAreaContent {
  func write(to writer: inout ByteWriter) {
    writer.write([metersPerUnit])
    writer.write(repairs)
    network.write(to: &writer)
    layer.write(to: &writer)
    writer.write(settlements)
    writer.write([UInt64(overlay.provinceCount)])
    for rows in [overlay.lengths, overlay.dwellShares, overlay.nodeShares] { writer.write(rows) }
  }

  /// - Throws: When the bytes are not what ``write(to:)`` writes.
  init(_ reader: inout ByteReader) throws {
    guard let unit = try reader.doubles().first else { throw ByteReader.Mismatch() }
    let metric = unit == 0 ? LengthMetric.wgs84 : .planar(metersPerUnit: unit)
    repairs = try reader.texts()
    network = try TransportNetwork(&reader, metric: metric)
    layer = try ProvinceLayer(&reader, metric: metric)
    settlements = try reader.settlements()
    guard let count = try reader.integers(UInt64.self).first.flatMap({ Int(exactly: $0) }),
      count == layer.provinces.count
    else { throw ByteReader.Mismatch() }
    let columns = count + 1
    overlay = OverlayMatrix(
      provinceCount: count, lengths: try reader.rows(columns: columns),
      dwellShares: try reader.rows(columns: columns),
      nodeShares: try reader.rows(columns: columns))
    guard overlay.lengths.count == network.graph.links.count,
      overlay.dwellShares.count == overlay.lengths.count,
      overlay.nodeShares.count == network.graph.nodes.count
    else { throw ByteReader.Mismatch() }
  }

  /// 0 stands for WGS 84.
  private var metersPerUnit: Double {
    if case .planar(let unit) = layer.metric { unit } else { 0 }
  }
}

extension TransportNetwork {
  fileprivate func write(to writer: inout ByteWriter) {
    let (nodes, links) = (graph.nodes, graph.links)
    writer.write(nodes.map(\.id))
    writer.write(nodes.map(\.coordinate.longitude))
    writer.write(nodes.map(\.coordinate.latitude))
    writer.write(nodes.map { $0.name ?? "" })
    writer.write(links.map(\.id))
    writer.write(links.indices.map { UInt32(graph.from(of: LinkID($0)).index) })
    writer.write(links.indices.map { UInt32(graph.to(of: LinkID($0)).index) })
    writer.write(links.map { UInt8(Mode.allCases.firstIndex(of: $0.mode) ?? 0) })
    writer.write(links.map { UInt8(LinkKind.allCases.firstIndex(of: $0.kind) ?? 0) })
    writer.write(links.map(\.roadClass))
    writer.write(links.map(\.lengthMeters))
    writer.write(links.map { $0.speedKilometersPerHour ?? .nan })
    writer.write(links.map { $0.dwell.map { [$0.low, $0.mode, $0.high] } ?? [] })
    writer.write(links.map { UInt8($0.isOneWay ? 1 : 0) })
    writer.write(links.map { $0.crossingID ?? "" })
    writer.write(links.map { $0.name ?? "" })
    writer.write(links.map { $0.ref ?? "" })
    writer.write(lines.map { $0.flatMap { [$0.longitude, $0.latitude] } })
  }

  fileprivate init(_ reader: inout ByteReader, metric: LengthMetric) throws {
    let ids = try reader.texts()
    let (longitudes, latitudes) = (try reader.doubles(), try reader.doubles())
    let names = try reader.texts()
    guard longitudes.count == ids.count, latitudes.count == ids.count, names.count == ids.count
    else { throw ByteReader.Mismatch() }
    let nodes = ids.indices.map { index in
      Node(
        id: ids[index],
        coordinate: Coordinate(longitude: longitudes[index], latitude: latitudes[index]),
        name: names[index].isEmpty ? nil : names[index])
    }
    let columns = try LinkColumns(&reader)
    let links = try columns.links(nodes: ids)
    graph = try TransportGraph(nodes: nodes, links: links)
    lines = try reader.lines()
    guard lines.count == links.count else { throw ByteReader.Mismatch() }
    self.metric = metric
  }
}

/// The links of a network, a column each.
private struct LinkColumns {
  let ids: [String]
  let from, to: [UInt32]
  let modes, kinds: [UInt8]
  let classes: [String]
  let lengths, speeds: [Double]
  let dwells: [[Double]]
  let oneWays: [UInt8]
  let crossings, names, refs: [String]

  init(_ reader: inout ByteReader) throws(ByteReader.Mismatch) {
    ids = try reader.texts()
    from = try reader.integers()
    to = try reader.integers()
    modes = try reader.integers()
    kinds = try reader.integers()
    classes = try reader.texts()
    lengths = try reader.doubles()
    speeds = try reader.doubles()
    dwells = try reader.doubleLists()
    oneWays = try reader.integers()
    crossings = try reader.texts()
    names = try reader.texts()
    refs = try reader.texts()
    let counts = [
      from.count, to.count, modes.count, kinds.count, classes.count, lengths.count, speeds.count,
      dwells.count, oneWays.count, crossings.count, names.count, refs.count,
    ]
    guard counts.allSatisfy({ $0 == ids.count }) else { throw ByteReader.Mismatch() }
  }

  func links(nodes: [String]) throws(ByteReader.Mismatch) -> [Link] {
    var links: [Link] = []
    links.reserveCapacity(ids.count)
    for index in ids.indices {
      guard Int(from[index]) < nodes.count, Int(to[index]) < nodes.count,
        Int(modes[index]) < Mode.allCases.count, Int(kinds[index]) < LinkKind.allCases.count,
        dwells[index].isEmpty || dwells[index].count == 3
      else { throw ByteReader.Mismatch() }
      let dwell = dwells[index]
      links.append(
        Link(
          id: ids[index], from: nodes[Int(from[index])], to: nodes[Int(to[index])],
          mode: Mode.allCases[Int(modes[index])], kind: LinkKind.allCases[Int(kinds[index])],
          roadClass: classes[index], lengthMeters: lengths[index],
          speedKilometersPerHour: speeds[index].isNaN ? nil : speeds[index],
          dwell: dwell.isEmpty ? nil : HoursRange(low: dwell[0], mode: dwell[1], high: dwell[2]),
          isOneWay: oneWays[index] == 1,
          crossingID: crossings[index].isEmpty ? nil : crossings[index],
          name: names[index].isEmpty ? nil : names[index],
          ref: refs[index].isEmpty ? nil : refs[index]))
    }
    return links
  }
}

extension ProvinceLayer {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.write(provinces.map(\.id))
    writer.write(provinces.map(\.name))
    writer.write(
      provinces.map { $0.names.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } })
    writer.write(provinces.map(\.aliases))
    writer.write(provinces.map(\.country))
    writer.write(provinces.map { UInt8($0.level) })
    writer.write(provinces.map { $0.validFrom ?? "" })
    writer.write(provinces.map { $0.validTo ?? "" })
    // Rings of all polygons in a row, with the number of rings of each polygon.
    writer.write(provinces.map { UInt32($0.polygons.count) })
    let polygons = provinces.flatMap(\.polygons)
    writer.write(polygons.map { UInt32($0.rings.count) })
    writer.write(polygons.flatMap(\.rings).map { $0.flatMap { [$0.longitude, $0.latitude] } })
  }

  fileprivate init(_ reader: inout ByteReader, metric: LengthMetric) throws {
    let (ids, names) = (try reader.texts(), try reader.texts())
    let (namesByLanguage, aliases) = (try reader.textLists(), try reader.textLists())
    let countries = try reader.texts()
    let levels = try reader.integers(UInt8.self)
    let (validFrom, validTo) = (try reader.texts(), try reader.texts())
    let polygonCounts = try reader.integers(UInt32.self)
    let ringCounts = try reader.integers(UInt32.self)
    var rings = try reader.lines()[...]
    let counts = [
      names.count, namesByLanguage.count, aliases.count, countries.count, levels.count,
      validFrom.count, validTo.count, polygonCounts.count,
    ]
    guard counts.allSatisfy({ $0 == ids.count }),
      polygonCounts.reduce(0, { $0 + Int($1) }) == ringCounts.count,
      ringCounts.allSatisfy({ $0 > 0 }), ringCounts.reduce(0, { $0 + Int($1) }) == rings.count
    else { throw ByteReader.Mismatch() }
    var polygons = ringCounts.map { count in
      let own = rings.prefix(Int(count))
      rings = rings.dropFirst(Int(count))
      return Polygon(exterior: own[own.startIndex], holes: Array(own.dropFirst()))
    }[...]
    var provinces: [Province] = []
    for index in ids.indices {
      let own = polygons.prefix(Int(polygonCounts[index]))
      polygons = polygons.dropFirst(own.count)
      let pairs = namesByLanguage[index]
      provinces.append(
        Province(
          id: ids[index], name: names[index],
          names: Dictionary(
            stride(from: 0, to: pairs.count - 1, by: 2).map { (pairs[$0], pairs[$0 + 1]) },
            uniquingKeysWith: { first, _ in first }),
          aliases: aliases[index], country: countries[index], level: Int(levels[index]),
          validFrom: validFrom[index].isEmpty ? nil : validFrom[index],
          validTo: validTo[index].isEmpty ? nil : validTo[index], polygons: Array(own)))
    }
    try self.init(provinces: provinces, metric: metric)
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ settlements: [Settlement]) {
    write(settlements.map(\.id))
    write(settlements.map(\.name))
    write(settlements.map { $0.names.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } })
    write(settlements.map(\.aliases))
    write(settlements.map(\.country))
    write(settlements.map { UInt64($0.population) })
    write(settlements.map { $0.province ?? "" })
    write(settlements.map(\.coordinate.longitude))
    write(settlements.map(\.coordinate.latitude))
  }

  fileprivate mutating func write(_ rows: SparseRows) {
    write(rows.offsets)
    write(rows.entries.map(\.column))
    write(rows.entries.map(\.value))
  }
}

extension ByteReader {
  fileprivate mutating func lines() throws(Mismatch) -> [[Coordinate]] {
    let lists = try doubleLists()
    guard lists.allSatisfy({ $0.count >= 4 && $0.count % 2 == 0 }) else { throw Mismatch() }
    return lists.map { numbers in
      stride(from: 0, to: numbers.count, by: 2).map {
        Coordinate(longitude: numbers[$0], latitude: numbers[$0 + 1])
      }
    }
  }

  fileprivate mutating func settlements() throws(Mismatch) -> [Settlement] {
    let (ids, names) = (try texts(), try texts())
    let (namesByLanguage, aliases) = (try textLists(), try textLists())
    let countries = try texts()
    let populations = try integers(UInt64.self)
    let provinces = try texts()
    let (longitudes, latitudes) = (try doubles(), try doubles())
    let counts = [
      names.count, namesByLanguage.count, aliases.count, countries.count, populations.count,
      provinces.count, longitudes.count, latitudes.count,
    ]
    guard counts.allSatisfy({ $0 == ids.count }),
      populations.allSatisfy({ $0 <= UInt64(Int.max) })
    else { throw Mismatch() }
    return ids.indices.map { index in
      let pairs = namesByLanguage[index]
      return Settlement(
        id: ids[index], name: names[index],
        names: Dictionary(
          stride(from: 0, to: pairs.count - 1, by: 2).map { (pairs[$0], pairs[$0 + 1]) },
          uniquingKeysWith: { first, _ in first }),
        aliases: aliases[index], country: countries[index],
        population: Int(populations[index]),
        province: provinces[index].isEmpty ? nil : provinces[index],
        coordinate: Coordinate(longitude: longitudes[index], latitude: latitudes[index]))
    }
  }

  fileprivate mutating func rows(columns: Int) throws(Mismatch) -> SparseRows {
    let offsets = try integers(Int32.self)
    let indices = try integers(Int32.self)
    let values = try doubles()
    guard indices.count == values.count, offsets.first == 0, offsets.last == Int32(indices.count),
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
      indices.allSatisfy({ $0 >= 0 && Int($0) < columns })
    else { throw Mismatch() }
    return SparseRows(
      offsets: offsets,
      entries: zip(indices, values).map { OverlayMatrix.Entry(column: $0, value: $1) })
  }
}
