import GRDB
import IncrementalJoin

extension Database {
  /// Every build of a job that read a data file, newest first.
  ///
  /// An undo that put such a build back counts as a build. What is published now is what the newest build of
  /// the partition made, an empty result included.
  func uses(ofFile file: ExactText, job: String) throws -> [FileUse] {
    var uses: [FileUse] = []
    try forEachRow(Self.usesOfFile, [file, job]) { row in
      let inode: Int64 = row[6]
      uses.append(
        FileUse(
          partition: row[0], input: row[1], run: row[2],
          file: DataFile(
            path: row[3], size: row[4], modified: row[5], inode: UInt64(bitPattern: inode),
            changed: row[7], digest: row[8], isFinal: row[9]),
          isPublished: row[10]))
    }
    return uses
  }

  static let usesOfFile = """
    SELECT p.path, i.input, e.run, f.path, f.size, f.modified, f.inode, f.changed,
      coalesce(f.digest, d.digest), f.final,
      e.id = (SELECT max(id) FROM lineage WHERE partition = e.partition)
    FROM version_file f
    LEFT JOIN file_digest d ON f.digest IS NULL AND d.version = f.version AND d.path = f.path
    CROSS JOIN lineage_input i ON i.version = f.version
    CROSS JOIN lineage e ON e.id = i.lineage
    CROSS JOIN output_partition p ON p.id = e.partition
    WHERE f.path = ? AND p.job = ?
    ORDER BY e.id DESC, i.input
    """
}
