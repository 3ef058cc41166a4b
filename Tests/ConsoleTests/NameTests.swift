import Cells
import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import Console

@Suite("Names of partitions can be read")
struct NameTests {
  /// The names in the rows of the list.
  private func names(_ session: Session) -> [String] {
    let area = session.model.listArea(on: session.model.screen)
    return (area.row..<area.row + area.rows).compactMap { row in
      session.frame.row(row).map(\.text).joined().split(separator: " ").map(String.init)
        .first { $0.contains("hour=") || $0.contains("2013-01-0") }
    }
  }

  @Test(
    "no two rows read alike, on any screen with a list of partitions", arguments: [60, 80, 140])
  func different(_ columns: Int) async throws {
    let world = World.regions([
      "eu-central-1-frankfurt-am-main-zone-a", "eu-central-1-frankfurt-am-main-zone-b",
    ])
    var session = try await Session(world, size: Size(columns: columns, rows: 24))
    for screen in 0..<5 {
      switch screen {
      case 0: session.press("4")
      case 1: session.press("5")
      case 2: session.press("2", "Enter", "t")
      case 3:
        session.press("6")
        session.send(.planned(try await world.plan()))
      default:
        session.press("x", "y")
        session.send(.runEvent(.planned(try await world.plan()), at: World.now))
      }
      let names = names(session)
      #expect(names.count > 2, "screen \(screen)")
      #expect(Set(names).count == names.count, "screen \(screen): \(names)")
    }
  }

  @Test("the whole name of the selected row is on the screen while one moves and scrolls sideways")
  func whole() async throws {
    let world = World.regions([
      "eu-central-1-frankfurt-am-main-zone-\(String(repeating: "a", count: 40))"
    ])
    var session = try await Session(world, size: Size(columns: 60, rows: 20))
    session.press("4")
    for (key, hour) in [("j", 1), ("j", 2), (">", 2), (">", 2), ("G", 23), ("<", 23)] {
      session.press(key)
      let joined = session.text.split(separator: "\n").joined()
      let day = hour == 23 ? "2013-01-03" : "2013-01-01"
      #expect(joined.contains("aaaa/day=\(day)/hour=\(hour)"))
    }
    // At the very end the names have left the screen, and nothing more can be scrolled away.
    for _ in 0..<40 { session.press(">") }
    #expect(session.cursorRow.contains("pending"))
  }

  @Test("rows of two regions do not read alike where they meet")
  func border() async throws {
    var session = try await Session(World.regions(), size: Size(columns: 60, rows: 20))
    session.press("4", "/")
    session.type("01-03/hour=1")
    session.press("Enter")
    #expect(session.text.contains("region/day/hour"))
    #expect(session.cursorRow.contains("region-00/2013-01-03/1 "))
    #expect(session.text.contains("region-01/2013-01-03/1 "))
    #expect(session.text.contains("region=region-00/day=2013-01-03/hour=1\n"))
  }

  @Test("names that fit are whole: nothing is said about them twice")
  func fitting() async throws {
    var session = try await Session(World.regions(), size: Size(columns: 80, rows: 24))
    session.press("4")
    #expect(session.cursorRow.contains("region=region-00/day=2013-01-01/hour=0 "))
    #expect(session.text.contains("Partition  "))
    session.press(">")
    #expect(session.text.contains("all names are shown in full"))
    #expect(session.text.components(separatedBy: "hour=0 ").count == 2)
  }

  @Test("what all names in sight begin with stands in the heading once")
  func shared() {
    func column(_ names: String..., besides: Int = 36, shift: Int = 0) -> NameColumn {
      var column = NameColumn(
        longest: NameColumn.longest(names), besides: besides, columns: 40, shift: shift)
      column.leaveOutWhatIsShared(by: names)
      return column
    }
    let long = String(repeating: "x", count: 20)
    let folders = column(
      "a=1/b=\(long)/c=3", "a=1/b=\(long)/c=4", "a=1/b=\(long)0/c=3", besides: 12)
    #expect(folders.heading == "Partition in a=1/")
    #expect(folders.text("a=1/b=20/c=3") == "b=20/c=3")
    // The last part of a name stays in its row.
    #expect(column("a=1/b=\(long)").prefix == "a=1/")
    #expect(column("a=\(long)1", "a=\(long)2").prefix == "")
    #expect(column().prefix == "")
    // Where that is not enough, the keys leave the rows.
    let values = column("region=a\(long)/day=1", "region=b\(long)/day=1")
    #expect(values.heading == "region/day")
    #expect(values.text("region=b\(long)/day=1") == "b\(long)/1")
    #expect(values.text("region=b/day=x%3D1=2") == "b/x%3D1=2")
    let both = column("a=1/region=a\(long)/day=1", "a=1/region=b\(long)/day=1")
    #expect(both.heading == "region/day in a=1/")
    // Text is compared by its bytes, not by what looks alike.
    #expect(column("k=e\u{301}/b=\(long)", "k=\u{E9}/b=\(long)").prefix == "")
    // Names that fit, and those of a list that is scrolled sideways, are in full.
    #expect(column("a=1/b=2", "a=1/b=3").prefix == "")
    #expect(column("a=1/b=\(long)", shift: 1).prefix == "")
  }

  @Test("the room that shared folders leave is for the other columns", arguments: 0..<8)
  func room(_ number: UInt64) async throws {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: 40 + number))
    let stem = String(repeating: "r", count: .random(in: 12...60, using: &random))
    let world = World.regions([stem])
    var session = try await Session(
      world, size: Size(columns: .random(in: 80...109, using: &random), rows: 24))
    session.press("6")
    session.send(.planned(try await world.plan()))
    let note = Comment(rawValue: "seed \(random.seed)\n\(session.text)")
    let names = try #require(session.model.nameColumn(on: .preview))
    guard names.furthest > 0 else { return }
    #expect(session.cursorRow.contains("clicks: 1 added; views: 1 added"), note)
    // The whole name is below the list, so that the heading hides nothing.
    let whole = session.text.split(separator: "\n").joined()
    #expect(whole.contains("region=\(stem)/day=2013-01-01/hour=0"), note)
    #expect(session.text.contains("…/day=2013-01-01/ "), note)
  }
}
