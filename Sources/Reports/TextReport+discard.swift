public import IncrementalJoin
public import PartitionPredicate
import Wording

extension TextReport {
  /// What throwing staged partitions away would do.
  public static func discard(_ partitions: [Partition], stagedBy run: RunID, of job: String)
    -> TextReport
  {
    var report = TextReport(title: "Discard what run \(run) of \(job) staged")
    report.add(
      "\(Quantity.count(partitions.count, "staged partition")) "
        + "\(partitions.count == 1 ? "is" : "are") thrown away. What is published stays as it is, "
        + "and what was pending stays pending.", .warning)
    report.add()
    for partition in partitions { report.add("  \(partition.path)") }
    return report
  }
}
