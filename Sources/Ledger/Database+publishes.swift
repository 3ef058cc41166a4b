import GRDB
import IncrementalJoin

extension Database {
  /// The open journal entries of a job as they were prepared, in the order of their partitions' paths.
  ///
  /// - Throws: `LedgerError.corrupt` when the stored files of a version do not add up to its name.
  func unfinishedPublishes(job: String, path: String) throws -> [PreparedPublish] {
    try publishes("j.state = 'prepared' AND p.job = ?", [job], path: path)
  }

  /// What a run has staged and nobody has published or discarded yet, in the order of the paths.
  ///
  /// - Throws: as `unfinishedPublishes` does.
  func staged(run: RunID, path: String) throws -> [PreparedPublish] {
    try publishes("j.state = 'staged' AND j.run = ?", [run], path: path)
  }

  private func publishes(
    _ condition: String, _ arguments: StatementArguments, path: String
  ) throws -> [PreparedPublish] {
    let inputs = try journalInputs(condition, arguments, path: path)
    let matches = try journalMatches(condition, arguments)
    var publishes: [PreparedPublish] = []
    try forEachRow(
      """
      SELECT j.id, j.run, p.path, j.unit_state, j.definition, j.rows, j.bytes, j.reason,
        j.action, j.staged_device, j.staged_inode, j.published_device, j.published_inode,
        j.position_definition, j.undone, j.reading_rules, j.types
      FROM publish j JOIN output_partition p ON p.id = j.partition
      WHERE \(condition)
      ORDER BY p.path
      """,
      arguments
    ) { row in
      let columns = ActionColumns(
        name: row[8], staged: FolderID(device: row[9], inode: row[10]),
        published: FolderID(device: row[11], inode: row[12]))
      let inputs = inputs[row[0]] ?? JournalInputs()
      let partition: ExactText = row[2]
      let position: String? = row[13]
      let undone: RunID? = row[14]
      publishes.append(
        PreparedPublish(
          run: row[1], partition: partition, action: columns.action, state: try row.name(3),
          definition: row[4], inputs: inputs.versions["read"] ?? [:],
          position: position.map { definition in
            PositionMove(
              partition: partition, definition: definition,
              inputs: inputs.versions["consumed"] ?? [:],
              undone: undone.map {
                PositionMove.Undone(run: $0, inputs: inputs.versions["undone"] ?? [:])
              })
          },
          content: inputs.versions["content"]?.values.first, rows: row[5], bytes: row[6],
          reason: row[7], matches: matches[row[0]] ?? [], rowDigests: inputs.rowDigests,
          readingRules: row[15], types: try row.optionalName(16)))
    }
    return publishes
  }

  /// The versions of a journal entry, by role and input; the content's input is nameless.
  private struct JournalInputs {
    // characters: roles and input names are ASCII
    var versions: [String: [String: PartitionVersion]] = [:]
    var rowDigests: [String: String] = [:]  // characters: input names are ASCII
  }

  private func journalInputs(
    _ condition: String, _ arguments: StatementArguments, path: String
  ) throws -> [Int64: JournalInputs] {
    var found: [(entry: Int64, role: String, input: String, reference: VersionReference)] = []
    var inputs: [Int64: JournalInputs] = [:]
    try forEachRow(
      """
      SELECT j.id, i.role, i.input, v.id, v.identity, i.row_digest
      FROM publish j
      JOIN output_partition p ON p.id = j.partition
      JOIN publish_input i ON i.publish = j.id
      JOIN version v ON v.number = i.version
      WHERE \(condition)
      UNION ALL
      SELECT j.id, 'content', '', v.id, v.identity, NULL
      FROM publish j
      JOIN output_partition p ON p.id = j.partition
      JOIN version v ON v.number = j.content
      WHERE \(condition)
      """,
      arguments + arguments
    ) { row in
      found.append(
        (row[0], row[1], row[2], VersionReference(version: row[3], identity: row[4])))
      if let digest: String = row[5] {
        inputs[row[0], default: JournalInputs()].rowDigests[row[2]] = digest
      }
    }
    let versions = try versions(of: Set(found.map(\.reference)), path: path)
    for (entry, role, input, reference) in found {
      inputs[entry, default: JournalInputs()].versions[role, default: [:]][input] =
        versions[reference]
    }
    return inputs
  }

  /// Versions with all of their files.
  private func versions(
    of references: Set<VersionReference>, path: String
  ) throws -> [VersionReference: PartitionVersion] {
    let files = try files(of: Array(references))
    var versions: [VersionReference: PartitionVersion] = [:]
    for reference in references {
      let version = files[reference].map { PartitionVersion(files: $0) }
      guard let version, VersionReference(version) == reference else {
        throw LedgerError.corrupt(
          path: path, detail: "the files of version \(reference.version) are not complete")
      }
      versions[reference] = version
    }
    return versions
  }

  private func journalMatches(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [Int64: [InputMatch]] {
    var matches: [Int64: [InputMatch]] = [:]
    try forEachRow(
      """
      SELECT \(Self.matchColumns), j.id
      FROM publish j
      JOIN output_partition p ON p.id = j.partition
      JOIN publish_match m ON m.publish = j.id
      WHERE \(condition)
      ORDER BY m.publish, m.ordinal
      """,
      arguments
    ) { row in
      matches[row[8], default: []].append(InputMatch(row))
    }
    return matches
  }
}
