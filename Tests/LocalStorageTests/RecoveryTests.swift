import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import LocalStorage

/// What is done to one partition, and after how many steps it counts as done.
enum Interrupted: String, CaseIterable {
  case new
  case replaced
  case removed

  /// The number of steps after which recovery finds, or makes, the new content.
  var doneAfter: Int { self == .new ? 2 : 3 }
  var newContent: String? { self == .removed ? nil : "new" }
  var oldContent: String? { self == .new ? nil : "old" }
}

@Suite("Recovering after an interruption")
struct RecoveryTests {
  /// Prepares what a run has done just before its publish.
  private func prepare(_ kind: Interrupted, _ fixture: OutputFixture) throws -> PublishAction {
    // A neighbor in the same month keeps its content whatever happens.
    try fixture.publish("neighbor", day(2), run: 1)
    if kind == .new {
      return .publish(staged: try fixture.stage("new", day(1), run: 2), replaced: nil)
    }
    let old = try fixture.publish("old", day(1), run: 1)
    if kind == .removed { return .remove(published: old) }
    return .publish(staged: try fixture.stage("new", day(1), run: 2), replaced: old)
  }

  private func steps(_ action: PublishAction, _ fixture: OutputFixture) -> [PublishStep] {
    let places = fixture.store.places
    return PublishStep.steps(
      for: action, of: places.places(of: day(1), run: 2), in: places,
      exchanging: fixture.exchanging)
  }

  @Test(
    "killed after any step, a partition is old or new and the answer says which",
    arguments: Interrupted.allCases, [true, false])
  func killed(kind: Interrupted, exchanging: Bool) throws {
    for count in 0...4 {
      let fixture = try OutputFixture(exchanging: exchanging)
      let action = try prepare(kind, fixture)
      let steps = steps(action, fixture)
      guard count <= steps.count else { continue }
      for step in steps.prefix(count) { try fixture.store.perform(step) }

      let store = try fixture.reopened()
      let isDone = count >= kind.doneAfter
      var all: [String]?
      for _ in 1...3 {
        #expect(
          try store.recover(action, run: 2, partition: day(1)) == (isDone ? .done : .notDone),
          "after \(count) steps")
        try store.flush([day(1)])
        #expect(fixture.published(day(1)) == (isDone ? kind.newContent : kind.oldContent))
        #expect(fixture.published(day(2)) == "neighbor")
        #expect(fixture.kept(day(1), run: 2) == (isDone ? kind.oldContent : nil))
        let names = fixture.folder.names(below: "out")
        #expect(names == all ?? names, "repeating changes nothing")
        all = names
      }
      // What was not done can be done now, as after a rollback.
      if !isDone {
        try store.publish(action, run: 2, partition: day(1))
        #expect(fixture.published(day(1)) == kind.newContent)
      }
    }
  }

  @Test(
    "an exchanged folder is recovered also where folders are not exchanged any more, and vice versa",
    arguments: [true, false])
  func otherMode(exchanging: Bool) throws {
    for count in 0...4 {
      let fixture = try OutputFixture(exchanging: exchanging)
      let action = try prepare(.replaced, fixture)
      for step in steps(action, fixture).prefix(count) { try fixture.store.perform(step) }
      fixture.store.release()
      let store = try LocalStorage(exchanges: exchanging ? false : nil).lease(fixture.output)
      #expect(
        try store.recover(action, run: 2, partition: day(1)) == (count >= 3 ? .done : .notDone))
      #expect(fixture.published(day(1)) == (count >= 3 ? "new" : "old"))
      store.release()
    }
  }

  @Test("a half-done publish is finished although its parents were removed as empty meanwhile")
  func emptyParents() throws {
    let fixture = try OutputFixture(exchanging: false)
    let neighbor = try fixture.publish("neighbor", day(2), run: 1)
    let old = try fixture.publish("old", day(1), run: 1)
    let staged = try fixture.stage("new", day(1), run: 2)
    let action = PublishAction.publish(staged: staged, replaced: old)
    for step in steps(action, fixture).prefix(3) { try fixture.store.perform(step) }
    try fixture.store.publish(.remove(published: neighbor), run: 2, partition: day(2))
    #expect(!fixture.folder.exists("out/fw/month=1"))
    let store = try fixture.reopened()
    #expect(try store.recover(action, run: 2, partition: day(1)) == .done)
    #expect(fixture.published(day(1)) == "new")
  }

  @Test("a half-done publish whose staged folder is lost goes back to the old content")
  func stagedLost() throws {
    let fixture = try OutputFixture(exchanging: false)
    let action = try prepare(.replaced, fixture)
    for step in steps(action, fixture).prefix(3) { try fixture.store.perform(step) }
    try fixture.folder.remove("out/.fw.dovetail/staging")
    let store = try fixture.reopened()
    for _ in 1...2 {
      #expect(try store.recover(action, run: 2, partition: day(1)) == .notDone)
      #expect(fixture.published(day(1)) == "old")
    }
  }

  @Test("a partition that somebody replaced or removed by hand is unknown and left alone")
  func unknown() throws {
    for kind in Interrupted.allCases {
      let fixture = try OutputFixture()
      let action = try prepare(kind, fixture)
      if kind != .new {
        // Moved, not deleted: the next folder must not be given the same inode.
        try fixture.folder.makeFolder("aside")
        try FileManager.default.moveItem(
          atPath: "\(fixture.folder.path)/out/fw/month=1/day=1",
          toPath: "\(fixture.folder.path)/aside/old")
        #expect(try fixture.store.recover(action, run: 2, partition: day(1)) == .unknown)
      }
      try fixture.folder.write("by hand", to: "out/fw/month=1/day=1/data.parquet")
      #expect(try fixture.store.recover(action, run: 2, partition: day(1)) == .unknown)
      #expect(fixture.published(day(1)) == "by hand")
    }
  }

  @Test("a new partition that was staged and swept away was not published")
  func swept() throws {
    let fixture = try OutputFixture()
    let action = try prepare(.new, fixture)
    try fixture.store.removeStaged(except: [])
    #expect(try fixture.store.recover(action, run: 2, partition: day(1)) == .notDone)
  }
}
