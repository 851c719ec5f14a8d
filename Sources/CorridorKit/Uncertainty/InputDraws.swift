import Foundation
import Sampling
import TransportGraph

/// The uncertain inputs of one analysis and its trips as numbered factors, and what a probability for each
/// of them makes of the inputs.
///
/// A factor has a name, by which its random numbers are found: `dwell:korday`, `speed:road/default`.
struct InputDraws: Sendable {
  /// Of the factors, by number.
  private(set) var names: [String] = []

  /// The triangular hours of a crossing's link.
  private struct Dwell {
    var factor: Int
    var link: Int
    var hours: Distribution
  }
  /// A factor on a number of links or trips.
  private struct Scaled {
    var factor: Int
    var distribution: Distribution
    var members: [Int]
  }

  private var sharedDwell: (factor: Int, correlation: Double)?
  private var dwells: [Dwell] = []
  private var transfers: Scaled?
  private var speeds: [Scaled] = []
  private var theta: (factor: Int, distribution: Distribution)?
  private var beta: (factor: Int, distribution: Distribution)?
  private var masses: [Scaled] = []
  private var domestic: (factor: Int, share: UncertainInputs.DomesticShare, isDomestic: [Bool?])?
  private var delays: [(factor: Int, delay: Int)] = []

  /// - Parameters:
  ///   - inputs: What is uncertain.
  ///   - analysis: The network.
  ///   - trips: The flows of a table; empty where masses are no estimates, as those of corridors.
  ///   - model: Its parameters are factors where it has them.
  ///   - scenario: Its delays of uncertain length are factors.
  init(
    _ inputs: UncertainInputs, analysis: Analysis, trips: [Trip], model: RouteChoiceModel,
    scenario: Scenario?
  ) {
    addLinks(inputs, analysis: analysis)
    if let factor = inputs.theta, model.hasTheta {
      theta = (add("theta"), factor.distribution)
    }
    if let factor = inputs.beta, model.hasBeta { beta = (add("beta"), factor.distribution) }
    addMasses(inputs, trips: trips, analysis: analysis)
    for (index, delay) in (scenario?.delays ?? []).enumerated()
    where delay.added.quantile(0) < delay.added.quantile(1) {
      delays.append((add("delay:\(index)"), index))
    }
  }

  private mutating func add(_ name: String) -> Int {
    names.append(name)
    return names.count - 1
  }

  private mutating func addLinks(_ inputs: UncertainInputs, analysis: Analysis) {
    let links = analysis.area.graph.links
    if let dwell = inputs.dwell, dwell.spread > 0 {
      sharedDwell = (add("dwell"), dwell.correlation)
      var factors: [String: Int] = [:]
      for (index, link) in links.enumerated() where link.kind == .crossing {
        guard let range = link.dwell else { continue }
        let centre = range.hours(analysis.profile.dwell)
        func within(_ hours: Double) -> Double { centre + dwell.spread * (hours - centre) }
        // Links of one crossing, such as the lanes of a road, have the same queue.
        let name = "dwell:\(link.crossingID ?? link.id)"
        let factor = factors[name] ?? add(name)
        factors[name] = factor
        dwells.append(
          Dwell(
            factor: factor, link: index,
            hours: .triangular(
              low: within(range.low), mode: within(range.mode), high: within(range.high))))
      }
    }
    if let transfer = inputs.transfer {
      transfers = Scaled(
        factor: add("transfer"), distribution: transfer.distribution,
        members: links.indices.filter { links[$0].kind == .transfer })
    }
    var kinds: [Mode: [String: [Int]]] = [:]
    for (index, link) in links.enumerated() {
      kinds[link.mode, default: [:]][link.roadClass, default: []].append(index)
    }
    for speed in inputs.speeds {
      let classes = kinds[speed.mode] ?? [:]
      let members = classes.filter { inputs.speed(of: speed.mode, $0.key) == speed }
        .flatMap(\.value).sorted()
      guard !members.isEmpty else { continue }
      speeds.append(
        Scaled(
          factor: add("speed:\(speed.mode.rawValue)/\(speed.roadClass)"),
          distribution: speed.factor.distribution, members: members))
    }
  }

  private mutating func addMasses(
    _ inputs: UncertainInputs, trips: [Trip], analysis: Analysis
  ) {
    func add(_ factor: UncertainInputs.Factor?, by name: (Trip) -> String) {
      guard let factor else { return }
      let byName = Dictionary(grouping: trips.indices) { name(trips[$0]) }
      for (name, members) in byName.sorted(by: { $0.value[0] < $1.value[0] }) {
        masses.append(
          Scaled(factor: self.add(name), distribution: factor.distribution, members: members))
      }
    }
    add(inputs.layerMass) { "layer:\($0.layer ?? "")" }
    add(inputs.pairMass) { "pair:\($0.layer ?? "")/\($0.id)" }
    guard let share = inputs.domesticShare else { return }
    let isDomestic = trips.map { trip -> Bool? in
      guard share.layers.map({ trip.layer.map($0.contains) ?? false }) ?? true else { return nil }
      return analysis.isDomestic(trip)
    }
    // With one kind only there is nothing to shift.
    guard isDomestic.contains(true), isDomestic.contains(false) else { return }
    domestic = (self.add("domestic share"), share, isDomestic)
  }
}

extension InputDraws {
  /// The times of a draw.
  ///
  /// - Parameters:
  ///   - probabilities: One for each factor.
  ///   - times: Those of the run.
  func times(_ probabilities: ArraySlice<Double>, from times: LinkTimes) -> LinkTimes {
    func probability(_ factor: Int) -> Double { probabilities[probabilities.startIndex + factor] }
    var times = times
    for speed in speeds {
      let factor = speed.distribution.quantile(probability(speed.factor))
      for link in speed.members { times.movingSeconds[link] /= factor }
    }
    if let transfers {
      let factor = transfers.distribution.quantile(probability(transfers.factor))
      for link in transfers.members { times.fixedSeconds[link] *= factor }
    }
    if let sharedDwell {
      let shared = normalQuantile(Self.inside(probability(sharedDwell.factor)))
      for dwell in dwells {
        let own = normalQuantile(Self.inside(probability(dwell.factor)))
        let score =
          sharedDwell.correlation.squareRoot() * shared
          + (1 - sharedDwell.correlation).squareRoot() * own
        times.fixedSeconds[dwell.link] = dwell.hours.quantile(Self.normalShare(score)) * 3600
      }
    }
    return times
  }

  /// The model of a draw.
  func model(_ probabilities: ArraySlice<Double>, from model: RouteChoiceModel)
    -> RouteChoiceModel
  {
    func factor(_ input: (factor: Int, distribution: Distribution)?) -> Double {
      input.map {
        $0.distribution.quantile(probabilities[probabilities.startIndex + $0.factor])
      } ?? 1
    }
    return model.scaled(theta: factor(theta), beta: factor(beta))
  }

  /// The trips of a draw: the same but for their masses.
  func trips(_ probabilities: ArraySlice<Double>, from trips: [Trip]) -> [Trip] {
    var trips = trips
    for mass in masses {
      let factor = mass.distribution.quantile(probabilities[probabilities.startIndex + mass.factor])
      for trip in mass.members { trips[trip].mass *= factor }
    }
    if let domestic {
      shiftDomesticShare(
        of: &trips, domestic.isDomestic,
        by: domestic.share.oddsRatio(
          at: probabilities[probabilities.startIndex + domestic.factor]))
    }
    return trips
  }

  /// The scenario of a draw: the same but for how long its delays are.
  func scenario(_ probabilities: ArraySlice<Double>, from scenario: Scenario) -> Scenario {
    var scenario = scenario
    for (factor, delay) in delays {
      let seconds = scenario.delays[delay].added.quantile(
        probabilities[probabilities.startIndex + factor])
      scenario.delays[delay].added = .fixed(seconds: seconds)
    }
    return scenario
  }

  /// Multiplies the odds of a trip being domestic; the sum of the masses stays.
  private func shiftDomesticShare(
    of trips: inout [Trip], _ isDomestic: [Bool?], by oddsRatio: Double
  ) {
    guard oddsRatio != 1 else { return }
    var (within, across) = (0.0, 0.0)
    for (trip, isDomestic) in zip(trips, isDomestic) {
      guard let isDomestic else { continue }
      if isDomestic { within += trip.mass } else { across += trip.mass }
    }
    let total = within * oddsRatio + across
    let acrossFactor = (within + across) / total
    for (index, isDomestic) in isDomestic.enumerated() {
      guard let isDomestic else { continue }
      trips[index].mass *= isDomestic ? oddsRatio * acrossFactor : acrossFactor
    }
  }

  /// A probability of 0 would have an infinite score.
  private static func inside(_ probability: Double) -> Double {
    max(probability, 0x1p-54)
  }

  /// The probability that a standard normal variable falls below a score.
  private static func normalShare(_ score: Double) -> Double {
    min(1, max(0, erfc(-score / 2.0.squareRoot()) / 2))
  }
}

extension UncertainInputs.DomesticShare {
  /// By how much the odds of the share at a probability differ from those of its likeliest value.
  func oddsRatio(at probability: Double) -> Double {
    let drawn = Distribution.triangular(low: low, mode: mode, high: high).quantile(probability)
    return drawn == mode ? 1 : drawn / (1 - drawn) / (mode / (1 - mode))
  }
}

extension RouteChoiceModel {
  /// Whether the model has a preference for cheaper ways.
  var hasTheta: Bool { self != .shortest }

  /// Whether the model weighs overlap.
  var hasBeta: Bool {
    if case .pathSizeLogit = self { true } else { false }
  }

  /// The model with its parameters multiplied.
  func scaled(theta: Double, beta: Double) -> RouteChoiceModel {
    switch self {
    case .shortest: return self
    case .pathSizeLogit(var model):
      model.theta *= theta
      model.beta *= beta
      return .pathSizeLogit(model)
    case .stoch(var model):
      model.theta *= theta
      return .stoch(model)
    case .recursiveLogit(var model):
      model.theta *= theta
      return .recursiveLogit(model)
    }
  }
}
