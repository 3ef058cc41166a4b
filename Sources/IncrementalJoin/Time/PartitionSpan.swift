/// The time that a partition covers.
///
/// Instants are in microseconds since 1970-01-01 UTC.
public enum PartitionSpan: Hashable, Sendable {
  /// All time: no key says anything about it.
  case always
  /// No time at all: every time key is NULL. Such partitions belong to each other only.
  case unknown
  /// Half-open intervals in ascending order that do not touch; none for a local hour that never occurs, several
  /// where clocks were put back.
  case instants([Range<Int64>])
}
