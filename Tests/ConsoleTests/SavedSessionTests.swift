import Cells
import Console
import Foundation
import PartitionPredicate
import Testing

@Suite("The console opens as it was left")
struct SavedSessionTests {
  /// The content of the file and back.
  private func kept(_ session: Session) throws -> SavedSession {
    let saved = session.model.savedSession
    let data = try #require(saved.data)
    let read = try #require(SavedSession(data))
    #expect(read == saved)
    return read
  }

  /// A session in which every part is otherwise than by itself.
  private func left(_ world: World) async throws -> Session {
    var session = try await Session(world)
    session.press("3", "s", "j", "Enter", "4", ".", "g", "j", "Space", "j", "Space")
    session.press("s", "j", "Enter", "/")
    session.type("day=2")
    session.press("Enter")
    return session
  }

  @Test("screen, filter, order and marks are those of before; the cursor begins anew")
  func lists() async throws {
    let world = World.story()
    var before = try await left(world)
    var after = try await Session(world, restoring: try kept(before))
    before.press("g")
    #expect(after.text == before.text)
    #expect(after.text.contains("2 marked"))
    #expect(after.text.contains("Filter \"day=2\""))
    before.press("3")
    after.press("3")
    #expect(after.text == before.text)
    #expect(after.text.contains("sorted by kind"))
  }

  @Test("the job is the one of before, and the calendar is laid out and colored alike")
  func calendar() async throws {
    let world = World.story()
    var before = try await Session(world)
    before.press("]", "8", ",", ";")
    let after = try await Session(world, restoring: try kept(before))
    #expect(after.text == before.text)
    #expect(after.text.contains("events_daily"))
  }

  @Test("what is not there any more is left out: jobs, partitions, columns, screens")
  func vanished() async throws {
    var world = World.story()
    let saved = try kept(try await left(world))
    world.jobs.removeFirst()
    var session = try await Session(world, restoring: saved)
    #expect(!session.text.contains("marked"))
    world = World.story()
    world.ledger.positions["flights_weather"] = [:]
    world.ledger.lineages["flights_weather"] = [:]
    let day = World.partition(1, 2)
    world.list(World.table("weather"), [:])
    world.list(World.table("flights"), [day: [World.file(day, "part-0", size: 5)]])
    session = try await Session(world, restoring: saved)
    #expect(session.text.contains("1 marked"))
    let text = String(decoding: try #require(saved.data), as: UTF8.self)
      .replacing("\"Pending\"", with: "\"Elsewhere\"").replacing("\"State\"", with: "\"Mood\"")
    let other = try #require(SavedSession(Data(text.utf8)))
    session = try await Session(World.story(), restoring: other)
    #expect(session.model.screen == .overview)
    session.press("4")
    #expect(!session.text.contains("sorted by"))
  }

  @Test("who leaves before anything is listed keeps what was kept")
  func early() async throws {
    let saved = try kept(try await left(World.story()))
    #expect(Session(restoring: saved).model.savedSession == saved)
    var session = Session(restoring: saved)
    session.send(.loadFailed("The ledger is locked."))
    #expect(session.model.savedSession == saved)
  }

  @Test("an order that the settings say is not kept, so that other settings count the next time")
  func settings() async throws {
    var settings = ConsoleSettings()
    settings.orders[.pending] = RowOrder(column: "State")
    var session = try await Session(World.story(), settings: settings)
    session.press("4")
    #expect(session.text.contains("sorted by state"))
    let after = try await Session(World.story(), restoring: try kept(session))
    #expect(after.model.screen == .pending)
    #expect(!after.text.contains("sorted by"))
  }

  @Test("more marks than can be kept are not kept in part")
  func manyMarks() async throws {
    var session = try await Session(World.large(10_001))
    session.press("4", "*")
    #expect(session.text.contains("10,001 marked"))
    var after = try await Session(World.large(10_001), restoring: try kept(session))
    #expect(!after.text.contains("marked"))
    session.press("Space")
    after = try await Session(World.large(10_001), restoring: try kept(session))
    #expect(after.text.contains("10,000 marked"))
  }

  @Test("control characters that a file has do not get onto the screen")
  func hostile() async throws {
    let saved = try kept(try await left(World.story()))
    let text = String(decoding: try #require(saved.data), as: UTF8.self)
      .replacing("day=2", with: "day\\u001b[2J\\nx")
    let hostile = try #require(SavedSession(Data(text.utf8)))
    let session = try await Session(World.story(), restoring: hostile)
    #expect(session.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
  }

  @Test(
    "a file of another version or of another shape is none",
    arguments: [
      "", "{", "[]", "{}", #"{"version":2,"session":{}}"#, #"{"version":1,"session":{}}"#,
    ])
  func unreadable(_ content: String) {
    #expect(SavedSession(Data(content.utf8)) == nil)
  }

  @Test("a file that is too large is none, whatever it says")
  func tooLarge() async throws {
    let data = try #require(try await left(World.story()).model.savedSession.data)
    let blanks = Data(repeating: UInt8(ascii: " "), count: SavedSession.sizeLimit)
    #expect(SavedSession(data) != nil)
    #expect(SavedSession(data + blanks) == nil)
  }
}
