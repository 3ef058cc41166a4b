import IncrementalJoin
import PartitionPredicate

/// The JSON of how the rows of two versions of a partition differ.
struct RowDifferenceJSON: Encodable {
  struct Sample: Encodable {
    let kind: RowDifference.Row.Kind
    let before: [String?]
    let after: [String?]
  }

  let key: [String]
  let columns: [String]
  let rowsBefore: Int64
  let rowsAfter: Int64
  let added: Int64
  let removed: Int64
  let changed: Int64
  let same: Int64
  let changedColumns: [String: Int64]  // characters: a key of a JSON object
  let addedColumns: [String]
  let removedColumns: [String]
  let retypedColumns: [String]
  let samples: [Sample]

  init(_ difference: RowDifference) {
    key = difference.key
    columns = difference.columns
    rowsBefore = difference.rowsBefore
    rowsAfter = difference.rowsAfter
    added = difference.added
    removed = difference.removed
    changed = difference.changed
    same = difference.same
    changedColumns = Dictionary(
      difference.changedColumns.map { ($0.text, $1) }, uniquingKeysWith: +)
    addedColumns = difference.addedColumns
    removedColumns = difference.removedColumns
    retypedColumns = difference.retypedColumns
    samples = difference.samples.map {
      Sample(kind: $0.kind, before: $0.before, after: $0.after)
    }
  }
}
