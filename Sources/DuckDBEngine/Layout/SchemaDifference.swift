import IncrementalJoin
import PartitionPredicate

/// A column that files of an input have and the table does not, or the other way round.
struct SchemaDifference: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// Only the files have it.
    case new
    /// Only the table has it.
    case missing
  }

  let kind: Kind
  /// As the first file spells it, or the table where files lack it.
  let column: Column
  let input: JoinUnit.Input
  /// Of the first file that differs.
  let partition: Partition
  /// The first file that differs.
  let file: String
  /// How many files differ in this column.
  var files: Int
}

extension SchemaDifference {
  /// Why the file is refused and what to do, to follow the file's path.
  var refusal: String {
    switch kind {
    case .new:
      "the column \(quoted) is not among the columns of the input \(input.name): "
        + "\(input.columns.map(\.name).joined(separator: ", ")). Declare it under `columns:` of the "
        + "table, or choose `schema: additive` on the table to leave it out."
    case .missing:
      "the column \(quoted) of the input \(input.name) is missing"
        + "\(input.format == .json ? ": no object of the file has it" : ""). Rewrite the file with it, "
        + "write `optional: [\(column.name)]` at the table if files may lack it, or choose "
        + "`schema: lenient` to read every missing column as NULL."
    }
  }

  /// What was done about the difference, with the file.
  var warning: String {
    let place = partition.keys.isEmpty ? "" : ", partition \(partition.path)"
    let others = files == 1 ? "" : " and \(files - 1) more file\(files == 2 ? "" : "s")"
    let subject = "\(input.name)\(place): \(file)\(others)"
    switch kind {
    case .new:
      return
        "\(subject) \(files == 1 ? "has" : "have") the new column \(quoted), which was left out; "
        + "declare it under `columns:` of the table to read it."
    case .missing:
      return "\(subject) \(files == 1 ? "lacks" : "lack") the column \(quoted), which was read as "
        + "NULL; rewrite \(files == 1 ? "the file" : "the files") with it, or write "
        + "`optional: [\(column.name)]` at the table."
    }
  }

  /// The name and the type; a new column of a text file has no type of its own.
  private var quoted: String {
    let isTyped = kind == .missing || input.format == .parquet
    return "\"\(column.name)\"\(isTyped ? " (\(column.type))" : "")"
  }
}
