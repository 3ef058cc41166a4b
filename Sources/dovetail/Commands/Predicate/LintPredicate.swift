import ArgumentParser
import PartitionPredicate
import Wording

/// `dovetail predicate lint`: finds what is odd about a predicate.
struct LintPredicate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find clauses that match nothing, can never be true or say what others say.",
    discussion: """
      Example: dovetail predicate lint "month = '1st'" --table flights

      The status is 1 when a clause is probably a mistake.
      """)

  @OptionGroup var argument: PredicateArgument
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let scope = try await scope.scope(session)
    let outline = try scope.outline(argument.text(session))
    let table = PartitionTable(scope.partitions, keys: scope.keys)
    let findings = PredicateLint.findings(outline, table)
    if options.json {
      try Report.json(findings.map { JSON($0, outline) })
    } else {
      for finding in findings {
        Report.line("\(finding.severity.rawValue): \(outline.text(of: finding.clause))")
        Report.line("  \(finding.message)")
      }
      if findings.isEmpty {
        Report.line(
          "Nothing odd among \(Quantity.count(scope.partitions.count, "partition")) of "
            + "\(scope.title).")
      }
    }
    if findings.contains(where: { $0.severity == .warning }) { throw ExitStatus.failed }
  }

  private struct JSON: Encodable {
    let clause: Int
    let text: String
    let column: Int
    let severity: String
    let message: String

    init(_ finding: PredicateFinding, _ outline: PredicateOutline) {
      clause = finding.clause
      text = outline.text(of: finding.clause)
      column = outline.column(of: finding.clause)
      severity = finding.severity.rawValue
      message = finding.message
    }
  }
}
