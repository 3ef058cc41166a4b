import IncrementalJoin
import PartitionPredicate

/// The rows of a list as output partitions, so that they can be marked.
struct MarkableRows: Sendable {
  /// What is under the cursor, as places; on a map as slots of time.
  let places: Range<Int>
  /// The output partitions under the cursor; none where the row is about something else.
  let selected: [Partition]
  /// The output partitions at places, or all of them for nil; several rows may be about the same one.
  ///
  /// Takes time proportional to their number, so it must not be called on the terminal's thread for many.
  let partitions: @Sendable (Range<Int>?) -> [Partition?]
}

/// Where a range of rows to be marked begins.
struct MarkStart: Equatable, Sendable {
  let screen: Screen
  let list: RowList?
  /// Those under the cursor when it began.
  let places: Range<Int>
}

extension ScreenComponent {
  /// The rows of the list, each of which is about one output partition or none.
  static func rows(
    _ model: Model, about partition: @escaping @Sendable (Int) -> Partition?
  ) -> MarkableRows {
    let (shown, count) = (model.shownRows, ownCount(model))
    let place = model[keyPath: list(model)].index
    let selected = selectedRow(model).flatMap(partition)
    return MarkableRows(places: place..<place + 1, selected: selected.map { [$0] } ?? []) { range in
      let rows = shown ?? Array(0..<count)
      return rows[(range ?? rows.indices).clamped(to: rows.indices)].map(partition)
    }
  }
}
