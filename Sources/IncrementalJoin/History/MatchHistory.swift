/// How one pair of inputs met in the partitions so far, each as its newest run met it.
struct MatchHistory {
  private(set) var newest: [ExactText: InputMatch] = [:]

  /// Takes note of a record; records come in the order of their runs.
  mutating func add(_ record: MatchRecord) { newest[record.partition] = record.match }
}
