/// The commands that Dovetail runs on its own.
public struct Hooks: Hashable, Sendable {
  /// The command that receives the JSON of every finished run on standard input; nil for none.
  public var runFinished: String?

  /// Creates hooks.
  public init(runFinished: String? = nil) {
    self.runFinished = runFinished
  }
}
