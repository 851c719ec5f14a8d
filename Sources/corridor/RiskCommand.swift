import ArgumentParser
struct RiskCommand: ParsableCommand { }
