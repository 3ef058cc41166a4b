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
  let world = World.control()
  let job = "flights_weather"

  func lines(_ report: TextReport) -> [String] {
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
        "  consumed 20 files, 423 kB, in 20 output partitions; the newest of 2013-01-24 04:00:00 UTC",
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

  @Test("a partition that is staged, or unchanged, has its rows in the account")
  func stagedRows() throws {
    var world = World.control()
    func unit(_ partition: Partition, _ state: WorkUnitState) -> WorkUnitRecord {
      WorkUnitRecord(
        partition: partition, state: state, rows: 0, bytes: 0, reason: "flights: 1 rewritten",
        message: nil)
    }
    world.ledger.units[5] = [
      unit(World.partition(1, 5), .staged), unit(World.partition(1, 14), .staged),
      unit(try Partition(recorded: World.partition(1, 20).path, keys: nil), .unchanged),
    ]
    world.ledger.consume(
      World.partition(1, 20), of: world.jobs[0], run: 5, rows: 860, inputs: [:])
    let lines = lines(.run(try #require(try RunAccount.read(5, in: world.ledger))))
    #expect(
      lines.contains(
        "0 committed (0 unchanged), 0 failed, 0 rows, 2 staged with 1,684 rows; "
          + "read 4 files, 45.0 kB"))
    let words = lines.map { $0.split(separator: " ").prefix(5).joined(separator: " ") }
    #expect(words.contains("month=1/day=5 staged 842 50.0 kB"), "\(lines)")
    #expect(words.contains("month=1/day=20 unchanged 860 51.6 kB"), "\(lines)")
    #expect(lines.contains("Staged 1,684 rows, 100 kB; left unchanged 860 rows, 51.6 kB:"))
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
      "held: run 6 undid what run 4 had built of it; a new arrival or L on 4 releases it"
    let why = TextReport.why(account, isConsole: true)
    #expect(
      why.lines[0].text
        == "Partition month=1/day=12 of job flights_weather is pending, but \(sentence).")
    #expect(TextReport.why(account).lines[0].text.contains("`dovetail bookmarks release`"))
    #expect(lines(.bookmarks(status, isConsole: true)).contains("  month=1/day=12  \(sentence)"))
  }

  @Test("lines are wrapped with their indentation, and control characters do not get in")
  func wrapping() {
    let report = TextReport(
      title: "T",
      lines: [TextReport.Line("  one two three four", .bad), TextReport.Line("a\u{1B}b")])
    #expect(report.text(wrappedTo: 11) == "T\n  one two\n  three\n  four\na^[b\n")
  }
}
