import Foundation
import IncrementalJoin
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

@testable import LocalStorage

@Suite("Publishing a partition")
struct PublishTests {
  @Test("a new partition is published, with the folders above it", arguments: [true, false])
  func new(exchanging: Bool) throws {
    let fixture = try OutputFixture(exchanging: exchanging)
    #expect(try fixture.store.token(published: day(1)) == nil)
    let staged = try fixture.publish("new", day(1), run: 1)
    try fixture.store.flush([day(1)])
    #expect(fixture.published(day(1)) == "new")
    #expect(try fixture.store.token(published: day(1)) == staged)
    #expect(fixture.folder.names(below: "out/.fw.dovetail/kept") == [])
  }

  @Test("the replaced folder is kept below the run's number", arguments: [true, false])
  func replaces(exchanging: Bool) throws {
    let fixture = try OutputFixture(exchanging: exchanging)
    try fixture.publish("old", day(1), run: 1)
    try fixture.publish("other", day(2), run: 1)
    let staged = try fixture.publish("new", day(1), run: 2)
    try fixture.store.flush([day(1)])
    #expect(fixture.published(day(1)) == "new")
    #expect(try fixture.store.token(published: day(1)) == staged)
    #expect(fixture.kept(day(1), run: 2) == "old")
    #expect(fixture.published(day(2)) == "other")
    #expect(!fixture.folder.exists("out/.fw.dovetail/staging/2/month=1/day=1"))
  }

  @Test("a removed partition is kept, and its empty parents go but never the location")
  func removes() throws {
    let fixture = try OutputFixture()
    for number in [1, 2] {
      try fixture.publish("old", day(number), run: 1)
    }
    for (number, left) in [
      (1, ["month=1", "month=1/day=2", "month=1/day=2/data.parquet"]), (2, []),
    ] {
      let published = try #require(try fixture.store.token(published: day(number)))
      try fixture.store.publish(.remove(published: published), run: 2, partition: day(number))
      try fixture.store.flush([day(number)])
      #expect(fixture.folder.names(below: "out/fw") == left)
      #expect(fixture.kept(day(number), run: 2) == "old")
    }
    #expect(fixture.folder.exists("out/fw"))
  }

  @Test("every folder whose names change is noted until it is durable", arguments: [true, false])
  func durable(exchanging: Bool) throws {
    let fixture = try OutputFixture(exchanging: exchanging)
    let hidden = "out/.fw.dovetail"
    func unsynced(_ store: LocalOutputLease) -> Set<String> {
      let prefix = fixture.folder.path.count + 1
      return store.unsynced.state.withLock {
        Set($0.folders.keys.map { String($0.text.dropFirst(prefix)) })
      }
    }
    _ = try fixture.store.makeStagingFolder(run: 1, partition: day(1))
    let staging = [
      hidden, "\(hidden)/staging", "\(hidden)/staging/1", "\(hidden)/staging/1/month=1",
    ]
    #expect(unsynced(fixture.store).isSuperset(of: ["out"] + staging))
    let old = try fixture.store.seal(run: 1, partition: day(1))
    #expect(unsynced(fixture.store) == [])

    try fixture.store.publish(.publish(staged: old, replaced: nil), run: 1, partition: day(1))
    #expect(unsynced(fixture.store) == ["out", "out/fw", "out/fw/month=1", staging[3]])
    try fixture.store.flush([day(1)])
    #expect(unsynced(fixture.store) == [])

    let new = try fixture.stage("new", day(1), run: 2)
    let action = PublishAction.publish(staged: new, replaced: old)
    try fixture.store.publish(action, run: 2, partition: day(1))
    let touched = [
      "out/fw/month=1", "\(hidden)/staging/2/month=1", "\(hidden)/kept/2/month=1",
    ]
    #expect(unsynced(fixture.store).isSuperset(of: touched))
    // The process that carried it out may have died before its flush.
    let store = try fixture.reopened()
    #expect(try store.recover(action, run: 2, partition: day(1)) == .done)
    #expect(unsynced(store).isSuperset(of: ["out", "out/fw"] + touched))
    try store.flush([day(1)])
    #expect(unsynced(store) == [])
  }

  @Test("values are percent-encoded in the folders' names, and NULL has its name")
  func encodes() throws {
    let fixture = try OutputFixture()
    let keys = [PartitionKey(name: "city", type: .string), PartitionKey(name: "day", type: .int)]
    let partition = Partition(keys: keys, values: [.string("a/../b"), .null])
    try fixture.publish("new", partition, run: 1)
    #expect(
      fixture.folder.text(
        of: "out/fw/city=a%2F..%2Fb/day=__HIVE_DEFAULT_PARTITION__/data.parquet") == "new")
  }

  @Test("a kept folder of another workspace's run of the same number makes room")
  func clearsKept() throws {
    let fixture = try OutputFixture()
    try fixture.publish("old", day(1), run: 1)
    try fixture.folder.write(
      "stranger", to: "out/.fw.dovetail/kept/2/month=1/day=1/stranger.parquet")
    try fixture.publish("new", day(1), run: 2)
    #expect(
      fixture.folder.names(below: "out/.fw.dovetail/kept/2/month=1/day=1") == ["data.parquet"])
    #expect(fixture.kept(day(1), run: 2) == "old")
  }

  @Test("a published folder that the action does not name is left alone", arguments: [true, false])
  func outputChanged(exchanging: Bool) throws {
    let fixture = try OutputFixture(exchanging: exchanging)
    let old = try fixture.publish("old", day(1), run: 1)
    let staged = try fixture.stage("new", day(1), run: 2)
    let path = "\(fixture.folder.path)/out/fw/month=1/day=1"
    let changed = PublishError.outputChanged(path: path)
    let actions: [PublishAction] = [
      .publish(staged: staged, replaced: nil), .publish(staged: staged, replaced: staged),
      .remove(published: staged),
    ]
    for action in actions {
      #expect(throws: changed) { try fixture.store.publish(action, run: 2, partition: day(1)) }
    }
    #expect(fixture.published(day(1)) == "old")
    try fixture.folder.remove("out/fw/month=1/day=1")
    for action in [PublishAction.publish(staged: staged, replaced: old), .remove(published: old)] {
      #expect(throws: changed) { try fixture.store.publish(action, run: 2, partition: day(1)) }
    }
    #expect(fixture.published(day(1)) == nil)
  }

  @Test("a staged folder that is not the sealed one is not published")
  func stagingChanged() throws {
    let fixture = try OutputFixture()
    let sealed = try fixture.stage("new", day(1), run: 1)
    let path = try fixture.store.makeStagingFolder(run: 1, partition: day(2))
    let other = StoreToken("\(sealed)0")
    #expect(throws: PublishError.outputChanged(path: path)) {
      try fixture.store.publish(
        .publish(staged: other, replaced: nil), run: 1, partition: day(2))
    }
  }

  @Test("a file in the place of a partition's folder is named")
  func fileInPlace() throws {
    let fixture = try OutputFixture()
    try fixture.folder.write(to: "out/fw/month=1/day=1")
    #expect(
      throws: PublishError.system(
        operation: "look up the folder", path: "\(fixture.folder.path)/out/fw/month=1/day=1",
        reason: "Not a directory")
    ) { try fixture.store.token(published: day(1)) }
  }

  @Test("a publish that cannot keep the old folder changes nothing", arguments: [true, false])
  func cannotKeep(exchanging: Bool) throws {
    let fixture = try OutputFixture(exchanging: exchanging)
    let old = try fixture.publish("old", day(1), run: 1)
    let staged = try fixture.stage("new", day(1), run: 2)
    try fixture.folder.write(to: "out/.fw.dovetail/kept/2")
    let actions: [PublishAction] = [
      .publish(staged: staged, replaced: old), .remove(published: old),
    ]
    for action in actions {
      #expect(
        throws: PublishError.system(
          operation: "create the folder",
          path: "\(fixture.folder.path)/out/.fw.dovetail/kept/2/month=1",
          reason: "Not a directory")
      ) { try fixture.store.publish(action, run: 2, partition: day(1)) }
      #expect(try fixture.store.token(published: day(1)) == old)
    }
  }

  @Test("when a step fails the steps before it are undone", arguments: [true, false])
  func undoes(exchanging: Bool) throws {
    let fixture = try OutputFixture(exchanging: exchanging)
    let old = try fixture.publish("old", day(1), run: 1)
    let staged = try fixture.stage("new", day(1), run: 2)
    let steps = PublishStep.steps(
      for: .publish(staged: staged, replaced: old),
      of: fixture.store.places.places(of: day(1), run: 2), in: fixture.store.places,
      exchanging: exchanging)
    let taken = "\(fixture.folder.path)/out/.fw.dovetail/kept"
    let failing = PublishStep.move(fixture.store.places.published(day(1)), to: taken)
    for count in 1...steps.count {
      #expect(throws: PublishError.self) {
        try fixture.store.perform(steps.prefix(count) + [failing])
      }
      #expect(try fixture.store.token(published: day(1)) == old)
      #expect(fixture.published(day(1)) == "old")
    }
    try fixture.store.perform(steps)
    #expect(fixture.published(day(1)) == "new")
  }

  @Test("publishes and removals of one parent folder do not disturb each other")
  func concurrent() throws {
    let fixture = try OutputFixture()
    let store = fixture.store
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      #expect(throws: Never.self) {
        let partition = day(worker + 1)
        for round in 1...200 {
          let run = RunID(2 * round)
          let path = try store.makeStagingFolder(run: run, partition: partition)
          let staged = try #require(try FileSystem.folder(path))
          try store.publish(
            .publish(staged: staged, replaced: nil), run: run, partition: partition)
          try store.publish(.remove(published: staged), run: run.next, partition: partition)
        }
      }
    }
    #expect(fixture.folder.names(below: "out/fw") == [])
  }
}
