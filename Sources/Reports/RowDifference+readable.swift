import IncrementalJoin
import PartitionPredicate
import Wording

extension RowDifference {
  /// The samples with floating-point numbers as people read them, and whether one of them has more digits.
  ///
  /// What differs only in digits that people do not read is not rounded: it would look the same.
  var readableSamples: (rows: [Row], isRounded: Bool) {
    let floating = columns.indices.filter { floatingColumns.contains(columns[$0].exact) }
    guard !floating.isEmpty else { return (samples, false) }
    var isRounded = false
    let rows = samples.map { row in
      var (before, after) = (row.before, row.after)
      for column in floating {
        let old = column < before.count ? before[column] : nil
        let new = column < after.count ? after[column] : nil
        let (shownOld, shownNew) = (old.map(Quantity.rounded), new.map(Quantity.rounded))
        if let old, let new, old != new, shownOld == shownNew { continue }
        if old != shownOld || new != shownNew { isRounded = true }
        if column < before.count { before[column] = shownOld }
        if column < after.count { after[column] = shownNew }
      }
      return Row(kind: row.kind, before: before, after: after)
    }
    return (rows, isRounded)
  }
}
