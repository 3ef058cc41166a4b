import PartitionPredicate

extension JobDefinition {
  /// A SHA-256 over everything in the definition that decides the published rows.
  ///
  /// Locations and limits are left out: moving a workspace or raising a limit changes no row.
  public var fingerprint: String {
    var digest = SHA256()
    func add(_ parts: String...) {
      for part in parts { digest.update("\(part.utf8.count):\(part)") }
    }
    for input in inputs {
      add("input", input.name, input.table.name, input.table.format.rawValue)
      if input.table.format == .csv {
        for difference in input.table.csv.differences { add("csv", difference) }
      }
      // characters: ledgers hold fingerprints that were made so
      for key in input.table.keys { add("key", key.name.lowercased(), key.type.description) }
      for column in input.table.columns ?? [] { add("column", column.name, column.type) }
    }
    switch transformation {
    case .sql(let text): add("sql", text)
    case .join(let type, let columns, let select):
      add("join", type.rawValue)
      for column in columns { add("on", column) }
      for expression in select ?? [] { add("select", expression) }
    }
    for key in output.keys { add("output", key.name, key.type.description) }
    return digest.finalize()
  }
}
