import Foundation
import IncrementalJoin
import PartitionPredicate

/// Reads and binds a plain text of very many terms, beside its naive form and DuckDB.
struct PredicateReading {
  private enum Row: String, CaseIterable {
    case dovetail = "Dovetail"
    case naive = "naive: every term as a predicate of its own"
    case duckDB = "DuckDB, without its optimizer"
  }

  private let known: KnownPartitions
  private let duckDB: DuckDBPartitions
  private let rows: [Int]
  private let text: String
  private let terms: [String]
  private var timings = Timings<Row>()

  /// Writes the predicate of random partitions, a term for each.
  init(_ known: KnownPartitions, _ duckDB: DuckDBPartitions, terms count: Int) throws {
    self.known = known
    self.duckDB = duckDB
    rows = known.choose(count, .random)
    text = try PlainPrinter().text(
      .plain(known.partitions(at: rows), keys: KnownPartitions.keys))
    terms = text.components(separatedBy: " or ")
  }

  /// Every row once, in turn; nothing is counted when the results are checked.
  mutating func repeatOnce(checking: Bool) async throws {
    let keys = KnownPartitions.keys
    let read = try Timed { try PushdownPredicate(text, keys: keys, today: 0) }
    let naive = try Timed { try terms.map { try PushdownPredicate($0, keys: keys, today: 0) } }
    if checking {
      let root = read.value.root
      guard (terms.count > 1 ? root.children : [root]) == naive.value.map(\.root),
        known.table.select(read.value).elementsEqual(rows)
      else { throw BenchError("The text of \(rows.count) terms was read as something else.") }
    } else {
      timings.add(read.time, to: .dovetail)
      timings.add(naive.time, to: .naive)
    }
    if timings.isSpent(.duckDB) { return }
    let other = try await Timed(waitingFor: { try await duckDB.read(text) })
    try await duckDB.forget()
    if !checking { timings.add(other.time, to: .duckDB) }
  }

  /// A table of the rows.
  var markdown: String {
    let lines = Row.allCases.map { "| \($0.rawValue) | \(timings.cells($0)) |" }
    return """
      | read and bind the plain text | median | fastest to slowest | runs |
      |---|--:|--:|--:|
      \(lines.joined(separator: "\n"))
      """
  }
}
