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
    guard table.isOutput, let page = model.page, let run = model.run, run.job == page.name,
      let drawn = model.calendar.drawn, drawn.calendar.job == page.name
    else { return nil }
    let states: [UnitState] = [.staging, .staged, .published, .failed]
    guard states.contains(where: { run.counts[$0] ?? 0 > 0 }) else { return nil }
    counts = table.counts
    for unit in run.units where states.contains(unit.state) {
      guard let index = page.index(of: unit.partition) else { continue }
      let before =
        drawn.failed.contains(unit.partition) ? .failed : page.partitionStatus(index)
      let now = model.status(ofKnown: index, of: page)
      guard now != before else { continue }
      counts[before] = counts[before].flatMap { $0 > 1 ? $0 - 1 : nil }
      counts[now, default: 0] += 1
      guard let at = table.place(of: unit.partition),
        let place = grid.place(of: at.slot, group: at.group)
      else { continue }
      var change = changes[place] ?? Change()
      change.partitions += 1
      if now.urgency > change.status.urgency { change.status = now }
      changes[place] = change
    }
    if counts == table.counts, changes.isEmpty { return nil }
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
