import IncrementalJoin
import PartitionPredicate
import Synchronization

/// Binds jobs against their inputs' columns, once for each definition.
final class JobBinder: Sendable {
  private let bound = Mutex<[JoinUnit.Definition: BoundJob]>([:])

  /// Binds the unit's job without reading data.
  ///
  /// - Throws: `EngineError.definition`.
  func bind(_ unit: JoinUnit, on connection: Connection) async throws -> BoundJob {
    let definition = JoinUnit.Definition(unit)
    if let job = bound.withLock({ $0[definition] }) { return job }
    guard let first = unit.inputs.first else {
      throw EngineError.definition("The job has no inputs. Name at least one under `inputs:`.")
    }
    var inputs: [JoinUnit.Input] = []
    var types: [ExactText: String] = [:]
    for input in unit.inputs {
      try await checkPatterns(of: input, on: connection)
      try checkHaloColumn(of: input)
      inputs.append(try await withOwnTypes(input, known: &types, on: connection))
    }
    let clauses = try await clauses(of: unit, on: connection)
    let query = try JoinQuery(
      [unit], relations: inputs.map { InputRelation(input: $0, groups: []) })
    // A star stands for hidden columns too.
    let columns = try await describe(query, clauses: clauses, on: connection).filter {
      query.firstJoin == nil || !$0.name.exact.begins(with: query.hiddenPrefix.exact)
    }
    try check(columns, keys: query.keys, first: first.name)
    let job = BoundJob(
      inputColumns: inputs.map(\.columns), clauses: clauses, columns: columns, types: unit.types)
    bound.withLock { $0[definition] = job }
    return job
  }

  /// The input with DuckDB's spelling of its columns' types: `int` is INTEGER.
  ///
  /// `known` holds the spellings found so far: tables have many columns of few types.
  ///
  /// - Throws: `EngineError.definition` for an unknown type, and for an input without columns.
  func withOwnTypes(
    _ input: JoinUnit.Input, known: inout [ExactText: String], on connection: Connection
  ) async throws -> JoinUnit.Input {
    guard !input.columns.isEmpty else {
      throw EngineError.definition(
        "The columns of the input \(input.name) are not known, as no file of its table was ever seen. "
          + "Declare them under `columns:` of the table.")
    }
    var columns: [Column] = []
    for column in input.columns {
      if let type = known[column.type.exact] {
        columns.append(Column(name: column.name, type: type))
        continue
      }
      let unknown = EngineError.definition(
        "The column \"\(column.name)\" of the input \(input.name) has the type \"\(column.type)\", "
          + "which DuckDB does not know. Declare another type under `columns:` of the table.")
      guard let type = try await ownType(column.type, on: connection) else { throw unknown }
      known[column.type.exact] = type
      columns.append(Column(name: column.name, type: type))
    }
    var input = input
    input.columns = columns.filter { input.keys.named($0.name) == nil }
    return input
  }

  /// DuckDB's spelling of a type; nil for an unknown one.
  func ownType(_ text: String, on connection: Connection) async throws -> String? {
    let probe = Clause(kind: .select(1), text: "CAST(NULL AS \(ColumnType(text).sql)\n)")
    do {
      _ = try await probe.parsed(inputs: [], on: connection)
      return try await Column(
        described: connection.query("DESCRIBE SELECT \(probe.text)").onlyRow()
      ).type
    } catch is DatabaseError {
      return nil
    } catch is EngineError {
      return nil
    }
  }

  /// Refuses a column for the halo that the input has already.
  ///
  /// - Throws: `EngineError.definition`.
  private func checkHaloColumn(of input: JoinUnit.Input) throws(EngineError) {
    guard let name = input.haloColumn,
      (input.columns.map(\.name) + input.keys.map(\.name)).contains(where: {
        $0.isSameName(as: name)
      })
    else { return }
    throw .definition(
      "The input \(input.name) has a column \"\(name)\" already. Give `halo:` of its window another name."
    )
  }

  /// Refuses patterns of dates that DuckDB does not know.
  ///
  /// - Throws: `EngineError.definition`.
  private func checkPatterns(of input: JoinUnit.Input, on connection: Connection) async throws {
    guard input.format == .csv else { return }
    let patterns = [
      ("date_format", input.csv.dateFormat), ("timestamp_format", input.csv.timestampFormat),
    ]
    for case (let name, let pattern?) in patterns {
      do {
        _ = try await connection.query("SELECT try_strptime('', \(pattern.sqlLiteral))")
      } catch let error as DatabaseError {
        throw EngineError.definition(
          "`csv: { \(name): }` of the input \(input.name) is not a pattern that DuckDB reads: "
            + "\(error.sentence). Write it as strftime does, such as %d/%m/%Y.")
      }
    }
  }

  private func clauses(of unit: JoinUnit, on connection: Connection) async throws -> [Clause] {
    let written: [Clause] =
      switch unit.transformation {
      case .sql(let text): [Clause(kind: .sql, text: text)]
      case .join(_, _, let select), .joinToFirst(_, let select):
        (select ?? []).enumerated().map {
          Clause(kind: .select($0.offset + 1), text: $0.element)
        }
      }
    var clauses: [Clause] = []
    for clause in written {
      clauses.append(try await clause.parsed(inputs: unit.inputs, on: connection))
    }
    return clauses
  }

  /// The names and types that DuckDB finds, with names as written: a subquery would rename a second `a`.
  private func describe(_ query: JoinQuery, clauses: [Clause], on connection: Connection)
    async throws -> [Column]
  {
    let text: String
    if case .sql = query.transformation {
      let views = query.relations.map {
        "CREATE OR REPLACE TEMP VIEW \($0.input.name.sqlIdentifier) AS \(query.select($0))"
      }
      _ = try await connection.query(views.joined(separator: ";\n"))
      text = "DESCRIBE \(clauses.first?.text ?? "")"
    } else {
      text = "DESCRIBE \(try query.prefix())\(try query.body(clauses: clauses))"
    }
    do {
      let rows = try await connection.query(text).rows
      return try rows.map { try Column(described: $0) }
    } catch let error as DatabaseError {
      throw definition(error, in: text, clauses: clauses)
    }
  }

  /// Finds the clause and the place in it that DuckDB complains about: clauses stand in the text in
  /// their order, behind the inputs.
  private func definition(_ error: DatabaseError, in text: String, clauses: [Clause])
    -> EngineError
  {
    var end = text.endIndex
    for clause in clauses.reversed() {
      guard let range = text[..<end].exact.range(ofLast: clause.text.exact) else { break }
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      if let position = error.position, position >= start {
        return clause.definition(error.sentence, at: position - start)
      }
      end = range.lowerBound
    }
    return clauses.first?.definition(error.sentence)
      ?? .definition("The join does not fit its inputs: \(error.sentence).")
  }

  private func check(_ columns: [Column], keys: [PartitionKey], first: String) throws(EngineError) {
    var seen: Set<ExactText> = []
    for column in columns where !seen.insert(column.name.exact.lowercased).inserted {
      throw .definition(
        "The result has two columns called \"\(column.name)\" (names ignore case). Give one of them "
          + "another name, for example \(first).\(column.name) AS \(first)_\(column.name).")
    }
    guard columns.contains(where: { keys.named($0.name) == nil }) else {
      throw .definition(
        "The result has no columns except the partition keys. Select at least one more.")
    }
  }
}

extension JoinUnit {
  /// What the units of a job have in common: everything but their partitions and files.
  struct Definition: Hashable {
    let transformation: Transformation
    /// Without members.
    let inputs: [Input]
    let keys: [PartitionKey]
    let types: OutputTypes

    init(_ unit: JoinUnit) {
      transformation = unit.transformation
      inputs = unit.inputs.map { input in
        var input = input
        input.members = []
        return input
      }
      keys = unit.partition.keys
      types = unit.types
    }
  }
}
