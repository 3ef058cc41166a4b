import Foundation
public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// What counts as consumed of each input, what has arrived since, and how far each input lags.
  ///
  /// - Parameters:
  ///   - status: The job's status.
  ///   - isConsole: Whether it names the console's keys instead of commands.
  /// - Returns: The report.
  public static func bookmarks(_ status: JobStatus, isConsole: Bool = false) -> TextReport {
    let job = status.job
    var report = TextReport(title: "Bookmark of \(job.name)")
    let counters = status.counters
    report.add(
      "Counters: run \(counters.run), attempt \(counters.attempt), version \(counters.version).")
    report.add(
      "Counted as AWS Glue does: runs that succeeded, runs since that did not, and moves of the bookmark.",
      .dim)
    for (bookmark, snapshot) in zip(status.bookmarks, status.report.snapshots) {
      report.add()
      report.add(bookmark, snapshot)
      report.addArrivals(of: bookmark.input, status.report, isListed: snapshot.failure == nil)
      if let differences = status.sourceChanges[bookmark.input] {
        report.add(
          "  The source changed since: \(differences.joined(separator: "; "))", .bad)
      }
    }
    let skew = ArrivalSkew(status.report)
    report.add(skew.delays)
    report.add(missing: skew)
    report.addHolds(status.report, isConsole)
    return report
  }

  private mutating func add(_ bookmark: Bookmark, _ snapshot: Snapshot) {
    add("\(bookmark.input), table \(bookmark.table)", .strong)
    guard let run = bookmark.run else {
      add("  nothing was ever consumed")
      return
    }
    add(
      "  as of run \(run), listed at \(bookmark.listedAt.map(Quantity.instant) ?? "-") UTC")
    add(
      "  consumed \(Quantity.count(bookmark.files, "file")), \(Quantity.bytes(bookmark.bytes)), in "
        + "\(Quantity.count(bookmark.partitions, "output partition")); the newest of "
        + "\(Quantity.instant(nanoseconds: bookmark.newest)) UTC")
    add(
      "  there now \(Quantity.count(snapshot.fileCount, "file")), "
        + "\(Quantity.bytes(snapshot.bytes)), in "
        + Quantity.count(snapshot.partitions.count, "partition"), .dim)
  }

  private mutating func addArrivals(of input: String, _ report: PendingReport, isListed: Bool) {
    let counts = report.changeCounts(ofInput: input)
    guard !counts.isEmpty else {
      guard isListed else {
        add("  since then unknown, since it could not be listed", .bad)
        return
      }
      let hasNew = report.known.contains { partition in
        partition.outOfReach.contains { $0.change.input == input }
      }
      add("  since then \(hasNew ? "only files that change no partition" : "nothing new")", .good)
      return
    }
    var parts = ChangeClass.allCases.compactMap { kind in
      counts[kind].map { "\(kind.rawValue)s in \(Quantity.number($0))" }
    }
    if let first = parts.first {
      parts[0] = first + (first.hasSuffix(" 1") ? " partition" : " partitions")
    }
    add(
      "  since then \(parts.joined(separator: ", ")); "
        + "\(Quantity.bytes(report.arrivedBytes(ofInput: input))) new", .warning)
  }

  /// Adds the partitions that a run would leave out, with the reason.
  private mutating func addHolds(_ report: PendingReport, _ isConsole: Bool) {
    let held = report.pending.filter { $0.hold != nil }
    guard !held.isEmpty else { return }
    add()
    add("\(Quantity.count(held.count, "partition")) held:", .strong)
    add(
      [Column(""), Column("")],
      held.map { partition in
        let hold = partition.hold.map { isConsole ? $0.consoleSentence : "\($0)" } ?? ""
        return Row([partition.partition.path.text, hold], .warning)
      }, indent: 2)
  }
}
