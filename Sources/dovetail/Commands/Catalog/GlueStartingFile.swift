import IncrementalJoin
import PartitionPredicate

/// The commented `dovetail.yaml` that `dovetail init --from-glue` begins with.
struct GlueStartingFile {
  /// A table of the catalog.
  struct Table {
    /// The name by which it was requested.
    let asked: CatalogName
    let description: TableDescription
  }

  private let tables: [(name: String, table: Table)]

  /// Gives each table a unique name that an input can have.
  init(_ tables: [Table]) {
    var taken: Set<ExactText> = []
    self.tables = tables.map { table in
      var name = Self.plain(table.asked.table)
      if !taken.insert(name.exact).inserted {
        name = Self.plain("\(table.asked.database)_\(table.asked.table)")
        var number = 2
        while !taken.insert(name.exact).inserted {
          name = Self.plain("\(table.asked.database)_\(table.asked.table)_\(number)")
          number += 1
        }
      }
      return (name, table)
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

  /// The whole file.
  var text: String {
    """
    # Dovetail workspace over tables of the Glue Data Catalog. Every key is explained in docs/guide/dovetail-yaml.md and
    # docs/guide/glue.md. Check this file with `dovetail status`. Dovetail keeps its ledger in .dovetail/ beside it; this file
    # belongs in version control, .dovetail/ does not.
    version: 1

    # Where the catalog is; by default what the environment and ~/.aws say. Credentials never stand here.
    # glue: { region: eu-central-1, profile: etl, catalog: "123456789012" }

    # Keys, types, format, columns and location are the catalog's, and are asked for again by every command.
    tables:
    \(tables.map(entry).joined(separator: "\n"))

    # The jobs. Each keeps one joined table up to date.
    jobs:
    \(job)

    """
  }

  private func entry(_ name: String, _ table: Table) -> String {
    let description = table.description
    let keys =
      description.keys.isEmpty
      ? "not partitioned"
      : "partitioned by " + description.keys.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    let columns =
      description.columns.map { $0.map { "\($0.name) \($0.type)" }.joined(separator: ", ") }
      ?? "as in its files, which tell an instant from what a clock shows"
    return """
        \(name):
          glue: \("\(table.asked)".yaml)
          # \(description.format.rawValue) in \(description.location), \(keys)
          # columns: \(columns)
          # time: ts                      # when a row happens: joins by time need it
          # watch: 90d                    # what every run looks at; default: all partitions
      """
  }

  /// A job over the first two tables for the user to edit; none of it is certain.
  private var job: String {
    guard tables.count > 1 else {
      return """
          # Name a second table, or another job, and join the two:
          # joined:
          #   inputs: [\(tables.first?.name ?? "a"), other]
          #   join: { type: left, on: [id] }
          #   output: { location: "s3://bucket/joined" }
        """
    }
    let (first, second) = (tables[0], tables[1])
    let others = second.table.description.columns?.map(\.name) ?? []
    let common = (first.table.description.columns ?? []).map(\.name)
      .filter { name in others.contains { $0.isSameName(as: name) } }
    return """
        # \(first.name)_\(second.name):
        #   inputs: [\(first.name), \(second.name)]
        #   join:
        #     type: left                  # inner, left, right or full
        #     on: [\((common.isEmpty ? ["id"] : common).map(\.yaml).joined(separator: ", "))]  # columns of both tables
        #   output:
        #     location: "s3://bucket/\(first.name)_\(second.name)"  # a place of its own, outside every table
      """
  }
}
