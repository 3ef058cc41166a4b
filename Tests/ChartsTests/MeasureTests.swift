import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Charts

@Suite("Shades, bars and text of pictures")
struct MeasureTests {
  private func cells(_ bytes: [Int64]) -> [CalendarCell] {
    bytes.map { CalendarCell(status: .done, bytes: $0) }
  }

  @Test("five steps hold as many cells each as possible, and equal values share one")
  func steps() {
    let scale = HeatScale(.bytes, of: cells(Array(1...100)))
    let steps = (1...100).compactMap { scale.step(of: CalendarCell(status: .done, bytes: $0)) }
    #expect(steps == (0..<5).flatMap { Array(repeating: $0, count: 20) })
    #expect(scale.range == 1...100)
    let same = HeatScale(.bytes, of: cells([7, 7, 7]))
    #expect(same.bounds.isEmpty)
    #expect(same.step(of: CalendarCell(status: .done, bytes: 7)) == 0)
    let none = HeatScale(.rows, of: cells([7]))
    #expect(none.range == nil)
    #expect(none.step(of: CalendarCell(status: .done, bytes: 7)) == nil)
  }

  @Test("a match rate is full only when all rows met")
  func rates() {
    func cell(_ matched: Int64, _ rows: Int64) -> CalendarCell {
      CalendarCell(status: .done, matched: matched, of: rows)
    }
    let scale = HeatScale(.matchRate, of: [cell(1, 2)])
    #expect(
      [cell(0, 9), cell(1, 2), cell(9, 10), cell(999_999, 1_000_000), cell(3, 3)]
        .map { scale.step(of: $0) } == [0, 1, 2, 3, 4])
    #expect(scale.step(of: cell(0, 0)) == nil)
    #expect(CalendarMeasure.matchRate.text(of: 0.99999) == "99.9 %")
    #expect(CalendarMeasure.matchRate.text(of: 1) == "100 %")
    #expect(CalendarMeasure.matchRate.text(of: 0.5) == "50.0 %")
  }

  @Test("a sparkline shows the newest values, and a blank where nothing is known")
  func sparkline() {
    let line = Sparkline([0, 5, nil, 10])
    #expect(line.text(columns: 9, unicode: true) == "▁▅ █")
    #expect(line.text(columns: 2, unicode: true) == " █")
    #expect(line.text(columns: 9, unicode: false) == "_= #")
    #expect(Sparkline([0, 0]).text(columns: 9, unicode: true) == "▁▁")
    #expect(Sparkline([0.5, 1], in: 0...1).text(columns: 9, unicode: true) == "▅█")
    #expect(Sparkline([]).text(columns: 9, unicode: true) == "")
  }

  @Test("what a cell says in words")
  func summary() {
    var cell = CalendarCell(
      status: .done, bytes: 41_200, rows: 842, lag: 7200, matched: 982, of: 1000)
    #expect(
      cell.summary
        == "done, 1 partition, 41.2 kB, 842 rows, 2 h after the first input, 98.2 % of the rows met"
    )
    cell.add(CalendarCell(status: .pending))
    #expect(cell.summary.hasPrefix("pending, 2 partitions, 41.2 kB"))
    let missing = CalendarCell(status: .pending, lag: 665, isInputMissing: true)
    #expect(missing.summary == "pending, 1 partition, an input missing for 11 min 5 s")
    cell.add(CalendarCell(status: .pending, lag: 9000, isInputMissing: true))
    #expect(cell.summary.contains("an input missing for 2 h 30 min"))
  }

  @Test("what is not published has no value, so that it is told apart from what is small")
  func unpublished() {
    let scale = HeatScale(
      .bytes, of: [CalendarCell(status: .pending), CalendarCell(status: .done, bytes: 5, rows: 3)])
    #expect(scale.range == 5...5)
    #expect(scale.unpublished == [.pending])
    #expect(scale.unpublishedText == "not built")
    #expect(!scale.hasUnknown)
    let empty = HeatScale(.rows, of: [CalendarCell(status: .empty, rows: 0)])
    #expect(empty.range == nil)
    #expect(empty.unpublishedText == "empty")
    #expect(HeatScale(.rows, of: cells([5])).hasUnknown)
  }

  @Test("text gets into a document escaped, and nothing hides in it")
  func markup() {
    var markup = Markup()
    markup.element("text", ["class": "a\"b'<c>&"], text: "<script>\u{1B}[31m\u{202E}&'\"\u{FFFF}")
    #expect(
      markup.text
        == "<text class=\"a&quot;b&#39;&lt;c&gt;&amp;\">&lt;script&gt;^[[31m\u{FFFD}&amp;&#39;&quot;\u{FFFD}</text>"
    )
    markup.leaf("rect")
    #expect(markup.text.hasSuffix("</text><rect/>"))
  }

  @Test("each next step is a sentence with the command that helps")
  func sentences() {
    let expected: [(NextStep, String)] = [
      (
        .notListed(table: "weather"),
        "Table weather could not be listed, so nothing runs: see the problems."
      ),
      (
        .misplaced(places: 1),
        "Data in 1 place is not read, since no partition can hold it: see the problems."
      ),
      (
        .unfinished(partitions: 2),
        "A run was interrupted while it published 2 partitions; the next run finishes or rolls back that by itself."
      ),
      (
        .failed(partitions: 1, run: 7),
        "Run 7 failed in 1 partition: `dovetail history 7` says why, and the next run tries again."
      ),
      (
        .notRedone(partitions: 286, run: 7),
        "Run 7 was cancelled before it had built 286 partitions again, whose published rows stay as they were: "
          + "`dovetail rerun --run 7` does it over."
      ),
      (
        .sourceChanged(input: "weather", differences: ["another folder"]),
        "The table declaration of input weather has changed since its last run (another folder): a run is refused and says "
          + "what to do."
      ),
      (
        .staged(partitions: 1, run: 7),
        "Run 7 staged 1 partition that waits: `dovetail diff 7` compares, `dovetail publish 7` publishes."
      ),
      (
        .alarms(count: 2, run: 7),
        "Run 7 raised 2 match alarms: `dovetail matches --run 7 --alarms` shows what got worse."
      ),
      (
        .wouldBeEmptied(partitions: 2),
        "2 partitions are held because they would be emptied: fix the inputs, or let `dovetail run --job j "
          + "--allow-removals` remove them."
      ),
      (
        .undone(partitions: 1),
        "1 partition is held by an undo: `dovetail bookmarks release --job j` releases it."
      ),
      (
        .waiting(partitions: 1),
        "1 partition waits for an input: `dovetail skew --job j` says for which."
      ),
      (
        .pending(partitions: 3),
        "3 partitions are pending: `dovetail plan --job j` shows what a run would do, `dovetail run --job j` does it."
      ),
      (.held(partitions: 1), "1 partition is held for now: `dovetail pending --job j` says why."),
      (
        .noData,
        "No input has a partition, and nothing was ever built: `dovetail tables` says where the tables are looked for."
      ),
      (.upToDate, "Nothing is pending: the output is what its inputs say."),
    ]
    for (step, sentence) in expected { #expect(step.sentence(job: "j") == sentence) }
  }
}
