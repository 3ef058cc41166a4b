public import Foundation
public import GlueCatalog
public import IncrementalJoin
import PartitionPredicate
import Synchronization

extension MemoryCatalog {
  /// Counts a request, lets it fail or wait as the test said, and carries it out.
  private func carryOut<Value: Sendable>(
    _ kind: CatalogRequest, _ about: some CustomStringConvertible,
    _ body: (inout State) throws(CatalogError) -> Value
  ) async throws(CatalogError) -> Value {
    let held = state.withLock { state -> HeldRequest? in
      state.counts[kind, default: 0] += 1
      guard let held = state.held, held.kind == nil || held.kind == kind else { return nil }
      state.held = held.skipped == 0 ? nil : (held.kind, held.skipped - 1, held.request)
      return held.skipped == 0 ? held.request : nil
    }
    if Task.isCancelled { throw .cancelled }
    if faults.fails(kind.rawValue, about) { throw failure }
    await held?.pass()
    let result: Result<Value, CatalogError> = state.withLock { state in
      do throws(CatalogError) {
        return .success(try body(&state))
      } catch {
        return .failure(error)
      }
    }
    if losses.fails(kind.rawValue, about) {
      let reason = "the connection was closed"
      throw kind.writes ? .lost(reason: reason) : .unreachable(endpoint: "memory", reason: reason)
    }
    return try result.get()
  }

  private static func check(
    _ count: Int, atMost limit: Int, _ call: String, _ name: CatalogName
  ) throws(CatalogError) {
    guard count > limit else { return }
    throw .failed(
      call: call, resource: "\(name)", code: "ValidationException",
      message: "Member must have length less than or equal to \(limit)")
  }

  private func page<Entry: Sendable>(_ entries: [Entry], after: String?) -> CatalogPage<Entry> {
    let start = after.flatMap { Int($0) } ?? 0
    let end = min(entries.count, start + pageSize)
    return CatalogPage(
      entries: Array(entries[start..<end]), next: end < entries.count ? "\(end)" : nil)
  }

  /// The names in ascending order.
  public func databases(after: String?) async throws(CatalogError) -> CatalogPage<String> {
    try await carryOut(.databases, "") { state in
      page(state.databases.keys.sorted().map(\.text), after: after)
    }
  }

  /// The tables in the order of their names.
  public func tables(of database: String, after: String?) async throws(CatalogError)
    -> CatalogPage<CatalogTable>
  {
    try await carryOut(.tables, database) { state throws(CatalogError) in
      guard let tables = state.databases[database.exact] else { throw .noDatabase(database) }
      return page(tables.sorted { $0.key < $1.key }.map(\.value.description), after: after)
    }
  }

  /// A table; throws `.noTable` and `.noDatabase`.
  public func table(_ name: CatalogName) async throws(CatalogError) -> CatalogTable {
    try await carryOut(.table, name) { state throws(CatalogError) in
      try state.table(name).description
    }
  }

  /// Creates a table of version 1; throws `.exists` and `.noDatabase`.
  public func create(_ table: CatalogTable) async throws(CatalogError) {
    try await carryOut(.createTable, table.name) { state throws(CatalogError) in
      let (database, name) = (table.name.database.exact, table.name.table.exact)
      guard let tables = state.databases[database] else {
        throw .noDatabase(table.name.database)
      }
      guard tables[name] == nil else { throw .exists(table.name) }
      var table = table
      table.version = "1"
      state.databases[database]?[name] = Table(description: table)
    }
  }

  /// Replaces a table, whose version counts up; throws `.moved`.
  public func update(_ table: CatalogTable, at date: Date?) async throws(CatalogError) {
    try await carryOut(.updateTable, table.name) { state throws(CatalogError) in
      try state.check(date, "glue:UpdateTable", table.name)
      let present = try state.table(table.name).description
      if let version = table.version, version != present.version { throw .moved(table.name) }
      var table = table
      table.version = "\((present.version.flatMap { Int($0) } ?? 0) + 1)"
      state.databases[table.name.database.exact]?[table.name.table.exact]?.description = table
    }
  }

  /// Partitions in the order of their values; an expression is read as Spark's SQL, which has the same words.
  public func partitions(
    of name: CatalogName, _ request: PartitionsRequest, after: String?
  ) async throws(CatalogError) -> CatalogPage<CatalogPartition> {
    try await carryOut(.partitions, name) { state throws(CatalogError) in
      let table = try state.table(name)
      state.expressions.append(request.expression ?? "")
      try Self.check(
        request.expression?.utf16.count ?? 0, atMost: 2048, "glue:GetPartitions", name)
      var found = table.sorted
      if let expression = request.expression, !state.ignoresExpressions {
        found = try Self.select(found, by: expression, of: table.description)
      }
      if let segment = request.segment {
        found = found.enumerated().filter { $0.offset % segment.total == segment.number }
          .map(\.element)
      }
      if request.leavesOutColumns {
        for index in found.indices { found[index].storage?.columns = [] }
      }
      return page(found, after: after)
    }
  }

  private static func select(
    _ partitions: [CatalogPartition], by expression: String, of table: CatalogTable
  ) throws(CatalogError) -> [CatalogPartition] {
    let keys = table.keys.map { PartitionKey(name: $0.name, type: KeyType($0.type) ?? .string) }
    func refusal(_ reason: String) -> CatalogError {
      .failed(
        call: "glue:GetPartitions", resource: "\(table.name)", code: "InvalidInputException",
        message: reason)
    }
    let evaluator: PredicateEvaluator
    do throws(PushdownPredicateError) {
      evaluator = PredicateEvaluator(try PushdownPredicate(expression, keys: keys, today: 0))
    } catch {
      throw refusal("\(error)")
    }
    var selected: [CatalogPartition] = []
    for partition in partitions {
      var values: [PartitionValue] = []
      for (key, raw) in zip(keys, partition.values) {
        // To Glue NULL is a text like others, which it cannot compare as anything else.
        let value = key.type == .string ? .string(raw) : PartitionValue(raw: raw, type: key.type)
        if value == .null, key.type != .date, expression.exact.contains(text: key.name.exact) {
          throw refusal("Unsupported expression '\(key.name)'")
        }
        values.append(value ?? .null)
      }
      if evaluator.selects(Partition(keys: keys, values: values)) { selected.append(partition) }
    }
    return selected
  }

  /// The partitions that exist, in the order of the request.
  public func partitions(
    of name: CatalogName, values: [[String]]
  ) async throws(CatalogError) -> [CatalogPartition] {
    try await carryOut(.batchGet, name) { state throws(CatalogError) in
      try Self.check(values.count, atMost: 1000, "glue:BatchGetPartition", name)
      let table = try state.table(name)
      return values.compactMap { table.partitions[$0.map(\.exact)] }
    }
  }

  /// Creates those that are not there yet.
  public func create(
    _ partitions: [CatalogPartition], of name: CatalogName, at date: Date?
  ) async throws(CatalogError) -> [EntryFailure] {
    try await change(
      partitions, \.values, of: name, .createPartitions, "glue:BatchCreatePartition", limit: 100,
      at: date
    ) { present, partition in
      if present != nil { return ("AlreadyExistsException", "Partition already exists.") }
      present = partition
      return nil
    }
  }

  /// Replaces those that are there.
  public func update(
    _ partitions: [CatalogPartition], of name: CatalogName, at date: Date?
  ) async throws(CatalogError) -> [EntryFailure] {
    try await change(
      partitions, \.values, of: name, .updatePartitions, "glue:BatchUpdatePartition", limit: 100,
      at: date
    ) { present, partition in
      if present == nil { return ("EntityNotFoundException", "Partition not found.") }
      present = partition
      return nil
    }
  }

  /// Deletes those that are there.
  public func delete(
    _ values: [[String]], of name: CatalogName, at date: Date?
  ) async throws(CatalogError) -> [EntryFailure] {
    try await change(
      values, \.self, of: name, .deletePartitions, "glue:BatchDeletePartition", limit: 25, at: date
    ) { present, _ in
      if present == nil { return ("EntityNotFoundException", "Partition not found.") }
      present = nil
      return nil
    }
  }

  /// Carries out a batch entry by entry; what one is refused for is its code and message.
  private func change<Entry: Sendable>(
    _ entries: [Entry], _ values: (Entry) -> [String], of name: CatalogName,
    _ kind: CatalogRequest, _ call: String, limit: Int, at date: Date?,
    _ change: (inout CatalogPartition?, Entry) -> (code: String, message: String)?
  ) async throws(CatalogError) -> [EntryFailure] {
    try await carryOut(kind, name) { state throws(CatalogError) in
      try Self.check(entries.count, atMost: limit, call, name)
      try state.check(date, call, name)
      var table = try state.table(name)
      var failures: [EntryFailure] = []
      for entry in entries {
        let values = values(entry)
        if let refusal = state.refused[values.map(\.exact)] {
          failures.append(refusal)
        } else if let (code, message) = change(&table.partitions[values.map(\.exact)], entry) {
          failures.append(EntryFailure(values: values, code: code, message: message))
        }
      }
      state.databases[name.database.exact]?[name.table.exact] = table
      return failures
    }
  }

  /// A bookmark that a test put there; throws `.noBookmark`.
  public func bookmark(of job: String, run: String?) async throws(CatalogError)
    -> JobBookmarkEntry
  {
    try await carryOut(.bookmark, job) { state throws(CatalogError) in
      guard let entry = state.bookmarks[job.exact], run == nil || entry.runID == run else {
        throw .noBookmark(job: job)
      }
      return entry
    }
  }
}

extension MemoryCatalog.State {
  /// Refuses a request whose signature is too old.
  fileprivate func check(
    _ date: Date?, _ call: String, _ name: CatalogName
  ) throws(CatalogError) {
    guard let date, now > date + 300 else { return }
    throw .failed(
      call: call, resource: "\(name)", code: "InvalidSignatureException",
      message: "Signature expired")
  }
}
