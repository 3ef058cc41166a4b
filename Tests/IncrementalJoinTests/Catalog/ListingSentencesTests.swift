import Foundation
import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("The sentences about listings and pinned files")
struct ListingSentencesTests {
  let day = PartitionKey(name: "day", type: .int)

  @Test("what is left out says why and how to put it right")
  func leftOut() {
    expect(
      .otherFormat(expected: .csv), .stray,
      """
      Table t: /d/x is not a csv file and is left out (expected .csv, .csv.gz, .csv.zst).
      """)
    expect(
      .missingLevel(expected: FlightsAndWeather.keys), .misplaced,
      """
      Table t: /d/x is outside the partition folders month=<int>/day=<int>/ and is not read. \
      Move it into its partition, or correct `partitions:` of the table.
      """)
    expect(
      .unexpectedFolder(key: day), .misplaced,
      """
      Table t: /d/x is not a folder day=<int> and is not read. \
      Rename it, or correct `partitions:` of the table.
      """)
    expect(
      .notText(isFolder: true), .misplaced,
      """
      Table t: /d/x: the name is not UTF-8, so that the folder is not read. No partition that may be \
      in it counts as deleted; the others are processed. Rename it.
      """)
    expect(
      .notText(isFolder: false), .misplaced,
      """
      Table t: /d/x: the name is not UTF-8, so that the file is not read. Its partition is held; the \
      others are processed. Rename it.
      """)
    expect(
      .nestedFolder, .misplaced,
      """
      Table t: /d/x is a folder below the last partition key and is not read. \
      Move its files up, or add its key to `partitions:` of the table.
      """)
    expect(
      .wrongType(key: day, raw: "abc"), .misplaced,
      """
      Table t: /d/x: "abc" is not a value of the partition key day, which is declared as int; \
      the folder is not read. Rename it, or correct the key's type.
      """)
  }

  @Test("what could not be listed says that nothing counts as deleted")
  func incomplete() {
    expect(
      .notPermitted, .incomplete,
      """
      Table t: /d/x may not be read: permission denied. Nothing counts as deleted, and the jobs \
      that read the table do not run until it can be listed.
      """)
    expect(
      .locationMissing, .incomplete,
      """
      Table t: /d/x does not exist. Create the folder, or correct `location:` of the table; \
      nothing counts as deleted.
      """)
    expect(
      .locationIsFile, .incomplete,
      """
      Table t: /d/x is not a folder; a location is the folder that holds the partition folders. Correct \
      `location:` of the table; nothing counts as deleted.
      """)
    expect(
      .unreadable(reason: "stale file handle"), .incomplete,
      """
      Table t: /d/x could not be listed: stale file handle. Nothing counts as deleted, and the \
      jobs that read the table do not run until it can be listed.
      """)
  }

  @Test(
    "a table of another format is named, with what decides which files count",
    arguments: [
      (OpenTableFormat.delta, "a Delta table", "log", "with Spark, or `delta_scan` in DuckDB"),
      (.iceberg, "an Iceberg table", "metadata", "with Spark, or `iceberg_scan` in DuckDB"),
      (.hudi, "a Hudi table", "timeline", "with Spark"),
    ])
  func openTables(_ format: OpenTableFormat, _ name: String, _ account: String, _ how: String) {
    expect(
      .openTable(format, sign: "sign"), .incomplete,
      """
      Table t: /d/x holds the files of \(name) (it has sign): its \(account) decides which of \
      them count, and Dovetail reads plain folders only. Export its rows to a folder of Parquet \
      files, for example \(how), and name that folder in `location:`. Nothing counts as deleted, \
      and the jobs that read the table do not run.
      """)
    expect(
      .otherTable(format, sign: "sign"), .misplaced,
      """
      Table t: /d/x is \(name) of its own (it has sign) and is not read: its \(account) decides \
      which files count. Move it away.
      """)
  }

  @Test("a file from the future says when it is dated, how many others are, and what to do")
  func future() {
    let modified = Date(timeIntervalSince1970: 2_000_003_600)
    for (others, text) in [
      (0, ""), (1, ", and so is 1 other file"), (2, ", and so are 2 other files"),
    ] {
      expect(
        .datedInFuture(modified: modified, others: others), .stray,
        """
        Table t: /d/x is dated in the future (2033-05-18 04:33:20 UTC)\(text): the clock of the \
        writer or of this machine is wrong, and with it every delay that is counted from such a \
        file. It is read anyway. Correct the clock; `touch` dates a file now, and its \
        partition is then built again.
        """)
    }
  }

  @Test("a pinned file that cannot be read says why and that nothing is lost")
  func pins() {
    #expect(
      PinError.vanished(path: "/d/x").description == """
        /d/x vanished after the plan was made. The partition stays pending; run again.
        """)
    #expect(
      PinError.changed(path: "/d/x").description == """
        /d/x changed after the plan was made. The partition stays pending; run again \
        (`min_age:` holds back files that are still being written).
        """)
    #expect(
      PinError.unreadable(path: "/d/x", reason: "permission denied").description == """
        /d/x cannot be read: permission denied. The partition stays pending.
        """)
  }

  private func expect(
    _ kind: ListingProblem.Kind, _ severity: ListingProblem.Severity, _ sentence: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    let problem = ListingProblem(table: "t", path: "/d/x", kind: kind)
    #expect(problem.description == sentence, sourceLocation: location)
    #expect(problem.severity == severity, sourceLocation: location)
  }
}
