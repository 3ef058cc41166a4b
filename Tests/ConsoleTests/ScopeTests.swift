import Cells
import Console
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Testing

@Suite("Actions say and ask what they are about")
struct ScopeTests {
  @Test("R asks where something is marked or filtered, and counts what each answer means")
  func asks() async throws {
    var session = try await filtered()
    #expect(session.take() == [])
    #expect(session.text.contains("Preview a run: which partitions?"))
    #expect(session.text.contains("Marked (1)       1 of them not shown here: month=1/day=9"))
    #expect(session.text.contains("Filtered (10)    the pending ones that \"day=2\" shows"))
    #expect(session.text.contains("All pending (18) whatever is shown, without 1 held"))
    session.press("Esc")
    #expect(session.take() == [])
    #expect(session.model.screen == .pending)
  }

  @Test("each answer plans exactly what it counts")
  func plans() async throws {
    let world = World.story()
    var session = try await filtered()
    session.press("Enter")
    #expect(
      session.take() == [
        .plan(
          job: "flights_weather", RunRequest(partitions: [World.partition(1, 9)]))
      ])
    session = try await filtered()
    session.press("j", "Enter")
    guard case .plan(_, let request)? = session.take().first else {
      Issue.record("nothing is planned")
      return
    }
    let plan = try await world.plan(0, request)
    #expect(plan.kind == .run)
    #expect(
      plan.units.map(\.partition)
        == [21, 22, 23, 24, 25, 26, 27, 28, 29].map { World.partition(1, $0) }.filter {
          $0.path.text.contains("day=2")
        } + [World.partition(2, 2)])
    session.send(.planned(plan))
    #expect(session.text.contains("only those matching \"day=2\""))
    session.press("x")
    #expect(session.text.contains("Only pending partitions matching \"day=2\""))
    session = try await filtered()
    session.press("j", "j", "Enter")
    #expect(session.take() == [.plan(job: "flights_weather", RunRequest())])
  }

  @Test("a filter that shows nothing never means all that is pending")
  func nothing() async throws {
    var session = try await Session(World.story())
    session.press("4", "/")
    session.type("nothing like it")
    session.press("Enter", "R")
    #expect(session.take() == [])
    #expect(!session.text.contains("Filtered"))
    #expect(session.text.contains("All pending (18)"))
  }

  @Test("without marks and filter R asks nothing")
  func direct() async throws {
    var session = try await Session(World.story())
    session.press("4", "R")
    #expect(session.take() == [.plan(job: "flights_weather", RunRequest())])
  }

  @Test("marks are in the title on every screen, and each job has its own", arguments: [60, 80])
  func marks(_ columns: Int) async throws {
    var session = try await Session(World.story(), size: Size(columns: columns, rows: 24))
    session.press("4", "Space", "Space")
    for screen in Screen.allCases {
      session.press("\(screen.rawValue)")
      #expect(session.title.contains("18 pending, 1 held, 2 marked"), "\(screen)")
    }
    session.press("]")
    #expect(!session.title.contains("marked"))
    session.press("4", "Space", "[")
    #expect(session.title.contains("2 marked"))
    session.press("1", "u")
    #expect(!session.title.contains("marked"))
    session.press("]")
    #expect(session.title.contains("1 marked"))
  }

  @Test("marks are seen from the overview, too: R there asks")
  func overview() async throws {
    var session = try await Session(World.story())
    session.press("4", "Space", "1", "R")
    #expect(session.take() == [])
    #expect(session.text.contains("Marked (1)       month=1/day=5"))
    #expect(!session.text.contains("Filtered"))
  }

  @Test("a run unmarks what it did, and nothing else")
  func unmarked() async throws {
    let world = World.story()
    var session = try await Session(world)
    // 5 is built by the run, 8 is not.
    session.press("4", "Space", ".", "g", "j", "j", "j", "j", "j", "j", "j", "Space")
    #expect(session.title.contains("2 marked"))
    session.press("R", "j", "Enter")
    let plan = try await world.plan()
    session.send(.planned(plan))
    session.press("x", "y")
    session.send(.runEvent(.planned(plan), at: World.now))
    session.send(.runEnded)
    #expect(session.title.contains("1 marked"))
    session.press("4", "R")
    #expect(session.text.contains("month=1/day=8"))
  }

  @Test("marks of partitions that are gone go")
  func gone() async throws {
    var world = World.large(3)
    var session = try await Session(world, hasDemo: false)
    session.press("4", "Space", "Space")
    #expect(session.title.contains("2 marked"))
    let keys = [PartitionKey(name: "n", type: .int)]
    let kept = Partition(keys: keys, values: [.integer(0)])
    world.list(World.table("big", keys: keys), [kept: [World.file(kept, "p", size: 10)]])
    session.send(.loaded(try await world.statuses(), at: World.now))
    #expect(session.title.contains("1 marked"))
  }

  @Test(
    "operations on partitions ask the same", arguments: ["I", "=", "L", "U"])
  func operations(_ key: String) async throws {
    var session = try await Session(World.story())
    session.press("4", key)
    // One partition is selected, and the preview is of it.
    #expect(!session.text.contains("which partitions?"))
    #expect(previewed(&session) == [World.partition(1, 5)])
    session.press("Esc", "/")
    session.type("day=2")
    session.press("Enter", key)
    #expect(session.text.contains("which partitions?"))
    #expect(session.text.contains("Filtered (10)"))
    #expect(session.text.contains("Selected (1)"))
    session.press("Enter")
    #expect(previewed(&session)?.count == 10)
  }

  /// The partitions of the operation of which a preview was asked for.
  private func previewed(_ session: inout Session) -> [Partition]? {
    session.take().lazy.compactMap { effect in
      if case .previewOperation(_, let operation) = effect { operation.partitions } else { nil }
    }.first
  }

  /// A partition is marked, and the filter hides it; then R.
  private func filtered() async throws -> Session {
    var session = try await Session(World.story())
    session.press("4", "j", "Space", "/")
    session.type("day=2")
    session.press("Enter", "R")
    return session
  }
}

extension Session {
  /// The text of the first line.
  var title: String { frame.row(0).map(\.text).joined() }
}
