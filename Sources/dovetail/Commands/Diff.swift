import ArgumentParser
import Console
import IncrementalJoin

/// `dovetail diff RUN`: what publishing a staged run would change.
struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare what a run has staged with what is published.",
    discussion: """
      Example: dovetail diff 12 month=1/day=31 --samples 5

      Rows are told apart by the job's `key:`, or by the columns that it joins on. Where these do not \
      name every row, a changed row counts as one removed and one added.
      """)

  @Argument(help: "The run that staged.")
  var number: RunID

  @OptionGroup var partitions: PartitionOptions

  @Option(help: "How many rows to show of each kind and partition.")
  var samples = 3

  @OptionGroup var options: Options
  @OptionGroup var choice: OneJobOption

  func run() async throws {
    let session = try Session(options.workspace)
    let job = try session.job(choice, ofRun: number)
    let chosen = try partitions.resolve(session, job)
    let comparison = StagedComparison(
      storage: session.storage, ledger: session.ledger(), rows: try session.engine(for: job))
    let differences = try await comparison.compare(
      run: number, of: job, partitions: chosen, samples: samples)
    if options.json { return try Report.json(differences.map(Shape.init)) }
    Report.text(.staged(by: number, of: job.name, differences: differences))
  }

  private struct Shape: Encodable {
    struct Sample: Encodable {
      let kind: RowDifference.Row.Kind
      let before: [String?]
      let after: [String?]
    }

    let partition: String
    let state: WorkUnitState
    let key: [String]
    let columns: [String]
    let added: Int64
    let removed: Int64
    let changed: Int64
    let same: Int64
    let changedColumns: [String: Int64]
    let addedColumns: [String]
    let removedColumns: [String]
    let retypedColumns: [String]
    let samples: [Sample]

    init(_ staged: StagedDifference) {
      let difference = staged.rows
      partition = staged.partition
      state = staged.state
      key = difference.key
      columns = difference.columns
      added = difference.added
      removed = difference.removed
      changed = difference.changed
      same = difference.same
      changedColumns = difference.changedColumns
      addedColumns = difference.addedColumns
      removedColumns = difference.removedColumns
      retypedColumns = difference.retypedColumns
      samples = difference.samples.map {
        Sample(kind: $0.kind, before: $0.before, after: $0.after)
      }
    }
  }
}
