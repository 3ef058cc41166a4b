import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  /// Reads `time: ts` or `time: { column: ts, zone: .. }` of a table whose keys are known.
  mutating func time(of field: DeclaredField?, in table: TableDeclaration) -> TableTime? {
    guard let field, let keys = table.keys, check(field, is: [.text, .mapping]) else { return nil }
    var fields: [String: DeclaredField] = [:]
    if field.value.kind == .mapping {
      guard
        let read = self.fields(
          of: field, in: .time(table: table.name.value), at: field.namePosition,
          required: ["column"], optional: ["zone", "unit", "keys", "slack", "misplaced"])
      else { return nil }
      fields = read
    }
    let before = mistakes.count
    let column = field.value.kind == .mapping ? text(of: fields["column"]) : text(of: field)
    let unit = unit(of: fields["unit"])
    if let column { checkColumn(column, unit: unit, in: table) }
    let zone = zone(of: fields["zone"])
    let slack = span(of: fields["slack"]) ?? .zero
    let misplaced = word(
      of: fields["misplaced"], default: MisplacedRows.fail, noun: "choice for misplaced rows")
    let declared = timeKeys(of: fields["keys"])
    guard mistakes.count == before, let column, let misplaced else { return nil }
    do throws(TimeKeysError) {
      return TableTime(
        column: column.value, unit: unit?.value, zone: zone,
        keys: try TimeKeys(keys: keys, declared: declared), slack: slack, misplaced: misplaced)
    } catch {
      report(.time(.keys(error)), at: fields["keys"]?.position ?? field.position)
      return nil
    }
  }

  private mutating func unit(of field: DeclaredField?) -> Located<EpochUnit>? {
    guard let field,
      let unit = word(of: field, default: EpochUnit.seconds, noun: "unit of a time")
    else { return nil }
    return Located(unit, at: field.position)
  }

  private mutating func zone(of field: DeclaredField?) -> String {
    guard let text = text(of: field) else { return "UTC" }
    do throws(SpanError) {
      try TableTime.checkZone(text.value)
    } catch {
      report(.time(.zone(error)), at: text.position)
    }
    return text.value
  }

  private mutating func timeKeys(of field: DeclaredField?) -> [DeclaredTimeKey] {
    guard let field else { return [] }
    return entries(of: field, naming: .partitionKey).compactMap { entry in
      text(of: entry).map { DeclaredTimeKey(name: entry.name, value: $0.value) }
    }
  }

  /// Checks the column with a row's time, as far as the columns are declared.
  private mutating func checkColumn(
    _ column: Located<String>, unit: Located<EpochUnit>?, in table: TableDeclaration
  ) {
    if table.keys?.contains(where: { $0.name.isSameName(as: column.value) }) == true {
      report(.time(.columnIsKey(column.value)), at: column.position)
      return
    }
    guard let columns = table.columns else { return }
    guard let known = columns.first(where: { $0.name.isSameName(as: column.value) }) else {
      let names = columns.map(\.name)
      report(
        .time(
          .unknownColumn(column.value, near: NearName.of(column.value, in: names), columns: names)),
        at: column.position)
      return
    }
    switch (ColumnType(known.type).isInteger, ColumnType(known.type).isTime, unit) {
    case (true, _, nil):
      report(.time(.noUnit(column: known.name, type: known.type)), at: column.position)
    case (false, true, let unit?):
      report(.time(.unitOfTime(column: known.name, type: known.type)), at: unit.position)
    case (false, false, _):
      report(.time(.noTimeType(column: known.name, type: known.type)), at: column.position)
    default: break
    }
  }

  /// A length of time down to nanoseconds, such as `15m` or `250ms`; nil when it is missing or has a mistake.
  mutating func span(of field: DeclaredField?) -> Duration? {
    guard let field, let text = text(of: field) else { return nil }
    guard let span = Duration(spelling: text.value) else {
      report(.time(.badSpan(key: field.name, text.value)), at: text.position)
      return nil
    }
    guard span <= Self.longestWindow else {
      report(.time(.tooLong(key: field.name, text.value)), at: text.position)
      return nil
    }
    return span
  }

  /// The longest window or tolerance; beyond it, one new file would rebuild more than a year.
  private static let longestWindow = Duration.seconds(366 * 86_400)
}

extension ColumnType {
  fileprivate var isInteger: Bool {
    if case .scalar(let name) = self {
      let sizes = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"]
      return sizes.contains { $0.exact == name.exact || "U\($0)".exact == name.exact }
    }
    return false
  }

  fileprivate var isTime: Bool {
    if case .scalar(let name) = self {
      return name == "DATE" || name.exact.begins(with: "TIMESTAMP")
    }
    return false
  }
}
