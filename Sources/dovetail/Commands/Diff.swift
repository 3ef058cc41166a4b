import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports

/// `dovetail diff RUN`: shows what a run changed, or what publishing a staged run would change.
struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which rows a run changed, or would change if what it staged were published.",
    discussion: """
      Example: dovetail diff 12 month=1/day=31 --samples 5

      What a run has published is compared with the version that it replaced, as long as both are kept \
      (`limits:` of the job); what it has only staged with what is published now.

      Rows are told apart by the job's `key:`, or by the columns that it joins on. Where these do not \
      name every row, a changed row counts as one removed and one added.
      """)

  @Argument(help: ArgumentHelp("A run that has published or staged something.", valueName: "run"))
  var number: RunID

  @OptionGroup var partitions: PartitionOptions

  @Option(
    help: ArgumentHelp("How many rows to show of each kind and partition.", valueName: "rows"))
  var samples = 3

  @OptionGroup var options: Options
  @OptionGroup var choice: JobOfRunOption

  func run() async throws {
    let session = try await Session(options.workspace)
    let job = try session.job(choice, ofRun: number)
    let chosen = try await partitions.resolve(session, job)
    let changes = try await session.changes(
      by: number, of: job, partitions: chosen, samples: samples)
    if options.json {
      switch changes {
      case .staged(let differences): try Report.json(differences.map(JSON.init))
      case .published(let differences): try Report.json(differences.map(JSON.init))
      }
    } else {
      Report.text(.changes(by: number, of: job.name, changes))
    }
    if case .published(let differences) = changes, !differences.contains(where: \.isCompared) {
      throw ExitStatus.refused
    }
  }

  /// The JSON of a partition: its name, how its rows differ, and what a publish recorded or would record.
  private struct JSON: Encodable {
    private enum CodingKeys: CodingKey {
      case partition
      case state
      case notKeptBy
      case changedByOthers
    }

    private let partition: Partition
    private let state: WorkUnitState
    private let outcome: RunDifference.Outcome

    init(_ staged: StagedDifference) {
      partition = staged.partition
      state = staged.state
      outcome = .compared(staged.rows)
    }

    init(_ difference: RunDifference) {
      partition = difference.partition
      state = difference.state
      outcome = difference.outcome
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(partition.path, forKey: .partition)
      try container.encode(state, forKey: .state)
      switch outcome {
      case .compared(let rows): try RowDifferenceJSON(rows).encode(to: encoder)
      case .notKept(let run): try container.encode(run, forKey: .notKeptBy)
      case .changedByOthers: try container.encode(true, forKey: .changedByOthers)
      }
    }
  }
}

extension RunDifference {
  fileprivate var isCompared: Bool {
    if case .compared = outcome { true } else { false }
  }
}
