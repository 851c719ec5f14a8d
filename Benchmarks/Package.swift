// swift-tools-version: 6.0
import PackageDescription

// A package of its own, so that the main build does not pay for it.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Named, because the folder that a clone lies in may have any name.
    .package(name: "CorridorKit", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // Counts allocations and bytes.
    .target(name: "CAllocation"),
    .executableTarget(
      name: "CorridorBenchmark",
      dependencies: [
        "CAllocation",
        .product(name: "CorridorKit", package: "CorridorKit"),
        .product(name: "Geography", package: "CorridorKit"),
        .product(name: "RiskIndex", package: "CorridorKit"),
        .product(name: "Sampling", package: "CorridorKit"),
        .product(name: "TransportGraph", package: "CorridorKit"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "ClosurePicture",
      dependencies: [
        .product(name: "CorridorKit", package: "CorridorKit"),
        .product(name: "Geography", package: "CorridorKit"),
        .product(name: "TransportGraph", package: "CorridorKit"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
