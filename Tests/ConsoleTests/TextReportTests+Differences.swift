import Console
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import IncrementalJoin

/// Differences of rows, verifications, drift and the uses of files.
extension TextReportTests {
  @Test("a difference counts rows, names columns and shows rows before and after")
  func difference() {
    let report = TextReport.staged(
      by: 5, of: job,
      differences: [
        StagedDifference(partition: "month=1/day=5", state: .committed, rows: Self.changed),
        StagedDifference(partition: "month=1/day=14", state: .unchanged, rows: Self.same),
      ])
    #expect(
      lines(report) == [
        "What run 5 of flights_weather staged, compared with what is published",
        "2 partitions staged: 1 differ, 1 the same.",
        "",
        "month=1/day=5: 844 rows before, 844 after: 1 added, 1 removed, 3 changed, 840 same",
        "  Columns that differ: temp in 3 rows, wind in 1 row",
        "  New columns: gust DOUBLE",
        "  Columns of another type: temp BIGINT -> DOUBLE",
        "     flight  temp         wind",
        "  ~  1545    39 -> 39.02  5 -> NULL",
        "  +  1546    40           NULL",
        "  -  1547    41           3",
        "  and 2 more",
        "",
        "month=1/day=14: the same 12 rows",
        "",
      ])
  }

  @Test("what a run changed says which versions are no longer kept, and what was removed")
  func changes() {
    let day = World.partition
    let report = TextReport.changes(
      by: 5, of: job,
      .published([
        RunDifference(partition: day(1, 1), state: .removed, outcome: .compared(Self.changed)),
        RunDifference(partition: day(1, 2), state: .committed, outcome: .notKept(by: 7)),
        RunDifference(partition: day(1, 3), state: .committed, outcome: .changedByOthers),
      ]))
    #expect(report.title == "What run 5 of flights_weather changed")
    let texts = report.lines.map(\.text)
    #expect(
      texts.first
        == "3 partitions written: 1 changed, 0 the same, 2 without the versions to compare.")
    #expect(texts.contains("  The run removed it."))
    #expect(
      texts.suffix(3) == [
        "month=1/day=2: the version that run 7 replaced is no longer kept; `limits:` in dovetail.yaml says how long "
          + "versions are.", "",
        "month=1/day=3: somebody else has changed the published files since; `dovetail verify --drift` names them.",
      ])
  }

  @Test("a difference of many columns shows the key, what differs, and counts the rest")
  func wideDifference() {
    let names = (1...12).map { "c\($0)" }
    let values = names.map { Optional("v\($0)") }
    var changed = values
    changed[11] = nil
    let difference = RowDifference(
      key: ["c3"], columns: names, added: 0, removed: 0, changed: 1, same: 0,
      changedColumns: ["c12": 1], addedColumns: [], removedColumns: [], retypedColumns: [],
      samples: [RowDifference.Row(kind: .changed, before: values, after: changed)])
    let report = TextReport.changes(
      by: 5, of: job,
      .published([
        RunDifference(
          partition: World.partition(1, 1), state: .committed, outcome: .compared(difference))
      ]))
    #expect(
      report.lines.map(\.text).suffix(3) == [
        "     c3   c12           c1   c2   c4   c5   c6   c7",
        "  ~  vc3  vc12 -> NULL  vc1  vc2  vc4  vc5  vc6  vc7",
        "  4 columns not shown here; `--json` has all of them.",
      ])
  }

  @Test("floating-point numbers are rounded for people, unless what differs would look the same")
  func roundedDifference() {
    let values = ["a", "17.261699999999998", "0.30000000000000004", "17.261699999999998"]
    let difference = RowDifference(
      key: ["id"], columns: ["id", "wind", "temp", "text"], added: 1, removed: 0, changed: 1,
      same: 0, changedColumns: ["wind": 1, "temp": 1], addedColumns: [], removedColumns: [],
      retypedColumns: [], floatingColumns: ["wind", "temp"],
      samples: [
        RowDifference.Row(
          kind: .changed, before: values,
          after: ["a", "24.166379999999997", "0.3", "17.261699999999998"]),
        RowDifference.Row(kind: .added, before: [], after: values),
      ])
    let changes = RunChanges.published([
      RunDifference(
        partition: World.partition(1, 1), state: .committed, outcome: .compared(difference))
    ])
    #expect(
      TextReport.changes(by: 5, of: job, changes).lines.map(\.text).suffix(4) == [
        "     id  wind                 temp                        text",
        "  ~  a   17.2617 -> 24.16638  0.30000000000000004 -> 0.3  17.261699999999998",
        "  +  a   17.2617              0.3                         17.261699999999998",
        "  Long fractions are rounded; `--json` has all digits.",
      ])
    #expect(
      TextReport.changes(by: 5, of: job, changes, isConsole: true).lines.last?.text
        == "  Long fractions are rounded.")
    // What is saved has all digits.
    let saved = TextReport.changes(by: 5, of: job, changes, isConsole: true).lines.map(\.cells)
    #expect(saved.contains(["+"] + ["a", values[1], values[2], values[3]]))
  }

  @Test("a verification says what is wrong before what is certified")
  func verification() {
    let results = [
      Verification(partition: World.partition(1, 1), outcome: .certified(rows: 840)),
      Verification(partition: World.partition(1, 2), outcome: .differs(Self.changed)),
      Verification(partition: World.partition(1, 3), outcome: .neverBuilt),
    ]
    let lines = lines(.verification(results, of: job, seed: 7))
    #expect(
      lines.prefix(4) == [
        "Verification of flights_weather",
        "3 partitions recomputed: 1 certified, 1 wrong, 1 not verified.",
        "Sampled with the seed 7, which picks the same ones again.",
        "",
      ])
    #expect(lines[4] == "\(results[1])")
    #expect(lines.suffix(3).dropLast() == ["\(results[2])", "\(results[0])"])
    let inConsole = self.lines(.verification(results, of: job, isConsole: true))
    #expect("\(results[1])" == "\(inConsole[3]) `dovetail verify --repair` rebuilds it.")
    #expect(!inConsole.contains { $0.contains("--repair") })
  }

  @Test("drift says how much was checked and what was found")
  func drift() {
    let finding = OutputDrift.Finding(
      job: job, partition: World.partition(1, 1), kind: .fileGone, path: "/out/a.parquet", run: 1,
      published: nil, current: nil, isRepairable: true)
    #expect(
      lines(.drift(OutputDrift(checked: 20, findings: [finding], problems: []), of: job)) == [
        "Drift of the output of flights_weather",
        "20 published partitions checked: 1 finding, 1 partition to repair.",
        "",
        "\(finding)",
        "",
      ])
    let drift = OutputDrift(checked: 20, findings: [finding], problems: [])
    let inConsole = lines(.drift(drift, of: job, isConsole: true))
    #expect("\(finding)" == "\(inConsole[3]) `dovetail verify --repair` rebuilds the partition.")
    #expect(
      TextReport.drift(OutputDrift(checked: 20, findings: [], problems: []), of: job).lines
        == [
          TextReport.Line(
            "20 published partitions checked: their files are those that the runs published.", .good
          )
        ])
  }

  @Test("a file's uses say which outputs have its rows now")
  func uses() {
    let file = World.file(World.partition(1, 5), "part-0", size: 21_000)
    let account = FileAccount(
      job: job, input: "flights", table: "flights", file: file.path,
      uses: [
        FileUse(
          partition: "month=1/day=5", input: "flights", run: 4, file: file, isPublished: true),
        FileUse(
          partition: "month=1/day=5", input: "flights", run: 1, file: file, isPublished: false),
      ])
    #expect(
      lines(.uses(ofFile: file.path.text, [account])) == [
        "Outputs that month=1/day=5/part-0.parquet is in",
        "It is in 1 partition that is published now.",
        "",
        "Job flights_weather, input flights, table flights:",
        "  Partition      Run    Bytes  Modified (UTC)",
        "  month=1/day=5    4  21.0 kB  2013-01-24 04:00:00  published now",
        "  month=1/day=5    1  21.0 kB  2013-01-24 04:00:00  replaced since",
        "",
      ])
  }

  private static let changed = RowDifference(
    key: ["flight"], columns: ["flight", "temp", "wind"], added: 1, removed: 1, changed: 3,
    same: 840, changedColumns: ["temp": 3, "wind": 1], addedColumns: ["gust DOUBLE"],
    removedColumns: [], retypedColumns: ["temp BIGINT -> DOUBLE"],
    samples: [
      RowDifference.Row(
        kind: .changed, before: ["1545", "39", "5"], after: ["1545", "39.02", nil]),
      RowDifference.Row(kind: .added, before: [], after: ["1546", "40", nil]),
      RowDifference.Row(kind: .removed, before: ["1547", "41", "3"], after: []),
    ])

  private static let same = RowDifference(
    key: [], columns: [], added: 0, removed: 0, changed: 0, same: 12, changedColumns: [:],
    addedColumns: [], removedColumns: [], retypedColumns: [], samples: [])
}
