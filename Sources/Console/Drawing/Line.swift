import Cells
import Wording

/// A piece of a line.
struct Span: Equatable {
  var text: String
  var role: Role
  /// The width to which the text is clipped or padded; its own width when nil.
  var width: Int?
  var alignsRight = false
  var isUnderlined = false
  var isReversed = false
  /// Whether text that does not fit is cut in the middle, not at the end.
  var losesMiddle = false
  /// Whether whole folders at the beginning of a path are left out first.
  var losesFolders = false
}

/// One line of a screen, before it is clipped to its place.
struct Line: Equatable {
  var spans: [Span]

  init(_ text: String = "", _ role: Role = .plain) {
    spans = text.isEmpty ? [] : [Span(text: text, role: role, width: nil)]
  }

  init(spans: [Span]) { self.spans = spans }

  /// The line with one more piece at its end.
  func adding(_ text: String, _ role: Role = .plain) -> Line {
    var line = self
    line.spans.append(Span(text: text, role: role, width: nil))
    return line
  }

  /// The line padded with spaces, or cut, to `columns` columns.
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

  /// The line with a table column of the given width, followed by a space.
  func column(_ text: String, _ width: Int, _ role: Role = .plain, right: Bool = false) -> Line {
    var line = self
    line.spans.append(Span(text: text, role: role, width: max(0, width), alignsRight: right))
    line.spans.append(Span(text: " ", role: .plain, width: nil))
    return line
  }
}
