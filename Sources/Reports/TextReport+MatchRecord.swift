public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// How well the inputs met, by run and partition, and what is wrong with it.
  ///
  /// - Parameters:
  ///   - records: The part of the match ledger to show, in its order.
  ///   - account: The whole match ledger, with the alarms.
  ///   - isConsole: Whether the console shows it.
  /// - Returns: The report.
  public static func matches(
    _ records: [MatchRecord], in account: MatchAccount, isConsole: Bool = false
  ) -> TextReport {
    var report = TextReport(title: "Matches of \(account.job)")
    guard !account.records.isEmpty else {
      report.add(
        "No committed run has counted yet how rows meet. Joins on columns beyond the partition keys are "
          + "counted.")
      return report
    }
    report.add(account.causes)
    let seen = account.acknowledged.count
    if seen > 0 {
      report.add(
        "\(Quantity.count(seen, "alarm")) acknowledged"
          + (isConsole ? "." : "; --json tells \(seen == 1 ? "it" : "them")."), .dim)
    }
    for sentence in account.judgedBy { report.add(sentence, .dim) }
    let alarms = account.alarms.filter { !account.isAcknowledged($0) }
    for pair in pairs(of: records) {
      report.add()
      report.add("\(pair.left) with \(pair.right), in rows:", .strong)
      let alarmed = Set(alarms.map(\.record))
      report.add(
        [
          .number("Run"), Column("Partition"), .number("\(pair.left) met"), .number("unmet"),
          .number("\(pair.right) met"), .number("unmet"), .number("Fan-out"), Column(""),
        ],
        pair.records.map { record in
          let match = record.match
          let isBad = alarmed.contains(record)
          return Row(
            [
              "\(record.run)", record.partition.path.text, Quantity.number(match.leftMatched),
              Quantity.number(match.leftRows - match.leftMatched),
              Quantity.number(match.rightMatched),
              Quantity.number(match.rightRows - match.rightMatched),
              Quantity.number(match.fanOut), isBad ? "alarm" : "",
            ], isBad ? .bad : .plain)
        })
    }
    return report
  }

  /// Adds the sentences of the alarms, or a line saying that there are none.
  mutating func add(_ alarms: [MatchAlarmGroup]) {
    guard !alarms.isEmpty else {
      add("No alarm: nothing met worse than before.", .good)
      return
    }
    add("\(Quantity.count(alarms.count, "alarm")):", .bad)
    for alarm in alarms { add("  \(alarm)", .bad) }
  }

  private static func pairs(of records: [MatchRecord])
    -> [(left: String, right: String, records: [MatchRecord])]
  {
    var pairs: [(left: String, right: String, records: [MatchRecord])] = []
    for record in records {
      let match = record.match
      if let index = pairs.firstIndex(where: { $0.left == match.left && $0.right == match.right }) {
        pairs[index].records.append(record)
      } else {
        pairs.append((match.left, match.right, [record]))
      }
    }
    return pairs
  }
}
