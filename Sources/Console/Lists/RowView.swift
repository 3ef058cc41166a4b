/// The order of a list that is sorted.
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

/// Which state of a list's rows this is.
struct RowVersion: Equatable, Sendable {
  /// What row numbers are valid for.
  let identity: [Int]
  /// Changes with what is shown of the rows.
  var content = 0
  /// Whether the list leaves rows out without a filter too.
  var isPartial = false
}

/// What is asked about a list's rows.
struct RowQuestion: Equatable, Sendable {
  let version: RowVersion
  let text: String
  let order: RowOrder?
  /// How often the saved predicates changed, which a filter may name.
  let saved: Int

  /// Whether all rows are shown in their own order.
  var isIdle: Bool { text.isEmpty && order == nil && !version.isPartial }

  /// Whether what this one lets through is among what `earlier` did: the text was typed on.
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
  /// How many rows were looked at.
  let examined: Int
  /// In the order of the list.
  let rows: [Int]
}

/// How a list is looked at: its filter, its order, and the rows that these let through.
///
/// Rows are found off the terminal's thread, one question at a time: what was typed meanwhile is asked together,
/// and only among the rows that are left where it narrows the filter.
struct RowView: Sendable {
  var filter = RowFilter()
  var order: RowOrder?
  /// What is being found out.
  var asked: RowQuestion?
  /// The last answer.
  var answer: RowAnswer?
  /// The answer that the list shows; nil where it shows all rows in their own order.
  var shown: RowAnswer?
}
