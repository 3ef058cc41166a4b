import IncrementalJoin
import PartitionPredicate

/// The JSON, and the CSV, of one entry of the match ledger.
struct MatchJSON: Encodable {
  let run: RunID
  let partition: ExactText
  let left: String
  let right: String
  let leftRows: Int64
  let rightRows: Int64
  let leftMatched: Int64
  let rightMatched: Int64
  let leftUnmatched: Int64
  let rightUnmatched: Int64
  let pairs: Int64
  let fanOut: Int64
  /// What is worse than in the job's history, in a sentence each; none where it was not looked up.
  let alarms: [String]?
  /// Whether somebody has acknowledged the alarms of the run; none without alarms.
  let acknowledged: Bool?

  init(_ record: MatchRecord, _ alarms: [MatchAlarm]? = nil, acknowledged: Bool? = nil) {
    self.acknowledged = acknowledged
    let match = record.match
    run = record.run
    partition = record.partition.path
    left = match.left
    right = match.right
    leftRows = match.leftRows
    rightRows = match.rightRows
    leftMatched = match.leftMatched
    rightMatched = match.rightMatched
    leftUnmatched = match.leftRows - match.leftMatched
    rightUnmatched = match.rightRows - match.rightMatched
    pairs = match.pairs
    fanOut = match.fanOut
    self.alarms = alarms?.map(\.description)
  }

  static let headings = [
    "run", "partition", "left", "right", "leftRows", "rightRows", "leftMatched", "rightMatched",
    "leftUnmatched", "rightUnmatched", "pairs", "fanOut", "alarms",
  ]

  var cells: [String] {
    let numbers = [
      leftRows, rightRows, leftMatched, rightMatched, leftUnmatched, rightUnmatched, pairs, fanOut,
    ]
    return ["\(run)", partition.text, left, right] + numbers.map { "\($0)" }
      + [alarms?.joined(separator: " ") ?? ""]
  }
}
