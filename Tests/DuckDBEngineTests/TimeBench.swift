import IncrementalJoin
import PartitionPredicate

@testable import DuckDBEngine

/// Real files of inputs with a time, and units that join them.
extension Workbench {
  /// A member whose file has the rows of a SELECT.
  func member(
    _ input: String, _ partition: Partition = .month(1), _ span: PartitionSpan = .always,
    _ select: String
  ) async throws -> JoinUnit.Input.Member {
    let place = partition.path.text == "." ? "all" : partition.path.text
    let file = try await parquet("\(input)/\(place).parquet", select)
    return .init(partition: partition, files: [file], span: span)
  }

  /// An input of one member whose file has the rows of VALUES, each value cast to its column's type.
  func timed(
    _ name: String, _ columns: String, _ values: String, at column: String = "ts",
    unit: EpochUnit? = nil, zone: String = "UTC", misplaced: MisplacedRows = .fail,
    span: PartitionSpan = .always
  ) async throws -> JoinUnit.Input {
    let declared = JoinUnit.Input.named(name, columns).columns
    let names = declared.map(\.name.sqlIdentifier)
    let cast = declared.map {
      "CAST(\($0.name.sqlIdentifier) AS \($0.type)) AS \($0.name.sqlIdentifier)"
    }
    let select =
      "SELECT \(cast.joined(separator: ", ")) FROM (VALUES \(values)) t(\(names.joined(separator: ", ")))"
    return JoinUnit.Input(
      name: name, format: .parquet, columns: declared, keys: Partition.month(1).keys,
      members: [try await member(name, .month(1), span, select)],
      time: .init(column: column, unit: unit, zone: zone, misplaced: misplaced))
  }
}

extension JoinUnit {
  /// A join of every other input to the first one by the same condition.
  static func toFirst(
    _ type: JoinType = .left, on: [String] = [], _ time: TimeCondition?, _ inputs: [Input],
    select: [String]? = nil, span: PartitionSpan = .always
  ) -> JoinUnit {
    let condition = JoinCondition(
      type: type, on: on.map { JoinedColumns(first: $0, other: $0) }, time: time)
    return JoinUnit(
      transformation: .joinToFirst(
        Array(repeating: condition, count: inputs.count - 1), select: select),
      inputs: inputs, partition: .month(1), span: span)
  }
}

extension PartitionSpan {
  /// Hours of 1970-01-01.
  static func hours(_ hours: Range<Int64>) -> PartitionSpan {
    .instants([hours.lowerBound * 3_600_000_000..<hours.upperBound * 3_600_000_000])
  }
}
