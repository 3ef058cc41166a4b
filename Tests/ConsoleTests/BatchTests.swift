import Cells
import Foundation
import Reports
import Testing
import Wording

@testable import Console
@testable import IncrementalJoin

@Suite("A run's batches, and where its time went")
struct BatchTests {
  @Test("t draws the batches as bars on the axis of the run, and Esc leads back")
  func batches() async throws {
    var session = try await Fixture.batches.session(Appearance(), Size(columns: 120, rows: 40))
    #expect(session.text.contains("▒ join  ▓ publish  █ commit"))
    #expect(session.cursorRow.contains("64      1      23 s"))
    let rows = session.text.split(separator: "\n").filter { $0.contains("▒") }.dropFirst()
    #expect(rows.count == 3)
    // Each begins where the one before ended, and the third only reads so far.
    let bars = rows.map { row in row.drop { !"▒▓█".contains($0) }.prefix { "▒▓█".contains($0) } }
    #expect(bars[1].first == "▒" && bars[1].contains("▓") && bars[1].last == "█")
    #expect(bars[2].allSatisfy { $0 == "▒" })
    let starts = rows.map { row in row.prefix { $0 != "▒" }.count }
    #expect(starts == starts.sorted() && Set(starts).count == 3)
    #expect(session.text.contains("Batch 2 of 4"))
    #expect(session.text.contains("64 partitions, 64 done, 1 failed"))
    session.press("/")
    #expect(session.text.contains("Filter: Esc leads back to the partitions first."))
    session.press("Esc")
    #expect(session.text.contains("Partition"))
    #expect(session.model.screen == .run)
  }

  @Test("in ASCII the bars are ASCII")
  func ascii() async throws {
    let session = try await Fixture.batches.session(
      Appearance(color: false, unicode: false), Size(columns: 80, rows: 24))
    #expect(session.text.contains("- join  = publish  # commit"))
    #expect(session.cursorRow.contains("---"))
    #expect(session.cursorRow.contains("#"))
  }

  @Test("the end of a run says in one line where the time went")
  func time() async throws {
    let session = try await Fixture.finished.session(Appearance(), Size(columns: 80, rows: 24))
    #expect(
      session.text.contains(
        "Where the time went: plan 0.7 s, join 12 s, publish 3.0 s, commit 1.0 s"))
  }

  @Test("an account draws the phases on one axis, in as many columns as there are")
  func account() async throws {
    let account = try #require(try RunAccount.read(4, in: World.control().ledger))
    let report = TextReport.run(account)
    let lines = report.lines.filter { $0.bar != nil }
    #expect(
      lines.map(\.text) == [
        "  listing and planning  0.3 s   2 %  #.......................",
        "  reading and joining   9.0 s  73 %  .#################......",
        "  publishing            2.0 s  16 %  ..................####..",
        "  committing            1.0 s   8 %  ......................##",
      ])
    for columns in [40, 46, 120] {
      for line in lines {
        let text = line.bar?.text(within: columns, full: "█", empty: "░") ?? ""
        #expect(text.columns <= columns)
        #expect(text.contains("█"))
      }
    }
    let mono = try await Fixture.account.session(
      Appearance(color: false, unicode: false), Size(columns: 80, rows: 24))
    #expect(mono.text.contains("73 %  .#################......"))
    let unicode = try await Fixture.account.session(Appearance(), Size(columns: 80, rows: 24))
    #expect(unicode.text.contains("73 %  ─━━━━━━━━━━━━━━━━━──────"))
  }
}
