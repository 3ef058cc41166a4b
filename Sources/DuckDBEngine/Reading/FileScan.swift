import IncrementalJoin
import PartitionPredicate

/// Groups of files that one scan reads.
struct FileScan {
  /// What a scan has to know of a group.
  struct Part {
    let partition: Partition
    let span: PartitionSpan
    let unit: Int
    let files: Int
    let firstRows: [Int64]
  }

  /// Those of Parquet that spell the same columns; of text, one.
  var parts: [Part]
  /// Their files together.
  var group: FileGroup

  /// What depends on the part that a row is of, by values that are SQL.
  func each(_ values: [String]) -> String {
    eachFile(zip(values, parts).flatMap { Array(repeating: $0, count: $1.files) })
  }

  /// What depends on the file that a row is of, by values that are SQL.
  func eachFile(_ values: [some CustomStringConvertible & Hashable]) -> String {
    guard Set(values).count > 1 else { return values.first.map { "\($0)" } ?? "" }
    let list = values.map(\.description).joined(separator: ", ")
    return "list_extract([\(list)], CAST(file_index AS BIGINT) + 1)"
  }

  /// The scans that read groups: one for all groups of Parquet that spell the same columns, and of text one a
  /// group.
  static func scans(of groups: [FileGroup], format: DataFormat) -> [FileScan] {
    var scans: [FileScan] = []
    var places: [FileLayout: Int] = [:]
    var row: Int64 = 0
    for group in groups {
      let firstRows = group.rows.map { count in
        defer { row += count }
        return row
      }
      let part = Part(
        partition: group.partition, span: group.span, unit: group.unit, files: group.files.count,
        firstRows: firstRows)
      if format == .parquet, group.knowsLocations, let place = places[group.layout] {
        scans[place].parts.append(part)
        scans[place].group.files += group.files
      } else {
        places[group.layout] = scans.count
        scans.append(FileScan(parts: [part], group: group))
      }
    }
    return scans
  }
}
