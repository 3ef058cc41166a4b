import PartitionPredicate

/// Names everything in a job's definition that decides the published rows.
///
/// Locations and limits are left out: moving a workspace or raising a limit changes no row.
public struct DefinitionFingerprint: Sendable {
  /// The text that a ledger records: the version of the rules, and a SHA-256 in hexadecimal over the definition with
  /// types in their neutral spelling.
  public let text: String
  /// The text that the first edition recorded: the SHA-256 with types as they are written.
  private let first: String

  /// Names a definition.
  public init(_ job: JobDefinition) {
    text = "2:\(job.digest { ColumnType($0).spelling })"
    first = job.digest { $0 }
  }

  /// Whether a ledger recorded this definition, by today's rules or by those of the first edition.
  public func isSame(as recorded: String) -> Bool { recorded == text || recorded == first }

  /// The recorded text without the version; ids that people see are made from it.
  static func digest(in recorded: String) -> String {
    recorded.exact.parts(separatedBy: ":").last?.text ?? recorded
  }

  /// Whether two recorded definitions are the same.
  ///
  /// Under two different versions of the rules, that can only be established for the present definition.
  public func areSame(_ recorded: String, _ other: String) -> Bool {
    recorded == other || isSame(as: recorded) && isSame(as: other)
  }
}

extension JobDefinition {
  /// The text that a ledger records for the definition: `DefinitionFingerprint.text`.
  public var fingerprint: String { DefinitionFingerprint(self).text }

  /// A SHA-256 over everything that decides the published rows, with types in some spelling.
  fileprivate func digest(type spelling: (String) -> String) -> String {
    var digest = SHA256()
    func add(_ parts: String...) {
      for part in parts { digest.update("\(part.utf8.count):\(part)") }
    }
    func addTimes() {
      for (input, window) in zip(inputs, windows) {
        add("window", "\(window.before)", "\(window.after)")
        guard let time = input.table.time else { continue }
        add("column", time.column, time.unit?.rawValue ?? "", time.zone)
        add("keys", time.keys.spelling, "\(time.slack)", time.misplaced.rawValue)
      }
    }
    for input in inputs {
      add("input", input.name, input.table.name, input.table.format.rawValue)
      if input.table.format == .csv {
        for difference in input.table.csv.differences { add("csv", difference) }
      }
      // characters: ledgers hold fingerprints that were made so
      for key in input.table.keys { add("key", key.name.lowercased(), key.type.description) }
      for column in input.table.columns ?? [] { add("column", column.name, spelling(column.type)) }
    }
    switch transformation {
    case .sql(let text): add("sql", text)
    case .join(let type, let columns, let select):
      add("join", type.rawValue)
      for column in columns { add("on", column) }
      for expression in select ?? [] { add("select", expression) }
    case .joinToFirst(let conditions, let select):
      for condition in conditions {
        add("join to first", condition.type.rawValue)
        for columns in condition.on { add("on", columns.first, columns.other) }
        if let time = condition.time { add("time", "\(time)") }
      }
      for expression in select ?? [] { add("select", expression) }
    }
    if isByTime { addTimes() }
    for input in inputs {
      if let column = input.haloColumn { add("halo", input.name, column) }
      for rename in input.renames { add("rename", input.name, rename.name, rename.own) }
    }
    for key in output.keys { add("output", key.name, key.type.description) }
    return digest.finalize()
  }
}
