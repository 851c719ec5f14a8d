import ArgumentParser

/// What the benchmark scripts ask of the library in one process, answered as JSON on standard output.
@main
struct CorridorBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "CorridorBenchmark",
    abstract: "Measures CorridorKit in a process of its own. Benchmarks/run drives it.",
    subcommands: [
      OverlayBenchmark.self, SearchBenchmark.self, ExchangeBenchmark.self, HierarchyBenchmark.self,
      MemoryBenchmark.self, DetourBenchmark.self, AlternativesBenchmark.self,
      ScenarioBenchmark.self, ChoiceBenchmark.self, RecursiveBenchmark.self, WhatIfBenchmark.self,
      IndexBenchmark.self,
    ])
}
