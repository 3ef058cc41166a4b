import Foundation
package import IncrementalJoin
import PartitionPredicate

/// An engine over files of lines in memory: a line is a row of one column, `line`, and rows meet when they are equal.
///
/// It computes `join:` of two inputs; every call can be told to fail.
package struct LineEngine: JoinEngine {
  /// Lets calls fail, by the names of the methods, and `stage` once for each unit.
  package let faults: Faults

  private let storage: MemoryStorage

  /// Creates an engine that reads and writes there.
  package init(over storage: MemoryStorage, faults: Faults = Faults()) {
    self.storage = storage
    self.faults = faults
  }

  private static let column = Column(name: "line", type: "VARCHAR")

  package func columns(ofFiles paths: [String], of table: TableDefinition) async throws
    -> SeenColumns
  {
    try enter("columns")
    return SeenColumns(columns: [SeenColumn(name: "line", type: "VARCHAR")], files: paths)
  }

  package func validate(_ unit: JoinUnit) async throws -> ResultColumns {
    try enter("validate")
    return ResultColumns(columns: [Self.column])
  }

  package func reads(_ type: String, as wider: String) async throws -> Bool {
    type.exact == wider.exact
  }

  package func compares(_ type: String, with other: String) async throws -> Bool {
    type.exact == other.exact
  }

  package func stage(_ batch: [StagingOrder]) async throws(CancellationError) {
    for order in batch {
      if Task.isCancelled { throw CancellationError() }
      let result: Result<StagedRows, any Error>
      do {
        let folder = try await order.begin()
        try enter("stage")
        order.progress(1)
        result = .success(try write(order.unit, into: folder))
      } catch {
        result = .failure(error)
      }
      await order.finish(result)
    }
  }

  private func write(_ unit: JoinUnit, into folder: String) throws -> StagedRows {
    let rows = try join(unit)
    let text = rows.map { $0 + "\n" }.joined()
    if !rows.isEmpty {
      storage.write(text, to: "\(folder)/\(UUID().uuidString).parquet")
    }
    return StagedRows(
      rows: Int64(rows.count), bytes: Int64(text.utf8.count), matches: try met(unit))
  }

  /// The rows of a join of two inputs, in order.
  package func join(_ unit: JoinUnit) throws -> [String] {
    guard case .join(let type, _, _) = unit.transformation, unit.inputs.count == 2 else {
      throw EngineError.definition("lines are joined, two inputs at a time")
    }
    let (left, right) = (try lines(unit.inputs[0].files), try lines(unit.inputs[1].files))
    let (lefts, rights) = (Set(left), Set(right))
    let both = left.filter(rights.contains)
    let onlyLeft = left.filter { !rights.contains($0) }
    let onlyRight = right.filter { !lefts.contains($0) }
    switch type {
    case .inner: return both.sorted()
    case .left: return (both + onlyLeft).sorted()
    case .right: return (both + onlyRight).sorted()
    case .full: return (both + onlyLeft + onlyRight).sorted()
    }
  }

  private func met(_ unit: JoinUnit) throws -> [InputMatch] {
    let (left, right) = (try lines(unit.inputs[0].files), try lines(unit.inputs[1].files))
    let both = Int64(Set(left).intersection(right).count)
    return [
      InputMatch(
        left: unit.inputs[0].name, right: unit.inputs[1].name, leftRows: Int64(left.count),
        rightRows: Int64(right.count), leftMatched: both, rightMatched: both, pairs: both,
        fanOut: min(both, 1))
    ]
  }

  package func matches(of unit: JoinUnit) async throws -> [InputMatch] {
    try enter("matches")
    return try met(unit)
  }

  package func preview(_ unit: JoinUnit, limit: Int) async throws -> SampleRows {
    try enter("preview")
    return SampleRows(columns: [Self.column], rows: try join(unit).prefix(limit).map { [$0] })
  }

  package func strays(
    of unit: JoinUnit, meeting input: String, in others: [JoinUnit.Input], sample: Int
  ) async throws -> StraySample {
    try enter("strays")
    return StraySample(sampled: 0, found: 0)
  }

  package func hasSameRows(_ files: [String], as others: [String]) async throws -> Bool {
    try enter("hasSameRows")
    return try lines(files).sorted() == lines(others).sorted()
  }

  package func difference(
    from old: [String], to new: [String], key: [String], samples: Int
  ) async throws -> RowDifference {
    try enter("difference")
    let (old, new) = (Set(try lines(old)), Set(try lines(new)))
    return RowDifference(
      key: key, columns: ["line"], added: Int64(new.subtracting(old).count),
      removed: Int64(old.subtracting(new).count), changed: 0,
      same: Int64(old.intersection(new).count), changedColumns: [:], addedColumns: [],
      removedColumns: [], retypedColumns: [],
      samples: new.subtracting(old).sorted().prefix(samples)
        .map { RowDifference.Row(kind: .added, before: [], after: [$0]) })
  }

  package func rowDigest(of input: JoinUnit.Input) async throws -> String {
    try enter("rowDigest")
    return SHA256.hash(try lines(input.files).sorted().joined(separator: "\n"))
  }

  private func enter(_ call: String) throws(EngineError) {
    do { try faults.enter(call) } catch { throw .failed("\(error)") }
  }

  private func lines(_ files: [String]) throws(EngineError) -> [String] {
    var lines: [String] = []
    for file in files {
      guard let text = storage.text(of: file) else {
        throw .unreadableFile(path: file, reason: "it is not there")
      }
      lines += text.split(separator: "\n").map(String.init)
    }
    return lines
  }
}
