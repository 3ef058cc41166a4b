public import IncrementalJoin

extension Location: ExpressibleByStringInterpolation {
  /// A folder of this machine, by its absolute path.
  public init(stringLiteral path: String) { self.init(path) }
}
