import Foundation
import IncrementalJoin
import Wording

extension TextReport {
  /// The rows that a run's batches take at most; with more batches, a row stands for several.
  private static var shownBatches: Int { 40 }

  /// Adds a bar for each batch, from the beginning of the first to the end of the last; nothing for a single one, which
  /// took all of the time.
  mutating func add(batches: [BatchRecord]) {
    let count = batches.reduce(0) { $0 + $1.batches }
    guard count > 1, let start = batches.first?.begunAt, let end = batches.last?.endedAt else {
      return
    }
    let span = end.timeIntervalSince(start)
    guard span > 0 else { return }
    add()
    add("\(Quantity.number(count)) batches:", .strong)
    var next = 1
    let rows = batches.condensed(to: Self.shownBatches).map { batch in
      let (first, last) = (next, next + batch.batches - 1)
      next = last + 1
      let from = min(1, max(0, batch.begunAt.timeIntervalSince(start) / span))
      let to = min(1, max(from, batch.endedAt.timeIntervalSince(start) / span))
      return Row(
        [
          first == last
            ? Quantity.number(first) : "\(Quantity.number(first))-\(Quantity.number(last))",
          Quantity.number(batch.partitions), Quantity.number(batch.failed),
          Quantity.number(batch.rows), Quantity.elapsed(batch.took),
        ], batch.failed > 0 ? .bad : .plain, bar: from...to)
    }
    add(
      [
        .number("Batch"), .number("Partitions"), .number("Failed"), .number("Rows"),
        .number("Took"),
      ], rows, indent: 2)
  }
}
