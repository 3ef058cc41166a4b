import IncrementalJoin
import PartitionPredicate

extension JoinUnit.Input {
  /// Why a group of files does not fit the table's columns; nil when it does.
  ///
  /// `EngineError.schemaMismatch` for a type that is not read as the table's and for two columns that
  /// differ only in case, whatever the policy; for a new or a missing column where the policy refuses it.
  func refusal(of group: FileGroup) -> EngineError? {
    let file = group.files.first ?? ""
    if let problem = group.layout.nameProblem {
      return .schemaMismatch(path: file, reason: problem)
    }
    guard group.columns != columns else { return nil }
    for column in group.columns {
      guard format == .parquet, keys.named(column.name) == nil,
        let expected = columns.named(column.name)
      else { continue }
      let type = ColumnType(column.type)
      guard type.converted("v", to: ColumnType(expected.type)) == nil else { continue }
      return .schemaMismatch(
        path: file,
        reason: "the column \"\(column.name)\" is \(column.type), but the input \(name) has it "
          + "as \(expected.type). \(Self.advice(type, ColumnType(expected.type)))")
    }
    let refused = differences(of: [group]).first { schemaPolicy.refuses($0.kind) }
    return refused.map { .schemaMismatch(path: file, reason: $0.refusal) }
  }

  private static func advice(_ type: ColumnType, _ expected: ColumnType) -> String {
    expected.converted("v", to: type) == nil
      ? "Rewrite the file, or declare under `columns:` of the table a type that holds both."
      : "Widen the table's column, under `columns:` or with `dovetail tables widen`, or rewrite the file."
  }

  /// The new and the missing columns of groups of files, each once, without those that are optional.
  func differences(of groups: [FileGroup]) -> [SchemaDifference] {
    var differences: [SchemaDifference] = []
    // Most files have just the table's columns.
    for group in groups where group.columns != columns {
      let own = group.columns.filter { keys.named($0.name) == nil }
      let found = Self.compare(
        own.map { ColumnType.Field(name: $0.name, type: ColumnType($0.type)) },
        columns.map { ColumnType.Field(name: $0.name, type: ColumnType($0.type)) },
        isNested: format != .csv)
      for (kind, column) in found where !isOptional(column.name, kind) {
        let known = differences.firstIndex {
          $0.kind == kind && $0.column.name.isSameName(as: column.name)
        }
        if let known {
          differences[known].files += group.files.count
        } else {
          differences.append(
            SchemaDifference(
              kind: kind, column: column, input: self, partition: group.partition,
              file: group.files.first ?? "", files: group.files.count))
        }
      }
    }
    return differences
  }

  private func isOptional(_ name: String, _ kind: SchemaDifference.Kind) -> Bool {
    kind == .missing && optional.contains { $0.isSameName(as: name) }
  }

  private typealias Found = (kind: SchemaDifference.Kind, column: Column)

  /// The fields that only one side has, new ones first, with the names of those around them.
  private static func compare(
    _ fields: [ColumnType.Field], _ expected: [ColumnType.Field], isNested: Bool,
    below prefix: String = ""
  ) -> [Found] {
    func column(_ field: ColumnType.Field) -> Column {
      Column(name: prefix + field.name, type: field.type.sql)
    }
    let new = fields.filter { field in !expected.contains { $0.name.isSameName(as: field.name) } }
    let missing = expected.filter { field in !fields.contains { $0.name.isSameName(as: field.name) }
    }
    let inner = expected.flatMap { field -> [Found] in
      guard isNested, let other = fields.first(where: { $0.name.isSameName(as: field.name) }) else {
        return []
      }
      return other.type.structures(beside: field.type).flatMap { parts, wanted in
        compare(parts, wanted, isNested: true, below: "\(prefix)\(field.name).")
      }
    }
    return new.map { (.new, column($0)) } + missing.map { (.missing, column($0)) } + inner
  }
}

extension ColumnType {
  /// The fields of the structs that stand in the same place of two types, below lists and values of maps.
  ///
  /// A map of the other type is a struct in a JSON file, with a field a key.
  fileprivate func structures(beside other: ColumnType) -> [([Field], [Field])] {
    switch (self, other) {
    case (.structure(let fields), .structure(let others)): [(fields, others)]
    case (.list(let element), .list(let another)), (.array(let element, _), .list(let another)),
      (.array(let element, _), .array(let another, _)),
      (.list(let element), .array(let another, _)),
      (.map(_, let element), .map(_, let another)):
      element.structures(beside: another)
    case (.structure(let fields), .map(_, let value)):
      fields.flatMap { $0.type.structures(beside: value) }
    default: []
    }
  }
}

extension SchemaPolicy {
  /// Whether a difference fails the work unit.
  func refuses(_ kind: SchemaDifference.Kind) -> Bool {
    switch self {
    case .strict: true
    case .additive: kind == .missing
    case .lenient: false
    }
  }
}
