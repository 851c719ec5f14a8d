// CorridorKit
