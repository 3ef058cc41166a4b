import Charts
import IncrementalJoin
import PartitionPredicate

/// What a run in this console has done to the output since its calendar was drawn up.
struct LiveStatuses: Sendable {
  /// The partitions of one cell that stand differently now.
  private struct Change {
    var partitions = 0
    var status = PartitionStatus.absent
  }

  /// The number of the output's partitions of each status.
  private(set) var counts: [PartitionStatus: Int]
  private var changes: [CalendarGrid.Place: Change] = [:]

  /// nil for an input, and where nothing has changed.
  init?(_ model: Model, of table: TableCalendar, in grid: CalendarGrid) {
    guard table.isOutput, let page = model.page, let drawn = model.calendar.drawn,
      drawn.load == model.load
    else { return nil }
    let runs = model.liveRuns(of: page)
    guard runs.contains(where: { $0.counts[.waiting] ?? 0 < $0.units.count }) else { return nil }
    counts = table.counts
    var seen: Set<Int> = []
    for run in runs where run.places.count == run.units.count {
      for (unit, index) in zip(run.units, run.places) where unit.state != .waiting {
        guard let index, drawn.statuses.indices.contains(index),
          let now = run.status(of: unit, before: drawn.statuses[index])
        else { continue }
        // The newest run counts.
        guard runs.count == 1 || seen.insert(index).inserted else { continue }
        take(now, at: index, drawn, in: grid)
      }
    }
    if counts == table.counts, changes.isEmpty { return nil }
  }

  private mutating func take(
    _ now: PartitionStatus, at index: Int, _ drawn: DrawnCalendar, in grid: CalendarGrid
  ) {
    let before = drawn.statuses[index]
    guard now != before else { return }
    counts[before] = counts[before].flatMap { $0 > 1 ? $0 - 1 : nil }
    counts[now, default: 0] += 1
    guard let at = drawn.places[index], let place = grid.place(of: at.slot, group: at.group) else {
      return
    }
    var change = changes[place] ?? Change()
    change.partitions += 1
    if now.urgency > change.status.urgency { change.status = now }
    changes[place] = change
  }

  /// A cell as it stands now: the most urgent of what has changed in it and of the rest.
  func current(_ cell: CalendarCell, at place: CalendarGrid.Place) -> CalendarCell {
    guard let change = changes[place] else { return cell }
    var cell = cell
    if change.partitions >= cell.partitions || change.status.urgency > cell.status.urgency {
      cell.status = change.status
    }
    return cell
  }
}
