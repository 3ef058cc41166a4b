public import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate
import Workspace

/// `dovetail predicate show`: prints the pushdown predicate of what is pending, or another one, in a dialect.
struct ShowPredicate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the pushdown predicate that loads exactly the pending partitions.",
    discussion: """
      Example: dovetail predicate show --input flights --dialect plain

      It is FALSE when nothing is pending, never the empty text, which would mean "no filter". Where a \
      window reads partitions around the pending ones, a line "(halo)" says which of them these are. With \
      --where it prints your own predicate in the dialect.
      """)

  @Option(help: "Only the predicate of this input, and nothing else on the line.")
  var input: String?

  @Option(
    help: """
      plain: as Glue's push_down_predicate takes it; compact: minimized Spark SQL; spark: Spark SQL as \
      it stands; glue: expressions of Glue's GetPartitions, one a line; duckdb: DuckDB's SQL.
      """)
  var dialect = PredicateDialect.compact

  @Flag(help: "Exact among the partitions known now only: shorter, wrong once others land.")
  var known = false

  @Option(
    name: .customLong("where"), parsing: .unconditional,
    help: ArgumentHelp(
      "Your own predicate instead, or @NAME for a saved one; --dialect spark leaves it as it is.",
      valueName: "predicate"))
  var text: String?

  @OptionGroup var clock: ClockOption
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func validate() throws {
    if known, text != nil {
      throw ValidationError(
        "--known is for generated predicates; `dovetail predicate minimize --known` is for yours.")
    }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    let jobs = try session.jobs(choice)
    let chosen = try Workspace.inputs(named: input, of: jobs)
    var reports: [PendingReport] = []
    for job in jobs { reports.append(try await session.report(of: job)) }
    try session.refuseUnseen(reports)
    let rows = try reports.flatMap { report in
      try chosen.filter { $0.job.name == report.job.name }.map {
        try row(report, $0.input, session)
      }
    }
    for row in rows where dialect == .plain && row.text.utf8.count > GluePrinter.limit {
      StandardError.write(
        "dovetail: the predicate of \(row.job) \(row.input) has \(row.text.utf8.count) characters, more than "
          + "the 2,048 that Glue's catalog takes; the compact dialect is shorter.")
    }
    if known {
      StandardError.write(
        "dovetail: exact among the partitions known now only; others that land later may be selected."
      )
    }
    if options.json { return try Report.json(rows) }
    for row in rows {
      for text in row.expressions ?? [row.text] {
        Report.line(
          input == nil || rows.count > 1 ? "\(row.job) \(row.input): \(text)" : text)
      }
      // What takes one input's predicate would take the halo for more of it.
      guard input == nil, let halo = row.halo else { continue }
      for text in halo.expressions ?? [halo.text] {
        Report.line("\(row.job) \(row.input) (halo): \(text)")
      }
    }
  }

  private func row(
    _ report: PendingReport, _ input: JobInput, _ session: Session
  ) throws -> JSON {
    let generated = report.generated(forInput: input)
    let own = try text.map {
      try PushdownPredicate(
        session.workspace.predicateText($0), keys: generated.keys, today: clock.days)
    }
    let exactness: GeneratedPredicate.Exactness = known ? .knownPartitions : .wholeDomain
    let texts = try own?.texts(dialect) ?? generated.texts(dialect, exactness)
    let halo = own == nil ? generated.ofNearby : nil
    return JSON(
      job: report.job.name, input: input.name, dialect: dialect.rawValue,
      partitions: own?.filter(generated.known).count ?? generated.partitions.count,
      text: texts.joined(separator: "\n"), expressions: dialect == .glue ? texts : nil,
      halo: try halo.map {
        let texts = try $0.texts(dialect, exactness)
        return JSON.Halo(
          partitions: $0.partitions.count, text: texts.joined(separator: "\n"),
          expressions: dialect == .glue ? texts : nil)
      },
      exactness: known ? "known partitions" : "whole domain")
  }

  private struct JSON: Encodable {
    let job: String
    let input: String
    let dialect: String
    /// How many of the known partitions it selects.
    let partitions: Int
    let text: String
    /// One expression per request; only in the glue dialect.
    let expressions: [String]?
    /// Those of the partitions that are read only for rows near the border of what is built; left out without any.
    let halo: Halo?
    let exactness: String

    struct Halo: Encodable {
      let partitions: Int
      let text: String
      let expressions: [String]?
    }
  }
}

extension PredicateDialect: ExpressibleByArgument {}
