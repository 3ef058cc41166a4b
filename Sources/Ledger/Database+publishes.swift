import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// The open journal entries of a job as they were prepared, in the order of their partitions' paths.
  ///
  /// - Throws: `LedgerError.corrupt` when the stored files of a version do not add up to its name.
  func unfinishedPublishes(job: String, keys: [PartitionKey]?, path: String) throws
    -> [PreparedPublish]
  {
    try publishes("j.state = 'prepared' AND p.job = ?", [job], keys, path: path)
  }

  /// What a run has staged and nobody has published or discarded yet, in the order of the paths.
  ///
  /// - Throws: as `unfinishedPublishes` does.
  func staged(run: RunID, keys: [PartitionKey]?, path: String) throws -> [PreparedPublish] {
    try publishes("j.state = 'staged' AND j.run = ?", [run], keys, path: path)
  }

  private func publishes(
    _ condition: String, _ arguments: StatementArguments, _ keys: [PartitionKey]?, path: String
  ) throws -> [PreparedPublish] {
    let inputs = try journalInputs(condition, arguments, path: path)
    let matches = try journalMatches(condition, arguments)
    var publishes: [PreparedPublish] = []
    try forEachRow(
      """
      SELECT j.id, j.run, p.path, j.unit_state, j.definition, j.rows, j.bytes, j.reason,
        j.action, j.staged_token, j.published_token, j.position_definition, j.undone,
        j.reading_rules, j.types, j.removal_allowed, j.adopted_by
      FROM publish j JOIN output_partition p ON p.id = j.partition
      WHERE \(condition)
      ORDER BY p.path
      """,
      arguments
    ) { row in
      let action = ActionColumns(
        name: try row.value(8, "publish.action"),
        staged: try row.value(9, "publish.staged_token"),
        published: try row.value(10, "publish.published_token"))
      let inputs = inputs[try row.value(0, "publish.id")] ?? JournalInputs()
      let partition = try row.partition(2, keys)
      let position: String? = try row.value(11, "publish.position_definition")
      let undone: RunID? = try row.value(12, "publish.undone")
      publishes.append(
        PreparedPublish(
          run: try row.value(1, "publish.run"), partition: partition, action: try action.action(),
          state: try row.name(3, "publish.unit_state"),
          definition: try row.value(4, "publish.definition"), inputs: inputs.versions[.read] ?? [:],
          position: position.map { definition in
            PositionMove(
              partition: partition, definition: definition,
              inputs: inputs.versions[.consumed] ?? [:],
              undone: undone.map {
                UndoneBuild(run: $0, inputs: inputs.versions[.undone] ?? [:])
              })
          },
          content: inputs.versions[.content]?.values.first, rows: try row.value(5, "publish.rows"),
          bytes: try row.value(6, "publish.bytes"),
          reason: try row.value(7, "publish.reason"),
          matches: matches[try row.value(0, "publish.id")] ?? [], rowDigests: inputs.rowDigests,
          readingRules: try row.value(13, "publish.reading_rules"),
          types: try row.optionalName(14, "publish.types"),
          isRemovalAllowed: try row.value(15, "publish.removal_allowed"),
          adoptedBy: try row.value(16, "publish.adopted_by")))
    }
    return publishes
  }

  /// What a version is to a journal entry.
  private enum JournalRole: String {
    case read, consumed, undone, content
  }

  /// The versions of a journal entry, by role and input; the content's input is nameless.
  private struct JournalInputs {
    var versions: [JournalRole: [String: PartitionVersion]] = [:]
    var rowDigests: [String: String] = [:]  // characters: input names are ASCII
  }

  private func journalInputs(
    _ condition: String, _ arguments: StatementArguments, path: String
  ) throws -> [Int64: JournalInputs] {
    var found: [(entry: Int64, role: JournalRole, input: String, reference: VersionReference)] = []
    var inputs: [Int64: JournalInputs] = [:]
    try forEachRow(
      """
      SELECT j.id, i.role, i.input, v.id, v.identity, i.row_digest
      FROM publish j
      JOIN output_partition p ON p.id = j.partition
      JOIN publish_input i ON i.publish = j.id
      LEFT JOIN version v ON v.number = i.version
      WHERE \(condition)
      UNION ALL
      SELECT j.id, 'content', '', v.id, v.identity, NULL
      FROM publish j
      JOIN output_partition p ON p.id = j.partition
      LEFT JOIN version v ON v.number = j.content
      WHERE \(condition) AND j.content IS NOT NULL
      """,
      arguments + arguments
    ) { row in
      let entry: Int64 = try row.value(0, "publish.id")
      let role: JournalRole = try row.name(1, "publish_input.role")
      let input: String = try row.value(2, "publish_input.input")
      let version = VersionReference(
        version: try row.value(3, "version.id"), identity: try row.value(4, "version.identity"))
      found.append((entry, role, input, version))
      let digest: String? = try row.value(5, "publish_input.row_digest")
      if let digest { inputs[entry, default: JournalInputs()].rowDigests[input] = digest }
    }
    let versions = try versions(of: Set(found.map(\.reference)), path: path)
    for (entry, role, input, reference) in found {
      inputs[entry, default: JournalInputs()].versions[role, default: [:]][input] =
        versions[reference]
    }
    return inputs
  }

  /// Versions with all of their files and members.
  private func versions(
    of references: Set<VersionReference>, path: String
  ) throws -> [VersionReference: PartitionVersion] {
    let library = try VersionLibrary(
      Array(references), members: { try members(of: $0) }, files: { try files(of: $0) })
    var versions: [VersionReference: PartitionVersion] = [:]
    for reference in references {
      guard let version = library[reference], VersionReference(version) == reference else {
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
      matches[try row.value(8, "publish_match.publish"), default: []].append(try InputMatch(row))
    }
    return matches
  }
}
