import Foundation
import IncrementalJoin
import PartitionPredicate
import Wording

extension JobReport {
  /// The report as lines of text, for a terminal or a mail without pictures.
  ///
  /// - Parameter unicode: Whether characters outside ASCII may be used.
  /// - Returns: Lines that may contain unsanitized text from data.
  public func lines(unicode: Bool) -> [String] {
    var lines = [
      "Job \(job) of workspace \(workspace), inputs listed \(Quantity.instant(listedAt)) UTC", "",
      figures.map { "\($0.name): \($0.value)" }.joined(separator: "   "), "",
      "What to do next",
    ]
    lines += steps.map { "  \($0.sentence(job: job))" }
    let sections = calendar.sections(
      years: 1, days: Self.shownDays, columns: Self.shownColumns)
    for board in sections.flatMap(\.boards) {
      lines += [""] + TextCalendar(board, unicode: unicode).lines
    }
    if !history.points.isEmpty { lines += ["", "Runs"] + runLines(unicode: unicode) }
    lines += ["", "When the inputs land, after the first one"]
    lines += delays.inputs.map { "  \(DelayPicture.sentence($0))" }
    return lines
  }

  private func runLines(unicode: Bool) -> [String] {
    let points = history.points.suffix(RunPictures.limit)
    func line(_ name: String, _ values: [Double?], _ range: ClosedRange<Double>?, _ last: String)
      -> String
    {
      let bars = Sparkline(values, in: range).text(columns: points.count, unicode: unicode)
      return "  \(name) \(bars)  last: \(last)"
    }
    guard let last = points.last else { return [] }
    return [
      line("rows      ", points.map { Double($0.rows) }, nil, Quantity.number(last.rows)),
      line(
        "time      ", points.map { $0.took.map { $0 / .seconds(1) } }, nil,
        last.took.map { Quantity.elapsed($0) } ?? "has not ended"),
      line(
        "match rate", points.map(\.matchRate), 0...1,
        last.matchRate.map { Quantity.percent($0) } ?? "nothing counted"),
    ]
  }
}

/// A calendar as text: one glyph per cell, with labels, and a legend of the glyphs that occur.
struct TextCalendar {
  private let board: CalendarSection.Board
  private let unicode: Bool

  init(_ board: CalendarSection.Board, unicode: Bool) {
    self.board = board
    self.unicode = unicode
  }

  var lines: [String] {
    let grid = board.grid
    let table = board.table
    let width = min(34, grid.rows.map { $0.label.unicodeScalars.count }.max() ?? 0)
    let title = grid.title.isEmpty ? "" : " \(grid.title)"
    var lines = ["\(table.name)\(table.isOutput ? " (output)" : " (input)")\(title): \(counts)"]
    if !grid.headings.isEmpty {
      lines.append(String(repeating: " ", count: width + 3) + headings)
    }
    for row in grid.rows.prefix(CalendarPicture.groupLimit) {
      let label = row.label.elided(34, unicode: unicode)
      let cells = row.slots.map { slots in
        guard let slots else { return " " }
        return (table.cell(in: slots, group: row.group)?.status ?? .absent).glyph(unicode: unicode)
      }
      let blanks = String(repeating: " ", count: max(0, width - label.unicodeScalars.count))
      lines.append("  \(label)\(blanks) \(cells.joined())")
    }
    let rest = grid.rows.count - CalendarPicture.groupLimit
    if rest > 0 { lines.append("  and \(Quantity.count(rest, "row")) more") }
    return lines
  }

  private var counts: String {
    PartitionStatus.allCases.compactMap { status in
      board.table.counts[status].map {
        "\(status.glyph(unicode: unicode)) \(Quantity.number($0)) \(status.word)"
      }
    }.joined(separator: ", ")
  }

  /// The headings that fit before the next one.
  private var headings: String {
    var text = ""
    for heading in board.grid.headings {
      let length = text.unicodeScalars.count
      guard heading.column >= length || length == 0 else { continue }
      text += String(repeating: " ", count: max(0, heading.column - length)) + heading.text + " "
    }
    return text
  }
}
