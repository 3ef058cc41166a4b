import IncrementalJoin

/// What is wrong with a name in the Glue Data Catalog, or with the catalog.
public enum GlueProblem: Hashable, Sendable {
  /// Not a database and a table.
  case noName(String)
  /// An output that readers find through the catalog, but that lies in a folder on this machine.
  case outputInFolder(job: String)
  /// Two jobs publish through one table.
  case tableOfTwo(String, line: Int)
  /// A table at the location of an output that readers find only through the catalog.
  case nothingAtOutput(table: String, job: String, catalog: String)
  /// A retention of replaced versions for an output that leaves none in place.
  case graceWithoutCatalog
  /// A key whose value comes from the catalog.
  case besideCatalog(String)
  /// Not an account number.
  case badCatalog(String)
  /// The catalog has no such table, or one that cannot be read, as a sentence says.
  case refused(String)
}

extension GlueProblem {
  /// What is wrong, without position and advice.
  var sentence: String {
    switch self {
    case .noName(let text): "glue: \(text.quoted) does not name a database and a table"
    case .outputInFolder(let job):
      "the output of job \(job.printable) has a name in the Glue Data Catalog but is not in a bucket"
    case .tableOfTwo(let table, let line):
      "the table \(table.printable) of the Glue Data Catalog is the output in line \(line) already"
    case .nothingAtOutput(let table, let job, let name):
      "the table \(table.printable) would find nothing at the location of the output of job \(job.printable): the "
        + "Glue Data Catalog says where the files of \(name.printable) are"
    case .graceWithoutCatalog:
      "grace: only applies to outputs in the Glue Data Catalog, and this output has no glue:"
    case .besideCatalog(let key):
      "\(key): cannot be given together with glue:, because the catalog defines it"
    case .badCatalog(let text): "catalog: \(text.quoted) is not the number of an account"
    case .refused(let reason): reason.withoutPoint
    }
  }

  /// What to write instead.
  var hint: String {
    switch self {
    case .noName: "write both with a point between: glue: market.quotes."
    case .outputInFolder:
      "give it a location such as s3://lake/quotes, or leave glue: out."
    case .tableOfTwo: "name a table of its own."
    case .nothingAtOutput(_, _, let name):
      "write glue: \(name.printable) instead of location:, partitions: and format:."
    case .graceWithoutCatalog: "remove grace:, or add glue:."
    case .besideCatalog(let key): "remove \(key):, or remove glue:."
    case .badCatalog: "write its 12 digits, or leave it out for the account of the credentials."
    case .refused:
      "`dovetail catalog` shows which tables of the catalog are read, and why others are not."
    }
  }
}

extension String {
  /// The text without the full stop at its end.
  fileprivate var withoutPoint: String {
    utf8.last == UInt8(ascii: ".") ? String(unicodeScalars.dropLast()) : self
  }
}
