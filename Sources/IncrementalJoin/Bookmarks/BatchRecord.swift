public import Foundation

/// How one batch of a run went: partitions that are staged, published and committed together.
///
/// Where a run has very many batches, a record stands for several that followed one another. The phases follow one
/// another without a gap.
public struct BatchRecord: Hashable, Sendable {
  /// How many batches it stands for.
  public let batches: Int
  /// The partitions that were begun.
  public let partitions: Int
  /// How many of them failed.
  public let failed: Int
  /// The rows that were staged.
  public let rows: Int64
  /// The rows of the first input in what was staged, over all pairs of inputs; 0 where they were not counted.
  public let matchable: Int64
  /// How many of these met a row of the other input.
  public let matched: Int64
  /// When reading began.
  public let begunAt: Date
  /// Reading, joining and writing to the staging area.
  public let stage: Duration
  /// Journal and swaps; for a run that ends after staging, keeping what was staged.
  public let publish: Duration
  /// Moving lineage and positions.
  public let commit: Duration

  /// Creates a record.
  public init(
    batches: Int = 1, partitions: Int, failed: Int, rows: Int64, begunAt: Date, stage: Duration,
    publish: Duration = .zero, commit: Duration = .zero, matched: Int64 = 0, of matchable: Int64 = 0
  ) {
    self.matched = matched
    self.matchable = matchable
    self.batches = batches
    self.partitions = partitions
    self.failed = failed
    self.rows = rows
    self.begunAt = begunAt
    self.stage = stage
    self.publish = publish
    self.commit = commit
  }

  /// How long all phases took.
  public var took: Duration { stage + publish + commit }
  /// When the last phase ended.
  public var endedAt: Date { begunAt.addingTimeInterval(took / .seconds(1)) }

  /// The same batch with what took time after it was staged, and what failed then.
  func adding(publish: Duration, commit: Duration, failed: Int) -> BatchRecord {
    BatchRecord(
      batches: batches, partitions: partitions, failed: self.failed + failed, rows: rows,
      begunAt: begunAt, stage: stage, publish: self.publish + publish,
      commit: self.commit + commit, matched: matched, of: matchable)
  }

  /// The two together; the other one followed.
  static func + (left: BatchRecord, right: BatchRecord) -> BatchRecord {
    BatchRecord(
      batches: left.batches + right.batches, partitions: left.partitions + right.partitions,
      failed: left.failed + right.failed, rows: left.rows + right.rows, begunAt: left.begunAt,
      stage: left.stage + right.stage, publish: left.publish + right.publish,
      commit: left.commit + right.commit, matched: left.matched + right.matched,
      of: left.matchable + right.matchable)
  }
}

extension Array<BatchRecord> {
  /// The same batches in at most `limit` records, by putting neighbors together.
  public func condensed(to limit: Int) -> [BatchRecord] {
    count <= limit ? self : condensed(by: (count + limit - 1) / Swift.max(1, limit))
  }

  /// The same batches, with so many records made one.
  func condensed(by size: Int) -> [BatchRecord] {
    stride(from: 0, to: count, by: Swift.max(1, size)).map { start in
      self[(start + 1)..<Swift.min(count, start + Swift.max(1, size))].reduce(self[start], +)
    }
  }
}
