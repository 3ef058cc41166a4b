import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin
@testable import LocalStorage

@Suite("Staging and looking around")
struct StagingTests {
  let fixture: OutputFixture

  init() throws {
    fixture = try OutputFixture()
  }

  @Test("opening creates the hidden folder beside the location, and leaves no probe behind")
  func opening() throws {
    #expect(fixture.folder.names(below: "out") == [".fw.dovetail", ".fw.dovetail/lock"])
  }

  @Test("a staging folder is empty, also when an earlier attempt left files")
  func staging() throws {
    let path = try fixture.store.makeStagingFolder(run: 7, partition: day(1))
    #expect(path == "\(fixture.folder.path)/out/.fw.dovetail/staging/7/month=1/day=1")
    try Data().write(to: URL(filePath: "\(path)/half.parquet"))
    #expect(try fixture.store.makeStagingFolder(run: 7, partition: day(1)) == path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == [])
  }

  @Test("a sealed folder is named by its inode, files in folders included")
  func sealing() throws {
    let path = try fixture.store.makeStagingFolder(run: 7, partition: day(1))
    try fixture.folder.write(
      to: "out/.fw.dovetail/staging/7/month=1/day=1/inner/a.parquet")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let numbers = [FileAttributeKey.systemNumber, .systemFileNumber].map {
      attributes[$0] as? UInt64
    }
    #expect(
      try fixture.store.seal(run: 7, partition: day(1)).text
        == numbers.compactMap { $0.map { "\($0)" } }.joined(separator: " ").exact)
  }

  @Test("sealing what was never staged says so")
  func sealingNothing() throws {
    #expect(
      throws: PublishError.system(
        operation: "write to disk the folder",
        path: "\(fixture.folder.path)/out/.fw.dovetail/staging/7/month=1/day=1",
        reason: "No such file or directory")
    ) { try fixture.store.seal(run: 7, partition: day(1)) }
  }

  @Test("free space is that of the nearest folder that exists")
  func freeSpace() throws {
    #expect(!fixture.folder.exists("out/fw"))
    #expect(try fixture.store.freeSpace().map { $0 > 0 } == true)
  }

  @Test("an output has data when any file that is not hidden lies below its location")
  func hasData() async throws {
    let storage = LocalStorage()
    #expect(await !storage.hasData(fixture.output))
    try fixture.folder.write(to: "out/fw/_SUCCESS")
    try fixture.folder.write(to: "out/fw/.hidden/a.parquet")
    try fixture.folder.makeFolder("out/fw/month=1/day=1")
    #expect(await !storage.hasData(fixture.output))
    try fixture.folder.write(to: "out/fw/month=1/day=1/deep/note.txt")
    #expect(await storage.hasData(fixture.output))
  }

  @Test("a partition of a key that begins with _ is data")
  func hasUnderscoreData() async throws {
    try fixture.folder.write(to: "out/fw/_month=1/a.parquet")
    let keys = [PartitionKey(name: "_month", type: .int)]
    let output = OutputDefinition(location: fixture.output.location, keys: keys)
    #expect(await LocalStorage().hasData(output))
    #expect(await !LocalStorage().hasData(fixture.output))
  }

  @Test(
    "a folder that cannot be read counts as data, and a location that cannot be written is named",
    .disabled(if: OrdinaryUser.isImpossible, "the superuser is refused nothing"))
  func refused() async throws {
    try fixture.folder.makeFolder("out/fw/month=1")
    try fixture.folder.setPermissions(0o000, of: "out/fw/month=1")
    defer { try? fixture.folder.setPermissions(0o700, of: "out/fw/month=1") }
    try fixture.folder.makeFolder("closed")
    try fixture.folder.setPermissions(0o555, of: "closed")
    let closed = OutputDefinition(location: "\(fixture.folder.path)/closed/fw", keys: [])
    await OrdinaryUser.act {
      #expect(await LocalStorage().hasData(fixture.output))
      #expect(
        throws: PublishError.system(
          operation: "create the folder", path: "\(fixture.folder.path)/closed/.fw.dovetail",
          reason: "permission denied")
      ) { try LocalStorage().lease(closed) }
    }
  }

  @Test("a location where a file system is mounted is refused before anything is written")
  func mountPoint() throws {
    let output = OutputDefinition(location: "/dev", keys: [])
    let error = #expect(throws: PublishError.self) {
      try LocalStorage().lease(output)
    }
    #expect(
      error?.description
        == "Cannot publish to /dev: it is on another file system than /, where the staged files are "
        + "(use a folder inside it as `location:`). The partition stays as it was and stays "
        + "pending; put the cause right, then run again.")
  }

  @Test(
    "failures of the system have their reason in plain words",
    arguments: [
      (ENOSPC, "no space is left on the file system"), (EROFS, "the file system is read-only"),
      (EACCES, "permission denied"), (EPERM, "permission denied"),
      (EDQUOT, "the disk quota is used up"),
      (
        EXDEV,
        "it is on another file system than the output's hidden folder, and folders are moved "
          + "between the two"
      ), (EIO, "Input/output error"),
    ])
  func reasons(code: Int32, reason: String) throws {
    #expect(
      SystemError(code: code).cannot("create the folder", "/out/month=1")
        == .system(operation: "create the folder", path: "/out/month=1", reason: reason))
  }

  @Test(
    "paths are taken apart by their slashes",
    arguments: [
      ("/a/b", "/a", "b"), ("/a/b/", "/a", "b"), ("/a", "/", "a"), ("/", "/", ""),
      // A combining mark does not hide the slash before it.
      ("/a/\u{301}b", "/a", "\u{301}b"),
    ])
  func paths(path: String, parent: String, name: String) throws {
    #expect(FileSystem.parent(of: path) == parent)
    #expect(FileSystem.name(of: path) == name)
  }
}
