import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// `dovetail predicate explain`: explains why a partition is or is not selected; without one, what each clause does.
struct ExplainPredicate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why partitions are selected or not, or what every clause does.",
    discussion: """
      Example: dovetail predicate explain month=12/day=31 --job flights_weather

      Without a partition it prints the clauses with how many of the known partitions reach each, \
      how many it makes TRUE, FALSE and NULL, how many it decides, and what is odd about it.
      """)

  @Argument(help: "Partitions as paths, in any spelling: month=01/day=3.")
  var partitions: [String] = []

  @Option(
    name: .customLong("where"), parsing: .unconditional,
    help: ArgumentHelp(
      "The predicate, or @NAME for a saved one; by default the generated one.",
      valueName: "predicate"))
  var text: String?

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let scope = try await scope.scope(session)
    let outline = try scope.outline(text.map { try session.workspace.predicateText($0) })
    guard !partitions.isEmpty else { return try printClauses(outline, scope) }
    let explanations = try partitions.map { path in
      PartitionExplanation(outline, try Partition(path: path.exact, keys: scope.keys))
    }
    if options.json {
      return try Report.json(explanations.map { ExplanationJSON($0, outline, scope) })
    }
    for explanation in explanations { print(explanation, outline, scope) }
  }

  private func print(
    _ explanation: PartitionExplanation, _ outline: PredicateOutline, _ scope: PredicateScope
  ) {
    Report.line(explanation.sentence(outline))
    if let status = scope.status(of: explanation.partition) {
      Report.line("The partition is \(status).")
    } else if !scope.partitions.contains(explanation.partition) {
      Report.line("The \(scope.title) has no such partition.")
    }
    for line in explanation.lines {
      let indent = String(repeating: "  ", count: line.depth)
      let reason = line.reason.map { "  (\($0))" } ?? ""
      Report.line(
        "  \(line.truth.rawValue.padded(to: 5))  \(indent)\(outline.text(of: line.clause))\(reason)"
      )
    }
    if explanation.omitted > 0 {
      Report.line(
        "  and \(Quantity.count(explanation.omitted, "more alternative")), none of which is TRUE")
    }
  }

  private func printClauses(_ outline: PredicateOutline, _ scope: PredicateScope) throws {
    let table = PartitionTable(scope.partitions, keys: scope.keys)
    let rows = ClauseJSON.all(outline, table)
    if options.json { return try Report.json(rows) }
    Report.table(
      [
        .number("CLAUSE"), .number("REACHED"), .number("TRUE"), .number("FALSE"), .number("NULL"),
        .number("DECIDES"), "TEXT",
      ],
      rows.map { row in
        [
          "\(row.clause)", Quantity.number(row.reached), Quantity.number(row.true),
          Quantity.number(row.false), Quantity.number(row.null), Quantity.number(row.decides),
          String(repeating: "  ", count: row.depth) + row.text,
        ]
      })
    for row in rows {
      for finding in row.findings { Report.line("Clause \(row.clause): \(finding)") }
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
