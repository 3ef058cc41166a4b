import Cells
import IncrementalJoin
import PartitionPredicate

extension Model {
  /// Whether the filter of the screen is being typed.
  var isFiltering: Bool {
    switch screen {
    case .pending: pending.isFiltering
    case .catalog: catalog.isFiltering
    case .predicate: predicate.isFiltering
    default: false
    }
  }

  /// The text of the screen's filter.
  var filter: TextField {
    switch screen {
    case .pending: pending.filter
    case .predicate: predicate.filter
    default: catalog.filter
    }
  }

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
      var field = filter
      guard field.take(key) else { return false }
      setFilter(field.text)
      return true
    }
  }

  /// Opens or closes the field of the screen's filter.
  mutating func setFiltering(_ flag: Bool) {
    switch screen {
    case .pending: pending.isFiltering = flag
    case .predicate: predicate.isFiltering = flag
    default: catalog.isFiltering = flag
    }
  }

  /// Filters the list of the screen by a text.
  mutating func setFilter(_ text: String) {
    switch screen {
    case .pending:
      pending.filter.text = text
      filterPending()
    case .predicate:
      predicate.filter.text = text
      predicate.meaning = meaning(of: text, keys: predicate.subject?.input.table.keys ?? [])
      predicate.rows = nil
      predicate.list = ListState()
    default:
      catalog.filter.text = text
      askForCatalogRows()
    }
  }

  /// Filters all lists anew, after the saved predicates changed.
  mutating func reapplyFilters() {
    load += 1
    catalog.open?.answered = nil
    refreshPending(from: page)
    askForCatalogRows()
    if let subject = predicate.subject {
      predicate.meaning = meaning(of: predicate.filter.text, keys: subject.input.table.keys)
      predicate.rows = nil
    }
  }
}
