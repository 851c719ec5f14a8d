import CorridorKit
import TransportGraph

/// The shipped data, read once for all tests.
enum Shipped {
  static let folder = repositoryFolder + "/geodata"

  static let area2013 = area(vintage: "2013")
  static let area2018 = area(vintage: "2018")
  static let area2024 = area(vintage: "2024")

  static func sources(vintage: String) throws(CorridorKitError) -> DataSources {
    try DataSources(folder: folder, vintage: vintage)
  }

  static func area(of vintage: String) -> Result<StudyArea, CorridorKitError> {
    switch vintage {
    case "2013": area2013
    case "2018": area2018
    default: area2024
    }
  }

  /// An analysis as the command line makes it without options.
  static func analysis(
    vintage: String = "2024", modes: Set<Mode> = Set(Mode.allCases), countries: [String] = ["KZ"]
  ) throws(CorridorKitError) -> Analysis {
    try Analysis(
      area(of: vintage).get(),
      profile: ImpedanceProfile(InputFile(path: sources(vintage: vintage).profile)), modes: modes,
      countries: countries)
  }

  private static func area(vintage: String) -> Result<StudyArea, CorridorKitError> {
    Result { () throws(CorridorKitError) in
      try StudyArea(sources(vintage: vintage), cache: nil)
    }
  }
}
