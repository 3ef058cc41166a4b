import IncrementalJoin
import PartitionPredicate

extension Clause {
  /// Refuses what does not follow from the inputs, and finds what may not: a partition that is built again
  /// from the same files must have the same rows.
  ///
  /// Functions are looked up in DuckDB's own catalog, macros through their definitions.
  ///
  /// - Parameters:
  ///   - facts: What the clause's syntax tree says; its places count from the start of what was parsed.
  ///   - offset: How many bytes stand there before the clause's own text.
  ///   - columns: The names of the inputs' columns.
  ///   - connection: Where the catalog is asked.
  /// - Returns: A sentence for each thing that may give other rows.
  /// - Throws: `EngineError.definition`.
  func checkDeterminism(
    of facts: SyntaxFacts, offset: Int, columns: [String], on connection: Connection
  ) async throws -> [String] {
    func place(_ position: Int?) -> Int? { position.map { $0 - offset } }
    if let sample = facts.samples.first {
      throw definition(
        "a sample takes different rows every time. Filter by the rows themselves instead, for example "
          + "hash(id) % 10 = 0",
        at: place(sample))
    }
    let known = facts.aliases.union(columns.map(\.exact.lowercased))
    let bareNames = facts.bareNames.filter { !known.contains($0.name) }
    guard !facts.calls.isEmpty || !bareNames.isEmpty || !facts.cuts.isEmpty else { return [] }
    let catalog = try await FunctionCatalog.loaded(on: connection)
    for call in facts.calls + bareNames {
      guard let cause = catalog.volatile(call) else { continue }
      let own = bareNames.contains(call) ? call.name.text : "\(call.name)()"
      throw definition(
        "\(own)\(cause == call.name ? "" : ", which calls \(cause),") does not follow from the inputs: "
          + "the same files would give other rows at another time or place. Take a column of an input, or "
          + "write the value itself",
        at: place(call.position))
    }
    let cuts = facts.cuts.filter { cut in
      cut.onlyCalls.map { !$0.allSatisfy { catalog.isAggregate($0.exact.lowercased) } } ?? true
    }
    return cuts.map { warning($0.sentence, at: place($0.position)) }
      + facts.unordered.map { call in
        warning(
          "\(call.name)() depends on the order in which rows are read, which is not the same every time. "
            + "Give it an ORDER BY of columns that name every row",
          at: place(call.position))
      }
  }

  private func warning(_ reason: String, at position: Int?) -> String {
    definition(reason, at: position).description
  }
}

extension SyntaxFacts.Cut {
  fileprivate var sentence: String {
    isOrdered
      ? "\(name) keeps any of the rows that are equal in ORDER BY, and others the next time, unless its "
        + "columns name every row. ORDER BY ALL orders by all columns"
      : "\(name) without ORDER BY keeps any of the rows, and others the next time. Order by columns that name "
        + "every row, or by all columns with ORDER BY ALL"
  }
}
