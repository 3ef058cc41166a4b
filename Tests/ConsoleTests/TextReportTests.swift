import Console
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("Reports are sentences and aligned columns")
struct TextReportTests {
  private let world = World.control()
  private let job = "flights_weather"

  private func lines(_ report: TextReport) -> [String] {
    report.text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("the bookmark says as of which run, what arrived since by class, and what is missing")
  func bookmarks() async throws {
    let lines = lines(.bookmarks(try await world.statuses()[0]))
    #expect(
      lines.prefix(11) == [
        "Bookmark of flights_weather",
        "Counters: run 2, attempt 1, version 4.",
        "Counted as AWS Glue does: runs that succeeded, runs since that did not, and moves of the bookmark.",
        "",
        "flights, table flights",
        "  as of run 6, listed at 2013-02-04 16:46:40 UTC",
        "  consumed 20 files, 423 kB, in 20 partitions; the newest of 2013-01-24 04:00:00 UTC",
        "  there now 33 files, 702 kB, in 33 partitions",
        "  since then arrivals in 14 partitions, corrections in 1, deletions in 1; 322 kB new",
        "  The source changed since: location was /data/old and is /data/flights",
        "",
      ])
    #expect(
      lines.contains("  month=2/day=1   weather     1 d 3 h  late: longer than the 95th percentile")
    )
    #expect(lines.contains("11 partitions held:"))
    #expect(
      lines.contains("  month=2/day=1   held: waiting for weather since 2013-02-03 14:00:00 UTC"))
  }

  @Test("arrivals say when each input landed, and how long after the first")
  func arrivals() async throws {
    let skew = ArrivalSkew(try await world.statuses()[0].report)
    let lines = lines(.arrivals(skew, of: job))
    #expect(lines.contains("Input    Median delay  95th percentile  Partitions"))
    #expect(lines.contains("10 partitions wait for an input:"))
    #expect(
      lines.contains("month=1/day=5   2013-01-28 19:06:40 +4 d 15 h  2013-01-24 04:00:00"))
    #expect(lines.contains("month=2/day=1   2013-02-03 14:00:00            missing"))
  }

  @Test("matches count both sides, and an alarm is said first and marked in its row")
  func matches() async throws {
    let records = Array(world.ledger.matchRecords.suffix(2))
    let alarms = try await world.statuses()[0].alarms.flatMap(\.alarms)
    let account = MatchAccount(job: job, records: records, alarms: alarms)
    #expect(
      lines(.matches(records, in: account)) == [
        "Matches of flights_weather",
        "1 alarm:",
        "  Job flights_weather, run 5, month=1/day=14: 300 of 842 rows of flights (35.6 %) meet weather; in "
          + "6 earlier partitions 99.8 % did.",
        "Alarms for flights with weather need 5 earlier partitions with rows on both sides; there are 2.",
        "",
        "flights with weather, in rows:",
        "Run  Partition       flights met  unmet  weather met  unmet  Fan-out",
        "  2  month=1/day=6           840      2           70      2        1",
        "  5  month=1/day=14          300    542           70      2        1  alarm",
        "",
      ])
    #expect(
      TextReport.matches([], in: MatchAccount(job: job, records: [], alarms: [])).lines.map(\.text)
        == [
          "No committed run has counted yet how rows meet. Joins on columns beyond the partition keys are "
            + "counted."
        ])
  }

  @Test("alarms that were acknowledged are counted, and their rows are not marked")
  func acknowledged() async throws {
    let records = Array(world.ledger.matchRecords.suffix(2))
    let alarms = try await world.statuses()[0].alarms.flatMap(\.alarms)
    let seen = AlarmAcknowledgement(runs: 5...5, user: "ada", at: .distantPast)
    let report = lines(
      .matches(
        [],
        in: MatchAccount(job: job, records: records, alarms: alarms, acknowledgements: [seen])))
    #expect(
      report.dropFirst().prefix(2) == [
        "No alarm: nothing met worse than before.", "1 alarm acknowledged; --json tells it.",
      ])
  }

  @Test("a run's account has plan, phases, outcomes and the log")
  func run() throws {
    let account = try #require(try RunAccount.read(4, in: world.ledger))
    #expect(
      lines(.run(account)) == [
        "Run 4 of flights_weather",
        "run, partial",
        "By ops, plan 0123456789ab, inputs listed at 2013-02-04 14:46:40 UTC",
        "Started at 2013-02-04 14:46:40 UTC, took 12 s",
        "3 committed (2 unchanged), 1 failed, 2,526 rows; read 4 files, 45.0 kB",
        "Where the time went:",
        "  listing and planning  0.3 s   2 %  #.......................",
        "  reading and joining   9.0 s  73 %  .#################......",
        "  publishing            2.0 s  16 %  ..................####..",
        "  committing            1.0 s   8 %  ......................##",
        "",
        "Partition       Outcome    Rows    Bytes  Why",
        "month=1/day=12  committed   842  50.0 kB  weather: 1 added",
        "month=1/day=14  failed        0      0 B  "
          + "month=1/day=14/w.parquet cannot be read: truncated.",
        "",
        "Log:",
        "  2013-02-04 17:46:40  plan 0123456789ab: 2 partitions, 45000 bytes",
        "  2013-02-04 17:46:40  failure: month=1/day=14: month=1/day=14/w.parquet cannot be read: "
          + "truncated.",
        "",
      ])
  }

  @Test("what a run read and wrote is listed by partition, input and file")
  func lineage() throws {
    let lines = lines(.run(try #require(try RunAccount.read(2, in: world.ledger))))
    #expect(lines.contains("Read 17 files, 225 kB:"))
    #expect(
      lines.contains("  month=1/day=11  weather   1.9 kB  month=1/day=11/w.parquet"))
    #expect(lines.contains("Wrote 8,555 rows, 513 kB:"))
    #expect(lines.contains("  month=1/day=11   851  51.1 kB  not recorded"))
  }

  @Test("a change of positions says what becomes pending, what is settled and what is let go")
  func bookmarkChange() async throws {
    let rewind = try await world.preview(BookmarkChange(.rewind(to: 1))).report
    #expect(rewind.title == "Rewind of flights_weather: to run 1")
    #expect(
      rewind.lines.prefix(5).map(\.text) == [
        "What counts as consumed goes back to where run 1 left it.",
        "10 positions move: 7 partitions become pending, 1 released, 2 without effect on that.",
        "Nothing is built, and the published files stay as they are.",
        "",
        "Becomes pending:",
      ])
    let skip = try await world.preview(
      BookmarkChange(.skip, partitions: [World.partition(1, 5)])
    ).report
    #expect(
      skip.lines.map(\.text).dropLast(2) == [
        "The pending changes are not to be processed; the current files count as consumed.",
        "1 position moves: 1 is settled.",
        "Nothing is built, and the published files stay as they are.",
        "",
        "No longer pending:",
        "  month=1/day=5  flights: 1 rewritten",
        "",
        "1. move the position of month=1/day=5",
      ])
    let same = try await world.preview(BookmarkChange(.set, partitions: [World.partition(1, 1)]))
    #expect(same.isEmpty)
    #expect(same.report.lines.last?.text == "No position would move: there is nothing to do.")
    let reset = try await world.preview(BookmarkChange(.reset, input: "weather")).report
    #expect(
      reset.lines[0].text
        == "None of it counts as consumed any more; the next run rebuilds every partition that it is in."
    )
  }

  @Test("an undo says what comes back and what goes")
  func undo() async throws {
    let report = try await world.preview(.partitions([World.partition(1, 1)])).report
    #expect(
      report.lines.map(\.text).dropLast(2) == [
        "1 partition goes back: 0 restored, 1 removed, 0 with unchanged files.",
        "Positions go back too. A build that is undone is held until an input changes again or "
          + "it is released.",
        "",
        "Does    Partition      Of run  Rows now  Rows after",
        "remove  month=1/day=1       1       841           0",
        "",
        "1. prepare the removal of month=1/day=1",
        "2. publish month=1/day=1",
        "3. commit month=1/day=1",
        "4. sweep replaced versions that are no longer kept",
      ])
  }

  @Test("the Glue Data Catalog tells what is read, and why the rest is not")
  func glueCatalog() {
    let market = CatalogDatabase(
      name: "market",
      tables: [
        CatalogEntry(
          table: "market.quotes", format: "parquet", keys: ["day date", "hour int"],
          location: "s3://lake/quotes"),
        CatalogEntry(table: "market.names", reason: "The table market.names is a view."),
      ])
    #expect(
      lines(.glueCatalog([market, CatalogDatabase(name: "old", tables: [])])) == [
        "Glue Data Catalog",
        "market: 2 tables",
        "Table          Format   Keys                Location",
        "market.quotes  parquet  day date, hour int  s3://lake/quotes",
        "The table market.names is a view.",
        "",
        "old: 0 tables",
        "",
        "To read one, write `glue: market.quotes` for a table in dovetail.yaml; "
          + "`dovetail init FOLDER --from-glue market.quotes` writes a workspace over it.",
        "",
      ])
    #expect(
      TextReport.glueCatalog([]).lines.map(\.text) == ["The Glue Data Catalog has no databases."])
  }

  @Test("kept versions say by which limits they are kept, and what goes")
  func keptVersions() {
    let kept = world.storage.keptRuns
    #expect(
      lines(.keptVersions(ReplacedVersions(job: world.jobs[0], kept: kept, expired: [kept[2]])))
        == [
          "Replaced versions of flights_weather",
          "What the newest 2 runs replaced is kept for 30 d (`limits:` in dovetail.yaml).",
          "What run 1 replaced would be removed: 10 partitions, 470 kB. Then that run can no longer be undone.",
          "",
          "Run  Partitions   Bytes",
          "  4           3  150 kB  kept",
          "  2          10  480 kB  kept",
          "  1          10  470 kB  goes",
          "",
        ])
    #expect(
      TextReport.keptVersions(ReplacedVersions(job: world.jobs[1], kept: [], expired: [])).lines
        .map(\.text) == [
          "What the newest 3 runs replaced is kept (`limits:` in dovetail.yaml).",
          "No run has replaced a partition whose old version is still kept. "
            + "To undo a first build needs none: it removes what was built.",
        ])
  }

  @Test("why begins with the verdict and has the files below their reasons")
  func why() async throws {
    let report = try await world.statuses()[0].report
    let account = try PartitionAccount.read(
      World.partition(1, 5), in: report, ledger: world.ledger)
    let why = TextReport.why(account)
    #expect(why.title == "Why month=1/day=5 of flights_weather")
    #expect(why.lines.map(\.text) == account.lines)
    #expect(why.lines[0].tone == .warning)
    #expect(
      why.lines.contains {
        $0.text.hasPrefix("      rewritten month=1/day=5/part-0.parquet") && $0.tone == .warning
      })
  }

  @Test("of held partitions the console names keys where the command line names commands")
  func holdsWithKeys() async throws {
    let status = try await world.statuses()[0]
    let account = try PartitionAccount.read(
      World.partition(1, 12), in: status.report, ledger: world.ledger)
    let sentence =
      "held: run 6 undid what run 4 had built of it; a new arrival releases it, and so does L on 4"
    let why = TextReport.why(account, isConsole: true)
    #expect(
      why.lines[0].text
        == "Partition month=1/day=12 of job flights_weather is pending, but \(sentence).")
    #expect(TextReport.why(account).lines[0].text.contains("`dovetail bookmarks release`"))
    #expect(lines(.bookmarks(status, isConsole: true)).contains("  month=1/day=12  \(sentence)"))
  }

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

  @Test("lines are wrapped with their indentation, and control characters do not get in")
  func wrapping() {
    let report = TextReport(
      title: "T",
      lines: [TextReport.Line("  one two three four", .bad), TextReport.Line("a\u{1B}b")])
    #expect(report.text(wrappedTo: 11) == "T\n  one two\n  three\n  four\na^[b\n")
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
