import IncrementalJoin

/// The data files of an input that spell the same columns in the same order.
struct FileGroup: Hashable, Sendable {
  /// As the files have them, partition keys included.
  ///
  /// Columns of text formats are VARCHAR.
  let columns: [Column]
  let files: [String]
}

extension JoinUnit.Input {
  /// Checks a group of files against the table's columns, as the table's policy has it.
  ///
  /// - Throws: `EngineError.schemaMismatch` for a retyped column and for two that differ only in case,
  ///   whatever the policy; for a new or a missing column where the policy refuses it.
  func check(_ group: FileGroup) throws(EngineError) {
    let file = group.files.first ?? ""
    var seen: Set<String> = []
    for column in group.columns {
      guard seen.insert(column.name.lowercased()).inserted else {
        throw .schemaMismatch(
          path: file,
          reason: "the column \"\(column.name)\" occurs twice, as names ignore case. "
            + "Rename one of them in the file.")
      }
      guard format == .parquet, partition.boundKeys.named(column.name) == nil,
        let expected = columns.named(column.name), column.type != expected.type
      else { continue }
      throw .schemaMismatch(
        path: file,
        reason: "the column \"\(column.name)\" is \(column.type), but the input \(name) has it "
          + "as \(expected.type). Rewrite the file, or declare the type under `columns:` of the "
          + "table and rewrite the others.")
    }
    let refused = differences(of: [group]).first { schemaPolicy.refuses($0.kind) }
    if let refused { throw .schemaMismatch(path: file, reason: refused.refusal) }
  }

  /// The new and the missing columns of groups of files, each once.
  ///
  /// JSON lines leave NULL out, so that they cannot lack a column.
  func differences(of groups: [FileGroup]) -> [SchemaDifference] {
    var differences: [SchemaDifference] = []
    for group in groups {
      let new = group.columns.filter {
        columns.named($0.name) == nil && partition.boundKeys.named($0.name) == nil
      }
      let missing = columns.filter { format != .json && group.columns.named($0.name) == nil }
      let found =
        new.map { (kind: SchemaDifference.Kind.new, column: $0) }
        + missing.map { (kind: .missing, column: $0) }
      for (kind, column) in found {
        let known = differences.firstIndex {
          $0.kind == kind && $0.column.name.isSameName(as: column.name)
        }
        if let known {
          differences[known].files += group.files.count
        } else {
          differences.append(
            SchemaDifference(
              kind: kind, column: column, input: self, file: group.files.first ?? "",
              files: group.files.count))
        }
      }
    }
    return differences
  }
}

extension SchemaPolicy {
  /// Whether a difference fails the work unit.
  func refuses(_ kind: SchemaDifference.Kind) -> Bool {
    switch self {
    case .strict: true
    case .additive: kind == .missing
    case .lenient: false
    }
  }
}
