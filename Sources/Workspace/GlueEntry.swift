import IncrementalJoin
import PartitionPredicate
import Wording

/// How `dovetail.yaml` begins to declare a table of the Glue Data Catalog.
struct GlueEntry {
  /// The table's name in `dovetail.yaml`.
  let name: String
  let table: DescribedTable

  /// Gives each table a name that an input can have and that no other has.
  ///
  /// - Parameters:
  ///   - tables: The tables.
  ///   - taken: The names of the tables and jobs that are declared already.
  /// - Returns: An entry for each table, in their order.
  static func entries(of tables: [DescribedTable], besides taken: [String] = []) -> [GlueEntry] {
    var taken = Set(taken.map(\.exact.lowercased))
    return tables.map { table in
      let asked = table.asked
      var name = plain(asked.table)
      if !taken.insert(name.exact.lowercased).inserted {
        name = plain("\(asked.database)_\(asked.table)")
        var number = 2
        while !taken.insert(name.exact.lowercased).inserted {
          name = plain("\(asked.database)_\(asked.table)_\(number)")
          number += 1
        }
      }
      return GlueEntry(name: name, table: table)
    }
  }

  /// Letters, digits and `_`, not beginning with a digit.
  private static func plain(_ name: String) -> String {
    let scalars = name.unicodeScalars.map { scalar -> Unicode.Scalar in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain ? scalar : "_"
    }
    let text = String(String.UnicodeScalarView(scalars))
    return text.utf8.first.map { (48...57).contains($0) } == true ? "t_\(text)" : text
  }

  /// The lines below `tables:`.
  ///
  /// - Parameter indent: The blanks before the name.
  /// - Returns: The name, the table's name in the catalog, and comments, without line ends.
  func lines(indent: Int) -> [String] {
    let description = table.description
    let keys =
      description.keys.isEmpty
      ? "not partitioned"
      : "partitioned by " + description.keys.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    let columns =
      description.columns.map { $0.map { "\($0.name) \($0.type)" }.joined(separator: ", ") }
      ?? "as in its files, which tell an instant from what a clock shows"
    let outer = String(repeating: " ", count: indent)
    return ["\(outer)\(name.yaml):"]
      + [
        "glue: \("\(table.asked)".yaml)",
        // What the catalog says must not end a comment.
        "# \(description.format.rawValue) in \(description.location), \(keys)".sanitized,
        "# columns: \(columns)".sanitized,
        "# time: ts                      # when a row happens: joins by time need it",
        "# watch: 90d                    # what every run looks at; default: all partitions",
      ].map { "\(outer)  \($0)" }
  }
}
