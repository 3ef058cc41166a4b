import Foundation
package import IncrementalJoin
import PartitionPredicate

/// An engine over files of lines in memory: a line is a row of one column, `line`, and rows meet when their bytes are equal.
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
    let readable = paths.filter { storage.text(of: $0) != nil }
    if readable.isEmpty { _ = try lines(paths) }
    return SeenColumns(columns: [SeenColumn(name: "line", type: "VARCHAR")], files: readable)
  }

  package func validate(_ unit: JoinUnit) async throws -> ResultColumns {
    try enter("validate")
    _ = try Sides(unit, [], [])
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
        result = .success(try write(order, into: folder))
      } catch {
        if Task.isCancelled { throw CancellationError() }
        result = .failure(error)
      }
      await order.finish(result)
    }
    if Task.isCancelled { throw CancellationError() }
  }

  private func write(_ order: StagingOrder, into folder: String) throws -> StagedRows {
    let sides = try sides(of: order.unit)
    let rows = sides.joined
    let text = rows.map { "\($0)\n" }.joined()
    if !rows.isEmpty {
      storage.write(text, to: "\(folder)/\(UUID().uuidString).parquet")
    }
    return StagedRows(
      rows: Int64(rows.count), bytes: Int64(text.utf8.count),
      matches: order.countsMatches ? [sides.match] : [])
  }

  package func matches(of unit: JoinUnit) async throws -> [InputMatch] {
    try enter("matches")
    return [try sides(of: unit).match]
  }

  package func preview(_ unit: JoinUnit, limit: Int) async throws -> SampleRows {
    try enter("preview")
    let (keys, values) = (unit.partition.keys, unit.partition.values)
    let texts = values.map { $0 == .null ? nil : $0.text }
    return SampleRows(
      columns: [Self.column] + keys.map { Column(name: $0.name, type: "VARCHAR") },
      rows: try sides(of: unit).joined.prefix(limit).map { [$0.text] + texts })
  }

  package func strays(
    of unit: JoinUnit, meeting input: String, in others: [JoinUnit.Input], sample: Int
  ) async throws -> StraySample {
    try enter("strays")
    let sides = try sides(of: unit)
    let sampled = sides.left.keys.filter { sides.right[$0] == nil }.sorted().prefix(sample)
    let partitions = try others.map { Set(try lines($0.files)) }
    return StraySample(
      sampled: sampled.count,
      found: sampled.count { line in partitions.count { $0.contains(line) } == 1 })
  }

  package func hasSameRows(_ files: [String], as others: [String]) async throws -> Bool {
    try enter("hasSameRows")
    return try lines(files).sorted() == lines(others).sorted()
  }

  package func difference(
    from old: [String], to new: [String], key: [String], samples: Int
  ) async throws -> RowDifference {
    try enter("difference")
    let (old, new) = (try lines(old), try lines(new))
    var counts: [ExactText: Int] = [:]
    for line in new { counts[line, default: 0] += 1 }
    for line in old { counts[line, default: 0] -= 1 }
    let lines = counts.keys.sorted()
    let added = lines.flatMap { Array(repeating: $0.text, count: max(0, counts[$0] ?? 0)) }
    let removed = lines.flatMap { Array(repeating: $0.text, count: max(0, -(counts[$0] ?? 0))) }
    return RowDifference(
      key: [], columns: ["line"], added: Int64(added.count), removed: Int64(removed.count),
      changed: 0, same: Int64(new.count - added.count), changedColumns: [:], addedColumns: [],
      removedColumns: [], retypedColumns: [],
      samples: added.prefix(samples).map { .init(kind: .added, before: [], after: [$0]) }
        + removed.prefix(samples).map { .init(kind: .removed, before: [$0], after: []) })
  }

  package func rowDigest(of input: JoinUnit.Input) async throws -> String {
    let partitions = input.members.map(\.partition.path).joined(separator: " ")
    try enter("rowDigest", "\(input.name) \(partitions)")
    let isAlone = input.members.count == 1
    let rows = try input.members.flatMap { member in
      try lines(member.files).map { isAlone ? "\($0)\n" : "\(member.partition.path) \($0)\n" }
    }
    return SHA256.hash(rows.sorted().joined())
  }

  private func enter(_ call: String, _ about: String = "") throws {
    do { try faults.enter(call, about) } catch { throw EngineError.failed("\(error)") }
    try Task.checkCancellation()
  }

  private func sides(of unit: JoinUnit) throws(EngineError) -> Sides {
    guard unit.inputs.count == 2 else { return try Sides(unit, [], []) }
    return try Sides(unit, try lines(unit.inputs[0].files), try lines(unit.inputs[1].files))
  }

  private func lines(_ files: [String]) throws(EngineError) -> [ExactText] {
    var lines: [ExactText] = []
    for file in files {
      guard let text = storage.text(of: file) else {
        throw .unreadableFile(path: file, reason: "it is not there")
      }
      lines += text.exact.parts(separatedBy: "\n")
    }
    return lines
  }
}

/// The lines of a join's two inputs, with how often each has them.
private struct Sides {
  let left: [ExactText: Int]
  let right: [ExactText: Int]
  private let unit: JoinUnit
  private let type: JoinType

  /// Counts lines; throws when the unit does not join two inputs on their lines.
  init(_ unit: JoinUnit, _ left: [ExactText], _ right: [ExactText]) throws(EngineError) {
    guard case .join(let type, let on, _) = unit.transformation, unit.inputs.count == 2,
      on.map(\.exact) == ["line"]
    else { throw .definition("two inputs are joined, on their column line") }
    self.unit = unit
    self.type = type
    self.left = Dictionary(left.map { ($0, 1) }, uniquingKeysWith: +)
    self.right = Dictionary(right.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// The rows of the join, in order.
  var joined: [ExactText] {
    Set(left.keys).union(right.keys).sorted().flatMap { line in
      let count =
        switch (left[line], right[line]) {
        case (let left?, let right?): left * right
        case (let left?, nil): type == .left || type == .full ? left : 0
        case (nil, let right): type == .right || type == .full ? right ?? 0 : 0
        }
      return Array(repeating: line, count: count)
    }
  }

  /// How the lines meet.
  var match: InputMatch {
    let both = left.keys.compactMap { line in right[line].map { (left: left[line] ?? 0, right: $0) }
    }
    func sum(_ numbers: some Sequence<Int>) -> Int64 { Int64(numbers.reduce(0, +)) }
    return InputMatch(
      left: unit.inputs[0].name, right: unit.inputs[1].name, leftRows: sum(left.values),
      rightRows: sum(right.values), leftMatched: sum(both.map(\.left)),
      rightMatched: sum(both.map(\.right)), pairs: sum(both.map { $0.left * $0.right }),
      fanOut: Int64(both.map(\.right).max() ?? 0))
  }
}
