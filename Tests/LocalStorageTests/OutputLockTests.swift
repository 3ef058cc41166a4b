import CPOSIX
import Foundation
import IncrementalJoin
import Synchronization
import TestSupport
import Testing

@testable import LocalStorage

@Suite("The lock of an output")
struct OutputLockTests {
  let fixture: OutputFixture
  let storage = LocalStorage()
  var lockFile: String { "\(fixture.folder.path)/out/.fw.dovetail/lock" }

  init() throws {
    fixture = try OutputFixture()
  }

  @Test("a second writer is refused and told who holds the lock")
  func refuses() throws {
    #expect(storage.holder(of: fixture.output) == someHolder)
    #expect(throws: PublishError.locked(location: fixture.output.location, by: someHolder)) {
      try storage.lease(fixture.output)
    }
  }

  @Test("another name of the same location is the same output")
  func sameLocation() throws {
    try fixture.folder.makeFolder("out/fw")
    try fixture.folder.link("alias", to: "out/fw")
    let alias = OutputDefinition(
      location: "\(fixture.folder.path)/alias", keys: fixture.output.keys)
    #expect(storage.holder(of: alias) == someHolder)
    #expect(throws: PublishError.locked(location: alias.location, by: someHolder)) {
      try storage.lease(alias)
    }
  }

  @Test("closing gives up the lock, and closing again does nothing")
  func closes() throws {
    fixture.store.release()
    fixture.store.release()
    #expect(fixture.folder.text(of: "out/.fw.dovetail/lock") == "")
    #expect(storage.holder(of: fixture.output) == nil)
    let next = try storage.lease(fixture.output)
    fixture.store.release()
    #expect(storage.holder(of: fixture.output) == someHolder)
    next.release()
  }

  @Test("nobody holds the lock of an output that was never opened, and looking creates nothing")
  func neverOpened() throws {
    let output = OutputDefinition(location: "\(fixture.folder.path)/new/fw", keys: [])
    #expect(storage.holder(of: output) == nil)
    #expect(!fixture.folder.exists("new"))
  }

  @Test("what a killed holder left in the lock file does not count")
  func leftBehind() throws {
    let text = try #require(fixture.folder.text(of: "out/.fw.dovetail/lock"))
    fixture.store.release()
    try fixture.folder.write(text, to: "out/.fw.dovetail/lock")
    #expect(storage.holder(of: fixture.output) == nil)
    try storage.lease(fixture.output).release()
  }

  @Test("a holder who did not write down who it is holds the lock all the same")
  func unnamed() throws {
    try Data().write(to: URL(filePath: lockFile))
    #expect(storage.holder(of: fixture.output)?.user == "an unknown user")
  }

  @Test("a look at the holder never makes a writer fail")
  func looking() throws {
    fixture.store.release()
    // Looks without pause, each time with a shared lock for a moment, while writers come and go.
    let ended = Mutex(false)
    DispatchQueue.concurrentPerform(iterations: 2) { iteration in
      if iteration == 0 {
        while !ended.withLock({ $0 }) { _ = storage.holder(of: fixture.output) }
      } else {
        for _ in 0..<100 {
          #expect(throws: Never.self) {
            try storage.lease(fixture.output).release()
          }
        }
        ended.withLock { $0 = true }
      }
    }
  }

  @Test("a lock file that was removed is no lock, and its holder writes no more")
  func removedFile() throws {
    let removed = open(lockFile, O_RDONLY)
    defer { close(removed) }
    #expect(try OutputLock.isCurrent(removed, at: lockFile))
    try fixture.folder.remove("out/.fw.dovetail/lock")
    #expect(try !OutputLock.isCurrent(removed, at: lockFile))
    let second = try storage.lease(fixture.output)
    #expect(try !OutputLock.isCurrent(removed, at: lockFile))
    #expect(throws: PublishError.self) { try fixture.store.removeStaged(except: []) }
    try second.removeStaged(except: [])
    second.release()
  }

  @Test("a store that gave up its lock writes no more")
  func writesNoMore() throws {
    let staged = try fixture.stage("new", day(1), run: 1)
    fixture.store.release()
    let error = PublishError.system(
      operation: "write to", path: fixture.output.location.description,
      reason: "this run no longer holds its lock")
    let action = PublishAction.publish(staged: staged, replaced: nil)
    #expect(throws: error) { try fixture.store.publish(action, run: 1, partition: day(1)) }
    #expect(throws: error) { try fixture.store.recover(action, run: 1, partition: day(1)) }
    #expect(throws: error) { try fixture.store.makeStagingFolder(run: 1, partition: day(2)) }
    #expect(throws: error) {
      try fixture.store.restage(kept: 1, as: 2, partition: day(1))
    }
    #expect(throws: error) { try fixture.store.removeKept(runs: [1]) }
    #expect(throws: error) { try fixture.store.removeStaged(except: []) }
    #expect(fixture.published(day(1)) == nil)
  }

  @Test("a lock that was given up is free, though a process that is being started has a copy of it")
  func copied() throws {
    // What a child has between fork and exec: every descriptor of its parent.
    let lock = try FileSystem.facts(lockFile, following: true)
    var facts = SystemFacts()
    let copies = (3..<getdtablesize()).filter {
      system_facts_of($0, &facts) == 0 && (facts.device, facts.inode) == (lock.device, lock.inode)
    }.map { dup($0) }
    defer { for copy in copies { close(copy) } }
    try #require(!copies.isEmpty)
    fixture.store.release()
    #expect(storage.holder(of: fixture.output) == nil)
    try storage.lease(fixture.output).release()
  }

  @Test("the lock does not pass to a process that is started meanwhile")
  func notInherited() throws {
    var child: pid_t = 0
    let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("60"), nil]
    defer { for argument in arguments { free(argument) } }
    #expect(posix_spawnp(&child, "sleep", nil, nil, arguments, environ) == 0)
    defer {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    fixture.store.release()
    #expect(storage.holder(of: fixture.output) == nil)
  }
}
