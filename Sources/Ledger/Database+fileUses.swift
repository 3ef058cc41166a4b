import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// Every build of a job that read a data file, alone or together with other partitions', newest first.
  ///
  /// An undo that put such a build back counts as a build. What is published now is what the newest build of
  /// the partition made, an empty result included.
  func uses(ofFile file: ExactText, job: String, keys: [PartitionKey]?) throws -> [FileUse] {
    var uses: [FileUse] = []
    try forEachRow(Self.usesOfFile, [file, job]) { row in
      uses.append(
        FileUse(
          partition: try row.partition(0, keys),
          input: try row.value(1, "lineage_input.input"), run: try row.value(2, "lineage.run"),
          file: try DataFile(row, from: 4), isPublished: try row.value(3, "lineage.id")))
    }
    return uses
  }

  static let usesOfFile = """
    SELECT p.path, i.input, e.run,
      e.id = (SELECT max(id) FROM lineage WHERE partition = e.partition), \(fileColumns)
    FROM version_file f
    LEFT JOIN file_digest d ON f.digest IS NULL AND d.version = f.version AND d.path = f.path
    CROSS JOIN lineage_input i ON i.version IN (
      SELECT f.version UNION ALL SELECT version FROM version_member WHERE member = f.version)
    CROSS JOIN lineage e ON e.id = i.lineage
    CROSS JOIN output_partition p ON p.id = e.partition
    WHERE f.path = ? AND p.job = ?
    ORDER BY e.id DESC, i.input
    """
}
