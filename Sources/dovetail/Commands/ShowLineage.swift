import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording
import Workspace

/// `dovetail lineage`: goes from runs and partitions to files, and from a file to partitions.
struct ShowLineage: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lineage",
    abstract: "Show what was read and written: of a run, of a partition, or where a file went.",
    discussion: """
      Example: dovetail lineage --run 12
      or: dovetail lineage month=1/day=31 --job flights_weather
      or: dovetail lineage --file data/weather/month=1/day=31/part-0.parquet

      A partition is of --job, which is needed unless there is only one; a run has its job.
      """)

  @Argument(help: "An output partition: the files that its published rows were built from.")
  var partition: String?

  @Option(
    name: .customLong("run"), help: ArgumentHelp("What this run read and wrote.", valueName: "run"))
  var number: RunID?

  @Option(
    help: ArgumentHelp(
      "The output partitions that this data file is in; a full path, or one relative to the workspace "
        + "or to the table.", valueName: "path"), completion: .file())
  var file: String?

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func validate() throws {
    if [partition != nil, number != nil, file != nil].count(where: { $0 }) != 1 {
      throw ValidationError(
        "Name exactly one: a partition, a run with --run, or a file with --file.")
    }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    if let number {
      let account = try session.account(ofRun: number)
      options.json
        ? try Report.json(RunAccountJSON(account)) : Report.titled(.run(account))
    } else if let file {
      let accounts = try FileAccount.read(
        file, in: session.workspace.folder, jobs: session.jobs(choice), ledger: try session.ledger()
      )
      options.json
        ? try Report.json(accounts.map(FileAccountJSON.init))
        : Report.titled(.uses(ofFile: file, accounts))
    } else if let partition {
      try await show(partition, session)
    }
  }

  private func show(_ path: String, _ session: Session) async throws {
    let job = try session.workspace.job(named: choice.job)
    let ledger = try session.ledger()
    let report = try await session.report(of: job)
    let partition = try Partition(path: path.exact, keys: job.output.keys)
    if report.lineages[partition] == nil {
      // What was built is known even when no input has it any more.
      _ = try PartitionChoice(paths: [path.exact]).resolve(in: report, ledger: ledger)
    }
    let row = try LineageJSON(of: partition, in: report, ledger)
    if options.json { return try Report.json(row) }
    for line in row.lines { Report.line(line) }
  }
}

/// The JSON of what one output partition was built from.
struct LineageJSON: Encodable {
  struct Input: Encodable {
    let input: String
    let version: String
    let location: String
    let files: [DataFile]
  }

  let job: String
  let partition: ExactText
  /// The run that built what is published; none when no run did.
  let run: RunID?
  /// The run that adopted what is published; none when a run built it.
  let adoptedBy: RunID?
  /// The number of rows; none when nobody counted them.
  let rows: Int64?
  let bytes: Int64?
  let inputs: [Input]
  /// The published files; none when they were not recorded.
  let published: [DataFile]?

  init(of partition: Partition, in report: PendingReport, _ ledger: any LedgerReader) throws {
    let lineage = report.lineages[partition]
    let content = lineage?.content
    let files = try ledger.files(
      of: Array(lineage?.inputs.values ?? [:].values) + [content].compactMap(\.self))
    job = report.job.name
    self.partition = partition.path
    run = lineage?.run
    adoptedBy = lineage?.adoptedBy
    rows = lineage?.countedRows
    bytes = lineage?.bytes
    inputs = report.job.inputs.compactMap { input in
      lineage?.inputs[input.name].map { version in
        Input(
          input: input.name, version: version.version, location: input.table.location.description,
          files: files[version] ?? [])
      }
    }
    published = lineage?.isPublished == false ? [] : content.flatMap { files[$0] }
  }

  fileprivate var lines: [String] {
    guard let run, let bytes else {
      return ["Partition \(partition) of job \(job): no run has built it."]
    }
    var lines: [String] = []
    if let rows {
      lines.append(
        "Partition \(partition) of job \(job): built by run \(run), \(Quantity.count(rows, "row")), \(Quantity.bytes(bytes)), from:"
      )
      for input in inputs {
        lines.append("  \(input.input), version \(input.version.prefix(12)):")
        lines += input.files.map(Self.line)
      }
      if inputs.isEmpty { lines.append("  no file of any input") }
    } else {
      lines.append(
        "Partition \(partition) of job \(job): adopted by run \(adoptedBy ?? run), \(Quantity.bytes(bytes)); its origin is "
          + "unknown.")
    }
    if let published, !published.isEmpty {
      lines.append("Published:")
      lines += published.map(Self.line)
    }
    return lines
  }

  private static func line(_ file: DataFile) -> String {
    "    \(file.path), \(Quantity.bytes(file.size)), modified \(Quantity.instant(nanoseconds: file.modified)) UTC"
  }
}

/// The JSON of where a data file went.
struct FileAccountJSON: Encodable {
  struct Use: Encodable {
    let partition: ExactText
    let run: RunID
    let published: Bool
    let file: DataFile
  }

  let job: String
  let input: String
  let table: String
  let file: ExactText
  let uses: [Use]

  init(_ account: FileAccount) {
    job = account.job
    input = account.input
    table = account.table
    file = account.file
    uses = account.uses.map {
      Use(partition: $0.partition.path, run: $0.run, published: $0.isPublished, file: $0.file)
    }
  }
}
