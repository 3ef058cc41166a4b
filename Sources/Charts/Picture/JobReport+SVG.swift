import IncrementalJoin
import PartitionPredicate
import Wording

extension JobReport {
  /// The report as one picture: a self-contained SVG document, light or dark as the reader prefers.
  public func svg() -> String {
    var parts: [Picture] = [title]
    let sections = calendar.sections(
      years: Self.shownYears, days: Self.shownDays, columns: Self.shownColumns)
    for section in sections {
      for board in section.boards {
        let map = CalendarPicture(board, scales: []).picture
        let title = board.grid.title.isEmpty ? section.title : board.grid.title
        parts.append(Self.caption(board.table, title))
        parts.append(map)
        parts.append(Self.legend(of: board.table))
      }
    }
    if !history.points.isEmpty {
      parts.append(Self.caption("Runs"))
      parts.append(RunPictures(history).picture)
    }
    parts.append(Self.caption("Usual delay after the first input: median, and 95 of 100"))
    parts.append(DelayPicture(delays).usual)
    if !delays.slowest.isEmpty {
      parts.append(Self.caption("The slowest partitions"))
      parts.append(DelayPicture(delays).slowest)
    }
    return Self.document(parts, title: "\(job) in \(workspace): report of Dovetail")
  }

  /// Stacks pictures vertically.
  private static func document(_ parts: [Picture], title: String) -> String {
    let margin = 20
    let width = (parts.map(\.width).max() ?? 0) + 2 * margin
    let height = parts.reduce(0) { $0 + $1.height } + 2 * margin
    var document = Markup()
    document.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "width": "\(width)",
        "height": "\(height)", "viewBox": "0 0 \(width) \(height)",
      ]
    ) { svg in
      svg.element("title", text: title)
      svg.element("style") { $0.add(verbatim: PictureStyle.sheet) }
      svg.leaf("rect", ["class": "paper", "width": "\(width)", "height": "\(height)"])
      svg.newLine()
      var y = margin
      for part in parts {
        svg.element(
          "g",
          ["transform": "translate(\(margin) \(y))", "role": "group", "aria-label": part.label]
        ) { $0.add(part.body) }
        svg.newLine()
        y += part.height
      }
    }
    return "\(document.text)\n"
  }

  private var title: Picture {
    let lines = steps.prefix(6).flatMap { step in
      step.sentence(job: job).exact.replacing(every: "`", with: "").text.wrapped(toColumns: 100)
    }
    let figures = figures
    return Picture(
      width: 640, height: 96 + lines.count * 16, label: job,
      body: Markup { body in
        body.element("text", ["class": "big", "x": "0", "y": "16"], text: job)
        body.element(
          "text", ["class": "soft", "x": "0", "y": "34"],
          text: "Workspace \(workspace), inputs listed \(Quantity.instant(listedAt)) UTC")
        for (index, (name, value)) in figures.enumerated() {
          body.element(
            "text", ["class": "strong", "x": "\(index * 104)", "y": "58"], text: value)
          body.element("text", ["class": "soft", "x": "\(index * 104)", "y": "72"], text: name)
        }
        for (index, line) in lines.enumerated() {
          body.element("text", ["x": "0", "y": "\(94 + index * 16)"], text: line)
        }
      })
  }

  private static func caption(_ text: String, _ note: String = "") -> Picture {
    Picture(
      width: 200, height: 30, label: text,
      body: Markup { body in
        body.element("text", ["class": "strong", "x": "0", "y": "22"]) { line in
          line.add(text)
          if !note.isEmpty { line.element("tspan", ["class": "soft"], text: "  \(note)") }
        }
      })
  }

  private static func caption(_ table: TableCalendar, _ note: String) -> Picture {
    caption(table.name + (table.isOutput ? " (output)" : " (input)"), note)
  }

  private static func legend(of table: TableCalendar) -> Picture {
    Picture(
      width: 620, height: 20, label: "Legend",
      body: Markup { body in
        var x = 0
        for status in PartitionStatus.allCases {
          guard let count = table.counts[status] else { continue }
          let text =
            "\(Quantity.number(count)) \(status.word)\(status.mark.map { " (\($0))" } ?? "")"
          body.leaf(
            "rect",
            ["class": status.word, "x": "\(x)", "y": "4", "width": "10", "height": "10", "rx": "2"])
          body.element("text", ["class": "soft", "x": "\(x + 15)", "y": "13"], text: text)
          x += 15 + text.unicodeScalars.count * 6 + 16
        }
      })
  }
}
