/// The batches of a run that goes on, in a bounded number of records.
struct BatchTimes: Sendable {
  /// No run keeps more records; with more batches, each record stands for 2, 4, 8 or more of them.
  static let limit = 512

  /// In the order in which the batches ran.
  private(set) var records: [BatchRecord] = []
  /// How many batches a record stands for once it is full.
  private var width = 1

  /// Adds a batch that was staged.
  mutating func add(_ batch: BatchRecord) {
    if let last = records.last, last.batches < width {
      records[records.count - 1] = last + batch
    } else {
      records.append(batch)
    }
    guard records.count > Self.limit else { return }
    records = records.condensed(by: 2)
    width *= 2
  }

  /// Adds what took time in the last batch after it was staged; nothing where none was, as in an undo.
  mutating func extend(
    publish: Duration = .zero, commit: Duration = .zero, failed: Int = 0
  ) {
    guard let last = records.last else { return }
    records[records.count - 1] = last.adding(publish: publish, commit: commit, failed: failed)
  }
}
