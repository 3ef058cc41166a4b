import IncrementalJoin
import Wording

extension Mistake.Kind {
  /// What is wrong, without position and advice.
  var sentence: String {
    switch self {
    case .syntax(let problem, let context, let began):
      let construct = context.map { " \($0)" } ?? ""
      return "this is not YAML: \(problem)\(construct)" + (began.map { " (line \($0))" } ?? "")
    case .tab: return "a tab stands where YAML expects spaces"
    case .needsQuotes(let character, let alone):
      return alone
        ? "\(character) alone is not a text in YAML"
        : "a text cannot begin with \(character) in YAML"
    case .secondDocument: return "a second document begins here"
    case .other(let sentence, _): return sentence
    case .notUTF8: return "the file is not UTF-8 text"
    case .unknownKey(let key, let section, _, _): return "unknown key \(key.quoted) in \(section)"
    case .missingKey(let key, let section): return "\(section) has no \(key.quoted)"
    case .keyNotText(let parent): return "a key of \(parent.quoted) is not text"
    case .wrongNodeKind(let key, _, let expected, let found):
      let kinds = expected.map(\.rawValue).joined(separator: " or ")
      return "\(key.quoted) must be \(kinds), not \(found.rawValue)"
    case .wrongItem(let key, _, let found):
      return "every item of \(key.quoted) must be text, not \(found.rawValue)"
    case .empty(let key, _): return "\(key.quoted) is empty"
    case .misindented(let key, let noun):
      return "\(key.quoted) is a key of \(noun.withArticle), not the name of one"
    case .cutAtComma(let text): return "the comma cuts \(text.quoted) into pieces"
    case .duplicate(let noun, let name, let first, let line):
      return name == first
        ? "\(noun.rawValue) \(name.quoted) is already in line \(line)"
        : "\(noun.rawValue) \(name.quoted) differs only in case from \(first.quoted) in line \(line)"
    case .badName(let noun, let name): return "\(name.quoted) cannot name \(noun.withArticle)"
    case .nameOfTable(let name, let line):
      return "job \(name.quoted) has the name of the table in line \(line)"
    case .unknownVersion(let text): return "version \(text.quoted) of this file is not known"
    case .unknownWord(let key, let word, _, _): return "\(word.quoted) is not a known \(key)"
    case .unknownKeyType(let type, let key, _):
      return "partition key \(key.printable) has the unknown type \(type.quoted)"
    case .badLocation(let text, let problem):
      switch problem {
      case .empty: return "the location is empty"
      case .home: return "\(text.quoted) begins with ~, which is not expanded"
      case .variable: return "\(text.quoted) begins with a variable, which is not expanded"
      case .remote:
        return "\(text.quoted) is neither a path of this machine nor a place in a bucket"
      case .bucket: return "\(text.quoted) does not begin with the name of a bucket"
      case .name: return "\(text.quoted) has an empty name, . or .. below the bucket"
      case .wholeBucket:
        return
          "\(text.quoted) is a whole bucket, and an output needs a place beside it for its lease"
      case .zeroByte: return "\(text.quoted) contains a zero byte"
      }
    case .badDuration(let key, let text): return "\(key): \(text.quoted) is not a duration"
    case .badSize(let key, let text): return "\(key): \(text.quoted) is not a size"
    case .badShare(let key, let text): return "\(key): \(text.quoted) is not a share from 0 to 1"
    case .badCount(let key, let text, let least):
      return "\(key): \(text.quoted) is not a whole number"
        + (least > 0 ? " of \(least) or more" : "")
    case .badFlag(let key, let text):
      return "\(key): \(text.quoted) is neither true nor false"
    case .outputFormat(let format): return "an output cannot be written as \(format.quoted)"
    case .keyAmongColumns(let key): return "column \(key.quoted) is a partition key of the table"
    case .unknownOptional(let name, _, _):
      return "optional column \(name.quoted) is not declared under columns:"
    case .csv(let problem): return problem.sentence
    case .time(let problem): return problem.sentence
    case .store(let problem): return problem.sentence
    case .glue(let problem): return problem.sentence
    case .watch(let problem): return problem.sentence
    case .noTransformation(let job): return "job \(job.printable) has neither join nor sql"
    case .twoTransformations(let job): return "job \(job.printable) has both join and sql"
    case .oneInput(let job): return "job \(job.printable) joins only one input"
    case .unknownInput(let name, _, _): return "there is no table or job \(name.quoted)"
    case .unknownJoinColumn(let column, let input, _, _):
      return "input \(input.printable) has no column \(column.quoted) to join on"
    case .inputKeysDiffer(let input, let first):
      return "input \(input.name.printable) is partitioned by \(input.names.listed), but input "
        + "\(first.name.printable) by \(first.names.listed)"
    case .unknownOutputKey(let key, let keys, _):
      return "the output is partitioned by \(key.quoted), but its first input "
        + (keys.isEmpty ? "not at all" : "by \(keys.listed)")
    case .keyTypesDiffer(let key, let input, let type, let first, let firstType):
      return "partition key \(key.printable) is \(type) in input \(input.printable), but "
        + "\(firstType) in input \(first.printable)"
    case .keyImplied(let column):
      return "key column \(column.quoted) is a partition key of the output"
    case .unusedWithoutWait("deadline"):
      return "the deadline has nothing to end: with for: any no input is waited for"
    case .unusedWithoutWait(let key):
      return "\(key.quoted) has nothing to say: with for: any no input is waited for"
    case .cycle(let jobs):
      let circle = (jobs + jobs.prefix(1)).map(\.printable).joined(separator: " -> ")
      return jobs.count == 1
        ? "job \(jobs[0].printable) reads its own output"
        : "the jobs wait for each other: \(circle)"
    case .sameOutput(let job, let line):
      return "job \(job.printable) writes the same location (line \(line))"
    case .overlap(let overlap, let noun, let name, let line):
      let other = noun == .output ? "the output of job" : noun.rawValue
      return "the output location \(overlap.rawValue) the location of \(other) \(name.printable) "
        + "(line \(line))"
    case .outputHoldsWorkspace: return "the output location contains the workspace itself"
    case .outputInState: return "the output location is in the folder of the ledger"
    case .inHiddenFolder(let job, let folder):
      return
        "the location is in \(folder.printable), where Dovetail stages and keeps the output of job "
        + job.printable
    case .outputTableDiffers(let table, let job, _):
      return "table \(table.printable) is the output of job \(job.printable), "
        + "but is declared differently"
    }
  }
}

extension Mistake.Noun {
  var withArticle: String { rawValue.withArticle }
}
