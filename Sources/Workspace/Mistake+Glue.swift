import IncrementalJoin

/// What is wrong with a name in the Glue Data Catalog.
public enum GlueProblem: Hashable, Sendable {
  /// Not a database and a table.
  case noName(String)
  /// An output that readers are to find through the catalog and that lies in a folder of this machine.
  case outputInFolder(job: String)
  /// Two jobs publish through one table.
  case tableOfTwo(String, line: Int)
}

extension GlueProblem {
  /// What is wrong, without place and advice.
  var sentence: String {
    switch self {
    case .noName(let text): "glue: \(text.quoted) does not name a database and a table"
    case .outputInFolder(let job):
      "the output of job \(job.printable) has a name in the Glue Data Catalog, and lies in no bucket"
    case .tableOfTwo(let table, let line):
      "the table \(table.printable) of the Glue Data Catalog is the output in line \(line) already"
    }
  }

  /// What to write instead.
  var hint: String {
    switch self {
    case .noName: "write both with a point between: glue: market.quotes."
    case .outputInFolder:
      "give it a location such as s3://lake/quotes, or leave glue: out."
    case .tableOfTwo: "name a table of its own."
    }
  }
}
