import GRDB
import IncrementalJoin

extension Database {
  /// Writes a journal entry with everything that its commit needs, and stores its versions unless they are
  /// known.
  func insertPublish(_ publish: PreparedPublish, partition: Int64, state: String) throws {
    let columns = ActionColumns(publish.action)
    try run(
      """
      INSERT INTO publish (run, partition, state, unit_state, action, staged_token,
        published_token, definition, position_definition, undone, content, rows, bytes, reason,
        reading_rules, types, removal_allowed, adopted_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        publish.run, partition, state, publish.state.rawValue, columns.name,
        columns.staged, columns.published, publish.definition, publish.position?.definition,
        publish.position?.undone?.run, try publish.content.map(numberOfVersion), publish.rows,
        publish.bytes, publish.reason, publish.readingRules, publish.types?.rawValue,
        publish.isRemovalAllowed, publish.adoptedBy,
      ])
    let entry = lastInsertedRowID
    for (role, inputs) in [
      ("read", publish.inputs), ("consumed", publish.position?.inputs ?? [:]),
      ("undone", publish.position?.undone?.inputs ?? [:]),
    ] {
      for (input, version) in inputs {
        try run(
          """
          INSERT INTO publish_input (publish, role, input, version, row_digest)
          VALUES (?, ?, ?, ?, ?)
          """,
          [
            entry, role, input, try numberOfVersion(version),
            role == "read" ? publish.rowDigests[input] : nil,
          ])
      }
    }
    for (ordinal, match) in publish.matches.enumerated() {
      try run(
        "INSERT INTO publish_match VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
          entry, ordinal, match.left, match.right, match.leftRows, match.rightRows,
          match.leftMatched, match.rightMatched, match.pairs, match.fanOut,
        ])
    }
  }
}
