import ArgumentParser
import Operations
import PartitionPredicate
import Reports
import Wording

/// `dovetail predicate diff TEXT`: shows what an edited predicate gains and loses.
struct DiffPredicate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show the partitions that a predicate gains and loses against another.",
    discussion: "Example: dovetail predicate diff 'month = 2 AND day < 8' --job flights_weather")

  @Argument(help: "The edited predicate, or @NAME for a saved one.")
  var predicate: String

  @Option(
    help: ArgumentHelp(
      "The other predicate, or @NAME; by default the generated one.", valueName: "predicate"))
  var before: String?

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let scope = try await scope.scope(session)
    let old = try scope.outline(before.map { try session.workspace.predicateText($0) }).predicate
    let new = try scope.outline(session.workspace.predicateText(predicate)).predicate
    let row = JSON(SelectionDifference(from: old, to: new, among: scope.partitions), scope)
    if options.json { return try Report.json(row) }
    for partition in row.gained { Report.line("+ \(partition)") }
    for partition in row.lost { Report.line("- \(partition)") }
    Report.line(
      "\(Quantity.number(row.gained.count)) gained, \(Quantity.number(row.lost.count)) lost, "
        + "\(Quantity.number(row.common)) in both; selects "
        + "\(Quantity.count(row.partitions, "partition")) of \(scope.partitions.count), "
        + "\(Quantity.count(row.files, "file")), \(Quantity.bytes(row.bytes)).")
  }

  private struct JSON: Encodable {
    let gained: [ExactText]
    let lost: [ExactText]
    let common: Int
    /// How many partitions the edited predicate selects.
    let partitions: Int
    let files: Int
    let bytes: Int64

    init(_ difference: SelectionDifference, _ scope: PredicateScope) {
      gained = difference.gained.map(\.path)
      lost = difference.lost.map(\.path)
      common = difference.common.count
      let selected = difference.common + difference.gained
      partitions = selected.count
      (files, bytes) = scope.files(of: selected)
    }
  }
}
