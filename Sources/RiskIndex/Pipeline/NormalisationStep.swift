/// How raw values are put on one scale.
public struct NormalisationStep: Sendable, Hashable {
  /// The method for indicators that ``indicators`` does not name.
  public var method: Normalisation
  /// The parameters of ``method``; goalposts and targets are those of the framework's indicators.
  public var parameters: NormalisationParameters
  /// Other methods for single indicators, by identifier.
  public var indicators: [String: Normalisation]
  /// The unit that ``Normalisation/distanceToReference`` measures from, by identifier.
  public var reference: String?

  /// A step from its parts.
  public init(
    _ method: Normalisation = .goalpost,
    parameters: NormalisationParameters = NormalisationParameters(),
    indicators: [String: Normalisation] = [:], reference: String? = nil
  ) {
    self.method = method
    self.parameters = parameters
    self.indicators = indicators
    self.reference = reference
  }
}
