/// What each node collects from its lower neighbours.
extension Customization {
  /// What an arc costs from its lower end up, and from its upper end down.
  typealias Both = CostRow.Two

  /// Four nested rows are taken together where at least this many of their arcs lead past a node.
  private static let fewestForFour = 4

  /// Whether the arc in a slot is one of four in a row whose tails are nested.
  @inline(__always)
  private func isNested(_ slot: Int, of slots: Range<Int>) -> Bool {
    slot &+ 3 < slots.upperBound && lower[slot &+ 3].tail == lower[slot].tail &+ 3
      && climb.isNested(Int(lower[slot].tail) &+ 3, above: -1)
  }

  /// Computes the arcs of a node where all cost the same in both directions.
  ///
  /// - Parameter costs: By depth; those of depths that no arc leads to are of no account.
  @inline(__always)
  func collectOne(_ position: Int, _ costs: UnsafeMutablePointer<Double>) {
    let result = upward
    let fromLower = UnsafePointer(result)
    let row = topology.arcs(position)
    for arc in row { costs[Int(headDepths[arc])] = result[arc] }
    let slots = topology.lowerSlots(position)
    var slot = slots.lowerBound
    while slot < slots.upperBound {
      let tail = Int(lower[slot].tail)
      // The arcs of the lower node that lead past this one come before its arc to this one.
      var arc = Int(rows[tail].firstArc)
      let end = Int(lower[slot].arc)
      if end &- arc >= Self.fewestForFour, isNested(slot, of: slots) {
        let four = HierarchyClimb.Four(
          a: fromLower[end], b: fromLower[Int(lower[slot &+ 1].arc)],
          c: fromLower[Int(lower[slot &+ 2].arc)], d: fromLower[Int(lower[slot &+ 3].arc)])
        let second = fromLower + (Int(rows[tail &+ 1].firstArc) &- arc)
        let third = fromLower + (Int(rows[tail &+ 2].firstArc) &- arc)
        let fourth = fromLower + (Int(rows[tail &+ 3].firstArc) &- arc)
        slot &+= 4
        var run = runs + Int(rows[tail].firstRun)
        while arc < end {
          let target = costs + Int(run[0].depth)
          run += 1
          let next = min(Int(run[0].firstArc), end)
          CostRow.lower(
            target, to: four, plus: fromLower + arc, second + arc, third + arc, fourth + arc,
            count: next &- arc)
          arc = next
        }
        continue
      }
      slot &+= 1
      let cost = fromLower[end]
      if end &- arc < Int(HierarchyTopology.shortRow) {
        // By twos: what an arc too many leads to, this node itself, is not among the costs sought.
        while arc < end {
          let (first, second) = (Int(headDepths[arc]), Int(headDepths[arc &+ 1]))
          let candidate = cost + fromLower[arc &+ 1]
          costs[first] = min(costs[first], cost + fromLower[arc])
          costs[second] = min(costs[second], candidate)
          arc &+= 2
        }
        continue
      }
      var run = runs + Int(rows[tail].firstRun)
      while arc < end {
        let target = costs + Int(run[0].depth)
        run += 1
        let next = min(Int(run[0].firstArc), end)
        CostRow.lower(target, to: cost, plus: fromLower + arc, count: next &- arc)
        arc = next
      }
    }
    for arc in row { result[arc] = costs[Int(headDepths[arc])] }
  }

  /// Computes the arcs of a node in both directions at once: what is read of the topology serves both, and
  /// the two costs of an arc are one operand.
  ///
  /// - Parameter costs: As for ``collectOne(_:_:)``.
  @inline(__always)
  func collectBoth(_ position: Int, _ costs: UnsafeMutablePointer<Both>) {
    let (up, down) = (UnsafePointer(upward), UnsafePointer(downward))
    /// A way through a lower node leads down to it and up again.
    @inline(__always)
    func reversed(_ arc: Int) -> Both { Both(down[arc], up[arc]) }

    let row = topology.arcs(position)
    for arc in row { costs[Int(headDepths[arc])] = Both(up[arc], down[arc]) }
    let slots = topology.lowerSlots(position)
    var slot = slots.lowerBound
    if slot == slots.upperBound { return }
    var below = lower[slot]
    var firstArc = rows[Int(below.tail)].firstArc
    while slot < slots.upperBound {
      let tail = Int(below.tail)
      var arc = Int(firstArc)
      let end = Int(below.arc)
      if end &- arc >= Self.fewestForFour, isNested(slot, of: slots) {
        let (a, b) = (reversed(end), reversed(Int(lower[slot &+ 1].arc)))
        let (c, d) = (
          reversed(Int(lower[slot &+ 2].arc)), reversed(Int(lower[slot &+ 3].arc))
        )
        let toSecond = Int(rows[tail &+ 1].firstArc) &- arc
        let toThird = Int(rows[tail &+ 2].firstArc) &- arc
        let toFourth = Int(rows[tail &+ 3].firstArc) &- arc
        slot &+= 4
        below = lower[min(slot, slots.upperBound &- 1)]
        firstArc = rows[Int(below.tail)].firstArc
        var run = runs + Int(rows[tail].firstRun)
        while arc < end {
          var target = costs + Int(run[0].depth)
          run += 1
          let next = min(Int(run[0].firstArc), end)
          while arc < next {
            var (known, other) = (target[0], a + Both(up[arc], down[arc]))
            CostRow.lower(&known, to: b + Both(up[arc &+ toSecond], down[arc &+ toSecond]))
            CostRow.lower(&other, to: c + Both(up[arc &+ toThird], down[arc &+ toThird]))
            CostRow.lower(&known, to: d + Both(up[arc &+ toFourth], down[arc &+ toFourth]))
            CostRow.lower(&known, to: other)
            target[0] = known
            target += 1
            arc &+= 1
          }
        }
        continue
      }
      let cost = reversed(end)
      slot &+= 1
      // Asked for before the loop below, whose end is hard to foresee.
      below = lower[min(slot, slots.upperBound &- 1)]
      firstArc = rows[Int(below.tail)].firstArc
      // By twos, as above.
      while arc < end {
        let (first, second) = (costs + Int(headDepths[arc]), costs + Int(headDepths[arc &+ 1]))
        let candidate = cost + Both(up[arc &+ 1], down[arc &+ 1])
        CostRow.lower(&first[0], to: cost + Both(up[arc], down[arc]))
        CostRow.lower(&second[0], to: candidate)
        arc &+= 2
      }
    }
    for arc in row {
      let cost = costs[Int(headDepths[arc])]
      upward[arc] = cost[0]
      downward[arc] = cost[1]
    }
  }
}
