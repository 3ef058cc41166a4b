public import PartitionPredicate

/// The type of a column as a tree that is independent of engines: each engine translates it.
///
/// Spellings with the same meaning are the same type: `bigint`, `INT8` and `long` are `BIGINT`, and `numeric( 10,2 )`
/// is `DECIMAL(10,2)`. The names are those of SQL, and DuckDB's where SQL has none.
public indirect enum ColumnType: Hashable, Sendable {
  /// A type without parts, in upper case: `BIGINT`, `DECIMAL(18,3)`, `ENUM('a', 'b')`; as written when its spelling
  /// cannot be parsed.
  case scalar(String)
  /// Any number of values of one type.
  case list(ColumnType)
  /// A fixed number of values of one type.
  case array(ColumnType, Int)
  /// Fields in their order.
  case structure([Field])
  /// Values by key.
  case map(ColumnType, ColumnType)
  /// One of several types.
  case union([Field])

  /// A named part of a structure or union.
  public struct Field: Hashable, Sendable {
    /// Without quotes.
    @ExactText public var name: String
    /// The type of the part.
    public let type: ColumnType

    /// Creates a field.
    public init(name: String, type: ColumnType) {
      _name = ExactText(name)
      self.type = type
    }
  }

  /// Parses a type as people or engines spell it; anything that cannot be parsed is a scalar.
  public init(_ text: String) {
    var parser = ColumnTypeParser(text)
    self = parser.parse() ?? .scalar(text)
  }

  /// The neutral spelling, from which fingerprints are made: every field's name is in quotes.
  public var spelling: String {
    spelling { "\"\($0.exact.replacing(every: "\"", with: "\"\""))\"" }
  }

  /// The type, with the names of fields spelled by the given function.
  public func spelling(name: (String) -> String) -> String {
    func list(_ fields: [Field]) -> String {
      fields.map { "\(name($0.name)) \($0.type.spelling(name: name))" }.joined(separator: ", ")
    }
    return switch self {
    case .scalar(let text): text
    case .list(let element): "\(element.spelling(name: name))[]"
    case .array(let element, let count): "\(element.spelling(name: name))[\(count)]"
    case .structure(let fields): "STRUCT(\(list(fields)))"
    case .union(let fields): "UNION(\(list(fields)))"
    case .map(let key, let value):
      "MAP(\(key.spelling(name: name)), \(value.spelling(name: name)))"
    }
  }

  /// Whether it is, inside and out, of types that have a name here.
  public var isKnown: Bool {
    switch self {
    case .scalar(let text):
      ColumnTypeParser.names[text.exact] != nil
        || text.exact.ends(with: ")")
          && ["DECIMAL(", "ENUM("].contains { text.exact.begins(with: $0) }
    case .list(let element), .array(let element, _): element.isKnown
    case .structure(let fields), .union(let fields): fields.allSatisfy(\.type.isKnown)
    case .map(let key, let value): key.isKnown && value.isKnown
    }
  }
}
