import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// The newest lineage of every output partition of a job, up to a run.
  func lineages(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Lineage>
  {
    try lineages(Self.newestLineages, [run ?? .max, job], keys)
  }

  /// What one run built.
  func lineages(builtBy run: RunID, keys: [PartitionKey]?) throws -> PartitionRecords<Lineage> {
    try lineages(Self.lineagesOfRun, [run], keys)
  }

  /// One index seek a partition, as for positions.
  static let newestLineages = """
    \(lineageColumns)
    FROM output_partition p
    CROSS JOIN lineage e
      ON e.id = (SELECT max(id) FROM lineage WHERE partition = p.id AND run <= ?)
    \(lineageVersions)
    WHERE p.job = ?
    ORDER BY p.path
    """

  static let lineagesOfRun = """
    \(lineageColumns)
    FROM lineage e
    CROSS JOIN output_partition p ON p.id = e.partition
    \(lineageVersions)
    WHERE e.run = ?
    ORDER BY e.id
    """

  private static let lineageColumns = """
    SELECT e.id, p.path, e.run, e.definition, e.rows, e.bytes, c.id, c.identity, i.input, v.id,
      v.identity, e.reading_rules, e.types, e.removal_allowed, e.adopted_by
    """

  private static let lineageVersions = """
    LEFT JOIN version c ON c.number = e.content
    LEFT JOIN lineage_input i ON i.lineage = e.id
    LEFT JOIN version v ON v.number = i.version
    """

  private struct LineageEntry {
    let id: Int64
    let path: ExactText
    let run: RunID
    let definition: String
    let rows: Int64
    let bytes: Int64
    let content: VersionReference?
    let readingRules: Int
    let types: OutputTypes?
    let isRemovalAllowed: Bool
    let adoptedBy: RunID?
    var inputs: [String: VersionReference] = [:]

    var lineage: Lineage {
      Lineage(
        run: run, definition: definition, inputs: inputs, rows: rows, bytes: bytes,
        content: content, readingRules: readingRules, types: types,
        isRemovalAllowed: isRemovalAllowed, adoptedBy: adoptedBy)
    }
  }

  private func lineages(
    _ sql: String, _ arguments: StatementArguments, _ keys: [PartitionKey]?
  ) throws -> PartitionRecords<Lineage> {
    var entries: [LineageEntry] = []
    try forEachRow(sql, arguments) { row in
      let id: Int64 = try row.value(0, "lineage.id")
      if entries.last?.id != id {
        let content: String? = try row.value(6, "version.id")
        entries.append(
          LineageEntry(
            id: id, path: try row.value(1, "output_partition.path"),
            run: try row.value(2, "lineage.run"),
            definition: try row.value(3, "lineage.definition"),
            rows: try row.value(4, "lineage.rows"), bytes: try row.value(5, "lineage.bytes"),
            content: try content.map {
              VersionReference(version: $0, identity: try row.value(7, "version.identity"))
            },
            readingRules: try row.value(11, "lineage.reading_rules"),
            types: try row.optionalName(12, "lineage.types"),
            isRemovalAllowed: try row.value(13, "lineage.removal_allowed"),
            adoptedBy: try row.value(14, "lineage.adopted_by")))
      }
      let input: String? = try row.value(8, "lineage_input.input")
      if let input {
        entries[entries.count - 1].inputs[input] = VersionReference(
          version: try row.value(9, "version.id"), identity: try row.value(10, "version.identity"))
      }
    }
    return try PartitionRecords(entries.lazy.map { ($0.path, $0.lineage) }, keys: keys)
  }
}
