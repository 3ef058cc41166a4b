import IncrementalJoin

extension Mistake.Kind {
  /// What to do about it.
  var hint: String {
    switch self {
    case .syntax:
      return "check indentation, colons, and the closing of brackets and quotes up to this place."
    case .tab: return "indent with spaces."
    case .needsQuotes: return "put the whole text in quotes."
    case .secondDocument: return "one file holds one document: remove the line ---."
    case .notUTF8: return "save the file as UTF-8."
    case .unknownKey(_, let section, let near, let allowed):
      return near.map { "did you mean \($0.quoted)?" } ?? "\(section) may have \(allowed.listed)."
    case .missingKey(let key, let section): return "add \(Self.example(of: key, in: section))."
    case .keyNotText: return "write a plain word."
    case .wrongShape(let key, let expected, _): return Self.example(of: key, as: expected)
    case .wrongItem(let key, _): return "write \(key.printable): [name, name]."
    case .empty(let key): return "write \(Self.example(of: key, in: .file))."
    case .cutAtComma(let text): return "put it in quotes: \"\(text.printable)\"."
    case .duplicate(let noun, _, _, _):
      return noun == .key
        ? "keep one of the two."
        : "rename or remove one of the two; names are compared ignoring case."
    case .badName(.optionalColumn, _): return "write the name as the files have it."
    case .badName:
      return "use letters, digits and _, not beginning with a digit: it becomes a name in SQL."
    case .nameOfTable:
      return "rename one of the two: an input that reads this name could mean either. "
        + "A job's output can be read by the job's name without declaring a table."
    case .unknownVersion: return "write version: 1, or use a newer dovetail."
    case .unknownWord(_, _, let near, let allowed):
      return near.map { "did you mean \($0.quoted)?" } ?? "choose \(allowed.alternatives)."
    case .unknownKeyType(_, _, let near):
      return near.map { "did you mean \($0.quoted)?" }
        ?? "choose string, int, bigint, date, timestamp, decimal(precision,scale) or boolean."
    case .badLocation(_, let problem):
      switch problem {
      case .empty, .zeroByte: return "write a folder, relative to this file's folder or absolute."
      case .home: return "write the path in full, or relative to this file's folder."
      case .remote: return "only local and mounted folders can be read so far."
      }
    case .badDuration: return "write a whole number and s, m, h or d: 90s, 15m, 2h, 1d."
    case .badSize: return "write a whole number and MB, MiB, GB, GiB, TB or TiB: 4GiB."
    case .badShare: return "write a quarter as 0.25; 1 allows everything."
    case .badCount(_, _, let least):
      return least > 0 ? "write \(least) or more: 500." : "write 0 or more: 3."
    case .badFlag(let key, _): return "write \(key): true or \(key): false."
    case .outputFormat: return "leave it out, or write format: parquet."
    case .keyAmongColumns:
      return "remove it here: the values of a partition key come from the folders' names."
    case .unknownOptional(_, let near, let columns):
      return near.map { "did you mean \($0.quoted)?" } ?? "declared are \(columns.listed)."
    case .csv(let problem): return problem.hint
    case .noTransformation:
      return "add join: { on: [column] }, or sql: with one SELECT over the inputs' names."
    case .twoTransformations: return "keep one of the two."
    case .oneInput: return "a join needs two inputs; for one, write sql:."
    case .unknownInput(_, let near, let names):
      return near.map { "did you mean \($0.quoted)?" }
        ?? (names.isEmpty ? "declare it below tables:." : "declared are \(names.listed).")
    case .unknownJoinColumn(let column, let input, let near):
      return near.map { "did you mean \($0.quoted)?" }
        ?? "declare \(column.printable) in the columns: of the table that \(input.printable) reads."
    case .keyMissing(_, _, let keys, let near):
      return near.map { "did you mean \($0.quoted)?" }
        ?? "partition the output only by keys that every input has, such as "
        + "[\(keys.map(\.name.printable).joined(separator: ", "))]."
    case .finerInput(_, let extra, _):
      return "a join runs per output partition, and all inputs must have the same keys: "
        + "add \(extra.listed) to the output's partitions, or read a table that is not partitioned by it."
    case .keyTypesDiffer:
      return "declare the key with one type in both tables; types say which values are equal."
    case .keyImplied:
      return "remove it here: rows are compared within one partition, so its keys are implied."
    case .deadlineWithoutWait: return "write for: all, or remove the deadline."
    case .cycle(let jobs) where jobs.count == 1:
      return "a job cannot read what it writes: change this input, or the location of the output."
    case .cycle: return "let one of these inputs read a table that no job of the circle writes."
    case .sameOutput: return "give each job an output location of its own."
    case .overlap: return "choose a folder outside: a job replaces what is in its output."
    case .inHiddenFolder: return "choose a folder outside of it."
    case .outputHoldsWorkspace, .outputInState:
      return "choose a folder of its own, such as out/name."
    case .outputTableDiffers(_, let job, let expected):
      let keys = expected.map { "\($0.name.printable): \($0.type)" }.joined(separator: ", ")
      return "declare it with format: parquet and partitions: { \(keys) }, or remove it and let "
        + "inputs read \(job.printable)."
    }
  }

  private static func example(of key: String, in section: Mistake.Section) -> String {
    switch (key, section) {
    case ("tables", _): "tables: with at least one table below"
    case ("columns", _): "columns: { name: VARCHAR }"
    case ("select", _): "select: [expression]"
    case ("sql", _): "sql: with one SELECT over the inputs' names"
    case ("location", .output): "location: out/name"
    case ("location", _): "location: data/name"
    case ("partitions", _): "partitions: { month: int, day: int }"
    case ("inputs", _): "inputs: { name: table, name: table }"
    case ("output", _): "output: { location: out/name }"
    case ("on", _): "on: [column]"
    case ("key", _): "key: [column]"
    case ("for", _): "for: all"
    case ("optional", _): "optional: [column]"
    case ("null", _): "null: [\"\", \"NA\"]"
    case ("true", _): "true: [\"yes\", \"1\"]"
    case ("false", _): "false: [\"no\", \"0\"]"
    case ("date_format", _), ("timestamp_format", _):
      "\(key): \"\(Mistake.CSVProblem.example(of: key))\""
    case ("on_run_finished", _): "on_run_finished: ./notify.sh"
    default: "\(key):"
    }
  }

  private static func example(of key: String, as shapes: [Mistake.Shape]) -> String {
    switch shapes.first {
    case _ where key == Workspace.fileName: "begin with tables: and jobs:."
    case _ where key == "wait": "write wait: all, or wait: { for: all, deadline: 36h }."
    case _ where key == "delimiter":
      "write delimiter: \";\", in double quotes; a tab is \"\\t\"."
    case _ where ["quote", "escape", "decimal", "thousands"].contains(key):
      "write \(key): with the character in double quotes."
    case _ where key == "types": "write types: spark or types: duckdb."
    case _ where ["null", "true", "false"].contains(key):
      "write \(example(of: key, in: .file))."
    case .mapping: "write \(key.printable): { key: value }, or the keys indented in lines below."
    case .list: "write \(key.printable): [item, item]."
    default: "write \(key.printable): value."
    }
  }
}
