public import PartitionPredicate

/// How thoroughly a job's inputs are looked at.
///
/// It matters only for tables with a `watch:`; others are always listed in full.
public enum Look: Hashable, Sendable {
  /// Everything, whatever is watched.
  case everywhere
  /// What is watched, what pending output partitions read beyond that, and what these output partitions read.
  case watched(and: Set<Partition>)

  /// What is watched, and what pending output partitions read beyond that.
  public static let watched = Look.watched(and: [])

  /// What is requested from every table first.
  var scope: PartitionScope { self == .everywhere ? .all : .watched }

  /// The output partitions whose inputs are listed whatever is watched.
  var partitions: Set<Partition> {
    if case .watched(let partitions) = self { partitions } else { [] }
  }
}
