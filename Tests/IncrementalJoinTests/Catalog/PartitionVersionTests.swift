import PartitionPredicate
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

  @Test("inode and ctime change only its identity, and a digest changes neither")
  func identity() {
    let version = PartitionVersion(files: files)
    let replaced = changed { DataFile($0, inode: 99) }
    #expect(replaced.id == version.id && replaced.identity != version.identity)
    let touched = changed { DataFile($0, changed: 21) }
    #expect(touched.id == version.id && touched.identity != version.identity)
    let read = changed { DataFile($0, digest: "abc") }
    #expect(read.id == version.id && read.identity == version.identity)
  }

  @Test("digits that move between neighbouring facts change it")
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
    inode: UInt64? = nil, changed: Int64? = nil, digest: String? = nil
  ) {
    self.init(
      path: path ?? file.path, size: size ?? file.size, modified: modified ?? file.modified,
      inode: inode ?? file.inode, changed: changed ?? file.changed, digest: digest ?? file.digest)
  }
}
