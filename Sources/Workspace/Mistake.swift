/// One mistake in `dovetail.yaml`.
public struct Mistake: Hashable, Sendable {
  /// The most mistakes reported at once.
  public static let limit = 20

  /// The path of the file, relative to the current folder if it lies below it.
  public let file: String
  /// Counted from 1.
  public let line: Int
  /// Counted from 1, in Unicode scalars.
  public let column: Int
  /// The text of the line.
  public let source: String
  /// What is wrong, with the facts.
  public let kind: Kind
}

/// A place in `dovetail.yaml`, counted from 1.
struct Position: Hashable, Comparable, Sendable {
  let line: Int
  let column: Int

  static let start = Position(line: 1, column: 1)

  static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Something that was read from `dovetail.yaml`, with its place.
struct Located<Value: Sendable>: Sendable {
  let value: Value
  let position: Position

  init(_ value: Value, at position: Position) {
    self.value = value
    self.position = position
  }
}
