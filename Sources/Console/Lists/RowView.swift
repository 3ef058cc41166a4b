/// The order of a sorted list.
public struct RowOrder: Equatable, Sendable {
  /// The title of the column.
  public let column: String
  /// Whether the largest comes first.
  public var isDescending: Bool

  /// Sorts by a column.
  public init(column: String, isDescending: Bool = false) {
    self.column = column
    self.isDescending = isDescending
  }
}

/// The filter of a list: its text and its meaning.
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

/// The version of a list's rows.
struct RowVersion: Equatable, Sendable {
  /// What row numbers are valid for.
  let identity: [Int]
  /// Changes when anything shown of the rows changes.
  var content = 0
  /// Whether the list leaves rows out even without a filter.
  var isPartial = false
}

/// What is asked about a list's rows.
struct RowQuestion: Equatable, Sendable {
  let version: RowVersion
  let text: String
  let order: RowOrder?
  /// How many times the saved predicates, which a filter may name, have changed.
  let saved: Int

  /// Whether all rows are shown in their own order.
  var isIdle: Bool { text.isEmpty && order == nil && !version.isPartial }

  /// Whether the rows that pass this question are among those of `earlier`, because more text was typed.
  func narrows(_ earlier: RowQuestion) -> Bool {
    version == earlier.version && order == earlier.order && saved == earlier.saved
      && ListFilter.isText(text)
      && (earlier.text.isEmpty || ListFilter.isText(earlier.text))
      && SearchWords.canNarrow(earlier.text) && text.utf8.starts(with: earlier.text.utf8)
  }
}

/// The rows that a list shows.
struct RowAnswer: Sendable {
  let question: RowQuestion
  /// How many rows were examined.
  let examined: Int
  /// In the order of the list.
  let rows: [Int]
}

/// The filter and order of a list, and the rows that result from them.
///
/// Rows are found off the terminal's thread, one question at a time: whatever was typed meanwhile becomes one question,
/// and it covers only the remaining rows where it narrows the filter.
struct RowView: Sendable {
  var filter = RowFilter()
  var order: RowOrder?
  /// The question that is being answered.
  var asked: RowQuestion?
  /// The last answer.
  var answer: RowAnswer?
  /// The answer that the list shows; nil where it shows all rows in their own order.
  var shown: RowAnswer?
}
