import Foundation
import PartitionPredicate

/// What a syntax tree of DuckDB says of a query, as far as it decides whether the same files give the same
/// rows.
struct SyntaxFacts {
  struct Call: Hashable {
    /// Lower case, without a schema.
    let name: ExactText
    let arguments: Int
    /// A byte offset; nil where the tree has none.
    let position: Int?
  }

  /// A LIMIT, or a DISTINCT ON, which keeps some rows of many.
  struct Cut: Hashable {
    /// `LIMIT` or `DISTINCT ON`.
    let name: String
    let position: Int?
    let isOrdered: Bool
    /// The functions that the query's columns are, when it groups by nothing: aggregates have one row.
    let onlyCalls: [String]?
  }

  /// Every function, in the order of the text as far as the tree has it; aggregates and windows too.
  private(set) var calls: [Call] = []
  /// Names that stand alone and are functions where no column is called so, such as `current_date`.
  private(set) var bareNames: [Call] = []
  /// The names that the text itself gives to columns and tables, lower case.
  private(set) var aliases: Set<ExactText> = []
  /// Samples of tables and of results.
  private(set) var samples: [Int?] = []
  private(set) var cuts: [Cut] = []
  /// Aggregates and windows whose result depends on an order, without one.
  private(set) var unordered: [Call] = []
  /// Whether something has more to say than one row's named values: a window, a query, a star, a column by its
  /// place.
  private(set) var looksBeyondRow = false

  init(of node: [String: Any]) {
    visit(node)
    // A tree's parts come in no order.
    let end = Int.max
    calls.sort { ($0.position ?? end, $0.name) < ($1.position ?? end, $1.name) }
    bareNames.sort { ($0.position ?? end, $0.name) < ($1.position ?? end, $1.name) }
    unordered.sort { ($0.position ?? end, $0.name) < ($1.position ?? end, $1.name) }
    samples.sort { ($0 ?? end) < ($1 ?? end) }
    cuts.sort { ($0.position ?? end, $0.name) < ($1.position ?? end, $1.name) }
  }

  /// The names that DuckDB takes for functions without parentheses.
  static let functionsWithoutParentheses: Set<ExactText> = [
    "current_catalog", "current_date", "current_role", "current_schema", "current_time",
    "current_timestamp", "current_user", "localtime", "localtimestamp", "session_user", "user",
  ]

  private static let orderedAggregates: Set<ExactText> = [
    "any_value", "arbitrary", "array_agg", "first", "group_concat", "json_group_array",
    "json_group_object", "last", "list", "listagg", "string_agg",
  ]

  private static let orderedWindows = orderedAggregates.union([
    "first_value", "lag", "last_value", "lead", "nth_value", "ntile", "row_number",
  ])

  /// What DuckDB's parser makes of an ORDER BY inside `list()`; people write them, too.
  private static let sorts: Set<ExactText> = [
    "array_reverse_sort", "array_sort", "list_reverse_sort", "list_sort",
  ]

  private mutating func visit(_ value: Any, isExists: Bool = false, isSorted: Bool = false) {
    if let list = value as? [Any] {
      for element in list { visit(element, isSorted: isSorted) }
      return
    }
    guard let node = value as? [String: Any] else { return }
    let position = node["query_location"] as? Int
    let names = node["column_names"] as? [String] ?? []
    if let alias = (node["alias"] as? String)?.exact.lowercased, !alias.isEmpty,
      // What is called as it is already is no other column.
      names.count != 1 || names[0].exact.lowercased != alias
    {
      aliases.insert(alias)
    }
    for key in ["aliases", "column_name_alias"] {
      for case let alias as String in node[key] as? [Any] ?? [] {
        aliases.insert(alias.exact.lowercased)
      }
    }
    if node["sample"] is [String: Any] {
      let table = node["from_table"] as? [String: Any]
      samples.append(position ?? table?["query_location"] as? Int)
    }
    switch node["class"] as? String {
    case "SUBQUERY", "STAR", "POSITIONAL_REFERENCE": looksBeyondRow = true
    case "FUNCTION" where node["is_operator"] as? Bool == true: break
    case "FUNCTION":
      note(
        call: node, position, order: node["order_bys"], isSorted ? [] : Self.orderedAggregates)
    case "WINDOW":
      looksBeyondRow = true
      note(call: node, position, order: node["orders"], Self.orderedWindows)
    case "COLUMN_REF":
      if names.count == 1 {
        let name = names[0].exact.lowercased
        if Self.functionsWithoutParentheses.contains(name) {
          bareNames.append(Call(name: name, arguments: 0, position: position))
        }
      }
    default: break
    }
    if !isExists, node["modifiers"] is [Any] { noteCut(of: node) }
    let kind = node["subquery_type"] as? String
    let isSort = Self.sorts.contains((node["function_name"] as? String ?? "").exact.lowercased)
    for (key, child) in node {
      let query = key == "subquery" && kind?.exact.ends(with: "EXISTS") == true
      if query, let inner = (child as? [String: Any])?["node"] {
        visit(inner, isExists: true)
      } else {
        visit(child, isSorted: key == "children" && isSort)
      }
    }
  }

  private mutating func note(
    call node: [String: Any], _ position: Int?, order: Any?, _ ordered: Set<ExactText>
  ) {
    let name = (node["function_name"] as? String ?? "").exact.lowercased
    let call = Call(
      name: name, arguments: (node["children"] as? [Any])?.count ?? 0, position: position)
    calls.append(call)
    let orders = (order as? [String: Any])?["orders"] as? [Any] ?? order as? [Any] ?? []
    let own = (node["arg_orders"] as? [Any]) ?? []
    if ordered.contains(name), orders.isEmpty, own.isEmpty { unordered.append(call) }
  }

  private mutating func noteCut(of node: [String: Any]) {
    let modifiers = (node["modifiers"] as? [Any] ?? []).compactMap { $0 as? [String: Any] }
    func modifier(_ types: String...) -> [String: Any]? {
      modifiers.first { types.contains($0["type"] as? String ?? "") }
    }
    let orders = modifier("ORDER_MODIFIER")?["orders"] as? [[String: Any]] ?? []
    let columns = node["select_list"] as? [[String: Any]] ?? []
    if Self.isTotal(orders.compactMap { $0["expression"] as? [String: Any] }, columns: columns) {
      return
    }
    let isGrouped = (node["group_expressions"] as? [Any])?.isEmpty == false
    let names = columns.compactMap { column -> String? in
      column["class"] as? String == "FUNCTION" ? column["function_name"] as? String : nil
    }
    let onlyCalls = isGrouped || names.count != columns.count || names.isEmpty ? nil : names
    if let limit = modifier("LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER") {
      let bound = limit["limit"] as? [String: Any] ?? limit["offset"] as? [String: Any] ?? [:]
      let value = (bound["value"] as? [String: Any])?["value"] as? Int
      guard value != 0 || limit["limit"] is NSNull else { return }
      cuts.append(
        Cut(
          name: "LIMIT", position: bound["query_location"] as? Int, isOrdered: !orders.isEmpty,
          onlyCalls: onlyCalls))
    }
    let targets = modifier("DISTINCT_MODIFIER")?["distinct_on_targets"] as? [Any] ?? []
    if let first = targets.first as? [String: Any] {
      cuts.append(
        Cut(
          name: "DISTINCT ON", position: first["query_location"] as? Int,
          isOrdered: orders.count > targets.count, onlyCalls: nil))
    }
  }

  /// Whether rows that are equal in an order are equal in all columns.
  private static func isTotal(_ orders: [[String: Any]], columns: [[String: Any]]) -> Bool {
    if orders.contains(where: { $0["class"] as? String == "STAR" }) { return true }
    guard !orders.isEmpty, !columns.isEmpty else { return false }
    let ordered = orders.map(bare)
    return columns.enumerated().allSatisfy { index, column in
      guard column["class"] as? String != "STAR" else { return false }
      let alias = column["alias"] as? String ?? ""
      return ordered.contains { order in
        let names = order["column_names"] as? [String]
        let place = (order["value"] as? [String: Any])?["value"] as? Int
        return spelled(order) == spelled(bare(column)) || place == index + 1
          || (!alias.isEmpty && names?.count == 1
            && names?[0].isSameName(as: alias) == true)
      }
    }
  }

  /// One text for one expression.
  private static func spelled(_ node: [String: Any]) -> Data? {
    try? JSONSerialization.data(withJSONObject: node, options: .sortedKeys)
  }

  /// An expression without its place and name.
  private static func bare(_ node: [String: Any]) -> [String: Any] {
    node.filter { $0.key != "query_location" && $0.key != "alias" }.mapValues { value in
      if let node = value as? [String: Any] { return bare(node) }
      if let list = value as? [Any] {
        return list.map { ($0 as? [String: Any]).map(bare) ?? $0 }
      }
      return value
    }
  }
}
