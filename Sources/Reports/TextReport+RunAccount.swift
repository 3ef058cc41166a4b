import Foundation
public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// What a run was asked to do, what it read and wrote, and how it ended.
  ///
  /// - Parameters:
  ///   - account: What the ledger knows of the run.
  ///   - alarms: What it met worse than the runs before it.
  /// - Returns: The report.
  public static func run(_ account: RunAccount, alarms: [MatchAlarmGroup] = []) -> TextReport {
    var report = TextReport(title: runTitle(of: account.run.id, job: account.run.job))
    report.add(
      account: account.run, cancelled: account.units.count { $0.state == .cancelled },
      staged: account.writings.filter { $0.state == .staged })
    if !alarms.isEmpty {
      report.add()
      report.add(alarms)
    }
    report.add(batches: account.batches)
    report.add(units: account.units, writings: account.writings)
    report.add(readings: account.readings)
    report.add(writings: account.writings)
    report.add(log: account.log)
    return report
  }

  /// What the list of runs knows of one.
  public static func record(of run: RunRecord) -> TextReport {
    var report = TextReport(title: runTitle(of: run.id, job: run.job))
    report.add(account: run)
    return report
  }

  /// What the report is called, before it is read as well.
  public static func runTitle(of run: RunID, job: String) -> String { "Run \(run) of \(job)" }

  private mutating func add(
    account run: RunRecord, cancelled: Int = 0, staged: [RunAccount.Writing] = []
  ) {
    let detail = run.detail.isEmpty ? "" : " (\(run.detail))"
    add("\(run.kind.rawValue)\(detail), \(run.state.rawValue)", Self.tone(of: run.state))
    let mode = run.mode == .enable ? "" : ", bookmark \(run.mode.rawValue)"
    let plan = run.plan.isEmpty ? "no plan" : "plan \(run.plan)"
    add("By \(run.user), \(plan)\(mode), inputs listed at \(Quantity.instant(run.listedAt)) UTC")
    if let note = run.note { add("Note: \(note)") }
    let took = run.took.map { ", took \(Quantity.elapsed($0))" }
    add("Started at \(Quantity.instant(run.startedAt)) UTC\(took ?? ", never ended")")
    let waiting =
      staged.isEmpty
      ? ""
      : ", \(Quantity.number(staged.count)) staged with "
        + Quantity.count(staged.reduce(0) { $0 + $1.rows }, "row")
    add(
      "\(Quantity.number(run.committed)) committed (\(Quantity.number(run.unchanged)) unchanged), "
        + "\(Quantity.number(run.failed)) failed, "
        + (cancelled > 0 ? "\(Quantity.number(cancelled)) cancelled, " : "")
        + "\(Quantity.number(run.rows)) rows\(waiting); read "
        + "\(Quantity.count(run.filesRead, "file")), \(Quantity.bytes(run.bytesRead))")
    add(timings: run.timings)
  }

  /// A unit that is staged, or left what was published, counts no rows as written: its partition has them all the same.
  private mutating func add(units: [WorkUnitRecord], writings: [RunAccount.Writing]) {
    guard !units.isEmpty else { return }
    let contents = Dictionary(
      writings.filter { $0.state == .staged || $0.state == .unchanged }.map { ($0.partition, $0) },
      uniquingKeysWith: { first, _ in first })
    add()
    add(
      [
        Column("Partition"), Column("Outcome"), .number("Rows"), .number("Bytes"), Column("Why"),
      ],
      units.map { unit in
        Row(
          [
            unit.partition.path.text, unit.state.rawValue,
            Quantity.number(contents[unit.partition]?.rows ?? unit.rows),
            Quantity.bytes(contents[unit.partition]?.bytes ?? unit.bytes),
            unit.message ?? unit.reason,
          ], Self.tone(of: unit.state))
      })
  }

  private mutating func add(readings: [RunAccount.Reading]) {
    guard !readings.isEmpty else { return }
    let files = readings.flatMap(\.files)
    add()
    add(
      "Read \(Quantity.count(files.count, "file")), "
        + "\(Quantity.bytes(readings.reduce(0) { $0 + $1.bytes })):", .strong)
    add(
      [Column("For"), Column("Input"), .number("Bytes"), Column("File")],
      readings.flatMap { reading in
        reading.files.map {
          Row([reading.partition.path.text, reading.input, Quantity.bytes($0.size), $0.path.text])
        }
      }, indent: 2)
  }

  private mutating func add(writings: [RunAccount.Writing]) {
    guard !writings.isEmpty else { return }
    let staged = writings.filter { $0.state == .staged }
    let unchanged = writings.filter { $0.state == .unchanged }
    let written = writings.filter { $0.state != .staged && $0.state != .unchanged }
    let parts = [("wrote", written), ("staged", staged), ("left unchanged", unchanged)]
      .filter { !$0.1.isEmpty }.map { verb, writings in
        "\(verb) \(Quantity.count(writings.reduce(0) { $0 + $1.rows }, "row")), "
          + Quantity.bytes(writings.reduce(0) { $0 + $1.bytes })
      }.joined(separator: "; ")
    add()
    add("\(parts.prefix(1).uppercased())\(parts.dropFirst()):", .strong)
    add(
      [Column("Partition"), .number("Rows"), .number("Bytes"), Column("File")],
      writings.flatMap { writing in
        let first = [
          writing.partition.path.text, Quantity.number(writing.rows), Quantity.bytes(writing.bytes),
        ]
        guard let files = writing.files else { return [Row(first + ["not recorded"], .dim)] }
        guard let file = files.first else { return [Row(first + ["none, no rows"], .dim)] }
        return [Row(first + [file.path.text])]
          + files.dropFirst().map { Row(["", "", "", $0.path.text]) }
      }, indent: 2)
  }

  private mutating func add(log: [LogLine]) {
    guard !log.isEmpty else { return }
    add()
    add("Log:", .strong)
    for line in log {
      let tone: Tone =
        switch line.level {
        case .info: .plain
        case .warning: .warning
        case .failure: .bad
        }
      let level = line.level == .info ? "" : "\(line.level.rawValue): "
      add("  \(Quantity.instant(line.instant))  \(level)\(line.text)", tone)
    }
  }

  static func tone(of state: RunState) -> Tone {
    switch state {
    case .running, .staged: .strong
    case .succeeded: .good
    case .partial, .cancelled: .warning
    case .failed, .interrupted: .bad
    }
  }

  private static func tone(of state: WorkUnitState) -> Tone {
    switch state {
    case .committed, .moved, .adopted, .staged: .plain
    case .removed, .held, .cancelled: .warning
    case .unchanged: .dim
    case .failed: .bad
    }
  }
}
