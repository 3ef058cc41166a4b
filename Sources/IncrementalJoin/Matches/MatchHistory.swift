import PartitionPredicate

/// How one pair of inputs met in the partitions so far.
struct MatchHistory {
  /// Each partition as of its newest run.
  private(set) var newest: [Partition: InputMatch] = [:]
  /// The partitions in which an input once had no rows while the other one had, by input.
  private(set) var lacking: [String: Set<Partition>] = [:]  // characters: input names are ASCII

  /// Adds a record; records come in the order of their runs.
  mutating func add(_ record: MatchRecord) {
    let match = record.match
    newest[record.partition] = match
    if match.leftRows == 0, match.rightRows > 0 {
      lacking[match.left, default: []].insert(record.partition)
    }
    if match.rightRows == 0, match.leftRows > 0 {
      lacking[match.right, default: []].insert(record.partition)
    }
  }

  /// The partitions in which both inputs have rows.
  var met: [InputMatch] { newest.values.filter { $0.leftRows > 0 && $0.rightRows > 0 } }

  /// Whether an input is regularly late or missing: in one of ten partitions.
  func regularlyLacks(_ input: String) -> Bool {
    (lacking[input]?.count ?? 0) * 10 >= max(1, newest.count)
  }
}
