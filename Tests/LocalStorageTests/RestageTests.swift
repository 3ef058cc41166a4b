import CPOSIX
import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

@testable import LocalStorage

@Suite("Staging a kept version again")
struct RestageTests {
  static let keptByTwo = "out/.fw.dovetail/kept/2/month=1/day=1"
  static let stagedByThree = "out/.fw.dovetail/staging/3/month=1/day=1"

  private func facts(_ name: String, _ fixture: OutputFixture) throws -> DataFile {
    let facts = try FileSystem.facts("\(fixture.folder.path)/\(name)", following: false)
    return DataFile(
      path: "", size: facts.size, modified: facts.modified, inode: facts.inode, changed: 0)
  }

  @Test("an undo puts the kept version back and keeps the undone one", arguments: [true, false])
  func undo(exchanging: Bool) throws {
    let fixture = try OutputFixture(exchanging: exchanging)
    try fixture.publishTwice(day(1))
    try fixture.publish("neighbor", day(2), run: 2)
    let first = try facts("\(Self.keptByTwo)/data.parquet", fixture)
    let published = try #require(try fixture.store.token(published: day(1)))
    let staged = try #require(try fixture.store.restage(kept: 2, as: 3, partition: day(1)))
    #expect(try facts("\(Self.stagedByThree)/data.parquet", fixture) == first)
    #expect(fixture.published(day(1)) == "v2")
    #expect(fixture.store.unsynced.state.withLock { $0.folders } == [:])
    let files = try fixture.store.files(staged: 3, partition: day(1))
    #expect(files.map(\.inode) == [first.inode])

    let action = PublishAction.publish(staged: staged, replaced: published)
    try fixture.store.publish(action, run: 3, partition: day(1))
    try fixture.store.flush([day(1)])
    #expect(fixture.published(day(1)) == "v1")
    #expect(fixture.published(day(2)) == "neighbor")
    #expect(fixture.kept(day(1), run: 3) == "v2")
    #expect(fixture.kept(day(1), run: 2) == "v1")
    #expect(
      try fixture.store.kept() == [
        KeptRun(run: 3, partitions: 1, bytes: 2), KeptRun(run: 2, partitions: 1, bytes: 2),
      ])
    #expect(
      try fixture.store.files(published: day(1)).map(\.path) == ["month=1/day=1/data.parquet"])
    // The two names of the file have lives of their own.
    try fixture.store.removeKept(runs: [2])
    #expect(fixture.published(day(1)) == "v1")
  }

  @Test("an undo is undone in the same way", arguments: [true, false])
  func undoOfUndo(exchanging: Bool) throws {
    let fixture = try OutputFixture(exchanging: exchanging)
    try fixture.publishTwice(day(1))
    for (run, text) in [(RunID(3), "v1"), (4, "v2"), (5, "v1")] {
      let staged = try #require(
        try fixture.store.restage(kept: run.previous, as: run, partition: day(1)))
      let published = try fixture.store.token(published: day(1))
      try fixture.store.publish(
        .publish(staged: staged, replaced: published), run: run, partition: day(1))
      #expect(fixture.published(day(1)) == text)
    }
    #expect(try fixture.store.kept().map(\.run) == [5, 4, 3, 2])
  }

  @Test("a removed partition comes back, with the folders above it")
  func removed() throws {
    let fixture = try OutputFixture()
    try fixture.publish("v1", day(1), run: 1)
    try fixture.removePublished(day(1), run: 2)
    #expect(fixture.folder.names(below: "out/fw") == [])
    let staged = try #require(try fixture.store.restage(kept: 2, as: 3, partition: day(1)))
    try fixture.store.publish(.publish(staged: staged, replaced: nil), run: 3, partition: day(1))
    #expect(fixture.published(day(1)) == "v1")
    #expect(try fixture.store.kept().map(\.run) == [2])
  }

  @Test("of a kept version that is gone, or never was, nothing is staged")
  func gone() throws {
    let fixture = try OutputFixture()
    try fixture.publishTwice(day(1))
    #expect(try fixture.store.restage(kept: 2, as: 3, partition: day(2)) == nil)
    #expect(try fixture.store.restage(kept: 1, as: 3, partition: day(1)) == nil)
    try fixture.store.removeKept(runs: [2])
    #expect(try fixture.store.restage(kept: 2, as: 3, partition: day(1)) == nil)
    #expect(try fixture.store.token(staged: 3, partition: day(1)) == nil)
    #expect(fixture.published(day(1)) == "v2")
  }

  @Test("what an earlier attempt left in the staging folder goes")
  func leftOver() throws {
    let fixture = try OutputFixture()
    try fixture.publishTwice(day(1))
    for _ in 1...2 {
      try fixture.folder.write("half", to: "\(Self.stagedByThree)/half.parquet")
      _ = try fixture.store.restage(kept: 2, as: 3, partition: day(1))
      #expect(fixture.folder.names(below: Self.stagedByThree) == ["data.parquet"])
    }
    #expect(fixture.kept(day(1), run: 2) == "v1")
  }

  @Test("the whole folder is staged again: hidden files, folders in it and links")
  func everything() throws {
    let fixture = try OutputFixture()
    try fixture.publish("v1", day(1), run: 1)
    try fixture.folder.write("mark", to: "out/fw/month=1/day=1/_SUCCESS")
    try fixture.folder.write("deep", to: "out/fw/month=1/day=1/inner/deep/a.parquet")
    try fixture.folder.link("out/fw/month=1/day=1/inner/link", to: "deep/a.parquet")
    try fixture.publish("v2", day(1), run: 2)
    let names = fixture.folder.names(below: Self.keptByTwo)
    _ = try fixture.store.restage(kept: 2, as: 3, partition: day(1))
    #expect(fixture.folder.names(below: Self.stagedByThree) == names)
    #expect(fixture.folder.names(below: Self.keptByTwo) == names)
    #expect(fixture.folder.text(of: "\(Self.stagedByThree)/inner/link") == "deep")
    #expect(
      try facts("\(Self.stagedByThree)/inner", fixture).inode
        != facts("\(Self.keptByTwo)/inner", fixture).inode)
  }

  @Test(
    "where files cannot be linked they are copied, with their times and permissions",
    arguments: [EXDEV, EPERM, EMLINK, ENOTSUP, EOPNOTSUPP, ENOSYS])
  func copies(code: Int32) throws {
    let folder = try TemporaryFolder()
    // More than one piece of the copy.
    let text = String(repeating: "0123456789", count: 150_001)
    try folder.write(text, to: "kept/inner/a.parquet")
    try folder.write("", to: "kept/empty.parquet")
    try folder.setModified(1_600_000_000_123_456_789, of: "kept/inner/a.parquet")
    try folder.setPermissions(0o640, of: "kept/inner/a.parquet")
    try folder.makeFolder("staged")
    try FileSystem.linkTree("\(folder.path)/kept", to: "\(folder.path)/staged") {
      (_, _) throws(SystemError) in throw SystemError(code: code)
    }
    #expect(folder.text(of: "staged/inner/a.parquet") == text)
    #expect(folder.text(of: "staged/empty.parquet") == "")
    let kept = try FileSystem.facts("\(folder.path)/kept/inner/a.parquet", following: false)
    let staged = try FileSystem.facts("\(folder.path)/staged/inner/a.parquet", following: false)
    #expect(staged.modified == 1_600_000_000_123_456_789)
    #expect(staged.size == kept.size)
    #expect(staged.inode != kept.inode)
    let attributes = try FileManager.default.attributesOfItem(
      atPath: "\(folder.path)/staged/inner/a.parquet")
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test("any other failure of a link is a failure, and nothing is written over")
  func failures() throws {
    let folder = try TemporaryFolder()
    try folder.write("kept", to: "kept/a.parquet")
    try folder.makeFolder("staged")
    #expect(throws: SystemError(code: EIO)) {
      try FileSystem.linkTree("\(folder.path)/kept", to: "\(folder.path)/staged") {
        (_, _) throws(SystemError) in throw SystemError(code: EIO)
      }
    }
    #expect(folder.names(below: "staged") == [])
    try folder.write("other", to: "staged/a.parquet")
    #expect(throws: SystemError(code: EEXIST)) {
      try FileSystem.linkTree("\(folder.path)/kept", to: "\(folder.path)/staged")
    }
    #expect(throws: SystemError(code: EEXIST)) {
      try FileSystem.linkTree("\(folder.path)/kept", to: "\(folder.path)/staged") {
        (_, _) throws(SystemError) in throw SystemError(code: EXDEV)
      }
    }
    #expect(folder.text(of: "staged/a.parquet") == "other")
  }

  #if os(Linux)
    @Test("a version that cannot be copied is named with both its folders, and stays kept")
    func cannotCopy() throws {
      let fixture = try OutputFixture()
      try fixture.publishTwice(day(1))
      let kept = "\(fixture.folder.path)/\(Self.keptByTwo)"
      let name = Array("\(kept)/".utf8CString.dropLast()) + [CChar(bitPattern: 0xFC), 0]
      #expect(mkdir(name, 0o700) == 0)
      let error = #expect(throws: PublishError.self) {
        try fixture.store.restage(kept: 2, as: 3, partition: day(1))
      }
      #expect(
        error?.description
          == "Cannot copy to \(fixture.folder.path)/\(Self.stagedByThree) the kept folder "
          + "\(kept): the name of a file in it is not UTF-8. The partition stays as it was and "
          + "stays pending; put the cause right, then run again.")
      #expect(fixture.kept(day(1), run: 2) == "v1")
      #expect(fixture.published(day(1)) == "v2")
    }
  #endif

  @Test(
    "an interrupted publish of a kept version is found done or not done",
    arguments: [true, false])
  func recovers(exchanging: Bool) throws {
    for isRemoved in [false, true] {
      for count in 0...4 {
        let fixture = try OutputFixture(exchanging: exchanging)
        if isRemoved {
          try fixture.publish("v1", day(1), run: 1)
          try fixture.removePublished(day(1), run: 2)
        } else {
          try fixture.publishTwice(day(1))
        }
        let staged = try #require(try fixture.store.restage(kept: 2, as: 3, partition: day(1)))
        let action = PublishAction.publish(
          staged: staged, replaced: try fixture.store.token(published: day(1)))
        let places = fixture.store.places
        let steps = PublishStep.steps(
          for: action, of: places.places(of: day(1), run: 3), in: places, exchanging: exchanging)
        guard count <= steps.count else { continue }
        for step in steps.prefix(count) { try fixture.store.perform(step) }

        let store = try fixture.reopened()
        let isDone = count >= (isRemoved ? 2 : 3)
        for _ in 1...2 {
          #expect(
            try store.recover(action, run: 3, partition: day(1)) == (isDone ? .done : .notDone),
            "after \(count) steps")
          #expect(fixture.published(day(1)) == (isDone ? "v1" : isRemoved ? nil : "v2"))
          #expect(fixture.kept(day(1), run: 2) == "v1")
          #expect(fixture.kept(day(1), run: 3) == (isDone && !isRemoved ? "v2" : nil))
        }
        guard !isDone else { continue }
        // Rolled back; what was staged goes, and the undo can be tried again.
        try store.removeStaged(except: [])
        #expect(try store.recover(action, run: 3, partition: day(1)) == .notDone)
        let again = try #require(try store.restage(kept: 2, as: 4, partition: day(1)))
        try store.publish(
          .publish(staged: again, replaced: try store.token(published: day(1))), run: 4,
          partition: day(1))
        #expect(fixture.published(day(1)) == "v1")
      }
    }
  }
}
