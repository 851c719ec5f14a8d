/// What trips are to a unit, in the unit of their own masses.
public struct RoleMasses: Sendable, Hashable {
  /// The mass that begins and ends in the unit.
  public var internalMass = 0.0
  /// The mass that begins in the unit and ends elsewhere.
  public var originMass = 0.0
  /// The mass that ends in the unit and begins elsewhere.
  public var destinationMass = 0.0
  /// The mass that passes through the unit.
  public var transitMass = 0.0

  /// The mass that the unit has to do with in any role.
  public var touchingMass: Double { internalMass + originMass + destinationMass + transitMass }

  /// Adds a part of others.
  mutating func add(_ other: RoleMasses, times share: Double) {
    internalMass += share * other.internalMass
    originMass += share * other.originMass
    destinationMass += share * other.destinationMass
    transitMass += share * other.transitMass
  }
}
