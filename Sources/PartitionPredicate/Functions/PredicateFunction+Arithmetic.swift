/// The operators of numbers, dates and intervals.
///
/// Without ANSI mode Spark's sums and products wrap at the ends of their type, and a division by zero is
/// NULL.
extension PredicateFunction {
  static let plus = operation("+", .sum) { $0 &+ $1 }
  static let minus = operation("-", .sum) { $0 &- $1 }
  static let times = operation("*", .product) { $0 &* $1 }

  static let remainder = PredicateFunction(
    "%", .list([.number, .number]), .number, form: .infix(.product),
    compute: { values in
      guard case .integer(let left) = values[0], case .integer(let right) = values[1],
        right != 0
      else { return .null }
      return .integer(right == -1 ? 0 : left % right)
    },
    duckDB: { call throws(PredicateDialectError) in
      "CAST(CAST(\(try call[0]) AS HUGEINT) % \(try call[1]) AS \(call.text.name(of: call.call.type)))"
    })

  /// The quotient of bigints without its fraction.
  static let div = PredicateFunction(
    "DIV", .list([.number, .number]), .fixed(.bigint), form: .infix(.product),
    compute: { values in
      guard case .integer(let left) = values[0], case .integer(let right) = values[1],
        right != 0
      else { return .null }
      return .integer(right == -1 ? 0 &- left : left / right)
    },
    duckDB: { call throws(PredicateDialectError) in
      wrapped("CAST(\(try call[0]) AS HUGEINT) // \(try call[1])", .bigint)
    })

  /// An instant and so many months, written as an interval.
  static let plusMonths = PredicateFunction(
    "INTERVAL MONTH", .list([.value(.timestamp), .value(.int)]), .fixed(.timestamp),
    form: .interval,
    compute: { values in
      guard case .timestamp(let microseconds) = values[0], case .integer(let months) = values[1]
      else { return .null }
      let day = microseconds.floored(by: CivilDate.microsecondsADay)
      let time = microseconds &- day &* CivilDate.microsecondsADay
      guard let moved = CivilDate(daysSinceEpoch: Int(day)).moved(months: Int(months)) else {
        return .null
      }
      return sum(Int64(moved), days: true, time)
    },
    duckDB: { call throws(PredicateDialectError) in
      "(\(try call[0]) + to_months(\(try call[1])))"
    })

  /// An instant and so many microseconds, written as an interval.
  static let plusTime = PredicateFunction(
    "INTERVAL SECOND", .list([.value(.timestamp), .value(.bigint)]), .fixed(.timestamp),
    form: .interval,
    compute: { values in
      guard case .timestamp(let start) = values[0], case .integer(let length) = values[1] else {
        return .null
      }
      return sum(start, days: false, length)
    },
    duckDB: { call throws(PredicateDialectError) in
      "(\(try call[0]) + to_microseconds(\(try call[1])))"
    })

  /// Days or microseconds and microseconds; NULL beyond 64 bits, where Spark ends with an error.
  private static func sum(_ start: Int64, days: Bool, _ length: Int64) -> PartitionValue {
    let (product, excess) = start.multipliedReportingOverflow(
      by: days ? CivilDate.microsecondsADay : 1)
    let (sum, overflow) = product.addingReportingOverflow(length)
    return excess || overflow ? .null : .timestamp(microseconds: sum)
  }

  private static func operation(
    _ sign: String, _ level: SparkText.Level,
    _ compute: @escaping @Sendable (Int64, Int64) -> Int64
  ) -> PredicateFunction {
    PredicateFunction(
      sign, .list([.number, .number]), .number, form: .infix(level),
      prepare: { call in
        let isInt = call.type == .int
        return { values in
          guard case .integer(let left) = values[0], case .integer(let right) = values[1] else {
            return .null
          }
          let result = compute(left, right)
          return .integer(isInt ? Int64(Int32(truncatingIfNeeded: result)) : result)
        }
      },
      duckDB: { call throws(PredicateDialectError) in
        let type = call.call.type == .int ? "BIGINT" : "HUGEINT"
        return wrapped("CAST(\(try call[0]) AS \(type)) \(sign) \(try call[1])", call.call.type)
      })
  }

  /// The low 32 or 64 bits of a number of twice the size.
  private static func wrapped(_ value: String, _ type: ValueType) -> String {
    let (bits, half, all) =
      type == .int
      ? ("4294967295", "2147483648", "4294967296")
      : ("18446744073709551615", "9223372036854775808", "18446744073709551616")
    let name = type == .int ? "INTEGER" : "BIGINT"
    return "CAST((((\(value)) & \(bits)) + \(half)) % \(all) - \(half) AS \(name))"
  }
}
