import Cells
import IncrementalJoin

extension Model {
  /// Takes what the terminal reported.
  mutating func take(_ event: InputEvent) -> [Effect] {
    switch event {
    case .key(let key): return take(key)
    case .mouse(let mouse): return take(mouse)
    case .paste(let text):
      paste(text)
      return []
    case .resize(let size):
      self.size = size
      return []
    case .terminate: return isRunning ? [.cancelRun, .quit] : [.quit]
    case .wake: return []
    }
  }

  private mutating func take(_ key: Key) -> [Effect] {
    // Nothing can be seen, so nothing but leaving may be done.
    guard Layout(size).isLargeEnough else {
      switch key {
      case .character("q"), .character("Q"), .control("c"): return isRunning ? [] : [.quit]
      case .control("z"): return [.suspend]
      default: return []
      }
    }
    if dialog != nil { return takeInDialog(key) }
    if isFiltering, takeInFilter(key) { return [] }
    guard let command = CommandTable.command(for: key, on: screen) else {
      if !key.name.isEmpty {
        notice = Notice(
          kind: .warning, text: "\(key.name) does nothing here; ? shows the keys.")
      }
      return []
    }
    return perform(command)
  }

  /// Whether the filter of the screen is being typed.
  var isFiltering: Bool {
    switch screen {
    case .pending: pending.isFiltering
    case .catalog: catalog.isFiltering
    default: false
    }
  }

  /// Gives a key to the filter; false when the key is a command all the same (moving, for example).
  private mutating func takeInFilter(_ key: Key) -> Bool {
    switch key {
    case .enter:
      setFiltering(false)
      return true
    case .escape:
      setFilter("")
      setFiltering(false)
      return true
    default:
      var field = screen == .pending ? pending.filter : catalog.filter
      guard field.take(key) else { return false }
      setFilter(field.text)
      return true
    }
  }

  private mutating func setFiltering(_ flag: Bool) {
    if screen == .pending { pending.isFiltering = flag } else { catalog.isFiltering = flag }
  }

  /// Filters the list of the screen by a text.
  mutating func setFilter(_ text: String) {
    if screen == .pending {
      pending.filter.text = text
      refreshPending(from: page)
    } else {
      catalog.filter.text = text
      catalog.applyFilter()
      catalog.partitionList.select(
        catalog.partitionList.index, count: catalog.open?.rows.count ?? 0,
        height: listHeight(on: .catalog))
    }
  }

  /// Pasted text is text for the field that is open, never a command.
  private mutating func paste(_ text: String) {
    switch dialog {
    case .palette(var palette):
      palette.field.insert(text)
      palette.list = ListState()
      dialog = .palette(palette)
    case .confirmation(var confirmation) where confirmation.requiredText != nil:
      confirmation.field.insert(text)
      dialog = .confirmation(confirmation)
    case nil where isFiltering:
      var field = screen == .pending ? pending.filter : catalog.filter
      field.insert(text)
      setFilter(field.text)
    default:
      notice = Notice(kind: .warning, text: "Pasted text was ignored: no text field is open.")
    }
  }

  private mutating func take(_ event: MouseEvent) -> [Effect] {
    let layout = Layout(size)
    guard layout.isLargeEnough, dialog == nil else { return [] }
    switch event.action {
    case .release: return []
    case .wheelUp, .wheelDown:
      let rows = 3 * max(1, min(event.count, 1000))
      scrollList(by: event.action == .wheelUp ? -rows : rows)
      return []
    case .press, .doublePress:
      if layout.tabs.contains(event.position) {
        let tab = TabBar.tabs(for: screen, columns: size.columns).first {
          $0.columns.contains(event.position.column)
        }
        return tab.map { open($0.screen) } ?? []
      }
      let area = listArea(on: screen)
      guard area.contains(event.position), screen != .predicate else { return [] }
      let row =
        list.window(count: listCount, height: area.rows).lowerBound
        + event.position.row - area.row
      guard row < listCount else { return [] }
      selectRow(row)
      guard event.action == .doublePress,
        let command = CommandTable.command(for: .enter, on: screen)
      else { return [] }
      return perform(command)
    }
  }
}
