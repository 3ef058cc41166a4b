import PartitionPredicate
import Wording

extension PartitionStatus {
  /// The letter in a cell of a picture, so that no status is shown by its color alone; the ordinary ones have none.
  var mark: String? {
    switch self {
    case .absent, .done, .present: nil
    case .empty: "e"
    case .pending: "p"
    case .running: "r"
    case .stale: "s"
    case .held: "h"
    case .failed: "x"
    }
  }
}

/// Draws tables as maps of colored cells.
struct CalendarPicture {
  static let pitch = 11
  static let cell = 10
  /// The most rows in a map of groups; those that need attention come first.
  static let groupLimit = 40
  private static let labelLimit = 34

  /// The measures whose steps are shown by classes of a cell, with the letter of the class.
  static let measures: [(measure: CalendarMeasure, letter: String)] = [
    (.bytes, "b"), (.rows, "r"), (.lag, "l"), (.matchRate, "m"),
  ]

  private let board: CalendarSection.Board
  private let scales: [HeatScale]
  private let rows: [CalendarGrid.Row]
  private let omittedRows: Int
  private let left: Int

  /// - Parameters:
  ///   - board: A table in a view.
  ///   - scales: One for each measure of `measures`; empty where only the status is drawn.
  init(_ board: CalendarSection.Board, scales: [HeatScale]) {
    self.board = board
    self.scales = scales
    (rows, omittedRows) = Self.rows(of: board)
    let longest = rows.map { min($0.label.unicodeScalars.count, Self.labelLimit) }.max() ?? 0
    left = longest * 7 + 9
  }

  /// The rows to draw; if there are too many groups, those with the most urgent partitions.
  private static func rows(of board: CalendarSection.Board) -> ([CalendarGrid.Row], Int) {
    let rows = board.grid.rows
    guard rows.count > groupLimit, rows.contains(where: { $0.group != nil }) else {
      return (rows, 0)
    }
    var urgency: [Int: Int] = [:]
    for entry in board.table.entries {
      urgency[entry.group] = max(urgency[entry.group] ?? 0, entry.cell.status.urgency)
    }
    let chosen = rows.indices.sorted { left, right in
      let (a, b) = (urgency[rows[left].group ?? 0] ?? 0, urgency[rows[right].group ?? 0] ?? 0)
      return a == b ? left < right : a > b
    }.prefix(groupLimit).sorted()
    return (chosen.map { rows[$0] }, rows.count - groupLimit)
  }

  /// The map.
  var picture: Picture {
    let top = board.grid.headings.isEmpty ? 2 : 14
    let height = top + rows.count * Self.pitch + (omittedRows > 0 ? 16 : 2)
    return Picture(
      width: left + board.grid.columns * Self.pitch + 4, height: height, label: label,
      body: Markup { body in
        for heading in board.grid.headings {
          body.element(
            "text", ["class": "soft", "x": "\(x(heading.column))", "y": "10"], text: heading.text)
        }
        for (index, row) in rows.enumerated() {
          draw(row, y: top + index * Self.pitch, in: &body)
          body.newLine()
        }
        if omittedRows > 0 {
          body.element(
            "text", ["class": "soft", "x": "0", "y": "\(height - 4)"],
            text: "and \(Quantity.count(omittedRows, "group")) more without anything as urgent")
        }
      })
  }

  private var label: String {
    let statuses = PartitionStatus.allCases.compactMap { status in
      board.table.counts[status].map { "\(Quantity.number($0)) \(status.word)" }
    }
    let title = board.grid.title.isEmpty ? "" : " \(board.grid.title)"
    return "Calendar of \(board.table.name)\(title): \(statuses.joined(separator: ", "))"
  }

  private func x(_ column: Int) -> Int { left + column * Self.pitch }

  private func draw(_ row: CalendarGrid.Row, y: Int, in body: inout Markup) {
    if !row.label.isEmpty {
      body.element("text", ["class": "soft end", "x": "\(left - 5)", "y": "\(y + 9)"]) { text in
        let cut = row.label.elided(Self.labelLimit)
        if cut != row.label { text.element("title", text: row.label) }
        text.add(cut)
      }
    }
    for (column, slots) in row.slots.enumerated() {
      guard let slots else { continue }
      draw(slots, group: row.group, x: x(column), y: y, in: &body)
    }
  }

  private func draw(_ slots: Range<Int>, group: Int?, x: Int, y: Int, in body: inout Markup) {
    let cell = board.table.cell(in: slots, group: group)
    var classes = "c \(cell?.status.word ?? "absent")"
    if let cell {
      for (scale, (_, letter)) in zip(scales, Self.measures) {
        if let step = scale.step(of: cell) { classes += " \(letter)\(step)" }
      }
    }
    let name =
      (group.map { "\(board.table.groups[$0]) " } ?? "") + board.table.name(of: slots)
    body.element(
      "rect",
      [
        "class": classes, "x": "\(x)", "y": "\(y)", "width": "\(Self.cell)",
        "height": "\(Self.cell)", "rx": "2",
      ]
    ) { rect in
      rect.element("title", text: "\(name): \(cell?.summary ?? "absent")")
    }
    if let status = cell?.status, let mark = status.mark {
      body.element(
        "text",
        ["class": "mark \(status.word)", "x": "\(x + Self.cell / 2)", "y": "\(y + Self.cell - 2)"],
        text: mark)
    }
  }
}

extension CalendarCell {
  /// `pending, 2 partitions, 41.2 kB, 842 rows, 2 h after the first input, 98.2 % of the rows met`.
  public var summary: String {
    var parts = [status.word, Quantity.count(partitions, "partition")]
    if bytes > 0 { parts.append(Quantity.bytes(bytes)) }
    if let rows { parts.append(Quantity.count(Int(rows), "row")) }
    if let lag, lag >= 1 {
      let span = Quantity.span(.seconds(lag))
      parts.append(
        isInputMissing ? "an input missing for \(span)" : "\(span) after the first input")
    }
    if let matchRate { parts.append("\(Quantity.percent(matchRate)) of the rows met") }
    return parts.joined(separator: ", ")
  }
}

extension String {
  /// The text with its middle left out where it has more than `limit` scalars.
  func elided(_ limit: Int, unicode: Bool = true) -> String {
    let scalars = Array(unicodeScalars)
    guard scalars.count > limit else { return self }
    let mark = unicode ? "…" : "..."
    let room = limit - mark.unicodeScalars.count
    let kept = room / 2
    return String(String.UnicodeScalarView(scalars.prefix(room - kept))) + mark
      + String(String.UnicodeScalarView(scalars.suffix(kept)))
  }
}
