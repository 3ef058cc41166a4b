import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import LocalStorage

@Suite("Kept versions and what is swept")
struct KeptTests {
  let fixture: OutputFixture

  init() throws {
    fixture = try OutputFixture()
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: "\(fixture.folder.path)/out/.fw.dovetail/\(folder)"
    ).sorted()
  }

  @Test("kept versions are counted by run, newest first, with their partitions and bytes")
  func counts() throws {
    #expect(try fixture.store.kept() == [])
    for run in [RunID(1), 2, 9, 10] {
      try fixture.publish("run \(run)", day(1), run: run)
    }
    try fixture.publish("other", day(2), run: 9)
    try fixture.publish("another", day(1, month: 2), run: 9)
    try fixture.removePublished(day(2), run: 10)
    try fixture.removePublished(day(1, month: 2), run: 10)
    let kept = [
      KeptRun(run: 10, partitions: 3, bytes: 17), KeptRun(run: 9, partitions: 1, bytes: 5),
      KeptRun(run: 2, partitions: 1, bytes: 5),
    ]
    #expect(try fixture.store.kept() == kept)
    #expect(try LocalStorage().kept(of: fixture.output) == kept)
  }

  @Test("every file of a kept version takes space, in whatever folder of the partition")
  func countsAll() throws {
    try fixture.publish("v1", day(1), run: 1)
    try fixture.folder.write("12345", to: "out/fw/month=1/day=1/_SUCCESS")
    try fixture.folder.write("123", to: "out/fw/month=1/day=1/inner/deep/a.parquet")
    try fixture.publish("v2", day(1), run: 2)
    #expect(try fixture.store.kept() == [KeptRun(run: 2, partitions: 1, bytes: 10)])
  }

  @Test("a publish that was prepared only has kept nothing, and is swept")
  func empty() throws {
    try fixture.publishTwice(day(1))
    let kept = [KeptRun(run: 2, partitions: 1, bytes: 2)]
    try fixture.folder.makeFolder("out/.fw.dovetail/kept/12/month=1")
    #expect(try fixture.store.kept() == kept)
    try fixture.store.removeKept(runs: [])
    #expect(try names(in: "kept") == ["2"])
    try fixture.folder.makeFolder("out/.fw.dovetail/kept/12/month=1")
    try fixture.store.removeStaged(except: [12])
    #expect(try names(in: "kept") == ["12", "2"])
    try fixture.store.removeStaged(except: [])
    #expect(try names(in: "kept") == ["2"])
    #expect(try fixture.store.kept() == kept)
  }

  @Test("names that are no run's number are neither counted nor removed")
  func strangers() throws {
    for name in ["notes", "007", "+7"] {
      try fixture.folder.write(to: "out/.fw.dovetail/kept/\(name)/month=1/day=1/a.parquet")
    }
    #expect(try fixture.store.kept() == [])
    try fixture.store.removeKept(runs: [7])
    #expect(try names(in: "kept") == ["+7", "007", "notes"])
  }

  @Test("only the kept versions of the given runs are removed, and nothing published or staged")
  func removesKept() throws {
    for run in [RunID(1), 2, 9, 10, 11] { try fixture.publish("run \(run)", day(1), run: run) }
    let staged = try fixture.stage("staged", day(2), run: 12)
    try fixture.store.removeKept(runs: [2, 10, 99])
    #expect(try fixture.store.kept().map(\.run) == [11, 9])
    #expect(fixture.kept(day(1), run: 11) == "run 10")
    #expect(fixture.published(day(1)) == "run 11")
    #expect(try fixture.store.token(staged: 12, partition: day(2)) == staged)
  }

  @Test("everything staged is removed but what the given runs have staged, and nothing kept")
  func removesStaged() throws {
    try fixture.publishTwice(day(1))
    for run in [RunID(7), 8, 9] { _ = try fixture.stage("run \(run)", day(2), run: run) }
    try fixture.folder.write(to: "out/.fw.dovetail/staging/stranger.tmp")
    try fixture.store.removeStaged(except: [8, 1000])
    #expect(try names(in: "staging") == ["8"])
    #expect(try fixture.store.files(staged: 8, partition: day(2)).count == 1)
    try fixture.store.removeStaged(except: [])
    #expect(!fixture.folder.exists("out/.fw.dovetail/staging"))
    #expect(fixture.kept(day(1), run: 2) == "v1")
    #expect(fixture.published(day(1)) == "v2")
  }

  @Test("sweeping an output that never staged anything does nothing")
  func nothing() throws {
    try fixture.store.removeStaged(except: [])
    try fixture.store.removeKept(runs: [3])
    #expect(fixture.folder.names(below: "out") == [".fw.dovetail", ".fw.dovetail/lock"])
  }
}
