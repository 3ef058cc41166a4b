import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import LocalStorage

@Suite("Files that were written shortly before they are listed")
struct FinalFileListingTests {
  let folder: TemporaryFolder
  let path = "flights/month=1/day=1/a.parquet"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("abc", to: path)
  }

  /// The file in a listing that happens so long after its last change.
  private func file(listedAfter delay: Duration) async throws -> (LocalStorage, DataFile) {
    let changed = try await listed(LocalStorage()).changed
    let now = Date(timeIntervalSince1970: Double(changed) / 1e9 + delay / .seconds(1))
    let storage = LocalStorage(exchanges: nil) { now }
    return (storage, try await listed(storage))
  }

  private func listed(_ storage: LocalStorage) async throws -> DataFile {
    try #require(await storage.list(table(in: folder)).partitions.values.first?.version.files.first)
  }

  @Test("are not final within twice a tick of the kernel, and have the digest of their content")
  func tick() async throws {
    for delay in [0, 5, 19] {
      let (_, file) = try await file(listedAfter: .milliseconds(delay))
      #expect(!file.isFinal)
      #expect(file.digest == SHA256.hash("abc"))
    }
    for delay in [21, 1_000, 100_000] {
      let (_, file) = try await file(listedAfter: .milliseconds(delay))
      #expect(file.isFinal)
      #expect(file.digest == nil)
    }
  }

  @Test("are not final for three seconds where times are whole seconds")
  func seconds() async throws {
    let (_, before) = try await file(listedAfter: .seconds(2))
    #expect(before.isFinal)
    try folder.setModified(before.changed / 1_000_000_000 * 1_000_000_000, of: path)
    #expect(try await !file(listedAfter: .seconds(1)).1.isFinal)
    #expect(try await file(listedAfter: .seconds(4)).1.isFinal)
  }

  @Test("are final when they are dated far ahead: any write leaves an earlier time")
  func future() async throws {
    let (_, before) = try await file(listedAfter: .seconds(2))
    try folder.setModified(before.changed + 3_600_000_000_000, of: path)
    #expect(try await file(listedAfter: .seconds(2)).1.isFinal)
  }

  @Test("are not final when the listing's clock is behind theirs")
  func behind() async throws {
    #expect(try await !file(listedAfter: .seconds(-5)).1.isFinal)
  }

  @Test("have changed when their content has, although no time tells")
  func pinned() async throws {
    let (storage, file) = try await file(listedAfter: .zero)
    let table = table(in: folder)
    try storage.check(file, in: table.location)
    let other = DataFile(
      path: file.path, size: file.size, modified: file.modified, inode: file.inode,
      changed: file.changed, digest: SHA256.hash("xyz"), isFinal: false)
    #expect(throws: PinError.changed(path: "\(folder.path)/\(path)")) {
      try storage.check(other, in: table.location)
    }
  }
}
