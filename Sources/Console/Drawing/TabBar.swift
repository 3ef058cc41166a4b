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

  /// All tabs: with two blanks between them, with one blank where there is less room, and where
  /// that does not fit either, the last ones as numbers, except the current one.
  static func tabs(for current: Screen, columns: Int) -> [Tab] {
    let wide = layOut { " \($0.rawValue) \($0.title) " }
    // The last blank is dispensable.
    guard width(wide) > columns + 1 else { return wide }
    var named = Screen.allCases
    while true {
      let tabs = layOut {
        named.contains($0) ? " \($0.rawValue) \($0.title)" : " \($0.rawValue)"
      }
      guard width(tabs) > columns, let last = named.lastIndex(where: { $0 != current }) else {
        return tabs
      }
      named.remove(at: last)
    }
  }

  private static func width(_ tabs: [Tab]) -> Int { tabs.last?.columns.upperBound ?? 0 }

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
    let tabs = TabBar.tabs(for: current, columns: rect.columns)
    for tab in tabs {
      frame.put(
        tab.label, at: Position(column: tab.columns.lowerBound, row: rect.row),
        style: theme.style(.dim))
    }
    guard let tab = tabs.first(where: { $0.screen == current }) else { return }
    // The blank after it belongs to the next tab where there is only one between them.
    let label = tab.label.last == " " ? tab.label : tab.label + " "
    frame.put(
      label, at: Position(column: tab.columns.lowerBound, row: rect.row),
      style: Style(bold: true, reverse: true))
  }
}
