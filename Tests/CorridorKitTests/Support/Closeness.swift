/// Whether two numbers agree to a share of the larger one or, near zero, to `tolerance` itself.
func isClose(_ a: Double, _ b: Double, tolerance: Double = 1e-9) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
