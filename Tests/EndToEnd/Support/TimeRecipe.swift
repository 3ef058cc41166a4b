/// What a recipe of docs/guide/time-series.md is tried with.
struct TimeRecipe: Sendable, CustomStringConvertible {
  /// One file: the partition below `data`, and the SELECT of its rows.
  struct Landing: Sendable {
    let partition: String
    let rows: String

    init(_ partition: String, _ rows: String) { (self.partition, self.rows) = (partition, rows) }
  }

  /// An output with what it must hold.
  struct Output: Sendable {
    let location: String
    let keys: String
    /// One query over the whole tables, whose names in braces stand for the tables.
    let whole: String
  }

  /// A table below `data` with the types of its keys, as the query over the whole tables reads it.
  typealias Table = (name: String, keys: String)

  /// The heading in the document.
  let heading: String
  let tables: [Table]
  let landed: [Landing]
  let late: Landing
  /// What is pending when the late file has landed.
  let pending: [String]
  let outputs: [Output]

  var description: String { heading }

  /// The query over the whole tables of a workspace.
  func query(of output: Output, in bench: Workbench) -> String {
    tables.reduce(output.whole) { query, table in
      query.replacing(
        "{\(table.name)}", with: bench.relation("data/\(table.name)", keys: table.keys))
    }
  }
}
