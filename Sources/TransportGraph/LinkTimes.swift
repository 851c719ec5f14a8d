/// How long each link takes, in the part that grows with its length and the part that does not.
public struct LinkTimes: Hashable, Sendable {
  /// Seconds in motion, by link index.
  public var movingSeconds: [Double]
  /// Seconds of dwell, transfer and added delay, by link index.
  public var fixedSeconds: [Double]

  /// Times from their parts, by link index; checked where a view takes them.
  public init(movingSeconds: [Double], fixedSeconds: [Double]) {
    self.movingSeconds = movingSeconds
    self.fixedSeconds = fixedSeconds
  }

  /// Seconds in all on one link.
  public func seconds(of link: LinkID) -> Double {
    movingSeconds[link.index] + fixedSeconds[link.index]
  }
}

extension TransportGraph {
  /// The times of every link under a profile.
  ///
  /// Moving time is length over speed. Fixed time is the dwell of a crossing (none stated: 0) or of
  /// a transfer (none stated: the profile's).
  ///
  /// - Throws: `badProfile`, or `missingSpeed` for a mode that the profile does not know.
  /// - Complexity: O(links).
  public func times(_ profile: ImpedanceProfile) throws(TransportGraphError) -> LinkTimes {
    do throws(ImpedanceProfileError) {
      try profile.validate()
    } catch {
      throw .badProfile(error)
    }
    var times = LinkTimes(movingSeconds: [], fixedSeconds: [])
    times.movingSeconds.reserveCapacity(links.count)
    times.fixedSeconds.reserveCapacity(links.count)
    for link in links {
      let hours =
        switch link.kind {
        case .way: 0.0
        case .crossing: link.dwell?.hours(profile.dwell) ?? 0
        case .transfer: link.dwell?.hours(profile.dwell) ?? profile.transferHours
        }
      let metersPerSecond = try profile.speed(of: link) / 3.6
      times.movingSeconds.append(link.lengthMeters / metersPerSecond)
      times.fixedSeconds.append(hours * 3600)
    }
    return times
  }
}
