import Cells
import IncrementalJoin
import Wording

extension Model {
  /// Takes what the terminal reported.
  mutating func take(_ event: InputEvent) -> [Effect] {
    switch event {
    case .key, .mouse, .paste: awaited = nil
    case .resize, .terminate, .wake: break
    }
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

  mutating func take(_ pressed: Key) -> [Effect] {
    var key = pressed
    // Nothing is visible, so nothing but leaving is allowed.
    guard Layout(size).isLargeEnough else {
      switch key {
      case .character("q"), .character("Q"), .control("c"): return isRunning ? [] : [.quit]
      case .control("z"): return [.suspend]
      default: return []
      }
    }
    if case .character = key {} else if commands[.repaint].keys.contains(key) { return [.repaint] }
    if let context = dialog?.context ?? (isEditing || isFiltering ? .field : nil) {
      guard let meant = dialogKeys.meaning(of: key, in: context) else { return [] }
      key = meant
    }
    if dialog != nil { return takeInDialog(key) }
    if isEditing, takeInEditor(key) { return [] }
    if isFiltering, takeInFilter(key) { return [] }
    if !isEditing, takeDigit(key) { return [] }
    if count != nil, key == .escape {
      count = nil
      return []
    }
    defer { count = nil }
    guard let command = command(for: key) else {
      if !key.name.isEmpty {
        notice = Notice(kind: .warning, text: commands.refusal(of: key))
      }
      return []
    }
    return perform(command)
  }

  /// The command that a key triggers now; while a predicate is edited, only moving in the list.
  private func command(for key: Key) -> Command? {
    let command = commands.command(for: key, self)
    guard isEditing else { return command }
    switch command?.id {
    case .up, .down, .pageUp, .pageDown, .suspend, .editOutside: return command
    default: return nil
    }
  }

  /// Whether a predicate is being edited.
  var isEditing: Bool { screen == .predicate && predicate.editor != nil }

  /// Pasted text is text for the open field, never a command.
  private mutating func paste(_ text: String) {
    switch dialog {
    case .palette(var palette):
      palette.field.insert(text)
      palette.edited()
      dialog = .palette(palette)
    case .confirmation(var confirmation) where confirmation.requiredText != nil:
      if confirmation.note?.isTaken == false {
        confirmation.note?.field.insert(text)
      } else {
        confirmation.field.insert(text)
      }
      dialog = .confirmation(confirmation)
    case .prompt(var prompt):
      prompt.field.insert(text)
      prompt.mistake = mistake(in: prompt)
      dialog = .prompt(prompt)
    case nil where isEditing: pasteInEditor(text)
    case nil where isFiltering:
      guard var field = filter?.field else { return }
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
      let rows = 3 * max(1, min(event.count, 1000)) * (event.action == .wheelUp ? -1 : 1)
      if let pane = detailArea(on: screen), pane.contains(event.position) {
        scrollDetail(by: rows)
      } else {
        scrollList(by: rows)
      }
      return []
    case .press, .doublePress:
      if layout.tabs.contains(event.position), !isEditing {
        let tab = TabBar.tabs(for: screen, columns: size.columns).first {
          $0.columns.contains(event.position.column)
        }
        return tab.map { open($0.screen) } ?? []
      }
      let area = listArea(on: screen)
      guard area.contains(event.position) else { return [] }
      let row =
        list.window(count: listCount, height: area.rows).lowerBound
        + event.position.row - area.row
      guard row < listCount else { return [] }
      selectRow(row)
      guard event.action == .doublePress, !isEditing else { return [] }
      return perform(commands[.open])
    }
  }
}
