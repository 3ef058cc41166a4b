public import IncrementalJoin

/// Why tables are not added to a `dovetail.yaml`.
public enum AdditionObstacle: Hashable, Sendable {
  /// A table is declared already, by this name.
  case declared(CatalogName, name: String, line: Int)
  /// The file has no lines below `tables:` to which these could be added; nil when it has no `tables:`.
  case notLineByLine(file: String, line: Int?, [String])
  /// With the lines the file would have these mistakes.
  case unusable(String)
  /// The file is not the one that the lines were composed for.
  case changed
}

extension AdditionObstacle: CustomStringConvertible {
  /// A sentence and what to do next.
  public var description: String {
    switch self {
    case .declared(let table, let name, let line):
      let shown = "\(table)".printable
      return "dovetail.yaml has \(shown) already: it is the table \(name.printable) in line "
        + "\(line). Leave it out."
    case .notLineByLine(let file, let line, let lines):
      let place = line.map { "`tables:` in \(file.printable), line \($0)," } ?? file.printable
      let added = lines.map(\.printable).joined(separator: "\n")
      return "\(place) does not have each table on lines of its own, so that no lines can be "
        + "added. Write it so, with these lines below `tables:`:\n\(added)"
    case .unusable(let mistakes):
      return "with these lines dovetail.yaml could not be used.\n\(mistakes)"
    case .changed:
      return "dovetail.yaml has changed since the lines were composed. Look again at what would be "
        + "added."
    }
  }
}
