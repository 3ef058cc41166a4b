import ArgumentParser
import IncrementalJoin
import Operations

/// `dovetail lint`: finds what may be unintended in the jobs.
struct Lint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Look for likely mistakes: matches lost at partition borders, keys compared implicitly.",
    discussion: """
      Example: dovetail lint --job trades_quotes

      It looks at the definitions, at what is listed, and at the rows of a sample of output partitions. \
      Nothing is changed, and the status is 0 whatever is found.
      """)

  @Option(
    help: ArgumentHelp(
      "How many output partitions per job to sample rows from; 0 reads no rows.",
      valueName: "count"))
  var sample = 3

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func validate() throws {
    guard sample >= 0 else { throw ValidationError("--sample \(sample): give 0 or more.") }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    var rows: [FindingJSON] = []
    for job in try session.jobs(choice) {
      let report = try await session.report(of: job)
      let findings = try await session.findings(report, sample: sample)
      rows += findings.map {
        FindingJSON(job: job.name, input: $0.input, severity: $0.severity, message: $0.message)
      }
      guard !options.json else { continue }
      if findings.isEmpty { Report.line("Job \(job.name): nothing found.") }
      for finding in findings {
        Report.line("Job \(job.name), \(finding.severity.rawValue): \(finding.message)")
      }
    }
    if options.json { try Report.json(rows) }
  }
}

/// The JSON of a finding.
struct FindingJSON: Encodable {
  let job: String
  let input: String
  let severity: JobFinding.Severity
  let message: String
}
