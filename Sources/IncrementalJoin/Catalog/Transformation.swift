public import PartitionPredicate

/// What a job computes for each output partition.
public enum Transformation: Hashable, Sendable {
  /// A join of the inputs, in their order, on columns that all of them have.
  ///
  /// `select` lists SQL expressions over the inputs' names; nil keeps every column.
  case join(type: JoinType, on: [String], select: [String]?)
  /// Joins of every other input to the first one, each with its own condition, in order.
  ///
  /// `select` is as for a join on columns.
  case joinToFirst([JoinCondition], select: [String]?)
  /// One deterministic SELECT over the inputs' names.
  case sql(String)
}

extension Transformation {
  /// How every input but the first is joined; nil for `sql:`.
  public func conditions(inputs count: Int) -> [JoinCondition]? {
    switch self {
    case .sql: nil
    case .joinToFirst(let conditions, _): conditions
    case .join(let type, let on, _):
      Array(
        repeating: JoinCondition(type: type, on: on.map { JoinedColumns(first: $0, other: $0) }),
        count: max(0, count - 1))
    }
  }

  /// The expressions of the result's columns, for a join; nil for all columns.
  public var select: [String]? {
    switch self {
    case .sql: nil
    case .join(_, _, let select), .joinToFirst(_, let select): select
    }
  }
}

/// The SQL join of a job.
public enum JoinType: String, Hashable, Sendable, CaseIterable {
  case inner
  case left
  case right
  case full
}

/// How one input is joined to the first one.
public struct JoinCondition: Hashable, Sendable {
  /// Which rows without a partner stay; the first input is the left side.
  public let type: JoinType
  /// The columns that must be equal; NULL never is.
  public let on: [JoinedColumns]
  /// How the times must be related; nil where they do not matter.
  public let time: TimeCondition?

  /// Creates a condition.
  public init(type: JoinType, on: [JoinedColumns], time: TimeCondition? = nil) {
    self.type = type
    self.on = on
    self.time = time
  }
}

/// A column of the first input and the one of another input that must equal it.
public struct JoinedColumns: Hashable, Sendable {
  /// In the first input.
  @ExactText public var first: String
  /// In the other one.
  @ExactText public var other: String

  /// Creates a pair of columns.
  public init(first: String, other: String) {
    _first = ExactText(first)
    _other = ExactText(other)
  }
}
