/// One element of a Parquet file's schema, which is a tree in depth-first order.
struct ParquetField: Hashable, Sendable {
  let id: Int
  let name: String
  let children: Int
  /// Everything that the file says about the type.
  let type: String

  init(row: [String?]) {
    id = row[1].flatMap { Int($0) } ?? 0
    name = row[2] ?? ""
    children = row[3].flatMap { Int($0) } ?? 0
    type = row[4] ?? ""
  }

  /// The names of the columns: the children of the root.
  static func topLevelNames(of fields: [ParquetField]) -> [String] {
    var names: [String] = []
    var open: [Int] = []
    for field in fields {
      if open.count == 1 { names.append(field.name) }
      if !open.isEmpty { open[open.count - 1] -= 1 }
      if field.children > 0 { open.append(field.children) }
      while let last = open.last, last == 0 { open.removeLast() }
    }
    return names
  }
}
