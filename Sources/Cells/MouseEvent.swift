/// Something the mouse did over a cell.
public struct MouseEvent: Hashable, Sendable {
  /// What the primary button or the wheel did.
  public enum Action: Hashable, Sendable {
    /// The button went down.
    case press
    /// The button went down again on the same cell, soon after the previous press.
    case doublePress
    /// The button went up.
    case release
    /// The wheel turned away from the operator.
    case wheelUp
    /// The wheel turned toward the operator.
    case wheelDown
  }

  /// What happened.
  public var action: Action
  /// The cell it happened over.
  public var position: Position
  /// How many notches the wheel turned when several were read at once; 1 for the button.
  public var count: Int

  /// Makes an event.
  public init(action: Action, position: Position, count: Int = 1) {
    self.action = action
    self.position = position
    self.count = count
  }
}
