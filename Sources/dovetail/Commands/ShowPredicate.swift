public import ArgumentParser
public import IncrementalJoin

/// `dovetail predicate`: the pushdown predicate of what is pending.
struct ShowPredicate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predicate",
    abstract: "Print the pushdown predicate that loads exactly the pending partitions.",
    discussion: """
      Example: dovetail predicate --input flights --dialect plain

      It is FALSE when nothing is pending, never the empty text, which would mean "no filter".
      """)

  @Option(help: "Only the predicate of this input, and nothing else on the line.")
  var input: String?

  @Option(help: "plain: as Glue's push_down_predicate takes it; compact: factored Spark SQL.")
  var dialect = PredicateDialect.compact

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func run() throws {
    let session = try Session(options.workspace)
    let reports = try session.jobs(choice).map { try session.report(of: $0) }
    try session.refuseUnseen(reports)
    let shapes = reports.flatMap { report in
      report.job.inputs.filter { input == nil || $0.name == input }
        .map { Shape(report, input: $0, dialect: dialect) }
    }
    guard !shapes.isEmpty else {
      let names = reports.flatMap(\.job.inputs).map(\.name).joined(separator: ", ")
      throw ValidationError("There is no input \"\(input ?? "")\". The inputs are: \(names).")
    }
    for shape in shapes where dialect == .plain && shape.text.utf8.count > 2048 {
      StandardError.write(
        "dovetail: the predicate of \(shape.input) has \(shape.text.utf8.count) characters, more than "
          + "the 2,048 that Glue's catalog takes; the compact dialect is shorter.")
    }
    if options.json { return try Report.json(shapes) }
    for shape in shapes {
      Report.line(input == nil ? "\(shape.job) \(shape.input): \(shape.text)" : shape.text)
    }
  }

  private struct Shape: Encodable {
    let job: String
    let input: String
    let dialect: String
    let partitions: Int
    let text: String

    init(_ report: PendingReport, input: JobInput, dialect: PredicateDialect) {
      job = report.job.name
      self.input = input.name
      self.dialect = dialect.rawValue
      partitions = report.pending.count { $0.hold == nil }
      text = report.predicate(forInput: input, dialect: dialect).text(dialect)
    }
  }
}

extension PredicateDialect: ExpressibleByArgument {}
