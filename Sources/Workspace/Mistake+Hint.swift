import IncrementalJoin
import PartitionPredicate

extension Mistake.Kind {
  /// What to do about it.
  var hint: String {
    switch self {
    case .syntax(let problem, _, _): return Self.hint(onSyntax: problem)
    case .tab: return "indent with spaces."
    case .needsQuotes: return "put the whole text in quotes."
    case .secondDocument: return "one file holds one document: remove the line ---."
    case .other(_, let hint): return hint
    case .notUTF8: return "save the file as UTF-8."
    case .unknownKey(let key, let section, let near, let allowed):
      return near.map { "did you mean \($0.quoted)?" } ?? "\(section) may have \(allowed.listed)."
        + (key.utf8.contains(UInt8(ascii: " "))
          ? " A comma inside { } ends a text that is not in quotes." : "")
    case .missingKey(let key, let section): return "add \(Mistake.example(of: key, in: section))."
    case .keyNotText: return "write a plain word."
    case .wrongNodeKind(let key, let role, _, let found):
      return found == .nothing
        ? Self.hint(onEmpty: key, role) : Self.hint(onNodeKindOf: key, role)
    case .wrongItem(let key, let role, _): return Self.hint(onNodeKindOf: key, role)
    case .empty(let key, let role): return Self.hint(onEmpty: key, role)
    case .misindented(_, let noun): return "indent it below the name of its \(noun.rawValue)."
    case .cutAtComma(let text): return "put it in quotes: \"\(text.printable)\"."
    case .duplicate(.key, _, _, _): return "keep one of the two."
    case .duplicate(.input, let name, _, _):
      return "give each input a name of its own, as in inputs: { \(name.printable): table, "
        + "\(name.printable)_2: table }; names are compared ignoring case."
    case .duplicate: return "rename or remove one of the two; names are compared ignoring case."
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
    case .badLocation(let text, let problem):
      switch problem {
      case .empty, .zeroByte: return "write a folder, relative to this file's folder or absolute."
      case .home, .variable: return "write the path in full, or relative to this file's folder."
      case .remote where text.exact.begins(with: "file:///"):
        let path = String(Substring(text.utf8.dropFirst("file://".utf8.count)))
        return "write the path alone: \(path.printable)."
      case .remote where text.exact.begins(with: "s3a://") || text.exact.begins(with: "s3n://"):
        let place = String(Substring(text.utf8.dropFirst("s3a".utf8.count)))
        return "write s3\(place.printable)."
      case .remote:
        return
          "use a folder on this machine or a place such as s3://bucket/flights; for any other store, "
          + "copy the files or mount it."
      case .bucket:
        return
          "write s3://, 3 to 63 small letters, digits, dots and hyphens, and the place below it: s3://lake/flights."
      case .name:
        return "write each name once with one slash between two of them: s3://lake/flights."
      case .wholeBucket: return "name a place in it: \(text.printable)/joined."
      }
    case .badDuration(_, let text):
      return DeclaredQuantity.advice(onUnitOf: text) { DeclaredQuantity.duration($0) != nil }
        ?? "write a whole number and s, m, h or d: 90s, 15m, 2h, 1d."
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
    case .time(let problem): return problem.hint
    case .store(let problem): return problem.hint
    case .glue(let problem): return problem.hint
    case .watch(let problem): return problem.hint
    case .noTransformation:
      return "add join: { on: [column] }, or sql: with one SELECT over the inputs' names."
    case .twoTransformations: return "keep one of the two."
    case .oneInput: return "a join needs two inputs; for one, write sql:."
    case .unknownInput(_, let near, let names):
      return near.map { "did you mean \($0.quoted)?" }
        ?? (names.isEmpty ? "declare it below tables:." : "declared are \(names.listed).")
    case .unknownJoinColumn(let column, let input, let near, let pairs):
      if let near {
        return "did you mean \(near.quoted)?"
          + (pairs.map { " Columns of two names are joined by \($0)." } ?? "")
      }
      return
        "name a column that every input has. If the files have \(column.printable), declare it "
        + "in the columns: of the table that \(input.printable) reads"
        + (pairs.map { "; columns of two names are joined by \($0)." } ?? ".")
    case .inputKeysDiffer(let input, let first): return Self.hint(onKeysOf: input, first)
    case .unknownOutputKey(_, let keys, let near):
      return near.map { "did you mean \($0.quoted)?" }
        ?? "an output has keys of its first input: write \(Self.partitions(keys)) or some of them, in any "
        + "order, or leave partitions: out."
    case .keyTypesDiffer:
      return "declare the key with one type in both tables; types say which values are equal. "
        + "Folders that spell one value differently, such as 20240131 and 2024-01-31, have to be "
        + "renamed."
    case .keyImplied:
      return "remove it here: rows are compared within one partition, so its keys are implied."
    case .unusedWithoutWait("deadline"): return "write for: all, or remove the deadline."
    case .unusedWithoutWait(let key): return "write for: all, or remove \(key):."
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
}
