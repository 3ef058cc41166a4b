public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// Which outputs contain a data file: one account for each job's input that it belongs to.
  public static func uses(ofFile file: String, _ accounts: [FileAccount]) -> TextReport {
    var report = TextReport(title: "Outputs that \(file) is in")
    let published = accounts.flatMap(\.uses).count(where: \.isPublished)
    report.add(
      published == 0
        ? "It is in no partition that is published now."
        : "It is in \(Quantity.count(published, "partition")) that "
          + "\(published == 1 ? "is" : "are") published now.", .strong)
    for account in accounts {
      report.add()
      report.add("Job \(account.job), input \(account.input), table \(account.table):", .strong)
      guard !account.uses.isEmpty else {
        report.add(
          "  No build has read it. It is pending or held, it changed no rows (compacted, or out of reach), or it is "
            + "not a data file of the table.")
        continue
      }
      report.add(
        [
          Column("Partition"), .number("Run"), .number("Bytes"), Column("Modified (UTC)"),
          Column(""),
        ],
        account.uses.map { use in
          Row(
            [
              use.partition.path.text, "\(use.run)", Quantity.bytes(use.file.size),
              Quantity.instant(nanoseconds: use.file.modified),
              use.isPublished ? "published now" : "replaced since",
            ], use.isPublished ? .good : .dim)
        }, indent: 2)
    }
    return report
  }
}
