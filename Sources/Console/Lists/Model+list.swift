import Cells

extension Model {
  /// The list that the movement keys act on.
  var list: ListState { self[keyPath: component.list(self)] }

  /// The rows of that list.
  var listCount: Int { component.rowCount(self) }

  /// Where the rows of a screen's list are drawn, which decides what keys, wheel and clicks do.
  func listArea(on screen: Screen) -> Rect {
    let area = screen.component.listArea(self, in: Layout(size).content)
    return nameColumn(on: screen)?.split(area).list ?? area
  }

  /// How partition names are drawn in a screen's list; nil where the list has none.
  func nameColumn(on screen: Screen) -> NameColumn? {
    let area = screen.component.listArea(self, in: Layout(size).content)
    return screen.component.nameColumn(self, columns: area.columns)
  }

  /// How many rows of a screen's list are drawn.
  func listHeight(on screen: Screen) -> Int { listArea(on: screen).rows }

  /// How many rows a page moves by; one row of the previous page stays visible.
  var pageRows: Int { max(1, listHeight(on: screen) - 1) }

  /// Selects a row of the current list.
  mutating func selectRow(_ row: Int) {
    component.willMove(&self)
    let height = listHeight(on: screen)
    self[keyPath: component.list(self)].select(row, count: listCount, height: height)
    component.didMove(&self)
  }

  /// Moves the selection by rows, as many times as the number typed before the key says.
  mutating func moveSelection(by rows: Int) {
    let (product, isTooLarge) = rows.multipliedReportingOverflow(by: count ?? 1)
    selectRow(isTooLarge ? (rows < 0 ? 0 : listCount - 1) : list.index + product)
  }

  /// The row named by the number typed before the key, counted from 1.
  var numberedRow: Int? { count.map { $0 - 1 } }

  /// Takes a digit of a number; false for any other key.
  ///
  /// The digits from 1 to 7 are screens, so a number begins with 0: `012j`, `0500G`.
  mutating func takeDigit(_ key: Key) -> Bool {
    guard case .character(let character) = key, let digit = character.wholeNumberValue,
      character.isASCII, count != nil || digit == 0
    else { return false }
    count = min((count ?? 0) * 10 + digit, 999_999_999)
    return true
  }

  /// Scrolls the list sideways by columns.
  mutating func scrollList(sideways columns: Int) {
    guard let names = nameColumn(on: screen) else { return }
    let shift = names.shift + columns
    self[keyPath: component.list(self)].shift = max(0, min(shift, names.furthest))
  }

  /// Scrolls the list; the selection moves only when it would leave the window.
  mutating func scrollList(by rows: Int) {
    component.willMove(&self)
    let height = listHeight(on: screen)
    self[keyPath: component.list(self)].scroll(by: rows, count: listCount, height: height)
    component.didMove(&self)
  }
}
