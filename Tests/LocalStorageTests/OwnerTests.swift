import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import LocalStorage

@Suite("The marker that says whose an output is")
struct OwnerTests {
  private func owner(_ job: String, of fixture: OutputFixture) -> OutputOwner {
    OutputOwner(
      job: job, ledger: "a-ledger", workspace: "/ws", location: fixture.output.location.description,
      run: 7,
      since: someHolder.since)
  }

  @Test("is read as it was written, in place of the one before")
  func written() throws {
    let fixture = try OutputFixture()
    let storage = LocalStorage()
    #expect(try storage.owner(of: fixture.output) == nil)
    for job in ["first", "second"] {
      try fixture.store.claim(owner(job, of: fixture))
      #expect(try storage.owner(of: fixture.output) == owner(job, of: fixture))
    }
    #expect(
      fixture.folder.names(below: "out/.fw.dovetail") == ["lock", "owner"])
  }

  @Test("that says nothing is not taken for none")
  func damaged() throws {
    let fixture = try OutputFixture()
    try fixture.folder.write("{}", to: "out/.fw.dovetail/owner")
    let path = "\(fixture.folder.path)/out/.fw.dovetail/owner"
    let error = #expect(throws: PublishError.self) {
      try LocalStorage().owner(of: fixture.output)
    }
    #expect(error == .damagedMarker(path: path))
    #expect(error?.category == .refused)
    #expect(
      error?.description
        == "The marker \(path) is damaged and does not say whose the output is. Nothing was changed. If the output "
        + "is this job's, remove the marker and run again; it is written anew.")
  }

  @Test("that cannot be read is an error of the system")
  func unreadable() throws {
    let fixture = try OutputFixture()
    try fixture.folder.makeFolder("out/.fw.dovetail/owner")
    let error = #expect(throws: PublishError.self) {
      try LocalStorage().owner(of: fixture.output)
    }
    #expect(error?.category == .failed)
    #expect(
      error?.description.hasPrefix(
        "Cannot read the marker \(fixture.folder.path)/out/.fw.dovetail/owner: ") == true)
  }

  @Test("is not written by somebody who no longer holds the lock")
  func unlocked() throws {
    let fixture = try OutputFixture()
    fixture.store.release()
    #expect(throws: PublishError.self) { try fixture.store.claim(owner("j", of: fixture)) }
  }

  @Test("another folder is one that exists and is not the same by any name")
  func folders() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("a")
    try folder.makeFolder("b")
    try folder.link("link", to: "\(folder.path)/a")
    let storage = LocalStorage()
    func isOther(_ first: String, _ second: String) -> Bool {
      storage.isOtherFolder("\(folder.path)/\(first)", than: "\(folder.path)/\(second)")
    }
    #expect(isOther("a", "b"))
    #expect(!isOther("link", "a"))
    #expect(!isOther("gone", "a"))
  }
}
