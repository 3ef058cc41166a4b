/// Functions that read dates and instants from texts, and write them.
extension PredicateFunction {
  static let dateTexts = [
    // Without a pattern both are casts.
    PredicateFunction(
      "to_date", .list([.momentOrText], optional: [.pattern(.reading)]), .fixed(.date)
    ) { operands, _ in read(operands, by: readDate) ?? .cast(text(operands[0])) },
    PredicateFunction(
      "to_timestamp", .list([.moment], optional: [.pattern(.reading)]), .fixed(.timestamp)
    ) { operands, _ in read(operands, by: readTimestamp) ?? .cast(operands[0]) },
    PredicateFunction(
      "unix_timestamp", aliases: ["to_unix_timestamp"],
      .list([.moment], optional: [.pattern(.reading)]), .fixed(.bigint)
    ) { operands, _ in
      let pattern = PredicateNode.literal(.string("yyyy-MM-dd HH:mm:ss"), .string)
      return read(operands.count == 2 ? operands : operands + [pattern], by: readSeconds)
        ?? .call(seconds, [operands[0]])
    },
    dateFormat,
  ]

  /// The function `to_date(text, pattern)`.
  static let readDate = reading("to_date", .date) { microseconds in
    .date(days: Int(microseconds.floored(by: CivilDate.microsecondsADay)))
  }
  /// The function `to_timestamp(text, pattern)`.
  static let readTimestamp = reading("to_timestamp", .timestamp) { .timestamp(microseconds: $0) }
  /// The function `unix_timestamp(text, pattern)`: whole seconds from 1970 on, cut off towards it.
  static let readSeconds = reading("unix_timestamp", .bigint) { .integer($0 / 1_000_000) }

  /// The function `unix_timestamp(timestamp)`.
  static let seconds = PredicateFunction(
    "unix_timestamp", .list([.value(.timestamp)]), .fixed(.bigint),
    compute: { values in
      guard case .timestamp(let microseconds) = values[0] else { return .null }
      return .integer(microseconds / 1_000_000)
    },
    duckDB: { call throws(PredicateDialectError) in "(epoch_us(\(try call[0])) // 1000000)" })

  /// The function `date_format(timestamp, pattern)`.
  static let dateFormat = PredicateFunction(
    "date_format", .list([.value(.timestamp), .pattern(.writing)]), .fixed(.string),
    prepare: { call in
      let pattern = call.literal(1).flatMap { try? DatePattern($0, for: .writing) }
      return { values in
        guard case .timestamp(let microseconds) = values[0], let pattern else { return .null }
        return .string(pattern.text(of: microseconds))
      }
    },
    duckDB: { call throws(PredicateDialectError) in
      let value = try call[0]
      guard let pattern = call.call.literal(1).flatMap({ try? DatePattern($0, for: .writing) })
      else { return call.null }
      let text = pattern.duckDBText(of: value)
      // The folders of a key have four digits for a year.
      if case .key = call.call.operands[0].kind { return text }
      if !pattern.hasYear { return text }
      return "(CASE WHEN year(\(value)) BETWEEN 0 AND 9999 THEN \(text) WHEN \(value) IS NOT NULL "
        + "THEN error('a year of other than four digits is written only by Spark') END)"
    })

  /// The call that reads a text by a pattern; nil where there is none, or the first operand is a date or
  /// an instant already.
  private static func read(
    _ operands: [PredicateNode], by function: PredicateFunction
  ) -> PredicateNode.Kind? {
    guard operands.count == 2 else { return nil }
    let isMoment = operands[0].type == .date || operands[0].type == .timestamp
    return isMoment ? nil : .call(function, operands)
  }

  /// Other values than dates and instants as text.
  private static func text(_ operand: PredicateNode) -> PredicateNode {
    switch operand.type {
    case .date, .timestamp, .string, .null: operand
    default: PredicateNode(.cast(operand), .string, range: operand.range)
    }
  }

  private static func reading(
    _ name: String, _ type: ValueType, _ value: @escaping @Sendable (Int64) -> PartitionValue
  ) -> PredicateFunction {
    PredicateFunction(
      name, .list([.value(.string), .pattern(.reading)]), .fixed(type),
      prepare: { call in
        let pattern = call.literal(1).flatMap { try? DatePattern($0, for: .reading) }
        return { values in
          guard case .string(let text) = values[0] else { return .null }
          return pattern?.microseconds(of: text).map(value) ?? .null
        }
      },
      duckDB: { call throws(PredicateDialectError) in
        guard let text = call.call.literal(1), let pattern = try? DatePattern(text, for: .reading)
        else { return call.null }
        guard let instant = pattern.duckDBInstant(of: try call[0]) else {
          throw call.text.refusal(.datePattern(text), call.node)
        }
        switch call.call.type {
        case .date: return "CAST(\(instant) AS DATE)"
        case .bigint: return "(epoch_us(\(instant)) // 1000000)"
        default: return instant
        }
      })
  }
}
