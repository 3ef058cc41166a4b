import Cells
import Wording

/// The row of tabs.
enum TabBar {
  /// A tab and the columns that it takes.
  struct Tab {
    let screen: Screen
    let label: String
    let columns: Range<Int>
  }

  /// All tabs; where they do not fit, the last ones shrink to their numbers, except the current one.
  static func tabs(for current: Screen, columns: Int) -> [Tab] {
    var named = Screen.allCases
    while true {
      let tabs = layOut { named.contains($0) ? " \($0.rawValue) \($0.title) " : " \($0.rawValue) " }
      // The last blank is dispensable.
      guard (tabs.last?.columns.upperBound ?? 0) > columns + 1,
        let last = named.lastIndex(where: { $0 != current })
      else { return tabs }
      named.remove(at: last)
    }
  }

  private static func layOut(_ label: (Screen) -> String) -> [Tab] {
    var column = 0
    return Screen.allCases.map { screen in
      let text = label(screen)
      defer { column += text.count }
      return Tab(screen: screen, label: text, columns: column..<column + text.count)
    }
  }
}

extension Canvas {
  /// Draws the tabs.
  mutating func drawTabs(_ current: Screen, in rect: Rect) {
    for tab in TabBar.tabs(for: current, columns: rect.columns) {
      let isCurrent = tab.screen == current
      frame.put(
        tab.label, at: Position(column: tab.columns.lowerBound, row: rect.row),
        style: isCurrent ? Style(bold: true, reverse: true) : theme.style(.dim))
    }
  }
}
