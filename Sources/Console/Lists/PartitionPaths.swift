import PartitionPredicate
import Wording

/// The paths of a list's partitions, such as `day=31/hour=5`, folder by folder: one that many partitions share is kept
/// once, and a filter searches it once.
struct PartitionPaths: Sendable {
  /// The partitions, in the order of the list.
  let table: PartitionTable
  /// By key, the folder of each of the table's distinct values.
  private let folders: [[String]]
  /// The width of the longest path in columns.
  let longest: Int

  init(_ table: PartitionTable) {
    self.table = table
    folders = zip(table.keys, table.columns).map { key, column in
      let name = HivePath.encode(key.name)
      return column.values.map { "\(name)=\(HivePath.encode($0.text))" }
    }
    let widths = folders.map { $0.map { NameColumn.longest([$0]) } }
    var longest = folders.isEmpty ? 1 : 0
    for row in 0..<table.count {
      var width = folders.count - 1
      for key in folders.indices { width += widths[key][Int(table.columns[key].codes[row])] }
      longest = Swift.max(longest, width)
    }
    self.longest = longest
  }

  /// Where a text in lower case is in the paths, whatever their case: in one folder, or in several that follow one
  /// another.
  func places(of needle: [UInt8]) -> [WordPlace] {
    let parts = needle.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard !folders.isEmpty else { return needle.elementsEqual(".".utf8) ? [WordPlace([])] : [] }
    guard parts.count <= folders.count else { return [] }
    return (0...folders.count - parts.count).map { first in
      WordPlace(
        parts.enumerated().map { index, part in
          let key = first + index
          let isLast = index == parts.count - 1
          return SharedTexts.Hits(
            codes: table.columns[key].codes,
            hits: folders[key].map { folder in
              guard parts.count > 1 else { return SearchText.contains(needle, in: folder) }
              let text = folder.lowercased().utf8
              if index == 0 { return text.reversed().starts(with: part.reversed()) }
              return isLast ? text.starts(with: part) : text.elementsEqual(part)
            })
        })
    }
  }
}

extension PartitionPaths: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { table.count }

  subscript(row: Int) -> String {
    guard !folders.isEmpty else { return "." }
    return zip(folders, table.columns).map { $0[Int($1.codes[row])] }.joined(separator: "/")
  }
}
