import IncrementalJoin
import PartitionPredicate

/// The lines of text files, which DuckDB's reader of CSV finds when it is told of no quotes.
extension LayoutReader {
  /// The kinds of line ends that a reading expects.
  enum LineEnds: String {
    /// All of one kind, whichever.
    case alike = ""
    /// LF and CRLF in one file: both are read right.
    case mixed = ", new_line = '\\r\\n', strict_mode = false"
    /// LF alone: each CRLF is followed by an empty line that the file does not have.
    case lf = ", new_line = '\\n', strict_mode = false"
  }

  /// The lines of a text file, in their order, as a table with the column `line`.
  ///
  /// Empty lines are NULL. A line end within quotes is a line end.
  static func lines(of file: String, csv: CSVDialect = CSVDialect(), ends: LineEnds = .alike)
    -> String
  {
    // Some files are delimited by one control character; none has these three in a row.
    """
    read_csv(\(file.sqlPath), auto_detect = false, header = false, delim = '\u{1}\u{2}\u{3}', \
    quote = '', escape = '', nullstr = '', encoding = '\(csv.encoding.rawValue)', parallel = false, \
    hive_partitioning = false, compression = '\(TextCompression(ofFile: file).rawValue)', \
    columns = {'line': 'VARCHAR'}\(ends.rawValue))
    """
  }

  /// The rows of a query of a file's lines, given as SQL.
  ///
  /// Line ends of several kinds are nothing wrong here: text within quotes may have others than the file.
  static func rows(
    ofLinesIn file: String, csv: CSVDialect = CSVDialect(), on connection: Connection,
    _ query: (_ lines: String) -> String
  ) async throws -> [QueryRow] {
    do {
      return try await connection.query(query(lines(of: file, csv: csv))).rows
    } catch let error as DatabaseError where error.isOfMixedLineEnds {
      return try await connection.query(query(lines(of: file, csv: csv, ends: .mixed))).rows
    }
  }

  /// How many quotes of the dialect a line has, as SQL of the column `line`.
  static func countOfQuotes(in csv: CSVDialect) -> String {
    guard let quote = csv.quote?.sqlLiteral else { return "0" }
    let escaped = ((csv.escape ?? "") + (csv.quote ?? "")).sqlLiteral
    let plain =
      csv.escape == nil || csv.escape == csv.quote ? "line" : "replace(line, \(escaped), '')"
    return "strlen(\(plain)) - strlen(replace(\(plain), \(quote), ''))"
  }

  /// The first line of a CSV file that ends in another way than those before it, and how; line ends within
  /// quotes are text.
  ///
  /// - Returns: nil where empty lines hide it.
  static func otherLineEnd(in file: String, csv: CSVDialect, on connection: Connection) async throws
    -> (line: Int64, kind: String, others: String)?
  {
    // A line and the empty ones behind it are a group; read as LF it has one line more for every CRLF.
    let row = try await connection.query(
      """
      WITH l AS (SELECT row_number() OVER () AS n, line \
      FROM \(lines(of: file, csv: csv, ends: .mixed))), \
      m AS (SELECT row_number() OVER () AS n, line FROM \(lines(of: file, csv: csv, ends: .lf))), \
      q AS (SELECT n, count(line) OVER (ORDER BY n) AS g, \
      coalesce(sum(\(countOfQuotes(in: csv))) OVER (ORDER BY n), 0) % 2 = 0 AS ends FROM l), \
      a AS (SELECT g, min(n) AS n, count(*) AS ends, bool_and(ends) AS is_end FROM q GROUP BY g), \
      b AS (SELECT g, count(*) AS ends FROM (SELECT count(line) OVER (ORDER BY n) AS g FROM m) \
      GROUP BY g), \
      k AS (SELECT a.n, CASE b.ends - a.ends WHEN 0 THEN 'LF' WHEN a.ends THEN 'CRLF' END AS kind \
      FROM a JOIN b USING (g) WHERE is_end) \
      SELECT n, kind, first FROM (SELECT *, first_value(kind) OVER (ORDER BY n) AS first FROM k) \
      WHERE kind IS DISTINCT FROM first ORDER BY n LIMIT 1
      """
    ).rows.first
    guard let row, let kind = try row.optionalText("kind"),
      let others = try row.optionalText("first")
    else { return nil }
    return (try row.number("n"), kind, others)
  }
}

extension DatabaseError {
  /// Whether a file seems to have line ends of several kinds.
  var isOfMixedLineEnds: Bool {
    message.exact.begins(with: "The CSV Parser state machine reached an invalid state")
  }
}
