import Cells
import Console
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing
import Wording

@testable import IncrementalJoin

@Suite("A report's tables are laid out for the width at hand")
struct TableTests {
  private func pieces(_ report: TextReport, _ columns: Int) -> [String] {
    report.lines.flatMap { $0.wrapped(toColumns: columns) }.map(\.text)
  }

  private func report(_ difference: RowDifference) -> TextReport {
    TextReport.changes(
      by: 5, of: "j",
      .published([
        RunDifference(
          partition: World.partition(1, 1), state: .committed, outcome: .compared(difference))
      ]))
  }

  private func characters(_ texts: [String]) -> [Character] {
    texts.joined().filter { $0 != " " }.sorted()
  }

  @Test("whatever the cells, none is lost, none is wider than the screen", arguments: 0..<8)
  func property(_ number: UInt64) {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: 70 + number))
    for _ in 0..<60 {
      func text(_ most: Int) -> String {
        let letters = Array("abcdefgh/=-日")
        let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          String(
            (0..<Int.random(in: 1...most, using: &random)).map { _ in
              letters[.random(in: 0..<letters.count, using: &random)]
            })
        }
        return words.joined(separator: " ")
      }
      let rows = (0..<Int.random(in: 1...6, using: &random)).map { row -> [String] in
        let count = Int.random(in: 0...9_999, using: &random)
        // Nothing is shared.
        return ["\(row)\(text(30))", "\(count)", "\(row)\(text(20))"]
      }
      let report = TextReport(columns: ["Partition", .number("Rows"), "Why"], rows: rows)
      let columns = Int.random(in: 40...140, using: &random)
      let note = Comment(rawValue: "seed \(random.seed), \(columns) columns")
      for (line, cells) in zip(report.lines, [["Partition", "Rows", "Why"]] + rows) {
        let pieces = line.wrapped(toColumns: columns).map(\.text)
        #expect(pieces.allSatisfy { $0.columns <= columns }, note)
        #expect(characters(pieces) == characters(cells), note)
      }
    }
  }

  @Test("a cell that is too long is wrapped in its column, so that it does not look like a row")
  func wrapped() {
    let report = TextReport(
      columns: ["Partition", "Outcome", .number("Rows"), "Why"],
      rows: [
        [
          "month=2/day=5", "committed", "842",
          "month=2/day=5 (halo): 1 added; flights: 2 rewritten",
        ],
        ["month=2/day=6", "failed", "0", "weather: 1 added"],
      ])
    #expect(
      pieces(report, 60) == [
        "Partition      Outcome    Rows  Why",
        "month=2/day=5  committed   842  month=2/day=5 (halo): 1",
        "                                added; flights: 2 rewritten",
        "month=2/day=6  failed        0  weather: 1 added",
      ])
    #expect(pieces(report, 140) == report.lines.map(\.text))
  }

  @Test("where words would be hard to read beside the rest, they stand below the row")
  func below() {
    let report = TextReport(
      columns: ["Partition", "Outcome", .number("Rows"), .number("Bytes"), "Why"],
      rows: [
        ["month=1/day=12", "committed", "842", "50.0 kB", "weather: 1 added"],
        [
          "month=1/day=14", "failed", "0", "0 B",
          "month=1/day=14/w.parquet cannot be read: truncated.",
        ],
      ])
    #expect(
      pieces(report, 46) == [
        "Partition       Outcome    Rows    Bytes", "    Why",
        "month=1/day=12  committed   842  50.0 kB", "    weather: 1 added",
        "month=1/day=14  failed        0      0 B", "    month=1/day=14/w.parquet cannot be read:",
        "    truncated.",
      ])
  }

  @Test("folders that all names begin with are said once, and a long name breaks after a folder")
  func shared() {
    let place = "region=eu-central-1/customer=acme-industries"
    let report = TextReport(
      columns: ["Partition", "Outcome", .number("Rows")],
      rows: [
        ["\(place)/day=1", "committed", "12"], ["\(place)/day=2", "failed", "0"],
      ])
    #expect(
      pieces(report, 55) == [
        "Partition: all in", "region=eu-central-1/customer=acme-industries/",
        "Partition  Outcome    Rows", "day=1      committed    12", "day=2      failed        0",
      ])
    let single = TextReport(
      columns: ["Partition", "Outcome"], rows: [["\(place)/day=1", "committed"]])
    #expect(
      pieces(single, 40) == [
        "Partition                      Outcome", "region=eu-central-1/           committed",
        "customer=acme-industries/", "day=1",
      ])
  }

  @Test("where the columns do not fit side by side, every cell has a line, with its heading")
  func listed() {
    let report = TextReport(
      columns: ["Partition", .number("flights met"), .number("weather met"), .number("Fan-out")],
      rows: [["month=1/day=6", "123,456,789,000", "987,654,321,000", "1"]])
    #expect(
      pieces(report, 40) == [
        "month=1/day=6", "    flights met: 123,456,789,000", "    weather met: 987,654,321,000",
        "    Fan-out: 1",
      ])
  }

  @Test("a difference of many columns has a block for each row: what names it, then what differs")
  func difference() {
    let names = ["id"] + (1...9).map { "c\($0)" }
    let before = names.map { Optional("\($0)-value") }
    var after = before
    after[9] = nil
    let difference = RowDifference(
      key: ["id"], columns: names, added: 1, removed: 0, changed: 1, same: 0,
      changedColumns: ["c9": 1], addedColumns: [], removedColumns: [], retypedColumns: [],
      samples: [
        RowDifference.Row(kind: .changed, before: before, after: after),
        RowDifference.Row(kind: .added, before: [], after: after),
      ])
    for columns in [60, 140, 300] {
      let pieces = pieces(report(difference), columns)
      let start = pieces.firstIndex { $0 == "  ~ id id-value" } ?? 0
      #expect(pieces[start + 1] == "      c9  c9-value -> NULL")
      #expect(pieces[start + 2].hasPrefix("      the same: c1 c1-value, c2 c2-value"))
      #expect(pieces.contains("  + id id-value"))
      // No advice for the command line: all columns are there.
      #expect(!pieces.joined().contains("--json"))
      #expect(names.allSatisfy { pieces.joined(separator: " ").contains($0) })
      #expect(pieces.allSatisfy { $0.columns <= columns })
    }
    let text = report(difference).text()
    #expect(text.contains("2 columns not shown here; `--json` has all of them."))
  }

  @Test("a row that many columns name goes on behind its mark")
  func longName() {
    let names = (1...9).map { "key\($0)" }
    let values = names.map { Optional("value-of-\($0)") }
    let difference = RowDifference(
      key: names, columns: names, added: 1, removed: 0, changed: 0, same: 0, changedColumns: [:],
      addedColumns: [], removedColumns: [], retypedColumns: [],
      samples: [RowDifference.Row(kind: .added, before: [], after: values)])
    let pieces = pieces(report(difference), 60)
    let rest = pieces.drop { !$0.hasPrefix("  + key1 value-of-key1") }.dropFirst()
    #expect(rest.count > 2)
    #expect(rest.allSatisfy { $0.hasPrefix("    key") || $0.hasPrefix("    value") })
    #expect(pieces.allSatisfy { $0.columns <= 60 })
  }

  @Test("titles of numbers are wrapped before names are")
  func titles() {
    let report = TextReport(
      columns: [
        .number("Run"), "Partition", .number("payments met"), .number("unmet"),
      ], rows: [["1", "region=asia-pacific/day=2024-05-01", "4", "0"]])
    #expect(
      pieces(report, 58) == [
        "                                         payments",
        "Run  Partition                                met  unmet",
        "  1  region=asia-pacific/day=2024-05-01         4      0",
      ])
  }

  @Test("the question before an operation lays out its table as the report does")
  func question() async throws {
    let world = World.control()
    var session = try await Session(world, size: Size(columns: 60, rows: 16))
    session.press("4", "=")
    let change = BookmarkChange(.set, partitions: [World.partition(1, 5)])
    let long = (1...60).map { "word\($0)" }.joined(separator: " ")
    let report = TextReport(
      columns: ["Partition", "Why"],
      rows: [["month=1/day=5", long], ["month=1/day=6", "vanished"]])
    session.send(
      .operationPreviewed(
        OperationPreview(report: report, expected: "1"), of: .bookmark(change)))
    let rows = session.text.split(separator: "\n").map(String.init)
    let first = try #require(rows.first { $0.contains("month=1/day=5  word1 ") })
    let column = try #require(first.firstRange(of: "word1 ")).lowerBound
    let next = rows[try #require(rows.firstIndex(of: first)) + 1]
    let place = first.distance(from: first.startIndex, to: column)
    let start = next.index(next.startIndex, offsetBy: place)
    #expect(next[start...].hasPrefix("word"), Comment(rawValue: session.text))
    #expect(!session.text.contains("vanished"))
    // All of it can be scrolled to.
    session.press("PageDown", "PageDown", "PageDown", "PageDown", "PageDown")
    #expect(session.text.contains("vanished"))
  }
}
