import PartitionPredicate

extension SourceDescription {
  /// How this source differs from an earlier one, in one line per difference, such as `location was data/a and is
  /// data/b` and `columns: x BIGINT is new`.
  ///
  /// Case, the order of columns and the spelling of their types make no difference.
  public func differences(from other: SourceDescription) -> [String] {
    var lines: [String] = []
    func compare(_ what: String, _ before: String, _ now: String) {
      if before.exact != now.exact { lines.append("\(what) was \(before) and is \(now)") }
    }
    compare("table", other.table, table)
    compare("location", other.location, location)
    compare("format", other.format, format)
    if other.keys != keys {
      lines.append("partition keys were \(Self.text(other.keys)) and are \(Self.text(keys))")
    }
    return lines + columnDifferences(from: other)
  }

  private func columnDifferences(from other: SourceDescription) -> [String] {
    // Declaring the columns that a table has, or leaving that to the files, makes it no other source.
    guard let before = other.columns, let columns else { return [] }
    let known = Set(before.map(Self.neutral))
    let current = Set(columns.map(Self.neutral))
    let gone = before.filter { !current.contains(Self.neutral($0)) }
    var new = columns.filter { !known.contains(Self.neutral($0)) }
    var lines: [String] = []
    for column in gone {
      guard let index = new.firstIndex(where: { Self.name($0) == Self.name(column) }) else {
        lines.append("columns: \(column) is gone")
        continue
      }
      lines.append("columns: \(column) is \(new.remove(at: index)) now")
    }
    return lines + new.map { "columns: \($0) is new" }
  }

  private static func text(_ keys: [String]) -> String {
    keys.isEmpty ? "none" : keys.joined(separator: ", ")
  }

  /// `name type` with the case of the name ignored and the type in its neutral spelling.
  ///
  /// A name may contain spaces, so the type is the longest suffix that is known to be one.
  private static func neutral(_ column: String) -> ExactText {
    let text = column.exact.lowercased
    let words = text.parts(separatedBy: " ", omittingEmpty: false)
    for count in words.indices.dropFirst() {
      let type = ColumnType(words[count...].joined(separator: " ").text)
      guard type.isKnown else { continue }
      return "\(words[..<count].joined(separator: " ")) \(type.spelling)".exact
    }
    return text
  }

  /// The first word of `name type`, which ignores case.
  private static func name(_ column: String) -> ExactText? {
    column.exact.lowercased.parts(separatedBy: " ").first
  }

  /// How the tables of a job's inputs differ from those that its positions refer to, by input name; inputs without a
  /// difference, and those without positions, are left out.
  ///
  /// - Throws: what the ledger throws.
  static func changes(of job: JobDefinition, in ledger: any LedgerReader) throws
    -> [String: [String]]
  {
    let accepted = try ledger.sources(job: job.name)
    var changes: [String: [String]] = [:]
    for input in job.inputs where !input.table.isOutput {
      guard let before = accepted[input.name] else { continue }
      let differences = SourceDescription(input.table).differences(from: before)
      if !differences.isEmpty { changes[input.name] = differences }
    }
    return changes
  }
}
