import Foundation
import GRDB
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

@Suite("What the ledger knows of the content of versions")
struct ContentTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  private func withoutDigests(_ version: PartitionVersion) -> PartitionVersion {
    PartitionVersion(
      files: version.files.map { file in
        var file = file
        file.digest = nil
        return file
      })
  }

  private func move(_ version: PartitionVersion, _ partition: Partition = "day=1") throws {
    try ledger.move([
      PositionMove(partition: partition, definition: "d", inputs: ["flights": version])
    ])
  }

  @Test(
    "digests of a version that was stored without them are learned when somebody read its files")
  func learned() throws {
    let version = version("flights", "day=1")
    let reference = VersionReference(version)
    try move(withoutDigests(version))
    #expect(try ledger.files(of: [reference])[reference]?.map(\.digest) == [nil, nil])
    try move(version)
    for reader in [ledger, ReadOnlyLedger(path: folder.ledger)] as [any LedgerReader] {
      #expect(try reader.files(of: [reference])[reference] == version.files)
    }
    // The first one stays.
    let other = PartitionVersion(
      files: version.files.map { file in
        var file = file
        file.digest = "another"
        return file
      })
    try move(other)
    #expect(try ledger.files(of: [reference])[reference] == version.files)
  }

  @Test("what is read together is stored once, and so is a partition that is read with others")
  func members() throws {
    func days(_ days: ClosedRange<Int>) -> PartitionVersion {
      PartitionVersion(
        members: days.map {
          PartitionVersion.Member(
            path: "day=\($0)", version: version("flights", "day=\($0)", fileCount: 1))
        })
    }
    for _ in 1...2 {
      for partition in ["day=1", "day=2"] as [Partition] { try move(days(1...3), partition) }
      try move(days(2...4), "day=3")
      try move(version("flights", "day=2", fileCount: 1), "day=4")
    }
    let counts = try DatabaseQueue(path: folder.ledger).read { database in
      try ["version", "version_file", "version_member"].map {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)")
      }
    }
    #expect(counts == [6, 4, 6])
    #expect(
      try ReadOnlyLedger(path: folder.ledger).files(of: [VersionReference(days(2...4))])
        .values.first == days(2...4).files)
  }

  @Test("a file that was not final is one still when it is read back, and its version has its name")
  func notFinal() throws {
    let version = PartitionVersion(
      files: [
        DataFile(
          path: "day=1/a", size: 1, modified: 2, inode: 3, changed: 4, digest: "x", isFinal: false)
      ])
    try move(version)
    let reference = try #require(
      try ledger.positions(job: "joined")["day=1"]?.inputs["flights"])
    #expect(reference == VersionReference(version))
    let files = try #require(try ledger.files(of: [reference])[reference])
    #expect(files == version.files)
    #expect(PartitionVersion(files: files) == version)
  }

  @Test("versions of the same content are told, of those that are known")
  func same() throws {
    let known = version("flights", "day=1")
    let (copy, other) = (
      version("flights", "day=1", content: 2), version("flights", "day=1", content: 3)
    )
    try move(known)
    let reference = VersionReference(known)
    for _ in 1...2 { try ledger.confirm([reference: copy, VersionReference(other): known]) }
    for reader in [ledger, ReadOnlyLedger(path: folder.ledger)] as [any LedgerReader] {
      #expect(
        try reader.sameContent(as: [reference, VersionReference(copy), VersionReference(other)])
          == [reference: [VersionReference(copy)]])
    }
    #expect(try ledger.files(of: [VersionReference(copy)])[VersionReference(copy)] == copy.files)
  }
}
