import Foundation
import PartitionPredicate
import Synchronization

/// What DuckDB's catalog says of its functions: which are aggregates, and which do not follow from their
/// arguments.
final class FunctionCatalog: Sendable {
  private struct Function {
    var isAggregate = false
    var isVolatile = false
    /// What the definition of a macro calls.
    var calls: [SyntaxFacts.Call] = []
  }

  /// By name, lower case: aggregates, macros, and what is volatile.
  private let functions: [ExactText: Function]

  /// Functions that the catalog calls consistent, or by another name, although they follow from the clock, the
  /// settings, the library, chance, or how rows lie in memory.
  private static let surroundings: Set<ExactText> = [
    "current_localtime", "current_localtimestamp", "current_setting", "current_time",
    "current_timestamp", "getenv", "getvariable",
    "localtime", "localtimestamp", "reservoir_quantile", "vector_type", "version",
  ]

  /// Functions that the catalog calls volatile so that they are not computed too early.
  private static let harmless: Set<ExactText> = ["error"]

  /// The library does not change while the process lives.
  private static let cache = Mutex<FunctionCatalog?>(nil)

  /// The catalog of the library, which is read once a process.
  static func loaded(on connection: Connection) async throws -> FunctionCatalog {
    if let known = cache.withLock({ $0 }) { return known }
    let catalog = try await FunctionCatalog(
      rows: connection.query(
        """
        SELECT DISTINCT lower(function_name) AS name, function_type = 'aggregate' AS is_aggregate, \
        coalesce(stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY'), false) AS is_volatile, \
        CAST(json_serialize_sql('SELECT ' || macro_definition) AS VARCHAR) AS macro \
        FROM duckdb_functions() WHERE function_type IN ('aggregate', 'macro') \
        OR stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')
        """
      ).rows)
    cache.withLock { $0 = catalog }
    return catalog
  }

  private init(rows: [QueryRow]) throws {
    var functions: [ExactText: Function] = [:]
    for row in rows {
      let name = try row.text("name").exact
      var function = functions[name] ?? Function()
      if try row.flag("is_aggregate") { function.isAggregate = true }
      if try row.flag("is_volatile") { function.isVolatile = true }
      if let macro = try row.optionalText("macro"),
        let tree = try JSONSerialization.jsonObject(with: Data(macro.utf8)) as? [String: Any]
      {
        let facts = SyntaxFacts(of: tree)
        function.calls += facts.calls + facts.bareNames
      }
      functions[name] = function
    }
    self.functions = functions
  }

  func isAggregate(_ name: ExactText) -> Bool { functions[name]?.isAggregate ?? false }

  /// Whether a call is an aggregate, or a macro that calls one.
  func aggregates(_ call: SyntaxFacts.Call) -> Bool {
    calls(from: call).contains { functions[$0.name]?.isAggregate ?? false }
  }

  /// The function by which a call does not follow from its arguments: itself, or one that it calls as a macro;
  /// nil when it does.
  func volatile(_ call: SyntaxFacts.Call) -> ExactText? {
    calls(from: call).first { call in
      // With one argument it is the time until today.
      call.name == "age" && call.arguments == 1 || Self.surroundings.contains(call.name)
        || functions[call.name]?.isVolatile == true
    }?.name
  }

  /// A call and those in the definition of the macro that it is, each name once, outer ones first.
  private func calls(from call: SyntaxFacts.Call) -> [SyntaxFacts.Call] {
    var found: [SyntaxFacts.Call] = []
    var seen: Set<ExactText> = []
    func visit(_ call: SyntaxFacts.Call) {
      guard seen.insert(call.name).inserted, !Self.harmless.contains(call.name) else { return }
      found.append(call)
      for inner in functions[call.name]?.calls ?? [] { visit(inner) }
    }
    visit(call)
    return found
  }
}
