import Foundation
import IncrementalJoin
import PartitionPredicate

/// An engine that knows the rows of every partition, and writes and compares them as text.
struct FakeJoins: JoinEngine {
  /// What joining gives, by the path of the partition; a partition without an entry fails.
  var results: [String: [String]] = [:]
  /// The rows of published files, by full path.
  var published: [String: [String]] = [:]
  var schemas = FakeSchemas()
  /// The folders that were staged into, in order.
  let folders = CallLog()
  /// The keys by which rows were compared.
  let keys = CallLog()
  var cancels = false
  /// What happens while something is staged.
  var meanwhile: @Sendable () -> Void = {}
  /// Published files that cannot be read, by full path.
  var broken: Set<String> = []

  func columns(ofFiles paths: [String], of table: TableDefinition) async throws -> SeenColumns {
    try await schemas.columns(ofFiles: paths, of: table)
  }

  func validate(_ unit: JoinUnit) async throws -> ResultColumns {
    try await schemas.validate(unit)
  }

  func reads(_ type: String, as wider: String) async throws -> Bool { type == wider }

  func compares(_ type: String, with other: String) async throws -> Bool { type == other }

  func stage(_ batch: [StagingOrder]) async throws(CancellationError) {
    for order in batch {
      if cancels { throw CancellationError() }
      do {
        await order.finish(.success(try stage(order.unit, into: await order.begin())))
      } catch {
        await order.finish(.failure(error))
      }
    }
  }

  private func stage(_ unit: JoinUnit, into folder: String) throws -> StagedRows {
    folders.add(folder)
    meanwhile()
    guard let rows = results[unit.partition.path.text] else {
      throw EngineError.failed("too little memory")
    }
    if !rows.isEmpty {
      try rows.joined(separator: "\n")
        .write(toFile: "\(folder)/part.parquet", atomically: false, encoding: .utf8)
    }
    return StagedRows(rows: Int64(rows.count), bytes: 1)
  }

  func preview(_ unit: JoinUnit, limit: Int) async throws -> SampleRows {
    SampleRows(columns: [], rows: [])
  }

  func strays(
    of unit: JoinUnit, meeting input: String, in others: [JoinUnit.Input], sample: Int
  ) async throws -> StraySample {
    StraySample(sampled: 0, found: 0)
  }

  func matches(of unit: JoinUnit) async throws -> [InputMatch] { [] }

  func hasSameRows(_ files: [String], as others: [String]) async throws -> Bool {
    try read(files) == read(others)
  }

  func difference(from old: [String], to new: [String], key: [String], samples: Int) async throws
    -> RowDifference
  {
    keys.add(key.joined(separator: ","))
    let (old, new) = (Set(try read(old)), Set(try read(new)))
    return RowDifference(
      key: key, columns: ["row"], added: Int64(new.subtracting(old).count),
      removed: Int64(old.subtracting(new).count), changed: 0,
      same: Int64(old.intersection(new).count), changedColumns: [:], addedColumns: [],
      removedColumns: [], retypedColumns: [],
      samples: new.subtracting(old).sorted().prefix(samples)
        .map { RowDifference.Row(kind: .added, before: [], after: [$0]) })
  }

  func rowDigest(of input: JoinUnit.Input) async throws -> String { "" }

  private func read(_ files: [String]) throws -> [String] {
    try files.flatMap { file in
      if broken.contains(file) {
        throw EngineError.unreadableFile(path: file, reason: "it is truncated")
      }
      return try published[file]
        ?? String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }.sorted()
  }
}
