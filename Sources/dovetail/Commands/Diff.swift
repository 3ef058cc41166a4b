import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports

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
    let session = try await Session(options.workspace)
    let job = try session.job(choice, ofRun: number)
    let chosen = try await partitions.resolve(session, job)
    let differences = try await session.differences(
      stagedBy: number, of: job, partitions: chosen, samples: samples)
    if options.json { return try Report.json(differences.map(Shape.init)) }
    Report.text(.staged(by: number, of: job.name, differences: differences))
  }

  /// The JSON of a staged partition: how its rows differ, with its name and what a publish would record.
  private struct Shape: Encodable {
    private enum CodingKeys: CodingKey {
      case partition
      case state
    }

    private let staged: StagedDifference

    init(_ staged: StagedDifference) {
      self.staged = staged
    }

    func encode(to encoder: any Encoder) throws {
      try RowDifferenceShape(staged.rows).encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(staged.partition.path, forKey: .partition)
      try container.encode(staged.state, forKey: .state)
    }
  }
}
