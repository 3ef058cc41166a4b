/// The commands that Dovetail starts by itself.
public struct Hooks: Hashable, Sendable {
  /// The command that gets the JSON of every finished run on standard input; nil for none.
  public var runFinished: String?

  /// Creates hooks.
  public init(runFinished: String? = nil) {
    self.runFinished = runFinished
  }
}
