import Cells
import Wording

extension Model {
  /// Whether the screen's filter is being typed.
  var isFiltering: Bool { filter?.isTyping ?? false }

  /// The screen's filter.
  var filter: RowFilter? { rowView?.filter }

  /// Passes a key to the filter; false when the key is a command even so (moving, for example).
  mutating func takeInFilter(_ key: Key) -> Bool {
    switch key {
    case .enter:
      setFiltering(false)
      return true
    case .escape, .control("c"):
      setFilter("")
      setFiltering(false)
      return true
    default:
      guard var field = filter?.field, field.take(key) else { return false }
      setFilter(field.text)
      return true
    }
  }

  /// Opens the input field of the screen's filter.
  mutating func startFiltering() { setFiltering(true) }

  private mutating func setFiltering(_ flag: Bool) {
    guard let list = component.rowList(self) else { return }
    rowViews[list, default: RowView()].filter.isTyping = flag
    if !flag, let text = filter?.text, !text.isEmpty { lastSearch = text }
  }

  /// Filters the screen's list by a text.
  mutating func setFilter(_ text: String) {
    guard let list = component.rowList(self) else { return }
    var filter = rowViews[list]?.filter ?? RowFilter()
    if text.isEmpty, !filter.text.isEmpty { lastSearch = filter.text }
    filter.text = text
    filter.meaning = meaning(of: text, keys: component.rowSource(self)?.keys ?? [])
    rowViews[list, default: RowView()].filter = filter
  }

  /// Clears the screen's filter; false when there is nothing to clear.
  mutating func clearFilter() -> Bool {
    guard let filter, !filter.text.isEmpty else { return false }
    setFilter("")
    return true
  }

  /// What is drawn in place of the rows while the filter has a mistake or is incomplete.
  func filterMessage(columns: Int) -> [Line] { filter?.meaning.message(columns: columns) ?? [] }

  /// The status line's note on the list's filter and order; nil when it shows all rows in their own order.
  var listText: String? {
    var parts: [String] = []
    if let count { parts.append("Count \(count)") }
    if isMarkingRange { parts.append("Range: move, v marks it, Esc drops it") }
    if let text = filter?.text, !text.isEmpty {
      parts.append("Filter \"\(text)\": \(Quantity.count(listCount, "row")), Esc clears it")
    }
    if let order = rowView?.order {
      parts.append(
        "sorted by \(order.column.lowercased())\(order.isDescending ? ", descending" : "")")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
