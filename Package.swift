// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "CorridorKit",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Geography", targets: ["Geography"]),
    .library(name: "Tables", targets: ["Tables"]),
    .library(name: "Sampling", targets: ["Sampling"]),
    .library(name: "TransportGraph", targets: ["TransportGraph"]),
    .library(name: "RiskIndex", targets: ["RiskIndex"]),
    .library(name: "CorridorKit", targets: ["CorridorKit"]),
    .executable(name: "corridor", targets: ["corridor"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries, named by pkg-config so that every platform finds its own copy.
    .systemLibrary(
      name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"]), .brew(["geos"])]),
    .systemLibrary(
      name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"]), .brew(["proj"])]),
    .systemLibrary(
      name: "CMessageDigest", pkgConfig: "libmd",
      providers: [.apt(["libmd-dev"]), .brew(["libmd"])]),
    .systemLibrary(
      name: "CZLIB", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    // METIS installs no pkg-config file; its header and library lie in the default paths.
    .systemLibrary(name: "CMETIS", providers: [.apt(["libmetis-dev"]), .brew(["metis"])]),
    // Nor does SuiteSparse, of which KLU is a part.
    .systemLibrary(
      name: "CKLU", providers: [.apt(["libsuitesparse-dev"]), .brew(["suite-sparse"])]),

    // Where things are.
    .target(name: "Geography", dependencies: ["CGEOS", "CPROJ"]),
    // Delimited text after RFC 4180.
    .target(name: "Tables"),
    // Random numbers and what is drawn from them.
    .target(name: "Sampling"),
    // How one travels.
    .target(
      name: "TransportGraph",
      dependencies: ["Geography", "Tables", "Sampling", "CMETIS", "CZLIB", "CKLU"]),
    // How provinces score.
    .target(name: "RiskIndex", dependencies: ["Tables", "Sampling"]),
    // The domain: load, snap, overlay, exposure, scenarios, risk with exposure, export.
    .target(
      name: "CorridorKit",
      dependencies: [
        "Geography", "TransportGraph", "RiskIndex", "Tables", "Sampling", "CMessageDigest", "Yams",
      ]),
    // The command line.
    .executableTarget(
      name: "corridor",
      dependencies: [
        "CorridorKit", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .testTarget(name: "GeographyTests", dependencies: ["Geography"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables"]),
    .testTarget(name: "SamplingTests", dependencies: ["Sampling"]),
    .testTarget(name: "TransportGraphTests", dependencies: ["TransportGraph"]),
    .testTarget(name: "RiskIndexTests", dependencies: ["RiskIndex", "Sampling"]),
    .testTarget(name: "CorridorKitTests", dependencies: ["CorridorKit", "Sampling"]),
    .testTarget(name: "CommandLineTests", dependencies: ["CorridorKit", "corridor"]),
  ],
  swiftLanguageModes: [.v6]
)
