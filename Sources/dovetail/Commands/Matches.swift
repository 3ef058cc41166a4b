import ArgumentParser
import Console
import IncrementalJoin

/// `dovetail matches`: the match ledger.
struct Matches: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how the rows of the inputs met, per partition and run, with alarms.",
    discussion: """
      Example: dovetail matches --run 12 --alarms

      An alarm says that fewer rows meet than in the job's history, or that a row meets several where \
      it met one. Jobs with `sql:`, and those that join on partition keys only, have no entries.
      """)

  @Option(name: .customLong("run"), help: ArgumentHelp("Only this run.", valueName: "run"))
  var number: RunID?

  @Flag(help: "Only the alarms.")
  var alarms = false

  @Flag(help: "Print CSV with a heading.")
  var csv = false

  @OptionGroup var options: Options
  @OptionGroup var choice: OneJobOption

  func validate() throws {
    if csv, options.json { throw ValidationError("Choose either --csv or --json.") }
  }

  func run() throws {
    let session = try Session(options.workspace)
    let ledger = session.ledger()
    let job = try number.map { try session.job(choice, ofRun: $0) } ?? session.job(choice)
    if let number { try session.check(run: number, of: job) }
    let all = try ledger.matches(job: job.name, run: nil)
    let alarms = MatchAlarm.all(in: all, ofRun: number)
    let alarming = Set(alarms.map(\.record))
    let records = all.filter { record in
      (number == nil || record.run == number) && (!self.alarms || alarming.contains(record))
    }
    if options.json || csv {
      let sentences = Dictionary(grouping: alarms, by: \.record)
      let shapes = records.map { MatchShape($0, sentences[$0] ?? []) }
      if options.json { return try Report.json(shapes) }
      return Report.csv(MatchShape.headings, shapes.map(\.cells))
    }
    Report.titled(.matches(records, alarms: alarms, of: job.name))
  }
}
