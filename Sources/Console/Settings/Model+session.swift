import Charts
import IncrementalJoin
import PartitionPredicate
import Wording

extension Model {
  /// How the console is left: what ``init(workspace:appearance:hasDemo:isReadOnly:size:settings:restoring:)`` restores.
  ///
  /// What was restored and has not been used yet, since nothing was listed so far, is kept.
  public var savedSession: SavedSession {
    var session = SavedSession()
    session.screen = screen.title
    session.job = page?.name ?? restored?.job
    for list in SavedSession.lists {
      if let text = rowViews[list]?.filter.text, !text.isEmpty {
        session.filters[list.rawValue] = text
      }
    }
    // What the settings say by themselves may be said otherwise by the next time.
    for (list, view) in rowViews where view.order != settings.orders[list] {
      session.orders[list.rawValue] = view.order.map {
        SavedSession.Order(column: $0.column, isDescending: $0.isDescending)
      }
    }
    session.showsAll = pending.showsAll
    if jobs.isEmpty {
      session.marks = restored?.marks ?? [:]
    } else if allMarks.values.reduce(0, { $0 + $1.count }) <= SavedSession.markLimit {
      session.marks = allMarks.mapValues { $0.sorted().map(\.path.text) }
    }
    session.calendar =
      calendar.drawn == nil
      ? restored?.calendar
      : SavedSession.Calendar(
        measure: calendar.measure.rawValue, view: calendar.view, year: calendar.year,
        table: calendar.table)
    session.calls = calls.isEmpty ? nil : calls
    return session
  }

  /// Restores what does not need the jobs; the rest waits for them.
  mutating func restore(_ session: SavedSession) {
    restored = session
    screen = Screen.allCases.first { $0.title == session.screen } ?? screen
    for list in SavedSession.lists {
      guard let text = session.filters[list.rawValue] else { continue }
      rowViews[list, default: RowView()].filter.field.insert(text.sanitized)
    }
    for list in RowList.allCases {
      guard let order = session.orders[list.rawValue], list.columns.contains(order.column) else {
        continue
      }
      rowViews[list, default: RowView()].order = RowOrder(
        column: order.column, isDescending: order.isDescending)
    }
    pending.showsAll = session.showsAll
    for call in session.calls ?? [] { remember(call.sanitized) }
  }

  /// Marks what was marked, of what the first listing knows; off the terminal's thread, since it may be much.
  mutating func restoreMarks() {
    guard let marks = restored?.marks, !marks.isEmpty else { return }
    restored?.marks = [:]
    for page in jobs {
      guard let paths = marks[page.name], !paths.isEmpty else { continue }
      let keys = page.status.job.output.keys
      compute {
        let partitions = paths.compactMap { try? Partition(path: ExactText($0), keys: keys) }
        return .marks(Set(partitions.filter { page.index(of: $0) != nil }), job: page.name)
      }
    }
  }

  /// Looks at the calendar as it was looked at, when it is drawn up first.
  mutating func restoreCalendar() {
    guard let saved = restored?.calendar, let drawn = calendar.calendar else { return }
    restored?.calendar = nil
    guard drawn.job == restored?.job else { return }
    calendar.measure = CalendarMeasure(rawValue: saved.measure) ?? .status
    // A view beyond the last one is counted on from the first.
    calendar.view = max(0, saved.view)
    calendar.year = saved.year
    calendar.table = saved.table.flatMap { drawn.tables.indices.contains($0) ? $0 : nil }
  }
}
