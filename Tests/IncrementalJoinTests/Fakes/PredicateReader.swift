@testable import IncrementalJoin

/// Evaluates the text of a predicate over int keys as SQL does, AND before OR, without the
/// predicate's own types: a second opinion about its parentheses.
struct PredicateReader {
  struct Unreadable: Error {
    let token: String
  }

  private let tokens: [String]

  init(_ text: String) {
    let spaced = ["(", ")", ",", "=="].reduce(text) { $0.replacing($1, with: " \($1) ") }
    tokens = spaced.replacing("'", with: "").lowercased().split(separator: " ").map(String.init)
  }

  func selects(_ partition: Partition) throws -> Bool {
    var rest = tokens[...]
    let answer = try disjunction(&rest, partition)
    if let token = rest.first { throw Unreadable(token: token) }
    return answer
  }

  private func disjunction(_ rest: inout ArraySlice<String>, _ row: Partition) throws -> Bool {
    var answer = try conjunction(&rest, row)
    while rest.first == "or" {
      rest.removeFirst()
      answer = try conjunction(&rest, row) || answer
    }
    return answer
  }

  private func conjunction(_ rest: inout ArraySlice<String>, _ row: Partition) throws -> Bool {
    var answer = try term(&rest, row)
    while rest.first == "and" {
      rest.removeFirst()
      answer = try term(&rest, row) && answer
    }
    return answer
  }

  private func term(_ rest: inout ArraySlice<String>, _ row: Partition) throws -> Bool {
    switch try take(&rest) {
    case "(":
      let answer = try disjunction(&rest, row)
      try expect(")", &rest)
      return answer
    case "false": return false
    case let name:
      guard let column = row[name] else { throw Unreadable(token: name) }
      let value: Int64? = if case .integer(let number) = column { number } else { nil }
      return try comparison(of: value, &rest)
    }
  }

  private func comparison(of value: Int64?, _ rest: inout ArraySlice<String>) throws -> Bool {
    switch try take(&rest) {
    case "=", "==":
      return value == (try number(&rest))
    case "is":
      try expect("null", &rest)
      return value == nil
    case "between":
      let low = try number(&rest)
      try expect("and", &rest)
      let high = try number(&rest)
      return value.map { low <= $0 && $0 <= high } ?? false
    case "in":
      try expect("(", &rest)
      var list = [try number(&rest)]
      while rest.first == "," {
        rest.removeFirst()
        list.append(try number(&rest))
      }
      try expect(")", &rest)
      return value.map(list.contains) ?? false
    case let token: throw Unreadable(token: token)
    }
  }

  private func take(_ rest: inout ArraySlice<String>) throws -> String {
    guard let token = rest.popFirst() else { throw Unreadable(token: "the end") }
    return token
  }

  private func expect(_ token: String, _ rest: inout ArraySlice<String>) throws {
    let found = try take(&rest)
    if found != token { throw Unreadable(token: found) }
  }

  private func number(_ rest: inout ArraySlice<String>) throws -> Int64 {
    let token = try take(&rest)
    guard let number = Int64(token) else { throw Unreadable(token: token) }
    return number
  }
}
