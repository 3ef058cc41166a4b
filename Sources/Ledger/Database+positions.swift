import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// The newest position of every output partition of a job, up to a run.
  func positions(job: String, keys: [PartitionKey]?, asOf run: RunID?) throws
    -> PartitionRecords<Position>
  {
    var entries: [PositionEntry] = []
    try forEachRow(Self.newestPositions, [run ?? .max, job]) { row in
      let partition: Int64 = try row.value(0, "output_partition.id")
      if entries.last?.partition != partition {
        entries.append(
          PositionEntry(
            partition: partition, path: try row.value(1, "output_partition.path"),
            run: try row.value(2, "position.run"),
            definition: try row.value(3, "position.definition"),
            undone: try row.value(4, "position.undone")))
      }
      let role: PositionRole? = try row.optionalName(5, "position_input.role")
      if let role {
        let input: String = try row.value(6, "position_input.input")
        entries[entries.count - 1].inputs[role, default: [:]][input] = VersionReference(
          version: try row.value(7, "version.id"), identity: try row.value(8, "version.identity"))
      }
    }
    return try PartitionRecords(entries.lazy.map { ($0.path, $0.position) }, keys: keys)
  }

  /// One index seek a partition, however long its history is; the order comes from the unique index.
  ///
  /// A run that was staged and published later writes after runs that began later, so that the newest entry
  /// is the one that was written last.
  static let newestPositions = """
    SELECT p.id, p.path, e.run, e.definition, e.undone, i.role, i.input, v.id, v.identity
    FROM output_partition p
    CROSS JOIN position e
      ON e.id = (SELECT max(id) FROM position WHERE partition = p.id AND run <= ?)
    LEFT JOIN position_input i ON i.position = e.id
    LEFT JOIN version v ON v.number = i.version
    WHERE p.job = ?
    ORDER BY p.path
    """

  /// What a version is to a position.
  private enum PositionRole: String {
    case consumed, undone
  }

  private struct PositionEntry {
    let partition: Int64
    let path: ExactText
    let run: RunID
    let definition: String
    let undone: RunID?
    var inputs: [PositionRole: [String: VersionReference]] = [:]

    var position: Position {
      Position(
        run: run, definition: definition, inputs: inputs[.consumed] ?? [:],
        undone: undone.map { UndoneBuild(run: $0, inputs: inputs[.undone] ?? [:]) })
    }
  }

  /// The output partitions whose position moved in a window of a job's runs, in the order of their paths.
  func moved(job: String, keys: [PartitionKey]?, in window: RunWindow) throws -> [Partition] {
    var partitions: [Partition] = []
    try forEachRow(Self.movedPartitions, [job, window.after, window.through]) {
      partitions.append(try $0.partition(0, keys))
    }
    return partitions
  }

  static let movedPartitions = """
    SELECT DISTINCT p.path
    FROM run r
    CROSS JOIN position e ON e.run = r.id
    CROSS JOIN output_partition p ON p.id = e.partition
    WHERE r.job = ? AND r.id > ? AND r.id <= ?
    ORDER BY p.path
    """

  /// The inputs of which files of output partitions ever counted as consumed, by the partitions' paths.
  func consumedInputs(
    job: String, of partitions: [ExactText]
  ) throws -> [ExactText: Set<ExactText>] {
    var inputs: [ExactText: Set<ExactText>] = [:]
    for path in partitions {
      try forEachRow(Self.inputsOfPositions, [job, path]) { row in
        let input: ExactText = try row.value(0, "position_input.input")
        inputs[path, default: []].insert(input)
      }
    }
    return inputs
  }

  static let inputsOfPositions = """
    SELECT DISTINCT i.input
    FROM output_partition p
    CROSS JOIN position e ON e.partition = p.id
    CROSS JOIN position_input i ON i.position = e.id AND i.role = 'consumed'
    WHERE p.job = ? AND p.path = ?
    """

  /// Moves a position without building, and records the work unit unless a commit of the same run has.
  func movePosition(_ move: PositionMove, run: RunID, job: String, reason: String) throws {
    try self.run(
      "INSERT INTO position (run, partition, definition, undone) VALUES (?, ?, ?, ?)",
      [
        run, try numberOfPartition(move.partition.path, job: job), move.definition,
        move.undone?.run,
      ])
    let position = lastInsertedRowID
    for (role, inputs) in [("consumed", move.inputs), ("undone", move.undone?.inputs ?? [:])] {
      for (input, version) in inputs {
        try self.run(
          "INSERT INTO position_input (position, role, input, version) VALUES (?, ?, ?, ?)",
          [position, role, input, try numberOfVersion(version)])
      }
    }
    let unit = WorkUnitRecord(
      partition: move.partition, state: .moved, rows: 0, bytes: 0, reason: reason, message: nil)
    _ = try insertUnit(unit, run: run, job: job)
  }
}
