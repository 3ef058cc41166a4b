import IncrementalJoin
import PartitionPredicate

/// The SQL that reads a value of one type exactly as another one.
struct Conversion: Hashable, Sendable {
  /// The value, or NULL where it has no exact counterpart.
  let sql: String
  /// Whether some values have no exact counterpart, so that NULL has to be told from a failure.
  let mayFail: Bool
}

extension ColumnType {
  /// How the value of an expression of this type is read as a wider type: every value exactly, but for
  /// timestamps, text in bytes and the like, which may fail value by value.
  ///
  /// - Returns: nil when values of the type are not read as the other one.
  func converted(_ value: String, to target: ColumnType) -> Conversion? {
    if self == target { return Conversion(sql: value, mayFail: false) }
    if self == .scalar("\"NULL\"") {
      return Conversion(sql: "CAST(NULL AS \(target.sql))", mayFail: false)
    }
    if isWidened(to: target) {
      return Conversion(sql: "CAST(\(value) AS \(target.sql))", mayFail: false)
    }
    switch (self, target) {
    case (.scalar, .scalar): return scalarConverted(value, to: target)
    case (.list(let element), .list(let other)), (.array(let element, _), .list(let other)):
      return elements(value, element, other).map { Conversion(sql: $0.sql, mayFail: $0.mayFail) }
    case (.structure(let fields), .structure(let others)):
      return fieldsConverted(value, fields, to: others)
    case (.map(let key, let element), .map(let otherKey, let otherElement)):
      let entry = ColumnType.structure([
        Field(name: "key", type: key), Field(name: "value", type: element),
      ])
      let other = ColumnType.structure([
        Field(name: "key", type: otherKey), Field(name: "value", type: otherElement),
      ])
      return elements("map_entries(\(value))", entry, other).map {
        Conversion(sql: "map_from_entries(\($0.sql))", mayFail: $0.mayFail)
      }
    default: return nil
    }
  }

  /// Whether every value is exactly one of the other type.
  private func isWidened(to target: ColumnType) -> Bool {
    if let integer {
      if let other = target.integer {
        return integer.isSigned == other.isSigned
          ? other.bits > integer.bits : other.isSigned && other.bits > integer.bits
      }
      if let decimal = target.decimal {
        return decimal.precision - decimal.scale >= Self.digits(bits: integer.bits)
      }
      // The bits of a significand hold every smaller integer.
      return target == .scalar("DOUBLE") && integer.bits <= 32
        || target == .scalar("FLOAT") && integer.bits <= 16
    }
    if let decimal, let other = target.decimal {
      return other.scale >= decimal.scale
        && other.precision - other.scale >= decimal.precision - decimal.scale
    }
    return self == .scalar("FLOAT") && target == .scalar("DOUBLE")
  }

  /// The most decimal digits of an integer.
  private static func digits(bits: Int) -> Int {
    switch bits {
    case 8: 3
    case 16: 5
    case 32: 10
    case 64: 20
    default: 39
    }
  }

  private func scalarConverted(_ value: String, to target: ColumnType) -> Conversion? {
    let zoned = ColumnType.scalar("TIMESTAMP WITH TIME ZONE")
    if timestampDigits != nil, target.timestampDigits != nil, self != zoned, target != zoned {
      // TRY_CAST raises an error for an instant that nanoseconds do not reach; TRY does not.
      let read = "TRY(CAST(\(value) AS \(target.sql)))"
      return Conversion(
        sql: "CASE WHEN TRY(CAST(\(read) AS \(sql))) = \(value) THEN \(read) END", mayFail: true)
    }
    if self == .scalar("BLOB"), target == .scalar("VARCHAR") {
      return Conversion(sql: "TRY(decode(\(value)))", mayFail: true)
    }
    return nil
  }

  private func elements(_ list: String, _ element: ColumnType, _ other: ColumnType) -> Conversion? {
    guard let inner = element.converted("e", to: other) else { return nil }
    guard inner.mayFail else {
      return Conversion(sql: "list_transform(\(list), lambda e: \(inner.sql))", mayFail: false)
    }
    // One element without a counterpart leaves the list without one.
    let read = "list_transform(\(list), lambda e: \(inner.sql))"
    let failures = "list_filter(\(list), lambda e: e IS NOT NULL AND (\(inner.sql)) IS NULL)"
    return Conversion(
      sql: "CASE WHEN len(\(failures)) = 0 THEN \(read) END", mayFail: true)
  }

  /// By name; a field that only the other side has is NULL, one that only this side has is left out.
  private func fieldsConverted(_ value: String, _ fields: [Field], to others: [Field])
    -> Conversion?
  {
    var parts: [String] = []
    var checks: [String] = []
    for other in others {
      guard let field = fields.first(where: { $0.name.isSameName(as: other.name) }) else {
        parts.append("\(other.name.sqlIdentifier) := CAST(NULL AS \(other.type.sql))")
        continue
      }
      let access = "(\(value)).\(field.name.sqlIdentifier)"
      guard let inner = field.type.converted(access, to: other.type) else { return nil }
      parts.append("\(other.name.sqlIdentifier) := \(inner.sql)")
      if inner.mayFail { checks.append("(\(access) IS NULL OR (\(inner.sql)) IS NOT NULL)") }
    }
    let whole = (["\(value) IS NOT NULL"] + checks).joined(separator: " AND ")
    return Conversion(
      sql: "CASE WHEN \(whole) THEN struct_pack(\(parts.joined(separator: ", "))) END",
      mayFail: !checks.isEmpty)
  }
}

extension ColumnType {
  /// The narrowest type that values of both are read as; nil when there is none.
  func common(with other: ColumnType) -> ColumnType? {
    if converted("v", to: other) != nil { return other }
    if other.converted("v", to: self) != nil { return self }
    if let decimal, let another = other.decimal {
      let scale = max(decimal.scale, another.scale)
      let whole = max(decimal.precision - decimal.scale, another.precision - another.scale)
      return scale + whole <= 38 ? .scalar("DECIMAL(\(scale + whole),\(scale))") : nil
    }
    switch (self, other) {
    case (.list(let element), .list(let another)):
      return element.common(with: another).map { .list($0) }
    case (.structure(let fields), .structure(let others)):
      var merged: [Field] = []
      for field in fields {
        guard let twin = others.first(where: { $0.name.isSameName(as: field.name) }) else {
          merged.append(field)
          continue
        }
        guard let type = field.type.common(with: twin.type) else { return nil }
        merged.append(Field(name: field.name, type: type))
      }
      let added = others.filter { field in
        !merged.contains { $0.name.isSameName(as: field.name) }
      }
      return .structure(merged + added)
    default: return nil
    }
  }
}

extension ColumnType {
  /// Whether DuckDB's `=` between values of the two types is true for equal values only.
  ///
  /// Beyond that DuckDB casts as well: text to numbers, so that '01' is 1, integers to DOUBLE, which rounds
  /// them, and dates to timestamps. DATE, TIMESTAMP and TIMESTAMP WITH TIME ZONE mean different things.
  func isCompared(with other: ColumnType) -> Bool {
    if self == other { return true }
    if case .list(let element) = self, case .list(let another) = other {
      return element.isCompared(with: another)
    }
    guard case .scalar(let text) = self, case .scalar(let otherText) = other else { return false }
    let zoned = "TIMESTAMP WITH TIME ZONE"
    if timestampDigits != nil, other.timestampDigits != nil {
      return text != zoned && otherText != zoned
    }
    let isText = { (text: String) in text == "VARCHAR" || text.exact.begins(with: "ENUM(") }
    if isText(text), isText(otherText) { return true }
    // Beside this one DuckDB compares as DOUBLE.
    if integer != nil, other.integer != nil { return text != "UHUGEINT" && otherText != "UHUGEINT" }
    if let digits = exactDigits, let others = other.exactDigits,
      decimal != nil || other.decimal != nil
    {
      return max(digits.whole, others.whole) + max(digits.scale, others.scale) <= 38
    }
    return isWidened(to: other) || other.isWidened(to: self)
  }

  /// The digits on both sides of the mark of an integer or DECIMAL.
  private var exactDigits: (whole: Int, scale: Int)? {
    if let decimal { return (decimal.precision - decimal.scale, decimal.scale) }
    return integer.map { (Self.digits(bits: $0.bits), 0) }
  }
}
