/// What the terminal can show.
public struct Appearance: Hashable, Sendable {
  /// False for NO_COLOR: attributes such as bold and reverse only.
  public var colour: Bool
  /// False for ASCII characters only.
  public var unicode: Bool

  /// Makes an appearance; by default everything is shown.
  public init(colour: Bool = true, unicode: Bool = true) {
    self.colour = colour
    self.unicode = unicode
  }
}
