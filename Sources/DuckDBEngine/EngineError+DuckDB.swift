import IncrementalJoin
import PartitionPredicate
import Wording

extension EngineError {
  /// Says what DuckDB's error means for a work unit, and which file it is about.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while files are probed.
  init(_ error: DatabaseError, unit: JoinUnit, on connection: Connection) async throws {
    if let start = error.message.exact.range(ofFirst: BoundJob.wrongPartition.exact) {
      self = .wrongPartition(
        partition: unit.partition.path,
        reason: "the result has \(error.message[start.lowerBound...]). "
          + "Leave the partition keys out of the result; Dovetail assigns them.")
      return
    }
    if let misread = MisreadValue(error) {
      let place = try await unit.place(of: misread, on: connection)
      self = .unreadableFile(
        path: misread.file,
        reason: misread.reason(
          at: place,
          isParquet: unit.inputs.first { $0.files.contains { $0.exact == misread.file.exact } }?
            .format == .parquet))
      return
    }
    let place = unit.partition.keys.isEmpty ? "" : "Partition \(unit.partition.path): "
    if let problem = ColumnType.writingProblem(in: error) {
      self = .failed(place + problem)
      return
    }
    let files = unit.inputs.flatMap(\.files)
    if let file = files.first(where: { error.names($0) }) {
      let csv =
        unit.inputs.first { $0.files.contains { $0.exact == file.exact } }?.csv ?? CSVDialect()
      var reason = try await error.mixedLineEnds(of: file, csv: csv, on: connection)
      if reason == nil { reason = try await error.malformedLine(of: file, on: connection) }
      self = .unreadableFile(path: file, reason: reason ?? error.fileReason)
      return
    }
    // Nor does it name the file that is not of the encoding that was declared.
    for input in unit.inputs
    where input.format == .csv && error.message.exact.begins(with: "File is not ") {
      for file in input.files {
        let lines = LayoutReader.lines(of: file, csv: input.csv)
        guard (try? await connection.query("SELECT max(strlen(line)) FROM \(lines)")) == nil else {
          continue
        }
        try Task.checkCancellation()
        self = .unreadableFile(
          path: file,
          reason: "it is not text in \(input.csv.encoding.rawValue), as far as DuckDB reads it. "
            + "Declare `csv: { encoding: }` of the table, or write the file in utf-8")
        return
      }
    }
    // DuckDB does not name the file whose data pages are damaged, so each one is read alone.
    for input in unit.inputs where input.format == .parquet {
      for file in input.files {
        do {
          _ = try await connection.query(
            "SELECT max(hash(t)) FROM read_parquet(\(file.sqlPath)) AS t")
        } catch let damage as DatabaseError where !damage.isInterrupt {
          self = .unreadableFile(path: file, reason: damage.fileReason)
          return
        }
      }
    }
    self = .failed("\(place)\(error.kind) Error: \(error.sentence).")
  }
}

extension DatabaseError {
  /// Whether the message is about a file, which it may spell as a pattern.
  fileprivate func names(_ file: String) -> Bool {
    let pattern = file.sqlPath.exact.replacing(every: "''", with: "'").text.unicodeScalars
      .dropFirst().dropLast()
    return ["'", "\"", "= "].contains { quote in
      message.exact.contains(text: "\(quote)\(file)")
        || message.exact.contains(text: "\(quote)\(String(pattern))")
    }
  }

  /// What is wrong with a malformed JSON file and in which line; nil for other errors.
  ///
  /// DuckDB's own count
  /// is one too many, so the line is looked for.
  fileprivate func malformedLine(of file: String, on connection: Connection) async throws
    -> String?
  {
    guard message.exact.begins(with: "Malformed JSON"),
      let start = message.exact.range(ofFirst: " in line ")
    else { return nil }
    let rest = String(message[start.upperBound...])
    guard let colon = rest.exact.range(ofFirst: ": ") else { return nil }
    let reason = DatabaseError.oneLine(
      String(
        rest[colon.upperBound...].unicodeScalars.prefix { $0 != "\n" && $0 != "\r" && $0 != "." }))
    do {
      let line = try await LayoutReader.rows(ofLinesIn: file, on: connection) {
        """
        SELECT n FROM (SELECT row_number() OVER () AS n, line FROM \($0)) \
        WHERE NOT json_valid(line) ORDER BY n LIMIT 1
        """
      }.first?.number("n")
      return line.map { "line \($0): \(reason)" }
    } catch is DatabaseError {
      return reason
    }
  }

  /// That a CSV file has line ends of several kinds, and where the first other one is; nil for other errors.
  fileprivate func mixedLineEnds(of file: String, csv: CSVDialect, on connection: Connection)
    async throws -> String?
  {
    guard isOfMixedLineEnds else { return nil }
    let advice = "; write all line ends alike (for example with dos2unix)"
    guard let other = try? await LayoutReader.otherLineEnd(in: file, csv: csv, on: connection)
    else {
      return "the line ends are of several kinds, such as CR and LF\(advice)"
    }
    return "line \(other.line) ends with \(other.kind), and the lines before it with "
      + "\(other.others)\(advice)"
  }

  /// What follows it is advice about DuckDB's own settings.
  var firstLine: String {
    DatabaseError.oneLine(String(message.prefix { !$0.isNewline }))
  }

  /// What is wrong with a file, with the line where DuckDB knows it.
  fileprivate var fileReason: String {
    if message.exact.begins(with: "No files found") { return "it does not exist any more" }
    if message.exact.begins(with: "No magic bytes found at end of file") {
      return "it is not a Parquet file, or its end is missing"
    }
    let lines = message.exact.parts(separatedBy: "\n", omittingEmpty: false)
    guard lines.count >= 3, let number = lines[0].range(ofFirst: "CSV Error on Line: "),
      lines[1].begins(with: "Original Line: ")
    else {
      // JSON errors end with advice that does not fit.
      return firstLine
    }
    // A value that begins with a quote may go over several lines, the last of which may be empty.
    let reason = lines.dropFirst(2).drop { $0.isEmpty }
      .prefix { !$0.begins(with: "Possible") && !$0.isEmpty }.joined(separator: " ").text
    let original = lines[1].replacing(every: "Original Line: ", with: "")
    return "line \(lines[0].text[number.upperBound...]): "
      + "\(Self.plainWords(for: reason) ?? DatabaseError.oneLine(reason)); the line is \"\(original)\""
  }

  /// DuckDB's usual reasons in the words of this program; nil for another one.
  private static func plainWords(for reason: String) -> String? {
    if reason.exact.begins(with: "Value with unterminated quote") {
      return "a quote is opened and never closed"
    }
    let marks: [ExactText] = ["Expected Number of Columns: ", " Found: "]
    guard reason.exact.begins(with: marks[0]), let found = reason.exact.range(ofFirst: marks[1])
    else { return nil }
    let expected = reason[..<found.lowerBound].unicodeScalars.dropFirst(
      marks[0].text.unicodeScalars.count)
    guard let columns = Int(String(expected)),
      let values = Int(DatabaseError.oneLine(String(reason[found.upperBound...])))
    else { return nil }
    return "it has \(Quantity.count(values, "value")) for \(Quantity.count(columns, "column"))"
  }
}
