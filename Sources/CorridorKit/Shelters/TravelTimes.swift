import TransportGraph

/// Seconds from towns to where help is and to where it could be.
struct TravelTimes {
  /// To the nearest help that is there; nil where no way leads.
  let today: [Double?]
  /// By candidate, by town.
  private let toCandidates: [[Double?]]
  /// Towns without help today count as this far from it: as far as any town is from any help or candidate.
  private let horizonSeconds: Double

  /// - Complexity: two matrices of towns × places from the hierarchy.
  init(
    _ metric: HierarchyMetric, from towns: [NodeID], existing: [NodeID], candidates: [NodeID]
  ) {
    func seconds(_ milliseconds: UInt64?) -> Double? { milliseconds.map { Double($0) / 1000 } }
    let near = metric.impedances(from: towns, to: existing)
    today = towns.indices.map { town in
      existing.indices.compactMap { seconds(near[town, $0]) }.min()
    }
    let far = metric.impedances(from: towns, to: candidates)
    toCandidates = candidates.indices.map { candidate in
      towns.indices.map { seconds(far[$0, candidate]) }
    }
    horizonSeconds = max(
      today.compactMap(\.self).max() ?? 0,
      toCandidates.lazy.flatMap { $0.compactMap(\.self) }.max() ?? 0)
  }

  /// Which candidates bring which towns within a limit, in the weight of the towns.
  func covering(weights: [Double], limit: Double) -> LocationProblem {
    problem { town, seconds in
      seconds <= limit && today[town].map { $0 > limit } ?? true ? weights[town] : 0
    }
  }

  /// How much travel time candidates save the towns, in weight × seconds.
  func saving(weights: [Double]) -> LocationProblem {
    problem { town, seconds in weights[town] * ((today[town] ?? horizonSeconds) - seconds) }
  }

  private func problem(_ worth: (Int, Double) -> Double) -> LocationProblem {
    LocationProblem(
      clientCount: today.count,
      sites: toCandidates.map { times in
        times.enumerated().compactMap { town, seconds in
          let value = seconds.map { worth(town, $0) } ?? 0
          return value > 0 ? .init(client: town, value: value) : nil
        }
      })
  }

  /// Whether a way leads from a town to any help or candidate.
  private func isReachable(_ town: Int) -> Bool {
    today[town] != nil || toCandidates.contains { $0[town] != nil }
  }

  /// The weight of the towns from which a way leads to any help or candidate.
  func reachableWeight(_ weights: [Double]) -> Double {
    weights.indices.filter(isReachable).reduce(0) { $0 + weights[$1] }
  }

  /// The weighted mean time to the nearest help today, in seconds, over those towns.
  func meanToday(weights: [Double]) -> Double {
    weights.indices.filter(isReachable).reduce(0) {
      $0 + weights[$1] * (today[$1] ?? horizonSeconds)
    } / reachableWeight(weights)
  }
}
