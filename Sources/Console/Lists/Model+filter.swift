import Cells
import IncrementalJoin
import PartitionPredicate

/// The filter of a list: its text, and what that means.
struct RowFilter: Sendable {
  var field = TextField()
  /// Whether it is being typed.
  var isTyping = false
  var meaning = ListFilter.everything

  var text: String {
    get { field.text }
    set { field.text = newValue }
  }
}

extension Model {
  /// Whether the filter of the screen is being typed.
  var isFiltering: Bool { filter?.isTyping ?? false }

  /// The filter of the screen.
  var filter: RowFilter? { component.filter(self).map { self[keyPath: $0] } }

  /// Gives a key to the filter; false when the key is a command all the same (moving, for example).
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

  /// Opens the field of the screen's filter.
  mutating func startFiltering() { setFiltering(true) }

  private mutating func setFiltering(_ flag: Bool) {
    if let path = component.filter(self) { self[keyPath: path].isTyping = flag }
  }

  /// Filters the list of the screen by a text.
  mutating func setFilter(_ text: String) {
    guard let path = component.filter(self) else { return }
    self[keyPath: path].text = text
    component.applyFilter(&self)
  }

  /// Clears the filter of the screen; false when there is nothing to clear.
  mutating func clearFilter() -> Bool {
    guard let filter, !filter.text.isEmpty else { return false }
    setFilter("")
    return true
  }

  /// Filters all lists anew, after the saved predicates changed.
  mutating func reapplyFilters() {
    load += 1
    catalog.open?.answered = nil
    refreshPending(from: page)
    askForCatalogRows()
    if let subject = predicate.subject {
      predicate.filter.meaning = meaning(
        of: predicate.filter.text, keys: subject.input.table.keys)
      predicate.rows = nil
    }
  }
}
