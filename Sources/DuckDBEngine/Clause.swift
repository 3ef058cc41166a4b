import Foundation
import IncrementalJoin
import PartitionPredicate

/// A piece of SQL that people wrote: the text of `sql:`, or one expression of `select:`.
struct Clause: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case sql
    /// Counted from 1.
    case select(Int)
  }

  let kind: Kind
  @ExactText var text: String
  /// A sentence for each thing that may give other rows of the same files.
  var warnings: [String] = []
  /// Whether it is an expression of one row's values: no aggregate, window or query, and no place or star, which
  /// stand for whatever columns there are.
  var isRowwise = false

  /// Checks that DuckDB parses the clause, that it is one SELECT over the inputs' names, or one expression,
  /// and that it follows from the inputs; `sql` is returned without a semicolon at its end.
  ///
  /// - Throws: `EngineError.definition`.
  func parsed(inputs: [JoinUnit.Input], on connection: Connection) async throws -> Clause {
    let prefix = kind == .sql ? "" : "SELECT "
    let tree = try await tree(of: prefix + text, prefix: prefix.utf8.count, on: connection)
    let statements = tree["statements"] as? [[String: Any]] ?? []
    guard statements.count == 1, let node = statements[0]["node"] as? [String: Any] else {
      throw definition("has \(statements.count) statements; write exactly one SELECT")
    }
    if case .select = kind {
      guard Self.isExpression(node) else {
        throw definition("is not one expression; write for example dep_delay > 15 AS late")
      }
    }
    try check(Tables(in: node), inputs: inputs.map(\.name))
    var clause = try await withoutSemicolon(on: connection)
    let facts = SyntaxFacts(of: node)
    clause.warnings = try await checkDeterminism(
      of: facts, offset: prefix.utf8.count,
      columns: inputs.flatMap { $0.columns.map(\.name) + $0.keys.map(\.name) },
      on: connection)
    if kind != .sql, !facts.looksBeyondRow {
      clause.isRowwise = true
      if !facts.calls.isEmpty {
        let catalog = try await FunctionCatalog.loaded(on: connection)
        clause.isRowwise = !facts.calls.contains { catalog.aggregates($0) }
      }
    }
    return clause
  }

  /// An error of this clause at a byte offset of its text.
  func definition(_ reason: String, at offset: Int? = nil) -> EngineError {
    let label =
      switch kind {
      case .sql: "sql:"
      case .select(let number): "select: expression \(number) (\(text))"
      }
    guard let offset, (0...text.utf8.count).contains(offset) else {
      return .definition("\(label) \(reason).")
    }
    let before = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
    let lines = before.exact.parts(separatedBy: "\n", omittingEmpty: false)
    return .definition(
      "\(label) line \(lines.count), column \((lines.last?.text.count ?? 0) + 1): \(reason).")
  }

  /// DuckDB's syntax tree of a text; only a SELECT has one.
  private func tree(of sql: String, prefix: Int, on connection: Connection) async throws
    -> [String: Any]
  {
    let row = try await connection.query(
      "SELECT CAST(json_serialize_sql(\(sql.sqlLiteral)) AS VARCHAR) AS tree"
    ).onlyRow()
    let json = try JSONSerialization.jsonObject(with: Data(try row.text("tree").utf8))
    guard let tree = json as? [String: Any], let isError = tree["error"] as? Bool else {
      throw AnswerError(problem: "it is not a syntax tree", sql: row.layout.sql)
    }
    guard isError else { return tree }
    let message = tree["error_message"] as? String ?? "cannot be parsed"
    guard tree["error_type"] as? String == "parser" else {
      throw definition("is not a SELECT; write exactly one SELECT over the inputs' names")
    }
    let position = (tree["position"] as? String).flatMap { Int($0) }.map { $0 - prefix }
    throw definition(DatabaseError.oneLine(message), at: position)
  }

  /// Removes the semicolon that ends a statement: DuckDB's parser tells which one it is.
  private func withoutSemicolon(on connection: Connection) async throws -> Clause {
    var candidate = text
    var end = text.endIndex
    while try await !isSelect("SELECT * FROM (\(candidate)\n)", on: connection) {
      guard let semicolon = text.unicodeScalars[..<end].lastIndex(where: { $0 == ";" }) else {
        return self
      }
      candidate = text
      candidate.unicodeScalars.remove(at: semicolon)
      end = semicolon
    }
    return Clause(kind: kind, text: candidate)
  }

  private func isSelect(_ sql: String, on connection: Connection) async throws -> Bool {
    do {
      _ = try await tree(of: sql, prefix: 0, on: connection)
      return true
    } catch is EngineError {
      return false
    }
  }

  private static func isExpression(_ node: [String: Any]) -> Bool {
    let from = node["from_table"] as? [String: Any]
    let absent = ["where_clause", "having", "qualify", "sample"].allSatisfy {
      node[$0] == nil || node[$0] is NSNull
    }
    let empty = ["modifiers", "group_expressions", "group_sets"].allSatisfy {
      (node[$0] as? [Any])?.isEmpty ?? true
    }
    return from?["type"] as? String == "EMPTY" && (node["select_list"] as? [Any])?.count == 1
      && absent && empty
  }

  private func check(_ tables: Tables, inputs: [String]) throws(EngineError) {
    let known = Set(inputs.map(\.exact.lowercased)).union(tables.defined)
    for (name, position) in tables.read where !known.contains(name.exact.lowercased) {
      throw definition(
        "there is no input \"\(name)\"; the inputs are \(inputs.joined(separator: ", "))",
        at: kind == .sql ? position : nil)
    }
    guard !tables.showsCatalog else {
      throw definition("SHOW is not allowed: a job reads its inputs and nothing else")
    }
    for name in tables.functions where !Tables.functionsWithoutFiles.contains(name.exact.lowercased)
    {
      throw definition(
        "the table function \(name) is not allowed: a job reads its inputs and nothing else")
    }
  }
}

/// What a syntax tree of DuckDB reads.
private struct Tables {
  private(set) var read: [(name: String, position: Int?)] = []
  /// The names of common table expressions, lower case.
  private(set) var defined: Set<ExactText> = []
  private(set) var functions: [String] = []
  /// Whether something reads the catalog, such as SHOW TABLES.
  private(set) var showsCatalog = false

  /// The table functions that read neither files nor the catalog.
  static let functionsWithoutFiles: Set<ExactText> = [
    "range", "generate_series", "unnest", "json_each", "json_tree", "repeat", "repeat_row",
  ]

  init(in node: [String: Any]) { visit(node) }

  private mutating func visit(_ value: Any) {
    if let list = value as? [Any] {
      for element in list { visit(element) }
      return
    }
    guard let node = value as? [String: Any] else { return }
    switch node["type"] as? String {
    case "BASE_TABLE":
      let parts = [node["catalog_name"], node["schema_name"], node["table_name"]]
      let name = parts.compactMap { $0 as? String }.filter { !$0.isEmpty }.joined(separator: ".")
      read.append((name, node["query_location"] as? Int))
    case "TABLE_FUNCTION":
      let function = node["function"] as? [String: Any]
      functions.append(function?["function_name"] as? String ?? "")
    case "SHOW_REF": if node["query"] is NSNull { showsCatalog = true }
    default: break
    }
    if let expressions = node["cte_map"] as? [String: Any] {
      for case let entry as [String: Any] in expressions["map"] as? [Any] ?? [] {
        if let key = entry["key"] as? String { defined.insert(key.exact.lowercased) }
      }
    }
    for child in node.values { visit(child) }
  }
}
