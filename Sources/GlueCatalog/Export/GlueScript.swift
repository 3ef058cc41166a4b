import Foundation
public import IncrementalJoin
import PartitionPredicate

/// The PySpark script of a job for AWS Glue, for those who have to stay there.
///
/// It does what Glue's bookmarks allow: it finds the partitions in which any input has new files, loads these in full,
/// joins them and replaces them. What it cannot do is said in its head.
public struct GlueScript: Sendable {
  /// The text of the script.
  public let text: String

  /// Writes the script of a job.
  ///
  /// - Parameters:
  ///   - job: Whose script it is.
  ///   - database: The database of tables and of an output without a name in the catalog; nil where all have one.
  /// - Throws: `GlueScriptError` for a job that such a script would compute otherwise.
  public init(_ job: JobDefinition, database: String?) throws(GlueScriptError) {
    guard job.output.location.scheme == "s3" else {
      throw .localOutput(job: job.name, location: job.output.location)
    }
    guard !job.output.keys.isEmpty else { throw .noKeys(job: job.name) }
    try Self.checkInputs(of: job)
    func place(_ name: CatalogName?, of table: String) throws(GlueScriptError) -> CatalogName {
      if let name { return name }
      guard let database else { throw .noDatabase(job: job.name, table: table) }
      return CatalogName(database: database, table: table)
    }
    var inputs: [String] = []
    for input in job.inputs {
      let name = try place(input.table.catalog, of: input.table.name)
      inputs.append(Self.tuple([input.name, name.database, name.table]))
    }
    let output = try place(job.output.catalog, of: job.name)
    let parts = try Self.transformation(of: job)
    text = [
      Self.head(job),
      """
      KEYS = [\(job.output.keys.map { Self.tuple([$0.name, $0.type.description]) }.joined(separator: ", "))]
      # Input and transformation_ctx, database, table.
      INPUTS = [
          \(inputs.joined(separator: ",\n    ")),
      ]
      OUTPUT = \(Self.tuple([output.database, output.table]))
      LOCATION = \(Self.literal(job.output.location.description))
      \(parts)

      """, Self.predicates, "\n", Self.join, "\n", Self.publish, "",
    ].joined(separator: "\n")
  }

  /// Refuses inputs whose partitions such a script would relate otherwise.
  private static func checkInputs(of job: JobDefinition) throws(GlueScriptError) {
    if job.isByTime { throw .byTime(job: job.name) }
    for input in job.inputs {
      if input.table.time != nil { throw .timedTable(job: job.name, input: input.name) }
      if !input.renames.isEmpty { throw .renamedKeys(job: job.name, input: input.name) }
      for key in job.output.keys
      where !input.table.keys.contains(where: { $0.name.isSameName(as: key.name) }) {
        throw .missingKey(job: job.name, input: input.name, key: key.name)
      }
      if input.changes != .all { throw .changes(job: job.name, input: input.name) }
    }
  }

  /// ON, TYPE, SELECT and SQL.
  private static func transformation(of job: JobDefinition) throws(GlueScriptError) -> String {
    switch job.transformation {
    case .join(let type, let on, let select):
      let columns = on.filter { column in
        !job.output.keys.contains { $0.name.isSameName(as: column) }
      }
      return """
        TYPE = \(literal(type.rawValue))
        ON = [\(columns.map(literal).joined(separator: ", "))]
        # SQL over the inputs' names, as in dovetail.yaml; None for every column.
        SELECT = \(select.map { "[\($0.map(literal).joined(separator: ", "))]" } ?? "None")
        SQL = None
        """
    case .joinToFirst: throw .conditions(job: job.name)
    case .sql(let sql):
      return """
        TYPE, ON, SELECT = None, [], None
        # As in dovetail.yaml, in the SQL of DuckDB: check what Spark makes of it.
        SQL = \(literal(sql))
        """
    }
  }

  private static func head(_ job: JobDefinition) -> String {
    """
    # The Glue job of \(job.name.sanitizedComment), written by `dovetail export glue`. Write it again rather than edit it.
    #
    # Parameters of the Glue job: --job-bookmark-option job-bookmark-enable, --enable-glue-datacatalog true, and
    # maximum concurrency 1: two runs would publish the same partitions, and one of the bookmarks is lost.
    #
    # What Glue's bookmarks do not tell, this script does not know either: files that were deleted, an input that was
    # rewritten with an older time, a definition that changed. Reset the bookmark and run to rebuild all of it.
    # While it publishes, a reader may find a partition without rows, and a run that dies leaves some partitions new
    # and others old; the next run puts that right.

    """
  }

  private static func tuple(_ texts: [String]) -> String {
    "(\(texts.map(literal).joined(separator: ", ")))"
  }

  /// A text as Python writes it, which is how JSON does.
  private static func literal(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}

extension String {
  /// On one line of a comment.
  fileprivate var sanitizedComment: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }))
  }
}
