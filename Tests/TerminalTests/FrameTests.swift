import Cells
import TestSupport
import Testing
import Wording

@Suite("A frame of cells")
struct FrameTests {
  private func at(_ column: Int, _ row: Int) -> Position { Position(column: column, row: row) }

  @Test("text lands where it is put and its end is returned")
  func putsText() {
    var frame = Frame(size: Size(columns: 10, rows: 2))
    let end = frame.put("name", at: at(2, 1), style: Style(bold: true))
    #expect(end == 6)
    #expect(frame.text == "\n  name")
    #expect(frame.styleRuns == "1: 2-5 bold")
  }

  @Test("text is clipped at every edge and at the limit")
  func clips() {
    var frame = Frame(size: Size(columns: 5, rows: 3))
    frame.put("abcdefgh", at: at(-2, 0))
    frame.put("abcdefgh", at: at(3, 1))
    frame.put("abcdefgh", at: at(0, 2), limit: 3)
    frame.put("unseen", at: at(0, 3))
    frame.put("unseen", at: at(0, -1))
    #expect(frame.text == "cdefg\n   ab\nabc")
  }

  @Test("a wide character takes two cells, and half of one becomes a space")
  func wideCharacters() {
    var frame = Frame(size: Size(columns: 4, rows: 4))
    frame.put("日x", at: at(0, 0))
    #expect(frame[at(0, 0)].width == 2)
    #expect(frame[at(1, 0)].isContinuation)
    #expect(frame[at(2, 0)].text == "x")
    frame.put("abc日", at: at(0, 1))
    #expect(frame.row(1).map(\.text) == ["a", "b", "c", " "])
    frame.put("日b", at: at(-1, 2))
    #expect(frame.row(2).map(\.text) == [" ", "b", " ", " "])
    frame.put("日日", at: at(0, 3), limit: 3)
    #expect(frame.row(3).map(\.text) == ["日", "", " ", " "])
  }

  @Test("overwriting half of a wide character blanks its other half")
  func overwritesHalves() {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    frame.put("日本", at: at(0, 0))
    frame.put("x", at: at(1, 0))
    frame.put("y", at: at(2, 0))
    #expect(frame.row(0).map(\.text) == [" ", "x", "y", " "])
    frame.put("日本", at: at(0, 1))
    frame.put("語", at: at(1, 1))
    #expect(frame.row(1).map(\.text) == [" ", "語", "", " "])
  }

  @Test("combining marks join their base, four at most")
  func combiningMarks() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.put("e" + String(repeating: "\u{301}", count: 9) + "x\u{300}", at: at(0, 0))
    #expect(frame[at(0, 0)].text.unicodeScalars.count == 5)
    #expect(frame[at(1, 0)].text == "x\u{300}")
    frame.put("\u{301}", at: at(3, 0))
    #expect(frame[at(3, 0)].text == " \u{301}")
  }

  @Test("fill changes a rectangle, its outside parts ignored")
  func fills() {
    var frame = Frame(size: Size(columns: 4, rows: 3))
    frame.fill(Rect(column: -1, row: 1, columns: 3, rows: 9), with: "#")
    #expect(frame.text == "\n##\n##")
  }

  @Test("no cell holds a control, whatever text is put")
  func cellsAreSanitized() {
    var frame = Frame(size: Size(columns: 40, rows: 1))
    frame.put("a\u{1B}[2J\n\u{9B}\u{202E}b", at: at(0, 0))
    #expect(frame.text == "a^[[2J^J\u{FFFD}\u{FFFD}b")
  }

  @Test("no size and no position traps, and rows stay whole")
  func neverTraps() {
    var generator = SeededGenerator()
    let pieces = ["a", "日", "\u{301}", "\u{1B}", "👨‍👩‍👧", "🇩🇪", "é", "\n", "한", "x\u{200D}"]
    let extremes = [Int.min, Int.min + 1, -1, 0, 1, 79, 80, 300, Int.max - 1, Int.max]
    for _ in 0..<40 {
      let size = Size(
        columns: Int.random(in: 0...300, using: &generator),
        rows: Int.random(in: 0...100, using: &generator))
      var frame = Frame(size: size)
      for _ in 0..<10 {
        let text = (0..<Int.random(in: 0...40, using: &generator))
          .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
        let position = Position(
          column: extremes.randomElement(using: &generator) ?? 0,
          row: Int.random(in: -2...size.rows + 2, using: &generator))
        frame.put(
          text, at: position, limit: extremes.randomElement(using: &generator) ?? 0)
        let rect = Rect(
          column: position.column, row: position.row,
          columns: extremes.randomElement(using: &generator) ?? 0,
          rows: extremes.randomElement(using: &generator) ?? 0)
        frame.fill(rect, with: "·")
        frame.put(text, at: at(Int.random(in: -5...305, using: &generator), position.row))
        frame.cursor = position
      }
      for row in 0..<size.rows {
        let cells = frame.row(row)
        #expect(cells.reduce(0) { $0 + $1.width } == size.columns, "seed \(generator.seed)")
      }
      #expect(
        frame.text.split(separator: "\n", omittingEmptySubsequences: false).count
          == max(1, size.rows), "seed \(generator.seed)")
      #expect(frame.svg(title: "random").hasSuffix("</svg>\n"), "seed \(generator.seed)")
    }
  }

  @Test("a rectangle is cut from its four sides, never below nothing")
  func cutsRectangles() {
    var rest = Rect(column: 0, row: 0, columns: 80, rows: 24)
    #expect(rest.cutTop(1) == Rect(column: 0, row: 0, columns: 80, rows: 1))
    #expect(rest.cutBottom(2) == Rect(column: 0, row: 22, columns: 80, rows: 2))
    #expect(rest.cutLeft(30) == Rect(column: 0, row: 1, columns: 30, rows: 21))
    #expect(rest.cutRight(10) == Rect(column: 70, row: 1, columns: 10, rows: 21))
    #expect(rest == Rect(column: 30, row: 1, columns: 40, rows: 21))
    #expect(rest.inset() == Rect(column: 31, row: 2, columns: 38, rows: 19))
    #expect(rest.cutTop(99).rows == 21)
    #expect(rest.cutLeft(-1).columns == 0)
    #expect(rest.inset(by: 50).size == Size(columns: 0, rows: 0))
  }
}
