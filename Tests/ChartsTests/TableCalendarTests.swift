import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import Charts

@Suite("Calendars of tables")
struct TableCalendarTests {
  static let regionDayHour = [
    PartitionKey(name: "region", type: .string), PartitionKey(name: "day", type: .date),
    PartitionKey(name: "hour", type: .int),
  ]

  /// Partitions by region, day and hour, some of them without a time, in a random order.
  private static func random(
    _ generator: inout SeededGenerator
  ) -> [(partition: Partition, cell: CalendarCell)] {
    var seen: Set<Partition> = []
    var partitions: [(partition: Partition, cell: CalendarCell)] = []
    for _ in 0..<400 {
      let day = Int.random(in: 15_700..<15_740, using: &generator)
      let partition = Partition(
        keys: regionDayHour,
        values: [
          .string(["eu", "us", "\u{E9}", "e\u{301}"].randomElement(using: &generator) ?? "eu"),
          day % 13 == 0 ? .null : .date(days: day),
          .integer(Int64.random(in: 0..<24, using: &generator)),
        ])
      guard seen.insert(partition).inserted else { continue }
      partitions.append(
        (
          partition,
          CalendarCell(
            status: PartitionStatus.allCases.randomElement(using: &generator) ?? .done,
            bytes: Int64.random(in: 0..<1000, using: &generator),
            rows: Bool.random(using: &generator) ? Int64.random(in: 0..<9, using: &generator) : nil,
            lag: Bool.random(using: &generator) ? Double.random(in: 0..<9, using: &generator) : nil,
            matched: 1, of: 2)
        ))
    }
    return partitions.shuffled(using: &generator)
  }

  @Test("a cell sums up exactly the partitions of its time and group")
  func cells() throws {
    var generator = SeededGenerator()
    let partitions = Self.random(&generator)
    let table = TableCalendar(
      name: "clicks", isOutput: false, keys: Self.regionDayHour, time: nil, partitions: partitions)
    // Two spellings of one letter are two regions.
    #expect(table.groups.count == 4)
    #expect(
      table.counts.values.reduce(0, +) == partitions.count, "seed \(generator.seed)")
    for group in [nil, 0, 1, 2, 3] as [Int?] {
      for _ in 0..<50 {
        let first = Int.random(in: 15_690..<15_745, using: &generator) * 24
        let slots = first..<first + Int.random(in: 1...60, using: &generator)
        let inside = partitions.filter { partition, _ in
          guard case .date(let day) = partition.values[1],
            case .integer(let hour) = partition.values[2]
          else { return false }
          let isInGroup =
            group.map {
              "region=\(HivePath.encode(partition.values[0].text))".exact == table.groups[$0]
            } ?? true
          return isInGroup && slots.contains(day * 24 + Int(hour))
        }
        let found = table.partitions(in: slots, group: group).map { partitions[$0].partition }
        #expect(Set(found) == Set(inside.map(\.partition)), "seed \(generator.seed)")
        #expect(found.count == inside.count, "seed \(generator.seed)")
        for partition in found {
          let place = try #require(table.place(of: partition))
          #expect(slots.contains(place.slot) && (group == nil || group == place.group))
        }
        let cell = table.cell(in: slots, group: group)
        #expect(cell?.partitions ?? 0 == inside.count, "seed \(generator.seed)")
        #expect(cell?.bytes ?? 0 == inside.reduce(0) { $0 + $1.cell.bytes })
        #expect(
          cell?.status.urgency ?? 0 == inside.map(\.cell.status.urgency).max() ?? 0,
          "seed \(generator.seed)")
        #expect(cell?.lag == inside.compactMap(\.cell.lag).max())
        let rows = inside.compactMap(\.cell.rows)
        #expect(cell?.rows == (rows.isEmpty ? nil : rows.reduce(0, +)))
        #expect(cell?.matchRate == (inside.isEmpty ? nil : 0.5))
      }
    }
  }

  @Test("partitions without a time are counted apart", arguments: [1, 2, 5])
  func untimed(_ nulls: Int) {
    let keys = [PartitionKey(name: "dt", type: .date), PartitionKey(name: "n", type: .int)]
    let partitions = (0..<10).map { number in
      (
        partition: Partition(
          keys: keys,
          values: [number < nulls ? .null : .date(days: number), .integer(Int64(number))]),
        cell: CalendarCell(status: .pending)
      )
    }
    let table = TableCalendar(
      name: "t", isOutput: false, keys: keys, time: nil, partitions: partitions)
    #expect(table.untimed == [.pending: nulls])
    #expect(table.entries.count == 10 - nulls)
    #expect(table.counts == [.pending: 10])
  }

  @Test("a year has every day once, in weeks that begin on Monday", arguments: [2012, 2013, 2023])
  func year(_ year: Int) throws {
    let first = try #require(CivilDate(year: year, month: 1, day: 1)).daysSinceEpoch
    let last = try #require(CivilDate(year: year, month: 12, day: 31)).daysSinceEpoch
    let grid = Self.days([first, last]).grid(.year(year))
    #expect(grid.rows.count == 7)
    #expect(grid.columns <= 54)
    #expect(grid.rows.map(\.label) == ["Mon", "", "Wed", "", "Fri", "", "Sun"])
    let days = grid.places.compactMap { grid.slots(at: $0)?.lowerBound }
    #expect(days.sorted() == Array(first...last))
    for day in [first, first + 58, last] {
      let place = try #require(grid.place(of: day))
      #expect(grid.slots(at: place) == day..<day + 1)
      // 1970-01-05 was a Monday.
      #expect(place.row == (day - 4 - (day - 4).floored(by: 7) * 7))
    }
    #expect(grid.headings.map(\.text) == CalendarNames.months)
    #expect(grid.place(of: first - 1) == nil)
  }

  @Test("hours stand by day, months by year, groups and values by row")
  func grids() throws {
    let hours = TableCalendar(
      name: "h", isOutput: true, keys: Self.regionDayHour, time: nil,
      partitions: [
        (Self.partition("eu", 15_706, 3), CalendarCell(status: .done)),
        (Self.partition("us", 15_707, 4), CalendarCell(status: .failed)),
      ])
    let byHour = hours.grid(.hours(from: 15_706, days: 2))
    #expect(byHour.rows.map(\.label) == ["2013-01-01", "2013-01-02"])
    #expect(byHour.columns == 24)
    #expect(byHour.place(of: 15_707 * 24 + 4) == CalendarGrid.Place(row: 1, column: 4))
    let byRegion = hours.grid(.groups(from: 15_706 * 24, step: 24, columns: 10))
    #expect(byRegion.rows.map(\.label) == ["region=eu", "region=us"])
    #expect(byRegion.rows.map(\.group) == [0, 1])
    #expect(byRegion.columns == 2)
    #expect(hours.cell(in: 15_707 * 24..<15_708 * 24, group: 1)?.status == .failed)
    #expect(hours.cell(in: 15_707 * 24..<15_708 * 24, group: 0) == nil)
    #expect(hours.name(of: 15_706 * 24 + 3..<15_706 * 24 + 4) == "2013-01-01 03h")
    #expect(hours.name(of: 15_706 * 24..<15_707 * 24) == "2013-01-01")
    #expect(hours.years == [2013])

    let yearMonth = [
      PartitionKey(name: "year", type: .int), PartitionKey(name: "month", type: .int),
    ]
    let months = TableCalendar(
      name: "m", isOutput: true, keys: yearMonth, time: nil,
      partitions: [
        (
          Partition(keys: yearMonth, values: [.integer(2012), .integer(12)]),
          CalendarCell(status: .done)
        ),
        (
          Partition(keys: yearMonth, values: [.integer(2014), .integer(1)]),
          CalendarCell(status: .done)
        ),
      ])
    #expect(months.grid(.months).rows.map(\.label) == ["2012", "2013", "2014"])
    #expect(months.name(of: 2014 * 12..<2014 * 12 + 1) == "2014-01")
    #expect(months.years == [2012, 2014])

    let key = [PartitionKey(name: "k", type: .int)]
    let values = TableCalendar(
      name: "v", isOutput: true, keys: key, time: nil,
      partitions: [10, 2, 33].map {
        (Partition(keys: key, values: [.integer($0)]), CalendarCell(status: .pending))
      })
    #expect(values.values == ["2", "10", "33"])
    let grid = values.grid(.values(columns: 2))
    #expect(grid.rows.map(\.slots.count) == [2, 1])
    #expect(values.name(of: 2..<3) == "33")

    let none = TableCalendar(name: "e", isOutput: true, keys: key, time: nil, partitions: [])
    #expect(none.views(columns: 53).isEmpty && none.slots == nil && none.years.isEmpty)
    let whole = TableCalendar(
      name: "w", isOutput: true, keys: [], time: nil,
      partitions: [(Partition(keys: [], values: []), CalendarCell(status: .done))])
    #expect(whole.grid(.values(columns: 9)).places.count == 1)
  }

  @Test("a hundred years of days without a year's name stand as twelve months")
  func monthDays() throws {
    let keys = [PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int)]
    let table = TableCalendar(
      name: "t", isOutput: false, keys: keys, time: nil,
      partitions: [
        (Partition(keys: keys, values: [.integer(2), .integer(29)]), CalendarCell(status: .held))
      ])
    let grid = table.grid(.monthDays)
    #expect(grid.rows.count == 12 && grid.columns == 31)
    #expect(grid.places.count == 366)
    #expect(
      table.name(of: grid.slots(at: CalendarGrid.Place(row: 1, column: 28)) ?? 0..<1) == "Feb 29")
    #expect(grid.slots(at: CalendarGrid.Place(row: 1, column: 29)) == nil)
  }

  @Test("the time to draw up a calendar grows as the partitions do")
  func large() {
    func time(_ count: Int) -> Duration {
      let keys = [PartitionKey(name: "dt", type: .date)]
      let partitions = (0..<count).map { number in
        (
          partition: Partition(keys: keys, values: [.date(days: (number * 7919) % count)]),
          cell: CalendarCell(status: .done, bytes: 1)
        )
      }
      return processorTime {
        let table = TableCalendar(
          name: "t", isOutput: false, keys: keys, time: nil, partitions: partitions)
        #expect(table.entries.count == count)
      }
    }
    let (small, large) = (time(5000), time(40_000))
    // Eight times the partitions, with log n far below the 64 of n².
    #expect(large < small * 32)
  }

  private static func partition(_ region: String, _ day: Int, _ hour: Int64) -> Partition {
    Partition(keys: regionDayHour, values: [.string(region), .date(days: day), .integer(hour)])
  }

  static func days(_ days: [Int]) -> TableCalendar {
    let keys = [PartitionKey(name: "dt", type: .date)]
    return TableCalendar(
      name: "t", isOutput: false, keys: keys, time: nil,
      partitions: days.map {
        (Partition(keys: keys, values: [.date(days: $0)]), CalendarCell(status: .done))
      })
  }
}
