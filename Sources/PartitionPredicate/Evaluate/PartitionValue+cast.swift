extension PartitionValue {
  /// The value as another type, by the rules of Spark 3.5's CAST with ANSI mode off and the session
  /// time zone UTC.
  ///
  /// - Parameters:
  ///   - from: The type of the value; `.null` values have every type.
  ///   - to: The type of the result. `.double` is no type of values, its result is NULL.
  ///   - today: The date of a time without one, such as `12:30:00`, in days since 1970-01-01.
  /// - Returns: NULL where the value cannot be converted, for example `abc` as an int.
  public func cast(from: ValueType, to: ValueType, today: Int) -> PartitionValue {
    if self == .null || from == to { return self }
    return switch to {
    case .null, .double: .null
    case .boolean: Cast.boolean(self)
    case .int: Cast.int(self)
    case .bigint: Cast.bigint(self)
    case .decimal(let precision, let scale): Cast.decimal(self, precision: precision, scale: scale)
    case .date: Cast.date(self)
    case .timestamp: Cast.timestamp(self, today: today)
    case .string: .string(Cast.string(self))
    }
  }
}
