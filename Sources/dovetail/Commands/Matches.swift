import ArgumentParser
import IncrementalJoin
import Operations
import Reports
import Wording

/// `dovetail matches`: shows the match ledger.
struct Matches: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how the rows of the inputs met, per partition and run, with alarms.",
    discussion: """
      Example: dovetail matches --run 12 --alarms
      or: dovetail matches --acknowledge --note 'the new stations have no weather yet'

      An alarm says that fewer rows meet than in the job's history, that a row meets several where it met \
      one, or that rows cannot meet since their partners are in other partitions: a line for each cause. \
      Acknowledged alarms are not shown again until a later run raises them. Jobs with `sql:`, and those that \
      join on partition keys only, have no entries.
      """)

  @Option(name: .customLong("run"), help: ArgumentHelp("Only this run.", valueName: "run"))
  var number: RunID?

  @Flag(help: "Only the alarms.")
  var alarms = false

  @Flag(help: "Record that the alarms were seen: of --run, or all so far.")
  var acknowledge = false

  @OptionGroup var why: NoteOption

  @Flag(help: "Print CSV with a heading.")
  var csv = false

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOfRunOption

  func validate() throws {
    if csv, options.json { throw ValidationError("Choose either --csv or --json.") }
    if why.note != nil, !acknowledge {
      throw ValidationError("--note says why alarms are acknowledged: add --acknowledge.")
    }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    let job = try session.job(choice, ofRun: number)
    if let number { _ = try session.ledger().run(number, of: job.name) }
    var account = try session.matches(of: job.name, run: number)
    if acknowledge {
      try session.allowChanges()
      let open = account.alarms.filter { !account.isAcknowledged($0) }
      try session.acknowledge(open, of: job.name, run: number, note: why.note)
      if !options.json, !csv {
        return Report.line(
          open.isEmpty
            ? "Job \(job.name) has no alarm that is not acknowledged."
            : "Job \(job.name): \(Quantity.count(open.count, "alarm")) acknowledged.")
      }
      account = try session.matches(of: job.name, run: number)
    }
    try print(account)
  }

  private func print(_ account: MatchAccount) throws {
    // JSON and CSV also include acknowledged alarms.
    let told = account.alarms.filter { options.json || csv || !account.isAcknowledged($0) }
    let alarming = Set(told.map(\.record))
    let records = account.records.filter { record in
      (number == nil || record.run == number) && (!alarms || alarming.contains(record))
    }
    guard options.json || csv else { return Report.titled(.matches(records, in: account)) }
    let byRecord = Dictionary(grouping: told, by: \.record)
    let rows = records.map { record in
      let alarms = byRecord[record] ?? []
      return MatchJSON(
        record, alarms, acknowledged: alarms.first.map { account.isAcknowledged($0) })
    }
    if options.json { return try Report.json(rows) }
    Report.csv(MatchJSON.headings, rows.map(\.cells))
  }
}
