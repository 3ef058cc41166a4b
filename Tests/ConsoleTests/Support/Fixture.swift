import Cells
import Console
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport

@testable import IncrementalJoin

/// The states of the console that are kept as goldens.
enum Fixture: String, CaseIterable, Sendable {
  case loading
  case loadFailed = "load-failed"
  case overview, tables, partitions, year, files, bookmarks
  case pending, tree, filter, all, predicate, preview, steps, confirm, running, finished
  case help, palette, note, removals
  case why, clauses, edit, mistake, edited, debugger, breakpoint, watch
  case filterMistake = "filter-mistake"
  case attention, staged, holds, account, arrivals, choice, rewind
  case skipNote = "skip-note"
  case waiting, conditions, ceiling
  case scope
  case batches
  case names
  case namesFiltered = "names-filtered"
  case namesScrolled = "names-scrolled"
  case calendar
  case calendarYear = "calendar-year"
  case calendarHours = "calendar-hours"
  case calendarGroups = "calendar-groups"

  /// Drives a console into the state, with all that it reads besides.
  func session(_ appearance: Appearance, _ size: Size) async throws -> Session {
    var session = try await driven(appearance, size)
    try await session.answerDetails()
    return session
  }

  private func driven(_ appearance: Appearance, _ size: Size) async throws -> Session {
    let isControlled = Self.controlled.contains(self)
    let world = isControlled ? World.control() : World.story()
    if let names = try await names(appearance, size) { return names }
    if self == .batches { return try await Self.batches(appearance, size) }
    if self == .loading { return Session(appearance: appearance, size: size) }
    if self == .loadFailed {
      var session = Session(appearance: appearance, size: size)
      session.send(.loadFailed("The ledger /w/.dovetail/ledger.sqlite is locked. Try again."))
      return session
    }
    var session = try await Session(world, appearance: appearance, size: size)
    switch self {
    case .loading, .loadFailed, .overview: break
    case .tables: session.press("2")
    case .partitions: session.press("2", "Enter", "j", "j")
    case .year: session.press("]", "2", "Enter", "G")
    case .files: session.press("2", "Enter", "Enter")
    case .bookmarks: session.press("3", "j")
    case .pending: session.press("4", "j", "Space")
    case .tree: session.press("4", "z", "j", "Down", "Down")
    case .filter:
      session.press("4", "/")
      session.type("day=2")
    case .scope:
      session.press("4", "j", "Space", "/")
      session.type("day=2")
      session.press("Enter", "R")
    case .all: session.press("4", ".", "Enter")
    case .predicate: session.press("5", "l")
    case .preview, .steps, .confirm, .running, .finished:
      try await Self.openPreview(&session, world)
      if self == .steps { session.press("t") }
      if self == .confirm { session.press("x") }
      if self == .running || self == .finished {
        session.press("x", "y")
        try await Self.run(&session, world, toTheEnd: self == .finished)
      }
    case .removals:
      var emptied = world
      emptied.list(World.table("weather"), [:])
      session = try await Session(emptied, appearance: appearance, size: size)
      session.press("R")
      session.send(.planned(try await emptied.plan()))
      session.press("x")
      session.type("flights")
    case .why:
      session.press("5", "/")
      session.type("day=8")
      session.press("Enter")
    case .clauses:
      session.press("5", "e", "Ctrl-U")
      session.type("month = 1 AND day > 'x' OR day BETWEEN 12 AND 14 OR month = 2")
      session.press("Enter", "t", "j", "j", "j")
    case .edit, .mistake, .edited:
      session.press("5", "l", "e")
      session.type(self == .mistake ? " OR mnth = 3 AND day = 1" : " OR month = 1 AND day < 3")
      if self == .edited { session.press("Enter") }
    case .debugger, .breakpoint, .watch:
      session.press("5", "/")
      session.type("day=8")
      session.press("Enter", "Enter", "s", "s", "s", "j", "b", "k")
      if self == .breakpoint { session.press("&") }
      session.press("i")
      session.type(self == .watch ? "dya + 1" : "day IN (8, 9)")
      if self == .debugger { session.press("Enter") }
    case .filterMistake:
      session.press("4", "/")
      session.type("where mnth = 1")
    case .calendar: session.press("8", "h", "Space", "h", "h", "k")
    case .calendarYear: session.press("]", "8", "h", "h", ",")
    case .attention, .batches, .names, .namesFiltered, .namesScrolled, .calendarHours,
      .calendarGroups:
      break
    case .staged: session.press("3", "j", "Space", "k")
    case .holds: session.press("4", "z")
    case .account, .arrivals, .choice, .rewind, .skipNote, .waiting, .conditions, .ceiling:
      try await control(&session, world)
    case .help: session.press("4", "?")
    case .palette:
      session.press(":")
      session.type("p")
    case .note:
      session.send(
        .demoStepDone(
          title: "A week's weather lands late",
          explanation: "The weather of 12 to 14 January arrived after its flights were joined."))
    }
    return session
  }

  /// The scenes whose partitions have long names; nil for another one.
  private func names(_ appearance: Appearance, _ size: Size) async throws -> Session? {
    let regions =
      switch self {
      case .names, .calendarHours, .calendarGroups: ["region-00", "region-01"]
      case .namesFiltered, .namesScrolled:
        ["eu-central-1-frankfurt-am-main", "eu-central-1-frankfurt-oder"]
      default: [String]()
      }
    guard !regions.isEmpty else { return nil }
    var session = try await Session(
      World.regions(regions), appearance: appearance, hasDemo: false, size: size)
    if self == .calendarHours || self == .calendarGroups {
      session.press("8", "k", "h", "h")
      if self == .calendarGroups { session.press("t", "t") }
      return session
    }
    session.press("4", "j", "j")
    guard self != .names else { return session }
    session.press("/")
    session.type("oder")
    session.press("Enter", "j")
    if self == .namesScrolled { session.press(">", ">", ">") }
    return session
  }

  private static let controlled: Set<Fixture> = [
    .attention, .staged, .holds, .account, .arrivals, .choice, .rewind, .skipNote, .waiting,
    .conditions, .ceiling,
  ]

  private func control(_ session: inout Session, _ world: World) async throws {
    switch self {
    case .account:
      session.press("3", "j", "j", "Enter")
      let account = try RunAccount.read(4, in: world.ledger)
      session.send(.reported(account.map { .run($0) } ?? TextReport(title: ""), for: .run(4)))
    case .arrivals:
      session.press("a")
      let skew = ArrivalSkew(try await world.statuses()[0].report)
      session.send(.reported(.arrivals(skew, of: "flights_weather"), for: .arrivals))
    case .choice: session.press("3", "j", "j", "j", "B")
    case .rewind:
      session.press("3", "j", "j", "j", "j", "B", "Enter")
      let change = BookmarkChange(.rewind(to: 1))
      session.send(.operationPreviewed(try await world.preview(change), of: .bookmark(change)))
      session.type("start over")
      session.press("Enter")
      session.type("flights")
    case .skipNote:
      session.press("4", "I")
      let change = BookmarkChange(.skip, partitions: [World.partition(1, 5)])
      session.send(.operationPreviewed(try await world.preview(change), of: .bookmark(change)))
      session.press("Enter")
    case .waiting: session.press("V", "j", "Enter")
    case .conditions, .ceiling:
      session.press("R", "M", "#")
      session.type("2, newest")
      session.press("Enter")
      // The first plan is no answer to what was asked for since.
      session.send(.planned(try await world.plan()))
      let bounds = RunBounds(maxPartitions: 2, order: .newestFirst)
      session.send(.planned(try await world.plan(0, RunRequest(mode: .pause, bounds: bounds))))
      session.press("%")
      if self == .ceiling { session.press("x") }
    default: break
    }
  }

  /// A run of 200 partitions in batches, of which the third is being staged.
  private static func batches(_ appearance: Appearance, _ size: Size) async throws -> Session {
    let world = World.large(200)
    var session = try await Session(world, appearance: appearance, hasDemo: false, size: size)
    session.press("R")
    let plan = try await world.plan()
    session.send(.planned(plan))
    session.press("x", "y")
    var seconds = 0.0
    func send(_ event: RunEvent, after pause: Double) {
      seconds += pause
      session.send(.runEvent(event, at: World.now.addingTimeInterval(seconds)))
    }
    send(.planned(plan), after: 0)
    send(.started(4), after: 2)
    for (number, batch) in plan.batches.prefix(3).enumerated() {
      let partitions = plan.units[batch].map(\.partition)
      for (index, partition) in partitions.enumerated() where number < 2 || index < 32 {
        send(.staging(partition), after: 0.1)
        if number == 1, index == 7 {
          send(.failed(partition, message: "n=71/p.parquet cannot be read."), after: 0.1)
        } else {
          send(.staged(partition, StagedRows(rows: 12, bytes: 700)), after: 0.2)
        }
      }
      guard number < 2 else { break }
      let staged = partitions.filter { number == 0 || $0 != partitions[7] }
      for partition in staged { send(.published(partition), after: 0.05) }
      send(.committed(staged), after: 1.5)
    }
    session.press("t", "j")
    return session
  }

  static func openPreview(_ session: inout Session, _ world: World) async throws {
    session.press("R")
    let plan = try await world.plan()
    session.send(.planned(plan))
    let columns = ["origin", "time_hour", "carrier", "flight", "temp", "wind_dir", "precip"]
    session.send(
      .previewed(
        plan.units[0].partition,
        SampleRows(
          columns: columns.map { Column(name: $0, type: "VARCHAR") },
          rows: (0..<6).map { row in
            ["EWR", "2013-01-05 0\(row):00:00", "UA", "\(1500 + row)", "39.02", nil, "0.0"]
          })))
  }

  static func run(_ session: inout Session, _ world: World, toTheEnd: Bool) async throws {
    let plan = try await world.plan()
    var seconds = 0.0
    func send(_ event: RunEvent) {
      seconds += 0.7
      session.send(.runEvent(event, at: World.now.addingTimeInterval(seconds)))
    }
    send(.recovered(partition: "month=1/day=20", isCommitted: true))
    send(.planned(plan))
    send(.started(4))
    let units = plan.units.map(\.partition)
    for partition in units.prefix(4) {
      send(.staging(partition))
      send(.progress(partition, 0.5))
      let isEmpty = partition == units[1]
      send(.staged(partition, StagedRows(rows: isEmpty ? 0 : 842, bytes: isEmpty ? 0 : 50_000)))
      send(isEmpty ? .removed(partition) : .published(partition))
    }
    send(.committed(Array(units.prefix(4))))
    let failure = "month=1/day=14/w.parquet cannot be read: truncated."
    send(.failed(units[4], message: failure))
    send(.staging(units[5]))
    send(.progress(units[5], 0.4))
    guard toTheEnd else { return }
    var summary = RunSummary(run: 4, plan: plan)
    summary.state = .partial
    summary.committed = 4
    summary.removed = 1
    summary.failures = [PartitionFailure(partition: units[4], message: failure)]
    summary.rows = 2_526
    summary.bytesWritten = 200_000
    summary.bytesRead = 91_000
    summary.filesRead = 8
    summary.elapsed = .seconds(17)
    summary.timings = RunTimings(
      plan: .milliseconds(700), stage: .seconds(12), publish: .seconds(3), commit: .seconds(1))
    send(.finished(summary))
    session.send(.runEnded)
  }
}
