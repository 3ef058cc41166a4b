import Cells
import Wording

/// A piece of a line.
struct Span: Equatable {
  var text: String
  var role: Role
  /// The columns it is clipped or filled to; its own width when nil.
  var width: Int?
  var alignsRight = false
  var isUnderlined = false
  var isReversed = false
  /// What does not fit is left out in the middle, not at the end.
  var losesMiddle = false
}

/// One line of a screen, before it is clipped to its place.
struct Line: Equatable {
  var spans: [Span]

  init(_ text: String = "", _ role: Role = .plain) {
    spans = text.isEmpty ? [] : [Span(text: text, role: role, width: nil)]
  }

  init(spans: [Span]) { self.spans = spans }

  /// The line with one more piece.
  func adding(_ text: String, _ role: Role = .plain) -> Line {
    var line = self
    line.spans.append(Span(text: text, role: role, width: nil))
    return line
  }

  /// The line filled up with spaces, or cut, to so many columns.
  func padded(toColumns columns: Int) -> Line {
    var line = self
    var room = columns
    for index in line.spans.indices {
      let width = min(room, line.spans[index].width ?? line.spans[index].text.columns)
      line.spans[index].width = width
      room -= width
    }
    return line.adding(String(repeating: " ", count: room))
  }

  /// The line with a table column of a width, and a space after it.
  func column(_ text: String, _ width: Int, _ role: Role = .plain, right: Bool = false) -> Line {
    var line = self
    line.spans.append(Span(text: text, role: role, width: max(0, width), alignsRight: right))
    line.spans.append(Span(text: " ", role: .plain, width: nil))
    return line
  }
}
