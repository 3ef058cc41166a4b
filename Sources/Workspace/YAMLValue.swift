import Yams

/// A value of the file with its position: nothing, text, a list or a mapping.
struct YAMLValue {
  let node: Node
  /// The true names of keys that were parsed under another one, by position.
  let names: [Position: String]

  var position: Position {
    guard let mark = node.mark else { return .start }
    return Position(line: mark.line, column: mark.column)
  }

  var kind: Mistake.NodeKind {
    switch node {
    case .scalar: text == nil ? .nothing : .text
    case .sequence: .list
    case .mapping: .mapping
    case .alias: .nothing
    }
  }

  /// The text as it was written; nil for a list, a mapping, and what YAML takes for null.
  var text: String? {
    guard case .scalar(let scalar) = node else { return nil }
    if let name = names[position] { return name }
    let isNull = ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    return isNull && scalar.style == .plain ? nil : scalar.string
  }

  /// Whether it is a text in quotes.
  var isQuoted: Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.style == .singleQuoted || scalar.style == .doubleQuoted
  }

  /// Whether it is a mapping whose entries stand on lines of their own.
  ///
  /// Such a one begins with its first key, and not with a brace; the parser does not tell the style.
  var isBlock: Bool { pairs.first?.key.position == position }

  /// Whether it means the same as another one, wherever both are.
  func isSame(as other: YAMLValue) -> Bool { node == other.node }

  /// The spelling of YAML's null here, such as `NULL`; nil for everything else.
  var plainNull: String? {
    guard case .scalar(let scalar) = node, text == nil else { return nil }
    return scalar.string
  }

  var items: [YAMLValue] {
    guard case .sequence(let sequence) = node else { return [] }
    return sequence.map { YAMLValue(node: $0, names: names) }
  }

  var pairs: [(key: YAMLValue, value: YAMLValue)] {
    guard case .mapping(let mapping) = node else { return [] }
    return mapping.map {
      (YAMLValue(node: $0.key, names: names), YAMLValue(node: $0.value, names: names))
    }
  }
}
