import GRDB
import IncrementalJoin
import PartitionPredicate
import TestSupport

@testable import Ledger

extension PreparedPublish {
  /// As an earlier Dovetail could write it: without content.
  var ofV1: PreparedPublish {
    PreparedPublish(
      run: run, partition: partition, action: action, state: state, definition: definition,
      inputs: inputs, position: position, content: nil, rows: rows, bytes: bytes, reason: reason,
      readingRules: 1)
  }

  var lineageOfV1: Lineage { ofV1.lineage }
}

extension Database {
  /// Runs 1 and 2, and run 3 that died with two publishes under way.
  func fillV1() throws {
    for (run, kind, state) in [(1, "run", "succeeded"), (2, "rerun", "succeeded")] {
      try execute(
        sql: """
          INSERT INTO run VALUES (?, 'joined', ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run, kind, "plan-\(run)", state, 1000 * run, 1000 * run + 1, 1000 * run + 2, 10 * run,
          run,
        ])
    }
    try execute(
      sql: """
        INSERT INTO run VALUES (3, 'joined', 'run', 'plan-3', 'running', 3000, 3001, NULL, 0, 0);
        INSERT INTO lease SELECT id, 'user ' || id, 'h', 1, '/w', started_at, finished_at FROM run;
        INSERT INTO output_partition VALUES (1, 'joined', 'day=1'), (2, 'joined', 'day=2'),
          (3, 'joined', 'day=3');
        INSERT INTO pinned_table VALUES ('flights');
        INSERT INTO table_column VALUES ('flights', 0, 'origin', 'VARCHAR');
        """)
    try insertV1(publish("day=1", run: 1), state: "committed")
    try insertV1(publish("day=1", run: 2, content: 2), state: "committed")
    try insertV1(publish("day=2", run: 2, rows: 0), state: "committed")
    try insertV1(publish("day=3", run: 2, content: 9), state: "rolled_back")
    try execute(sql: "INSERT INTO work_unit VALUES (2, 3, 'failed', 0, 0, '', 'no luck')")
    try insertV1(publish("day=1", run: 3, content: 3), state: "prepared")
    try insertV1(publish("day=3", run: 3, rows: 0), state: "prepared")
  }

  /// A journal entry as the second schema had it.
  func insertV2(_ publish: PreparedPublish, partition: Int, state: String) throws {
    let columns = ActionColumns(publish.action)
    try execute(
      sql: """
        INSERT INTO publish VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)
        """,
      arguments: [
        publish.run, partition, state, publish.state.rawValue, columns.name,
        columns.staged?.oldDevice, columns.staged?.oldInode, columns.published?.oldDevice,
        columns.published?.oldInode, publish.definition, publish.position?.definition,
        try publish.content.map(numberOfOldVersion), publish.rows, publish.bytes, publish.reason,
      ])
    let entry = lastInsertedRowID
    for role in ["read", "consumed"] {
      for (input, version) in publish.inputs {
        try execute(
          sql: "INSERT INTO publish_input VALUES (?, ?, ?, ?, NULL)",
          arguments: [entry, role, input, try numberOfOldVersion(version)])
      }
    }
    for match in publish.matches {
      try execute(
        sql: "INSERT INTO publish_match VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          entry, match.left, match.right, match.leftRows, match.rightRows, match.leftMatched,
          match.rightMatched, match.pairs, match.fanOut,
        ])
    }
  }

  /// A journal entry, and what its commit wrote.
  private func insertV1(_ publish: PreparedPublish, state: String) throws {
    let partition = try numberOfPartition(publish.partition.path, job: "joined")
    let columns = ActionColumns(publish.action)
    try execute(
      sql: "INSERT INTO publish VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        publish.run, partition, state, columns.name, columns.staged?.oldDevice,
        columns.staged?.oldInode, columns.published?.oldDevice, columns.published?.oldInode,
        publish.definition, publish.rows, publish.bytes, publish.reason,
      ])
    var owners = [("publish", lastInsertedRowID)]
    if state == "committed" {
      try execute(
        sql: "INSERT INTO lineage VALUES (NULL, ?, ?, ?, ?, ?)",
        arguments: [publish.run, partition, publish.definition, publish.rows, publish.bytes])
      owners.append(("lineage", lastInsertedRowID))
      try execute(
        sql: "INSERT INTO position VALUES (NULL, ?, ?, ?)",
        arguments: [publish.run, partition, publish.definition])
      owners.append(("position", lastInsertedRowID))
      try execute(
        sql: "INSERT INTO work_unit VALUES (?, ?, ?, ?, ?, ?, NULL)",
        arguments: [
          publish.run, partition, publish.state.rawValue, publish.rows, publish.bytes,
          publish.reason,
        ])
    }
    for (table, owner) in owners {
      for (input, version) in publish.inputs {
        try execute(
          sql: "INSERT INTO \(table)_input VALUES (?, ?, ?)",
          arguments: [owner, input, try numberOfOldVersion(version)])
      }
    }
  }

  /// The number of a version, which is stored as it was before the fifth schema unless it is known.
  private func numberOfOldVersion(_ version: PartitionVersion) throws -> Int64 {
    let known = try Int64.fetchOne(
      self, sql: "SELECT number FROM version WHERE id = ? AND identity = ?",
      arguments: [version.id, version.identity])
    if let known { return known }
    try execute(
      sql: "INSERT INTO version (id, identity) VALUES (?, ?)",
      arguments: [version.id, version.identity])
    let number = lastInsertedRowID
    for file in version.files {
      try execute(
        sql: "INSERT INTO version_file VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          number, file.path, file.size, file.modified, file.stamp?.oldNumbers[0],
          file.stamp?.oldNumbers[1], file.digest,
        ])
    }
    return number
  }
}

extension ExactText {
  /// The numbers of a local stamp or token as ledgers kept them before the sixth schema: in the bit pattern of
  /// signed ones.
  var oldNumbers: [Int64] {
    parts(separatedBy: " ").compactMap { word in
      UInt64(word.text).map { Int64(bitPattern: $0) } ?? Int64(word.text)
    }
  }
}

extension StoreToken {
  var oldDevice: Int64? { text.oldNumbers.first }
  var oldInode: Int64? { text.oldNumbers.last }
}
