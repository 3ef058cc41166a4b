import Foundation
public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// How many partitions are told one by one.
  private static let changeLimit = 200

  /// What became of a job: its runs, what was published with the rows before and now, and what landed.
  public static func recentChanges(_ changes: RecentChanges) -> TextReport {
    var report = TextReport(
      title: "What changed in \(changes.job) since \(Quantity.instant(changes.since)) UTC")
    let pending = Quantity.count(changes.pending, "partition")
    let verb = changes.pending == 1 ? "is" : "are"
    let held = changes.held == 0 ? "" : ", \(Quantity.number(changes.held)) held"
    if changes.isEmpty { report.add("Nothing: no run, and no new file.", .good) }
    report.add("\(pending) \(verb) pending now\(held).", changes.pending == 0 ? .plain : .warning)
    report.add(landed: changes.arrivals)
    report.add(runs: changes.runs)
    report.add(published: changes.changes)
    return report
  }

  private mutating func add(landed arrivals: [RecentChanges.Arrivals]) {
    add()
    add("Files that landed:", .strong)
    for arrival in arrivals {
      guard arrival.files > 0 else {
        add("  \(arrival.input): nothing new", .dim)
        continue
      }
      add(
        "  \(arrival.input): \(Quantity.count(arrival.files, "file")), "
          + "\(Quantity.bytes(arrival.bytes)), in \(Quantity.count(arrival.partitions, "partition")); the newest of "
          + "\(Quantity.instant(nanoseconds: arrival.newest ?? 0)) UTC", .warning)
    }
  }

  private mutating func add(runs: [RunRecord]) {
    add()
    guard !runs.isEmpty else {
      add("No run and no operation.", .dim)
      return
    }
    add("\(Quantity.count(runs.count, "run")), operations included:", .strong)
    add(
      [
        .number("Run"), Column("Kind"), Column("State"), Column("Started (UTC)"), .number("Done"),
        .number("Failed"), .number("Rows"), Column("By"),
      ],
      runs.map { run in
        Row(
          [
            "\(run.id)", run.kind.rawValue, run.state.rawValue, Quantity.instant(run.startedAt),
            Quantity.number(run.committed), Quantity.number(run.failed), Quantity.number(run.rows),
            run.user,
          ], run.failed > 0 || run.state == .failed ? .bad : .plain)
      }, indent: 2)
  }

  private mutating func add(published changes: [RecentChanges.Change]) {
    add()
    guard !changes.isEmpty else {
      add("Nothing was published.", .dim)
      return
    }
    func sum(_ rows: KeyPath<RecentChanges.Change, Int64?>) -> String {
      Quantity.number(changes.reduce(0) { $0 + ($1[keyPath: rows] ?? 0) })
    }
    let new = changes.count { $0.rowsBefore == nil }
    let removed = changes.count { $0.rowsNow == nil }
    add(
      "\(Quantity.count(changes.count, "partition")) published: \(Quantity.number(new)) new, "
        + "\(Quantity.number(changes.count - new - removed)) replaced, \(Quantity.number(removed)) removed; "
        + "\(sum(\.rowsBefore)) rows before, \(sum(\.rowsNow)) now.", .strong)
    add(
      [Column("Partition"), .number("Rows before"), .number("Rows now"), .number("Run")],
      changes.prefix(Self.changeLimit).map { change in
        Row(
          [
            change.partition.path.text, change.rowsBefore.map(Quantity.number) ?? "-",
            change.rowsNow.map(Quantity.number) ?? "-", "\(change.run)",
          ], change.rowsNow == nil ? .bad : .plain)
      }, indent: 2)
    let rest = changes.count - Self.changeLimit
    if rest > 0 { add("  and \(Quantity.number(rest)) more", .dim) }
  }
}
