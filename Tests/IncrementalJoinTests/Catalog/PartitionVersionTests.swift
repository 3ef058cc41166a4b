import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("A partition version")
struct PartitionVersionTests {
  let files = (1...4).map {
    DataFile(
      path: "day=1/part-\($0)", size: Int64($0), modified: 10, inode: UInt64($0), changed: 20)
  }

  @Test("it does not depend on the order of the files")
  func order() {
    let version = PartitionVersion(files: files)
    #expect(PartitionVersion(files: files.reversed()) == version)
    #expect(version.files == files)
    #expect(version.bytes == 10)
    #expect(version.newest == 10)
  }

  @Test("path, size and mtime change its id, and only path changes its identity too")
  func sensitive() {
    let version = PartitionVersion(files: files)
    let renamed = changed { DataFile($0, path: "day=1/part-9") }
    #expect(renamed.id != version.id && renamed.identity != version.identity)
    let grown = changed { DataFile($0, size: 99) }
    #expect(grown.id != version.id && grown.identity == version.identity)
    let rewritten = changed { DataFile($0, modified: 11) }
    #expect(rewritten.id != version.id && rewritten.identity == version.identity)
    let fewer = PartitionVersion(files: files.dropLast())
    #expect(fewer.id != version.id && fewer.identity != version.identity)
  }

  @Test("another stamp changes only its identity, and a digest changes neither")
  func identity() {
    let version = PartitionVersion(files: files)
    let touched = changed { DataFile($0, stamp: "4 21") }
    #expect(touched.id == version.id && touched.identity != version.identity)
    let read = changed { DataFile($0, digest: "abc") }
    #expect(read.id == version.id && read.identity == version.identity)
  }

  @Test("versions of local files have the names that the first edition gave them")
  func names() {
    let files = [
      DataFile(
        path: "month=1/day=1/a.parquet", size: 1024, modified: 1_700_000_000_000_000_000,
        inode: .max, changed: 1_700_000_000_987_654_321),
      DataFile(path: "month=1/day=1/é b.csv", size: 0, modified: -1, inode: 0, changed: 0),
      DataFile(
        path: "month=1/day=1/z.parquet", size: 7, modified: 1_700_000_000_123_456_789, inode: 42,
        changed: -5, digest: "abc", isFinal: false),
    ]
    let names = (1...3).map { count in
      let version = PartitionVersion(files: Array(files.prefix(count)))
      return [version.id, version.identity, version.stamps]
    }
    #expect(
      names == [
        [
          "57c2382be03ee89b137f254e7b73314dbae6946b572fb8fd0fc27b5425a5498e",
          "976f9fa78283cf7dffd60d8281aedac31ae932ea32fed3f84bc2700578a489ff",
          "976f9fa78283cf7dffd60d8281aedac31ae932ea32fed3f84bc2700578a489ff",
        ],
        [
          "76f5122feb799ecd63b2592eb4779702633d6b721d50b128e3bcdf85e32d16bb",
          "34d7dce726110e3ef4df90afd42bb64f90a561a0252fed7937fcdd51fefedd8a",
          "34d7dce726110e3ef4df90afd42bb64f90a561a0252fed7937fcdd51fefedd8a",
        ],
        [
          "449b771d6b9e0d2ee78b6569661ec3b414c1912005d4904420f3aceb549295c8",
          "01a5d20cb517f544831e0122b8cd7bfaa7b36a15a47733463db6f0bec6b5834a",
          "beaaa5be68110d203db652d69ac3fde3d609f4fa93decf6a48f4cef857a880f6",
        ],
      ])
  }

  @Test("a store's own tag names the content, whatever the time")
  func tags() {
    let version = PartitionVersion(files: files.map { DataFile($0, tag: "\"e1\" 5") })
    let later = PartitionVersion(files: files.map { DataFile($0, modified: 11, tag: "\"e1\" 5") })
    #expect(later.id == version.id)
    let rewritten = PartitionVersion(files: files.map { DataFile($0, tag: "\"e2\" 5") })
    #expect(rewritten.id != version.id && rewritten.identity == version.identity)
    #expect(Set([PartitionVersion(files: files).id, version.id, rewritten.id]).count == 3)
    #expect(later.files[0].hasSameStamps(as: version.files[0]))
    #expect(!later.files[0].hasSameStamps(as: rewritten.files[0]))
  }

  @Test("versions that are read together have a name of their own, and one alone keeps its name")
  func together() {
    func member(_ day: Int, size: Int64 = 1, stamp: ExactText? = nil) -> PartitionVersion.Member {
      let file = DataFile(path: "day=\(day)/f", size: size, modified: 10, tag: nil, stamp: stamp)
      return PartitionVersion.Member(
        path: "day=\(day)", version: PartitionVersion(files: [file]))
    }
    func together(_ members: PartitionVersion.Member...) -> PartitionVersion {
      PartitionVersion(members: members)
    }
    #expect(together(member(1)) == member(1).version)
    let days = together(member(10), member(9))
    #expect(days == together(member(9), member(10)))
    #expect(days.members.map(\.path) == ["day=10", "day=9"])
    #expect(days.files.map(\.path) == ["day=10/f", "day=9/f"])
    #expect(days.bytes == 2)
    #expect(
      [days.id, days.identity, days.stamps] == [
        "4a2b7244123b924470eb9915c307b6d648c758e03984f6582e1d4b2937cf0175",
        "0fc4734f6ff9fc058a956216cb883771cfce5d83b6dad072ac2f4e2f577727e8",
        "0fc4734f6ff9fc058a956216cb883771cfce5d83b6dad072ac2f4e2f577727e8",
      ])
    // The same files in one partition, or by another name of it, are another version.
    let moved = PartitionVersion.Member(path: "day=11", version: member(9).version)
    let others = [
      PartitionVersion(files: days.files), together(member(10), moved),
      together(member(10), member(9, size: 2)), together(member(8), member(9), member(10)),
    ]
    #expect(Set((others + [days]).map(\.id)).count == 5)
    let touched = together(member(10), member(9, stamp: "7 8"))
    #expect(touched.id == days.id)
    #expect(touched.identity != days.identity && touched.stamps != days.stamps)
  }

  @Test("digits that move between neighboring facts change it")
  func borders() {
    func id(_ path: ExactText, _ size: Int64, _ modified: Int64) -> String {
      PartitionVersion(files: [
        DataFile(path: path, size: size, modified: modified, inode: 0, changed: 0)
      ]).id
    }
    #expect(Set([id("a", 11, 1), id("a", 1, 11), id("a1", 1, 1), id("a", 1, 1)]).count == 4)
  }

  private func changed(_ change: (DataFile) -> DataFile) -> PartitionVersion {
    PartitionVersion(files: files.dropLast() + files.suffix(1).map(change))
  }
}

extension DataFile {
  /// A file that differs in the given facts.
  fileprivate init(
    _ file: DataFile, path: ExactText? = nil, size: Int64? = nil, modified: Int64? = nil,
    tag: ExactText? = nil, stamp: ExactText? = nil, digest: String? = nil
  ) {
    self.init(
      path: path ?? file.path, size: size ?? file.size, modified: modified ?? file.modified,
      tag: tag ?? file.tag, stamp: stamp ?? file.stamp, digest: digest ?? file.digest)
  }
}
