import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import LocalStorage

@Suite("The files of an output")
struct OutputFileTests {
  let fixture: OutputFixture

  init() throws {
    fixture = try OutputFixture()
  }

  /// What names a file wherever its folder lies; the ctime is not part of it.
  private func facts(_ files: [DataFile]) -> [DataFile] {
    files.map {
      DataFile(path: $0.path, size: $0.size, modified: $0.modified, inode: $0.inode, changed: 0)
    }
  }

  @Test("what a run has staged is what is published, and what a listing of the output finds")
  func sameBeforeAndAfter() async throws {
    let staging = "out/.fw.dovetail/staging/1/month=1/day=1"
    _ = try fixture.store.makeStagingFolder(run: 1, partition: day(1))
    for name in ["b.parquet", "B.parquet", "é.parquet", "a.PARQUET", "a-longer.parquet"] {
      try fixture.folder.write("content of \(name)", to: "\(staging)/\(name)")
    }
    let sealed = try fixture.store.seal(run: 1, partition: day(1))
    #expect(try fixture.store.token(staged: 1, partition: day(1)) == sealed)
    let staged = try fixture.store.files(staged: 1, partition: day(1))
    #expect(
      staged.map(\.path)
        == ["B.parquet", "a-longer.parquet", "a.PARQUET", "b.parquet", "é.parquet"]
        .map { "month=1/day=1/\($0)" })
    #expect(staged.first?.size == 20)
    #expect(try fixture.store.files(published: day(1)) == [])

    try fixture.store.publish(.publish(staged: sealed, replaced: nil), run: 1, partition: day(1))
    let published = try fixture.store.files(published: day(1))
    #expect(facts(published) == facts(staged))
    #expect(try fixture.store.files(staged: 1, partition: day(1)) == [])
    #expect(try fixture.store.token(staged: 1, partition: day(1)) == nil)
    let listing = await LocalStorage().list(
      TableDefinition(
        name: "fw", location: fixture.output.location, format: .parquet, keys: OutputFixture.keys))
    let listed = listing.partitions[day(1)]?.version.files ?? []
    #expect(facts(listed) == facts(published))
  }

  @Test("hidden names, other endings, folders and links are no data files")
  func others() throws {
    try fixture.publish("data", day(1), run: 1)
    let path = "out/fw/month=1/day=1"
    for name in ["_SUCCESS", ".hidden.parquet", "_month=1.parquet", "note.txt", "inner/a.parquet"] {
      try fixture.folder.write(to: "\(path)/\(name)")
    }
    try fixture.folder.makeFolder("\(path)/folder.parquet")
    try fixture.folder.link("\(path)/link.parquet", to: "data.parquet")
    #expect(
      try fixture.store.files(published: day(1)).map(\.path) == ["month=1/day=1/data.parquet"])
  }

  @Test("the files of an output without partition keys lie in its location")
  func unpartitioned() throws {
    let output = OutputDefinition(location: "\(fixture.folder.path)/out/all", keys: [])
    let all = Partition(keys: [], values: [])
    let store = try LocalStorage().lease(output)
    for run in [RunID(1), 2] {
      let path = try store.makeStagingFolder(run: run, partition: all)
      try Data("v\(run)".utf8).write(to: URL(filePath: "\(path)/a.parquet"))
      let sealed = try store.seal(run: run, partition: all)
      #expect(try store.files(staged: run, partition: all).map(\.path) == ["a.parquet"])
      let replaced = try store.token(published: all)
      try store.publish(.publish(staged: sealed, replaced: replaced), run: run, partition: all)
    }
    #expect(try store.files(published: all).map(\.path) == ["a.parquet"])
    #expect(try store.kept() == [KeptRun(run: 2, partitions: 1, bytes: 2)])
    #expect(try store.restage(kept: 2, as: 3, partition: all) != nil)
    #expect(try store.files(staged: 3, partition: all).map(\.path) == ["a.parquet"])
    store.release()
  }

  @Test("whoever only reads sees the staged files by full paths while a writer holds the lock")
  func stagedPaths() throws {
    let storage = LocalStorage()
    #expect(try storage.stagedFiles(of: fixture.output, run: 1, partition: day(1)) == [])
    _ = try fixture.stage("new", day(1), run: 1)
    #expect(
      try storage.stagedFiles(of: fixture.output, run: 1, partition: day(1)) == [
        "\(fixture.folder.path)/out/.fw.dovetail/staging/1/month=1/day=1/data.parquet"
      ])
  }

  @Test("looking at an output that was never opened finds nothing and creates nothing")
  func neverOpened() throws {
    let output = OutputDefinition(
      location: "\(fixture.folder.path)/new/fw", keys: OutputFixture.keys)
    #expect(try LocalStorage().kept(of: output) == [])
    #expect(try LocalStorage().stagedFiles(of: output, run: 1, partition: day(1)) == [])
    #expect(!fixture.folder.exists("new"))
  }

  @Test(
    "a folder that cannot be read is named",
    .disabled(if: OrdinaryUser.isImpossible, "the superuser is refused nothing"))
  func refused() throws {
    try fixture.publishTwice(day(1))
    let closed = ["out/fw/month=1/day=1", "out/.fw.dovetail/kept/2/month=1/day=1"]
    for path in closed { try fixture.folder.setPermissions(0o000, of: path) }
    defer { for path in closed { try? fixture.folder.setPermissions(0o700, of: path) } }
    func cannotRead(_ path: String) -> PublishError {
      .system(
        operation: "read the folder", path: "\(fixture.folder.path)/out/\(path)",
        reason: "permission denied")
    }
    OrdinaryUser.act {
      #expect(throws: cannotRead("fw/month=1/day=1")) {
        try fixture.store.files(published: day(1))
      }
      #expect(throws: cannotRead(".fw.dovetail/kept/2")) { try fixture.store.kept() }
    }
  }
}
