import Foundation
import IncrementalJoin
import LocalStorage
import TestSupport
import Testing

@Suite("Pinned files")
struct PinnedFileTests {
  let folder: TemporaryFolder
  let storage = LocalStorage()
  let file: DataFile
  let path: String

  init() async throws {
    folder = try TemporaryFolder()
    try folder.write("abc", to: "flights/month=1/day=1/a.parquet")
    file = try #require(
      await storage.list(table(in: folder)).partitions.values.first?.version.files.first)
    path = "\(folder.path)/flights/month=1/day=1/a.parquet"
  }

  @Test("an untouched file passes the check")
  func untouched() throws {
    try storage.check(file, in: table(in: folder).location)
  }

  @Test("a file that is gone has vanished, with its folder too")
  func vanished() throws {
    try folder.remove("flights/month=1/day=1/a.parquet")
    #expect(throws: PinError.vanished(path: path)) {
      try storage.check(file, in: table(in: folder).location)
    }
    try folder.remove("flights/month=1")
    #expect(throws: PinError.vanished(path: path)) {
      try storage.check(file, in: table(in: folder).location)
    }
    try folder.write(to: "flights/month=1")
    #expect(throws: PinError.vanished(path: path)) {
      try storage.digest(of: file, in: table(in: folder).location)
    }
  }

  @Test("a rewritten file of the same size and time has changed")
  func rewritten() throws {
    try folder.write("xyz", to: "flights/month=1/day=1/b")
    #expect(rename("\(folder.path)/flights/month=1/day=1/b", path) == 0)
    try folder.setModified(file.modified, of: "flights/month=1/day=1/a.parquet")
    #expect(throws: PinError.changed(path: path)) {
      try storage.check(file, in: table(in: folder).location)
    }
  }

  @Test("a folder in the place of the file is a change")
  func replacedByFolder() throws {
    try folder.remove("flights/month=1/day=1/a.parquet")
    try folder.makeFolder("flights/month=1/day=1/a.parquet")
    #expect(throws: PinError.changed(path: path)) {
      try storage.check(file, in: table(in: folder).location)
    }
    #expect(throws: PinError.unreadable(path: path, reason: "Is a directory")) {
      try storage.digest(of: file, in: table(in: folder).location)
    }
  }

  @Test(
    "a file that may not be read fails the check",
    .disabled(if: OrdinaryUser.isImpossible, "the superuser is refused nothing"))
  func refused() throws {
    try folder.setPermissions(0o000, of: "flights/month=1/day=1/a.parquet")
    OrdinaryUser.act {
      #expect(throws: PinError.unreadable(path: path, reason: "permission denied")) {
        try storage.check(file, in: table(in: folder).location)
      }
    }
  }

  @Test("the digest is the SHA-256 of the content")
  func digest() throws {
    #expect(
      try storage.digest(of: file, in: table(in: folder).location)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("the digest of a file that is read in several chunks is that of the whole")
  func longDigest() throws {
    let text = String(repeating: "0123456789", count: 150_001)
    try folder.write(text, to: "flights/month=1/day=1/a.parquet")
    #expect(try storage.digest(of: file, in: table(in: folder).location) == SHA256.hash(text))
  }
}
