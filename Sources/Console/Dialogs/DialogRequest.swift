import IncrementalJoin
import Operations

/// Something that is being read for a dialog; it takes all keys until the answer comes or Esc.
struct DialogRequest: Equatable, Sendable {
  /// What the answer is for.
  enum Subject: Equatable, Sendable {
    case report(ReportRequest)
    case operation(JobOperation, note: String?)
    /// The partitions of a rerun.
    case partitions(PartitionChoice)
  }

  let job: String
  let subject: Subject
  let title: String
}
