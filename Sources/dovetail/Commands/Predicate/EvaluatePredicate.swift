import ArgumentParser
import Foundation
import Operations
import PartitionPredicate
import Reports
import Wording

/// `dovetail predicate eval`: evaluates predicates for partitions, or for the rows of a scratch table.
struct EvaluatePredicate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Evaluate predicates over known partitions or over a scratch table.",
    discussion: """
      Example: dovetail predicate eval 'day > 28' --table flights
      or: dovetail predicate eval "month = '1'" --keys 'month string, day int' \\
          --partitions '[["01", "3"], ["1", null]]' --json

      With --keys and --partitions no workspace is needed. With --json the answer is one object per line.
      """)

  @OptionGroup var argument: PredicateArgument

  @Option(help: ArgumentHelp("Read the predicates from a file, one a line.", valueName: "file"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The keys of a scratch table: 'station string, month int, share decimal(5,2)'.",
      valueName: "keys"))
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "The scratch table: a JSON array of arrays of raw values, null for the NULL partition; a file, "
        + "or the JSON itself.", valueName: "rows.json"))
  var partitions: String?

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func validate() throws {
    if (keys == nil) != (partitions == nil) {
      throw ValidationError("--keys and --partitions make a scratch table together: give both.")
    }
    if keys != nil, scope.table != nil || scope.choice.job != nil || scope.input != nil {
      throw ValidationError(
        "A scratch table (--keys, --partitions) is a choice of its own: leave --table, --job and "
          + "--input out.")
    }
    if argument.predicate != nil, from != nil {
      throw ValidationError("Give one predicate, or many with --from, not both.")
    }
    if keys != nil, argument.predicate == nil, from == nil {
      throw ValidationError("Give a predicate, or a file of them with --from.")
    }
  }

  func run() async throws {
    if let keys, let partitions {
      let table = try ScratchTable(keys: keys, rows: partitions)
      if let name = argument.predicate, name.exact.begins(with: "@") {
        throw UsageError(
          "A scratch table knows no saved predicates such as \(name): write the text.")
      }
      for text in try texts({ $0 }) { try answer(text, table) }
      return
    }
    let session = try await Session(options.workspace)
    let scope = try await scope.scope(session)
    for text in try texts({ try session.workspace.predicateText($0) }) {
      try answer(text, scope)
    }
  }

  /// The predicates in their order; nil stands for the generated one.
  private func texts(_ read: (String) throws -> String) throws -> [String?] {
    guard let from else { return [try argument.predicate.map(read)] }
    return try ArgumentFile.lines(from)
  }

  private func answer(_ text: String?, _ table: ScratchTable) throws {
    let text = text ?? ""
    let row: RowJSON
    do throws(PushdownPredicateError) {
      let predicate = try PushdownPredicate(text, keys: table.keys, today: scope.clock.days)
      let truths = table.partitions.truths(of: predicate)
      row = RowJSON(predicate: text, true: Array(truths.isTrue), null: Array(truths.isNull))
    } catch {
      row = RowJSON(predicate: text, error: error.message, column: error.column)
    }
    try write(row)
  }

  private func write(_ row: RowJSON) throws {
    guard !options.json else { return try Report.jsonLine(row) }
    if let error = row.error, let column = row.column {
      return Report.line("\(row.predicate): column \(column): \(error)")
    }
    func list(_ rows: [Int]?) -> String {
      (rows ?? []).isEmpty ? "none" : (rows ?? []).map(String.init).joined(separator: ", ")
    }
    Report.line("\(row.predicate): TRUE \(list(row.true)); NULL \(list(row.null))")
  }

  private func answer(_ text: String?, _ scope: PredicateScope) throws {
    let outline: PredicateOutline
    do {
      outline = try scope.outline(text)
    } catch let error as PushdownPredicateError where from != nil {
      // One mistake in a file of many predicates is an answer too; the others have theirs.
      return try write(
        RowJSON(predicate: text ?? "", error: error.message, column: error.column))
    }
    if from != nil, !options.json { Report.line("\(outline.source):") }
    let table = PartitionTable(scope.partitions, keys: scope.keys)
    let truths = table.truths(of: outline.predicate)
    let selected = truths.isTrue.map { scope.partitions[$0] }
    let files = scope.files(of: selected)
    let row = PartitionJSON(
      predicate: outline.source, true: selected.map(\.path),
      null: truths.isNull.map { scope.partitions[$0].path },
      known: scope.partitions.count, files: files.count, bytes: files.bytes)
    guard !options.json else { return try Report.jsonLine(row) }
    for partition in row.true { Report.line(partition.text) }
    Report.line(
      "Selects \(Quantity.count(row.true.count, "partition")) of \(row.known) "
        + "(\(row.null.count) are NULL), \(Quantity.count(row.files, "file")), "
        + "\(Quantity.bytes(row.bytes)) of \(scope.title).")
  }

  /// The answer for one predicate over a scratch table.
  private struct RowJSON: Encodable {
    let predicate: String
    var `true`: [Int]?
    var null: [Int]?
    var error: String?
    var column: Int?
  }

  /// The answer for one predicate over known partitions.
  private struct PartitionJSON: Encodable {
    let predicate: String
    let `true`: [ExactText]
    let null: [ExactText]
    let known: Int
    let files: Int
    let bytes: Int64
  }
}
