import Foundation
import IncrementalJoin
import PartitionPredicate
import Wording
import Workspace

/// The columns of a table in a form that can be pasted into dovetail.yaml.
struct ColumnListing {
  private let table: String
  private let columns: [(column: SeenColumn, comment: String)]
  private let optional: [String]

  /// Lists every column with who pinned it and when, or where else its type comes from.
  init(_ columns: TableColumns) {
    table = columns.table.name
    self.columns = columns.entries.map { ($0.column, $0.source.comment(on: columns)) }
    optional = columns.proposedOptional
  }

  /// Lists what a run would pin.
  init(_ seen: SeenColumns, of table: String, optional: [String]) {
    self.table = table
    columns = seen.columns.map { ($0, $0.type == nil ? TableColumns.unseen : "") }
    self.optional = optional
  }

  /// The lines, indented as under `tables:`, one column per line.
  var lines: [String] {
    var lines = ["  \(table.yaml):"]
    if columns.isEmpty {
      lines.append("    # no file has shown its columns yet")
    } else {
      lines.append("    columns:")
    }
    let texts = columns.map { "\($0.column.name.yaml): \($0.column.column.type.yaml)" }
    let width = texts.map(\.count).max() ?? 0
    lines += zip(texts, columns).map { text, column in
      guard !column.comment.isEmpty else { return "      \(text)" }
      return
        "      \(text)\(String(repeating: " ", count: width - text.count))  # \(column.comment)"
    }
    if !optional.isEmpty {
      lines.append("    # optional: [\(optional.map(\.yaml).joined(separator: ", "))]")
    }
    return lines
  }
}

extension TableColumns {
  /// The comment on a column without a type, which is read as text until a file has a value.
  fileprivate static let unseen = "no value seen yet"
}

extension TableColumns.Source {
  /// Where a column's type comes from, in words.
  fileprivate func comment(on columns: TableColumns) -> String {
    let files = Quantity.count(columns.fileCount, "file")
    let pins = columns.table.isOutput ? "" : ", not pinned yet"
    switch self {
    case .declared: return "declared"
    case .guessed: return "guessed now from \(files)\(pins)"
    case .seen: return "seen now in \(files)\(pins)"
    case .unseen: return TableColumns.unseen
    case .pinned(nil): return "pinned by an earlier Dovetail"
    case .pinned(let origin?):
      let who = origin.run.map { "run \($0) of \(origin.user)" } ?? origin.user
      let minute = Quantity.instant(origin.at).prefix("2013-01-31 05:00".count)
      return "pinned by \(who), \(minute)"
    }
  }
}

/// The JSON of a table's columns.
struct TableColumnsJSON: Encodable {
  struct Entry: Encodable {
    let name: String
    let type: String?
    /// `declared`, `pinned`, `guessed`, `seen` or `unseen`.
    let source: String
    let run: RunID?
    let user: String?
    let at: Date?

    init(_ entry: TableColumns.Entry) {
      name = entry.column.name
      type = entry.column.type
      var origin: PinOrigin?
      switch entry.source {
      case .declared: source = "declared"
      case .pinned(let pin):
        source = "pinned"
        origin = pin
      case .guessed: source = "guessed"
      case .seen: source = "seen"
      case .unseen: source = "unseen"
      }
      run = origin?.run
      user = origin?.user
      at = origin?.at
    }
  }

  let table: String
  let columns: [Entry]
  let optional: [String]
  let files: Int

  init(_ columns: TableColumns) {
    table = columns.table.name
    self.columns = columns.entries.map(Entry.init)
    optional = columns.proposedOptional
    files = columns.fileCount
  }
}
