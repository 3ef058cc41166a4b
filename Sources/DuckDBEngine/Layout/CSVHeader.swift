import IncrementalJoin

/// The names in the header of a CSV file.
struct CSVHeader {
  let names: [String]

  /// Reads the line, or the lines of a header with line ends in quoted names; nil when a quote is not
  /// closed.
  ///
  /// A column without a name is called `column0`, by its place counted from 0, as DuckDB does.
  init?(_ text: String, csv: CSVDialect) {
    let quote = csv.quote?.unicodeScalars.first
    let escape = csv.escape?.unicodeScalars.first
    let delimiter = Array(csv.delimiter.unicodeScalars)
    var names: [String] = []
    var name = String.UnicodeScalarView()
    var isQuoted = false
    var rest = text.unicodeScalars[...]
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
    while let scalar = rest.popFirst() {
      if isQuoted, scalar == escape, let next = rest.first, next == quote || next == escape {
        rest.removeFirst()
        name.append(next)
      } else if scalar == quote, isQuoted || name.isEmpty {
        isQuoted.toggle()
      } else if !isQuoted, scalar == delimiter.first, rest.starts(with: delimiter.dropFirst()) {
        rest.removeFirst(delimiter.count - 1)
        names.append(String(name))
        name = String.UnicodeScalarView()
      } else if isQuoted || (scalar != "\r" && scalar != "\n") {
        name.append(scalar)
      }
    }
    guard !isQuoted else { return nil }
    self.names = (names + [String(name)]).enumerated().map { $1.isEmpty ? "column\($0)" : $1 }
  }

  /// The delimiter that the file seems to have instead: its header is one name with as many of them as
  /// the next line has, where there is one.
  func otherDelimiter(than delimiter: String, beside next: String?) -> String? {
    guard names.count == 1, let name = names.first else { return nil }
    func count(_ candidate: Unicode.Scalar, in text: String) -> Int {
      text.unicodeScalars.count { $0 == candidate }
    }
    let candidates: [Unicode.Scalar] = [";", "\t", "|", ","]
    let found = candidates.first { candidate in
      let expected = count(candidate, in: name)
      return String(candidate) != delimiter && expected > 0
        && next.map { count(candidate, in: $0) == expected } ?? true
    }
    return found.map { String($0) }
  }
}
