import Testing

@testable import CorridorKit

@Suite("Where to put sites")
struct LocationProblemTests {
  /// A random problem: whole worths, so that sums are exact.
  private func random(_ seed: UInt64, sites: Int, clients: Int) -> LocationProblem {
    var random = SeededGenerator(seed: seed)
    return LocationProblem(
      clientCount: clients,
      sites: (0..<sites).map { _ in
        (0..<clients).compactMap { client in
          Int.random(in: 0..<4, using: &random) > 0
            ? nil : .init(client: client, value: Double(Int.random(in: 1...9, using: &random)))
        }
      })
  }

  /// The best value of any set of so many sites, by listing them all.
  private func best(_ problem: LocationProblem, count: Int) -> Double {
    func best(from first: Int, with chosen: [Int]) -> Double {
      guard chosen.count < count, first < problem.sites.count else {
        return problem.value(of: chosen)
      }
      return max(best(from: first + 1, with: chosen), best(from: first + 1, with: chosen + [first]))
    }
    return best(from: 0, with: [])
  }

  @Test("the search finds the best of all sets, and says that it does", arguments: 1...40)
  func optimum(seed: Int) {
    let problem = random(UInt64(seed), sites: 6 + seed % 6, clients: 4 + seed % 17)
    for count in 1...5 {
      let found = problem.optimum(count: count)
      #expect(found.isOptimal && found.gap == 0)
      #expect(found.value == best(problem, count: count))
      #expect(found.value == problem.value(of: found.sites))
      #expect(found.sites.count <= count)
    }
  }

  @Test(
    "greedy is at least 1 − 1/e of the best, and each gain is what its site added",
    arguments: 1...40)
  func greedy(seed: Int) {
    let problem = random(UInt64(seed), sites: 9, clients: 5 + seed)
    for count in 1...4 {
      let taken = problem.greedy(count: count)
      let value = problem.value(of: taken.map(\.site))
      #expect(taken.reduce(0) { $0 + $1.gain } == value)
      #expect(value >= (1 - 1 / 2.718281828459045) * best(problem, count: count))
      for (one, next) in zip(taken, taken.dropFirst()) { #expect(next.gain <= one.gain) }
    }
  }

  @Test("a search that is cut short says how much better a set could be", arguments: 1...20)
  func limit(seed: Int) {
    let problem = random(UInt64(seed), sites: 12, clients: 30)
    let cut = problem.optimum(count: 4, nodeLimit: 1)
    let whole = problem.optimum(count: 4)
    #expect(cut.upperBound >= whole.value && cut.value <= whole.value)
    #expect(cut.gap >= 0 && cut.gap < 1)
  }

  @Test("sites that are there take what they serve out of the question", arguments: 1...20)
  func fixed(seed: Int) {
    let problem = random(UInt64(seed), sites: 10, clients: 25)
    let rest = problem.given([1, 4])
    let found = rest.optimum(count: 3)
    let fixedValue = problem.value(of: [1, 4])
    #expect(fixedValue + found.value == problem.value(of: found.sites + [1, 4]))
    #expect(fixedValue + found.value >= problem.value(of: problem.optimum(count: 3).sites))
  }

  @Test("nothing to serve takes no site; more sites than needed are not taken")
  func empty() {
    let nothing = LocationProblem(clientCount: 3, sites: [[], []])
    #expect(nothing.greedy(count: 2).isEmpty)
    #expect(nothing.optimum(count: 2).value == 0)
    let twins = LocationProblem(
      clientCount: 1, sites: [[.init(client: 0, value: 2)], [.init(client: 0, value: 2)]])
    #expect(twins.greedy(count: 2).map(\.site) == [0])
    #expect(twins.optimum(count: 2).value == 2)
  }
}
