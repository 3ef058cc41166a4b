/// Which row of a list is selected, and which is the first that is drawn.
struct ListState: Equatable, Sendable {
  var index = 0
  var top = 0
  /// How many columns are scrolled out of sight on the left.
  var shift = 0

  /// Selects a row, clamped to the list, and scrolls no more than needed to show it.
  mutating func select(_ row: Int, count: Int, height: Int) {
    index = max(0, min(row, count - 1))
    top = window(count: count, height: height).lowerBound
  }

  /// Scrolls by `rows` rows; the selection stays unless it would leave the window.
  mutating func scroll(by rows: Int, count: Int, height: Int) {
    guard count > height else { return }
    top = max(0, min(top + rows, count - max(1, height)))
    index = max(top, min(index, top + max(1, height) - 1))
  }

  /// The rows that are drawn, which always include the selected one.
  func window(count: Int, height: Int) -> Range<Int> {
    guard count > 0, height > 0 else { return 0..<0 }
    let selected = max(0, min(index, count - 1))
    var first = max(0, min(top, count - min(height, count)))
    if selected < first { first = selected }
    if selected >= first + height { first = selected - height + 1 }
    return first..<min(count, first + height)
  }
}
