// swift-tools-version: 6.0
import PackageDescription

// A package of its own: `Fuzz/run` builds it with flags that the main package must not have.
let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Named, because the folder that a clone lies in may have any name.
    .package(name: "CorridorKit", path: "..")
  ],
  targets: [
    // libFuzzer comes with the toolchain and is linked by -sanitize=fuzzer.
    .systemLibrary(name: "CFuzzer"),
    .executableTarget(
      name: "FuzzReaders",
      dependencies: [
        "CFuzzer",
        .product(name: "CorridorKit", package: "CorridorKit"),
        .product(name: "Geography", package: "CorridorKit"),
        .product(name: "RiskIndex", package: "CorridorKit"),
        .product(name: "Tables", package: "CorridorKit"),
        .product(name: "TransportGraph", package: "CorridorKit"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
