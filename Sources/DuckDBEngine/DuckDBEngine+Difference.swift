public import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// How the rows of Parquet files differ from those of others, in the columns that both have.
  ///
  /// Rows are told apart by the key when both sides have its columns, and it is unique and without NULL
  /// on both; else they are compared as multisets, the key of the result is empty, and no row counts as
  /// changed. A retyped column is compared as text. Column names ignore case and are spelled as the new
  /// side has them. A side without files has the other's columns. Samples are in the order of the key,
  /// or of all columns.
  ///
  /// - Throws: `EngineError.unreadableFile`; `CancellationError`.
  public func difference(from old: [String], to new: [String], key: [String], samples: Int)
    async throws -> RowDifference
  {
    guard !old.isEmpty || !new.isEmpty else {
      return RowDifference(
        key: [], columns: [], added: 0, removed: 0, changed: 0, same: 0, changedColumns: [:],
        addedColumns: [], removedColumns: [], retypedColumns: [], samples: [])
    }
    return try await withConnection(for: JoinUnit(reading: old + new)) { connection in
      try LayoutReader.check(old + new)
      var before = try await Self.columns(of: old, on: connection)
      var after = try await Self.columns(of: new, on: connection)
      if old.isEmpty { before = after }
      if new.isEmpty { after = before }
      let query = try await Self.query(
        from: (old, before), to: (new, after), key: key, on: connection)
      let names = query.columns.map(\.new.name)
      let counts = try await connection.query(query.counts).onlyRow()
      var differing: [ExactText: Int64] = [:]
      if query.keyCount > 0 {
        for index in names.indices.dropFirst(query.keyCount) {
          let changed = try counts.number("changed\(index)")
          if changed > 0 { differing[names[index].exact] = changed }
        }
      }
      let totals: [(RowDifference.Row.Kind, Int64)] = [
        (.changed, try counts.number("changed")), (.added, try counts.number("added")),
        (.removed, try counts.number("removed")),
      ]
      var rows: [RowDifference.Row] = []
      for (kind, total) in totals where total > 0 && samples > 0 {
        let found = try await connection.query(query.samples(of: kind, limit: samples)).rows
        rows += try found.flatMap {
          try Self.rows(of: kind, in: $0, columns: names.count, limit: samples)
        }.prefix(samples)
      }
      return RowDifference(
        key: Array(names.prefix(query.keyCount)), columns: names,
        added: try counts.number("added"), removed: try counts.number("removed"),
        changed: try counts.number("changed"), same: try counts.number("same"),
        changedColumns: differing,
        addedColumns: after.filter { before.named($0.name) == nil }.map(\.text),
        removedColumns: before.filter { after.named($0.name) == nil }.map(\.text),
        retypedColumns: query.columns.filter { $0.old.type.exact != $0.new.type.exact }
          .map { "\($0.new.name) \($0.old.type) -> \($0.new.type)" },
        floatingColumns: Set(
          query.columns.filter { $0.old.isFloatingPoint && $0.new.isFloatingPoint }
            .map(\.new.name.exact)),
        samples: rows)
    }
  }

  /// The comparison by the key where it names every row, else by all columns.
  private static func query(
    from old: (files: [String], columns: [Column]), to new: (files: [String], columns: [Column]),
    key: [String], on connection: Connection
  ) async throws -> DifferenceQuery {
    let common = new.columns.compactMap { after in
      old.columns.named(after.name).map { (old: $0, new: after) }
    }
    let named = key.compactMap { name in common.first { $0.new.name.isSameName(as: name) } }
    let others = common.filter { column in
      !key.contains { $0.isSameName(as: column.new.name) }
    }
    if !key.isEmpty, named.count == key.count, named.count + others.count == common.count {
      let keyed = DifferenceQuery(
        old: old.files, new: new.files, columns: named + others, keyCount: key.count)
      if try await connection.query(keyed.isKeyUnique).onlyRow().flag("is_key") { return keyed }
    }
    return DifferenceQuery(old: old.files, new: new.files, columns: common, keyCount: 0)
  }

  private static func columns(of files: [String], on connection: Connection) async throws
    -> [Column]
  {
    guard !files.isEmpty else { return [] }
    return try await connection.query("DESCRIBE SELECT * FROM \(DifferenceQuery.scan(files))").rows
      .map { try Column(described: $0) }
  }

  /// The sample rows that one row of a result stands for.
  private static func rows(
    of kind: RowDifference.Row.Kind, in row: QueryRow, columns: Int, limit: Int
  ) throws(AnswerError) -> [RowDifference.Row] {
    let values = try row.texts(ofFirst: columns * (kind == .changed ? 2 : 1))
    let sample =
      switch kind {
      case .added: RowDifference.Row(kind: kind, before: [], after: values)
      case .removed: RowDifference.Row(kind: kind, before: values, after: [])
      case .changed:
        RowDifference.Row(
          kind: kind, before: Array(values.prefix(columns)), after: Array(values.dropFirst(columns))
        )
      }
    let count = try row.number("occurrences")
    return Array(repeating: sample, count: Int(min(count, Int64(limit))))
  }
}

extension Column {
  fileprivate var text: String { "\(name) \(type)" }
}
