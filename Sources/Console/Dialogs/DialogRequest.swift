import IncrementalJoin
import Operations

/// Something that is being read for a dialog; it receives all keys until the answer comes or Esc is pressed.
struct DialogRequest: Equatable, Sendable {
  /// What the answer is for.
  enum Subject: Equatable, Sendable {
    case report(ReportRequest)
    case operation(JobOperation)
    /// The partitions to rerun.
    case partitions(PartitionChoice)
    /// What dovetail.yaml would get for tables of the Glue Data Catalog.
    case tables([String])
    /// The plans of all jobs with pending partitions, one after the other.
    case runAll
  }

  let job: String
  let subject: Subject
  let title: String
}
