import Foundation
import IncrementalJoin
import PartitionPredicate
import Testing

@testable import Console

@Suite("What other processes do is told at once, and how old the listing is")
struct FreshnessTests {
  private func run(_ id: RunID, _ state: RunState) -> RunRecord {
    RunRecord(
      id: id, job: "flights_weather", kind: .run, plan: "", state: state, listedAt: World.now,
      startedAt: World.now, finishedAt: nil, user: "grace", committed: 0, failed: 0, rows: 0,
      bytesRead: 0, filesRead: 0)
  }

  private let holder = LockHolder(
    user: "grace", host: "mill", process: 7, workspace: "/w", since: World.now)

  @Test("a run of another process is told when it begins and when it has ended, once each")
  func told() async throws {
    var session = try await Session(World.story())
    session.send(
      .news(WorkspaceNews(runs: [run(90, .running)], holder: holder), at: World.now))
    #expect(
      session.text.contains("Run 90 of flights_weather is in progress, started by grace on mill."))
    session.send(.news(WorkspaceNews(runs: [run(90, .partial)], holder: nil), at: World.now))
    #expect(session.text.contains("Run 90 of flights_weather, by grace: partial. r refreshes."))
    session.press("4")
    session.send(.news(WorkspaceNews(runs: [run(90, .partial)], holder: nil), at: World.now))
    #expect(!session.text.contains("Run 90"))
    #expect(session.take() == [])
  }

  @Test(
    "a run of another process is among the runs while it goes on, and as it has ended, without a listing"
  )
  func listed() async throws {
    let world = World.story()
    var session = try await Session(world)
    session.press("3", "j")
    let selected = session.cursorRow
    func row() -> [Substring] {
      let rows = session.text.split(separator: "\n").map { $0.split(separator: " ") }
      return rows.first { $0.first == "90" } ?? []
    }
    session.send(.news(WorkspaceNews(runs: [run(90, .running)], holder: holder), at: World.now))
    #expect(row().prefix(3) == ["90", "run", "running"])
    #expect(session.cursorRow == selected)
    session.send(
      .news(WorkspaceNews(runs: [run(91, .failed), run(90, .partial)], holder: nil), at: World.now))
    #expect(row().prefix(3) == ["90", "run", "partial"])
    #expect(session.cursorRow == selected)
    session.press("g")
    #expect(session.cursorRow.contains("91 run     failed"))
    session.press("1")
    #expect(session.text.contains("91 failed"))
    // What a listing that began before does not know is kept, and what it knows better stays.
    session.send(.loaded(try await world.statuses(), at: World.now))
    session.press("3")
    #expect(row().prefix(3) == ["90", "run", "partial"])
    #expect(session.take() == [])
  }

  @Test("runs that the screens show, and one whose process has ended, are no news")
  func known() async throws {
    let world = World.story()
    var session = try await Session(world)
    let known = try world.ledger.runs(job: nil, limit: 20)
    let text = session.text
    session.send(.news(WorkspaceNews(runs: known, holder: nil), at: World.now))
    session.send(.news(WorkspaceNews(runs: [run(90, .running)], holder: nil), at: World.now))
    #expect(session.text == text)
  }

  @Test("it is listed anew by itself only once that was asked for")
  func refreshing() async throws {
    var session = try await Session(World.story())
    session.send(.news(WorkspaceNews(runs: [run(90, .succeeded)], holder: nil), at: World.now))
    #expect(session.take() == [])
    session.press("Ctrl-R")
    #expect(session.text.contains("refreshes by itself"))
    session.send(.news(WorkspaceNews(runs: [run(91, .succeeded)], holder: nil), at: World.now))
    #expect(session.take() == [.load])
  }

  @Test("on the preview the status line is about the plan's own listing")
  func planned() async throws {
    var world = World.story()
    var session = try await Session(world)
    for (name, snapshot) in world.storage.snapshots {
      world.storage.snapshots[name] = Snapshot(
        table: snapshot.table, listedAt: World.now + 6, partitions: snapshot.partitions,
        problems: snapshot.problems)
    }
    session.press("R")
    session.send(.planned(try await world.plan()))
    #expect(session.text.contains("listed 2013-02-04 17:46:46 UTC"))
    #expect(session.text.contains("Listed at 2013-02-04 17:46:46 UTC"), "\(session.text)")
    session.press("1")
    #expect(session.text.contains("Listed at 2013-02-04 17:46:40 UTC"))
  }

  @Test("the status line says how old the listing is, from a minute on")
  func age() async throws {
    var session = try await Session(World.story())
    let none = WorkspaceNews(runs: [], holder: nil)
    session.send(.news(none, at: World.now + 59))
    #expect(session.text.contains("Listed at 2013-02-04 17:46:40 UTC"))
    #expect(!session.text.contains(" ago"))
    session.send(.news(none, at: World.now + 7290))
    #expect(session.text.contains("UTC, 2 h 1 min ago"))
  }
}
