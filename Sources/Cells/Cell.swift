/// One cell of a frame: its sanitized content and its style.
public struct Cell: Hashable, Sendable {
  /// A base character with at most four combining marks; empty in a continuation.
  public let text: String
  /// The columns it takes: 1, or 2 for a wide character; 0 marks a continuation, the right half of the wide character
  /// before it.
  public let width: Int
  /// How the cell looks.
  public var style: Style

  /// An empty cell: a space in the plain style.
  public static let blank = Cell(text: " ", width: 1, style: .plain)

  /// Whether this is the right half of a wide character.
  public var isContinuation: Bool { width == 0 }

  /// Only frames make cells, from glyphs, so no cell holds unsanitized text.
  init(text: String, width: Int, style: Style) {
    self.text = text
    self.width = width
    self.style = style
  }
}
