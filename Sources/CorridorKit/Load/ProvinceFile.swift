public import Geography

extension ProvinceLayer {
  /// Reads one layer from one or several files (`docs/formats.md`, "Provinces").
  ///
  /// - Throws: ``CorridorKitError/geoJSON(_:)`` with the feature and field at fault;
  ///   ``CorridorKitError/geography(_:)`` for a layer that the geometry engine refuses;
  ///   ``CorridorKitError/mismatch(_:)`` when the files are measured differently.
  /// - Returns: The layer, and what was repaired on reading, a line each.
  public static func read(_ files: [InputFile]) throws(CorridorKitError)
    -> (layer: ProvinceLayer, repairs: [String])
  {
    var provinces: [Province] = []
    var repairs: [String] = []
    var metric: LengthMetric?
    var seen: [String: String] = [:]
    for file in files {
      let (features, fileMetric, fileRepairs) = try file.features(ProvinceProperties.self)
      if let metric, metric != fileMetric {
        throw .mismatch("\(file.path): \"metric\" differs from that of \(files[0].path)")
      }
      metric = fileMetric
      repairs += fileRepairs
      for feature in features {
        let province = try province(feature)
        if let other = seen.updateValue(file.path, forKey: province.id) {
          throw feature.fault("id", "\"\(province.id)\"", "an id that \(other) does not use too")
        }
        provinces.append(province)
      }
    }
    do {
      return (try ProvinceLayer(provinces: provinces, metric: metric ?? .wgs84), repairs)
    } catch {
      throw .geography(error)
    }
  }

  private static func province(_ feature: FeatureReading<ProvinceProperties>)
    throws(CorridorKitError) -> Province
  {
    let id = try feature.id()
    guard !ReportingUnits.isReserved(id) else {
      throw feature.fault("id", "\"\(id)\"", ReportingUnits.ownID)
    }
    let properties = feature.properties
    let country = try feature.required("country", properties.country)
    guard isCountryCode(country) else {
      throw feature.fault("country", "\"\(country)\"", "an ISO 3166-1 alpha-2 code")
    }
    let level = properties.level ?? 1
    guard level == 0 || level == 1 else {
      throw feature.fault("level", level, "0 (a country) or 1 (a province)")
    }
    let from = try feature.date("valid_from", properties.validFrom)
    let to = try feature.date("valid_to", properties.validTo)
    if let from, let to, to <= from {
      throw feature.fault("valid_to", "\(to)", "a date after \(from)")
    }
    var names: [String: String] = ["en": try feature.required("name", properties.name)]
    names["kk"] = properties.nameKazakh
    names["ru"] = properties.nameRussian
    return Province(
      id: id, name: try feature.required("name", properties.name), names: names,
      aliases: properties.aliases ?? [], country: country, level: level,
      validFrom: properties.validFrom, validTo: properties.validTo,
      polygons: try polygons(feature))
  }

  private static func polygons(_ feature: FeatureReading<ProvinceProperties>)
    throws(CorridorKitError) -> [Polygon]
  {
    guard let polygons = feature.feature.geometry?.polygons, !polygons.isEmpty else {
      throw feature.fault(
        "geometry", feature.feature.geometry?.typeName ?? "null", "a Polygon or MultiPolygon")
    }
    return polygons
  }
}

private struct ProvinceProperties: Decodable, Sendable {
  var name, nameKazakh, nameRussian, country, validFrom, validTo: String?
  var aliases: [String]?
  var level: Int?

  enum CodingKeys: String, CodingKey {
    case name, country, aliases, level
    case nameKazakh = "name_kk"
    case nameRussian = "name_ru"
    case validFrom = "valid_from"
    case validTo = "valid_to"
  }
}
