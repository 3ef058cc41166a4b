import Console
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import IncrementalJoin

/// What an operation would do, and what the catalog has.
extension TextReportTests {
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
        "`dovetail tables add --from-glue market.quotes` declares one in dovetail.yaml; "
          + "`dovetail init FOLDER --from-glue market.quotes` writes a workspace over it.",
        "",
      ])
    #expect(
      TextReport.glueCatalog([market]).lines.map(\.glueTable)
        == [nil, nil, "market.quotes", nil, nil, nil])
    #expect(
      TextReport.glueCatalog([]).lines.map(\.text) == ["The Glue Data Catalog has no databases."])
  }

  @Test("what dovetail.yaml would get is shown line by line, with where it goes")
  func tableAddition() {
    #expect(
      lines(.tableAddition(["", "tables:", "  quotes:", "    glue: market.quotes"], from: 7)) == [
        "What dovetail.yaml would get", "Lines 7 to 10; nothing else in the file changes.", "", "+",
        "+ tables:", "+   quotes:", "+     glue: market.quotes", "",
      ])
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
}
