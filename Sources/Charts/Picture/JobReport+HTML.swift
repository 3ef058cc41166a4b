import IncrementalJoin
import PartitionPredicate
import Wording

extension JobReport {
  /// How many years a picture shows day by day, how many days hour by hour, and how many columns.
  static let (shownYears, shownDays, shownColumns) = (3, 21, 53)

  /// The report as an HTML page: one document that loads no scripts, fonts or pictures.
  ///
  /// It follows the reader's preference for light or dark, and it is well-formed XML too.
  public func html() -> String {
    var page = Markup()
    page.element("html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"]) { html in
      html.element("head") { head in
        head.leaf("meta", ["charset": "utf-8"])
        head.leaf("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.leaf("meta", ["name": "color-scheme", "content": "light dark"])
        head.element("title", text: "\(job) in \(workspace): report of Dovetail")
        head.element("style") { style in
          style.add(verbatim: PictureStyle.sheet)
          style.newLine()
          style.add(verbatim: PictureStyle.pageSheet)
          style.newLine()
          style.add(verbatim: PictureStyle.measureSheet)
        }
      }
      html.newLine()
      html.element("body") { body in
        body.element("main") { main in
          for section in [heading, whatToDo, calendars, runs, arrivals, waiting, complaints] {
            main.add(section)
            main.newLine()
          }
        }
      }
    }
    return "<!DOCTYPE html>\n\(page.text)\n"
  }

  private var heading: Markup {
    Markup { body in
      body.element("h1", text: job)
      body.element(
        "p", ["class": "soft"],
        text: "Workspace \(workspace), inputs listed \(Quantity.instant(listedAt)) UTC")
      body.element("div", ["class": "tiles"]) { tiles in
        for (name, value) in figures {
          tiles.element("div", ["class": "tile"]) { tile in
            tile.element("b", text: value)
            tile.add(name)
          }
        }
      }
    }
  }

  private var whatToDo: Markup {
    Markup { body in
      body.element("h2", text: "What to do next")
      body.element("ul", ["class": "steps"]) { list in
        for step in steps {
          list.element("li") { item in item.add(code: step.sentence(job: job)) }
        }
      }
    }
  }

  private var calendars: Markup {
    let scales = CalendarPicture.measures.map { measure, _ in
      HeatScale(measure, of: calendar.tables.lazy.flatMap(\.entries).map(\.cell))
    }
    return Markup { body in
      body.element("h2", text: "Calendar of the inputs and the output")
      body.element("div", ["class": "modes"]) { modes in
        for (index, measure) in CalendarMeasure.allCases.enumerated() {
          modes.element("label") { label in
            let id = PictureStyle.id(of: measure)
            if index == 0 {
              label.leaf(
                "input",
                ["type": "radio", "name": "measure", "id": id, "checked": "checked"])
            } else {
              label.leaf("input", ["type": "radio", "name": "measure", "id": id])
            }
            label.add(" \(measure.rawValue)")
          }
        }
      }
      for (scale, (measure, letter)) in zip(scales, CalendarPicture.measures) {
        body.add(Self.legend(of: scale, letter: letter, id: PictureStyle.id(of: measure)))
      }
      let sections = calendar.sections(
        years: Self.shownYears, days: Self.shownDays, columns: Self.shownColumns)
      for section in sections {
        if !section.title.isEmpty { body.element("h3", text: section.title) }
        body.element("div", ["class": "boards"]) { boards in
          for board in section.boards {
            boards.add(Self.figure(board, scales))
            boards.newLine()
          }
        }
      }
      let older = calendar.years.dropLast(Self.shownYears)
      if let first = older.first, let last = older.last {
        body.element(
          "p", ["class": "soft"],
          text:
            "Not drawn: \(first == last ? "\(first)" : "\(first) to \(last)"), which the counts include."
        )
      }
    }
  }

  private static func figure(_ board: CalendarSection.Board, _ scales: [HeatScale]) -> Markup {
    let table = board.table
    return Markup { body in
      body.element("figure") { figure in
        figure.element(
          "figcaption", text: table.name + (table.isOutput ? " (output)" : " (input)"))
        figure.add(CalendarPicture(board, scales: scales).picture.image)
        figure.element("div", ["class": "legend statuses"]) { legend in
          for status in PartitionStatus.allCases {
            guard let count = table.counts[status] else { continue }
            legend.element("span") { entry in
              entry.add(PictureStyle.swatch(status.word, mark: status.mark))
              entry.add(
                "\(Quantity.number(count)) \(status.word)\(status.mark.map { " (\($0))" } ?? "")")
            }
          }
          let untimed = table.untimed.values.reduce(0, +)
          if untimed > 0 {
            legend.element("span", text: "\(Quantity.number(untimed)) of them without a time")
          }
        }
      }
    }
  }

  /// What the shades of a measure stand for; shown while the measure is chosen.
  private static func legend(of scale: HeatScale, letter: String, id: String) -> Markup {
    Markup { body in
      body.element("div", ["class": "legend scale \(id)"]) { legend in
        guard let range = scale.range else {
          return legend.add("Nothing is known of this.")
        }
        let bounds = [scale.measure == .matchRate ? 0 : range.lowerBound] + scale.bounds
        for (step, bound) in bounds.enumerated() {
          legend.element("span") { entry in
            entry.add(PictureStyle.swatch("c \(letter)\(step)", mark: nil))
            entry.add("from \(scale.measure.text(of: bound))")
          }
        }
        legend.element("span", text: "up to \(scale.measure.text(of: range.upperBound))")
        if !scale.unpublished.isEmpty {
          legend.element("span") { entry in
            entry.add(PictureStyle.swatch("c", mark: nil))
            entry.add(scale.unpublishedText)
          }
        }
      }
    }
  }

  private var runs: Markup {
    Markup { body in
      body.element("h2", text: "Runs")
      guard !history.points.isEmpty else {
        return body.element("p", text: "The job never ran.")
      }
      body.add(RunPictures(history).picture.image)
      body.element("div", ["class": "legend"]) { legend in
        for phase in ["plan", "stage", "publish", "commit"] {
          legend.element("span") { entry in
            entry.add(PictureStyle.swatch(phase, mark: nil))
            entry.add(phase)
          }
        }
        legend.element("span") { entry in
          entry.add(PictureStyle.swatch("failed", mark: nil))
          entry.add("partitions failed (x)")
        }
      }
    }
  }

  private var arrivals: Markup {
    Markup { body in
      body.element("h2", text: "When the inputs land")
      body.element(
        "p", ["class": "soft"],
        text:
          "Usual delay after the first input: the median, and within what 95 of 100 partitions had it."
      )
      body.add(DelayPicture(delays).usual.image)
      guard !delays.slowest.isEmpty else { return }
      body.element(
        "p", ["class": "soft"],
        text: delays.incomplete == 0
          ? "Nothing is awaited. The partitions with the longest delays:"
          : "\(Quantity.count(delays.incomplete, "partition")) "
            + "\(delays.incomplete == 1 ? "awaits" : "await") an input. The slowest partitions:")
      body.add(DelayPicture(delays).slowest.image)
    }
  }

  private var waiting: Markup {
    Markup { body in
      guard !pending.isEmpty else { return }
      body.element("h2", text: "Pending and held partitions")
      body.element("table") { table in
        table.element("tr") { row in
          for name in ["Partition", "Status", "Why"] { row.element("th", text: name) }
        }
        for partition in pending {
          table.element("tr") { row in
            row.element("td", text: partition.partition.path.text)
            row.element("td", ["class": "status"]) { cell in
              cell.add(PictureStyle.swatch(partition.status.word, mark: partition.status.mark))
              cell.add(" \(partition.status.word)")
            }
            row.element("td", text: partition.reason)
          }
          table.newLine()
        }
      }
      if pendingCount > pending.count {
        body.element(
          "p", ["class": "soft"],
          text: "and \(Quantity.number(pendingCount - pending.count)) more")
      }
    }
  }

  private var complaints: Markup {
    Markup { body in
      guard !problems.isEmpty else { return }
      body.element("h2", text: "Problems of the listings")
      body.element("ul", ["class": "steps"]) { list in
        for problem in problems.prefix(Self.pendingLimit) { list.element("li", text: problem) }
        let rest = problems.count - Self.pendingLimit
        if rest > 0 { list.element("li", text: "and \(Quantity.number(rest)) more") }
      }
    }
  }
}
