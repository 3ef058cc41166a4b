import GRDB
import IncrementalJoin

extension Database {
  /// The open journal entries of a job as they were prepared, in the order of their partitions' paths.
  ///
  /// - Throws: `LedgerError.corrupt` when the stored files of a version do not add up to its name.
  func unfinishedPublishes(job: String, path: String) throws -> [PreparedPublish] {
    var inputs: [Int64: [String: VersionReference]] = [:]
    try forEachRow(
      """
      SELECT i.publish, i.input, v.id, v.identity
      FROM publish j
      JOIN output_partition p ON p.id = j.partition
      JOIN publish_input i ON i.publish = j.id
      JOIN version v ON v.number = i.version
      WHERE j.state = 'prepared' AND p.job = ?
      """,
      [job]
    ) { row in
      inputs[row[0], default: [:]][row[1]] = VersionReference(version: row[2], identity: row[3])
    }
    let files = try files(of: inputs.values.flatMap(\.values))
    var publishes: [PreparedPublish] = []
    try forEachRow(
      """
      SELECT j.id, j.run, p.path, j.definition, j.rows, j.bytes, j.reason, j.action,
        j.staged_device, j.staged_inode, j.published_device, j.published_inode
      FROM publish j JOIN output_partition p ON p.id = j.partition
      WHERE j.state = 'prepared' AND p.job = ?
      ORDER BY p.path
      """,
      [job]
    ) { row in
      let columns = ActionColumns(
        name: row[7], staged: FolderID(device: row[8], inode: row[9]),
        published: FolderID(device: row[10], inode: row[11]))
      publishes.append(
        PreparedPublish(
          run: row[1], partition: row[2], action: columns.action, definition: row[3],
          inputs: try (inputs[row[0]] ?? [:]).mapValues { reference in
            guard let files = files[reference],
              case let version = PartitionVersion(files: files),
              VersionReference(version) == reference
            else {
              throw LedgerError.corrupt(
                path: path, detail: "the files of version \(reference.version) are not complete")
            }
            return version
          },
          rows: row[4], bytes: row[5], reason: row[6]))
    }
    return publishes
  }
}
