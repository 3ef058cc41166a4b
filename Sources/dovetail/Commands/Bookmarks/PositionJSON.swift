import IncrementalJoin
import PartitionPredicate

/// The JSON of the position of one output partition.
struct PositionJSON: Encodable {
  /// Whether a run would build the partition now.
  enum Status: String, Encodable {
    case settled
    case pending
    case held
  }

  let job: String
  let partition: ExactText
  /// The run that moved the position to its current value; none when it never moved.
  let run: RunID?
  /// The run that built what is published.
  let builtBy: RunID?
  /// The version that counts as consumed, by input.
  let inputs: [String: String]  // characters: input names are ASCII
  let status: Status

  /// One for every known partition, in order.
  static func all(in report: PendingReport) -> [PositionJSON] {
    report.known.map { known in
      let position = report.positions[known.partition]
      return PositionJSON(
        job: report.job.name, partition: known.partition.path, run: position?.run,
        builtBy: report.lineages[known.partition]?.run,
        inputs: position?.inputs.mapValues(\.version) ?? [:],
        status: known.hold != nil ? .held : known.reasons.isEmpty ? .settled : .pending)
    }
  }
}
