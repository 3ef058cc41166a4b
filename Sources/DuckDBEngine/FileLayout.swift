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
  /// Checks a group of files against the table's columns.
  ///
  /// - Throws: `EngineError.schemaMismatch` for an unknown or retyped column, or two that differ only
  ///   in case. A column that the files lack is no error: it reads as NULL.
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
      guard partition.boundKeys.named(column.name) == nil else { continue }
      guard let expected = columns.named(column.name) else {
        let type = format == .parquet ? " (\(column.type))" : ""
        throw .schemaMismatch(
          path: file,
          reason: "the column \"\(column.name)\"\(type) is not among the columns of the input "
            + "\(name): \(columns.map(\.name).joined(separator: ", ")). "
            + "Declare it under `columns:` of the table.")
      }
      guard format != .parquet || column.type == expected.type else {
        throw .schemaMismatch(
          path: file,
          reason: "the column \"\(column.name)\" is \(column.type), but the input \(name) has it "
            + "as \(expected.type). Rewrite the file, or declare the type under `columns:` of the "
            + "table and rewrite the others.")
      }
    }
  }
}
