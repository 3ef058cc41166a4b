import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import LocalStorage

@Suite("Symbolic links inside an output")
struct LinkTests {
  /// An output of which `month=1/day=1` is published, and the same files elsewhere.
  private func fixture(exchanging: Bool = true) throws -> OutputFixture {
    let fixture = try OutputFixture(exchanging: exchanging)
    try fixture.publish("old", day(1), run: 1)
    try fixture.folder.write("precious", to: "elsewhere/day=1/data.parquet")
    return fixture
  }

  @Test(
    "a partition's folder, or one above it, that is a link is not written through",
    arguments: ["month=1/day=1", "month=1"], [true, false])
  func partition(link: String, exchanging: Bool) throws {
    let fixture = try fixture(exchanging: exchanging)
    let staged = try fixture.stage("new", day(1), run: 2)
    let published = try fixture.store.token(published: day(1))
    try fixture.folder.remove("out/fw/\(link)")
    let target = link == "month=1" ? "elsewhere" : "elsewhere/day=1"
    try fixture.folder.link("out/fw/\(link)", to: "\(fixture.folder.path)/\(target)")
    let linked = PublishError.linked(path: "\(fixture.output.location)/\(link)")
    #expect(throws: linked) { try fixture.store.token(published: day(1)) }
    let actions: [PublishAction] = [
      .publish(staged: staged, replaced: published), .publish(staged: staged, replaced: nil),
      .remove(published: try #require(published)),
    ]
    for action in actions {
      #expect(throws: linked) { try fixture.store.publish(action, run: 2, partition: day(1)) }
      #expect(throws: linked) { try fixture.store.recover(action, run: 2, partition: day(1)) }
    }
    #expect(fixture.folder.text(of: "elsewhere/day=1/data.parquet") == "precious")
    #expect(fixture.folder.names(below: "elsewhere") == ["day=1", "day=1/data.parquet"])
  }

  @Test(
    "a hidden folder that is a link, or holds one where files are put, is refused",
    arguments: ["", "/staging", "/kept", "/probe"])
  func hidden(inner: String) throws {
    let fixture = try fixture()
    fixture.store.release()
    let path = "out/.fw.dovetail\(inner)"
    try? fixture.folder.remove(path)
    try fixture.folder.link(path, to: "\(fixture.folder.path)/elsewhere")
    #expect(throws: PublishError.linked(path: "\(fixture.folder.path)/\(path)")) {
      try LocalStorage().lease(fixture.output)
    }
    #expect(fixture.folder.names(below: "elsewhere") == ["day=1", "day=1/data.parquet"])
  }

  @Test("the location itself may be a link")
  func location() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("disk/fw")
    try folder.link("fw", to: "\(folder.path)/disk/fw")
    let output = OutputDefinition(location: "\(folder.path)/fw", keys: OutputFixture.keys)
    let store = try LocalStorage().lease(output)
    #expect(try store.token(published: day(1)) == nil)
    #expect(folder.exists("disk/.fw.dovetail/lock"))
  }
}
