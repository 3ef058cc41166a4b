import IncrementalJoin
import PartitionPredicate

/// Applies a plain predicate of many terms to all partitions, beside its naive form and DuckDB.
struct PredicatePruning {
  private enum Row: String, CaseIterable {
    case table = "build the partition table, once a listing"
    case read = "read and bind the plain text"
    case select = "compile and select"
    case all = "read, bind, compile and select"
    case naive = "naive: every term for every partition"
    case join = "DuckDB: a join with the partitions as VALUES"
    case plan = "DuckDB: read, bind and plan"
    case duckDB = "DuckDB: the whole query"
  }

  private let known: KnownPartitions
  private let duckDB: DuckDBPartitions
  private let rows: [Int]
  private let text: String
  private let duckDBText: String
  /// No predicate, but what one would write by hand for DuckDB.
  private let joinText: String
  /// The rows for which the naive form is evaluated.
  private let sample: [Int]
  private var timings = Timings<Row>()

  /// Writes the predicate of random partitions, a term for each.
  init(
    _ known: KnownPartitions, _ duckDB: DuckDBPartitions, terms count: Int, sample sampleCount: Int
  ) throws {
    self.known = known
    self.duckDB = duckDB
    rows = known.choose(count, .random)
    let plain = PushdownPredicate.plain(
      known.partitions(at: rows), keys: KnownPartitions.keys)
    text = try PlainPrinter().text(plain)
    duckDBText = try DuckDBPrinter().text(plain)
    let values = rows.map { row in
      "(\(known.partitions[row].values.map { "'\($0.text)'" }.joined(separator: ", ")))"
    }
    joinText = """
      (region, day, hour) IN (SELECT (region, day::DATE, hour::INTEGER) \
      FROM (VALUES \(values.joined(separator: ", "))) AS wanted(region, day, hour))
      """
    sample = (0..<sampleCount).map { $0 * known.partitions.count / sampleCount }
  }

  /// Every row once, in turn, with its result checked; the first time nothing is counted.
  mutating func repeatOnce(counting: Bool) async throws {
    let table = Timed { PartitionTable(known.partitions, keys: KnownPartitions.keys) }
    let read = try Timed { try PushdownPredicate(text, keys: KnownPartitions.keys, today: 0) }
    let selection = Timed { table.value.select(read.value) }
    try check(Array(selection.value), rows, "Dovetail")
    let evaluator = PredicateEvaluator(read.value)
    let naive = Timed { sample.filter { evaluator.selects(known.partitions[$0]) } }
    try check(naive.value, sample.filter(selection.value.contains), "the naive form")
    let join = try await Timed(waitingFor: { try await duckDB.rows(where: joinText) })
    try check(join.value.sorted(), rows, "DuckDB's join")
    if counting {
      timings.add(table.time, to: .table)
      timings.add(read.time, to: .read)
      timings.add(selection.time, to: .select)
      timings.add(read.time + selection.time, to: .all)
      timings.add(naive.time, to: .naive)
      timings.add(join.time, to: .join)
    }
    if timings.isSpent(.duckDB) { return }
    let plan = try await Timed(waitingFor: { try await duckDB.plan(where: duckDBText) })
    try await duckDB.forget()
    let query = try await Timed(waitingFor: { try await duckDB.rows(where: duckDBText) })
    try check(query.value.sorted(), rows, "DuckDB")
    if counting {
      timings.add(plan.time, to: .plan)
      timings.add(query.time, to: .duckDB)
    }
  }

  private func check(_ found: [Int], _ expected: [Int], _ name: String) throws {
    guard found == expected else {
      throw BenchError("By \(name) \(found.count) partitions are selected, not \(expected.count).")
    }
  }

  /// How many times faster than DuckDB's whole query partitions are selected.
  var advantage: Double { timings.median(.duckDB) / timings.median(.select) }
  /// The same when the text is read too, as DuckDB does.
  var advantageWithReading: Double { timings.median(.duckDB) / timings.median(.all) }

  /// A table of the rows.
  var markdown: String {
    let scale = Double(known.partitions.count) / Double(sample.count)
    let lines = Row.allCases.map { row in
      row == .naive
        ? "| \(row.rawValue) (scaled) | \(timings.cells(row, scale: scale)) |"
        : "| \(row.rawValue) | \(timings.cells(row)) |"
    }
    return """
      | prune with the plain predicate | median | fastest to slowest | runs |
      |---|--:|--:|--:|
      \(lines.joined(separator: "\n"))
      """
  }
}
