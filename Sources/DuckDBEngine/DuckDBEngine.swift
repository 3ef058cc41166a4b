public import IncrementalJoin
import PartitionPredicate

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The engine in the process: DuckDB reads, joins and writes the rows of one work unit at a time.
///
/// Columns that clash: in a join without `select:`, the first input keeps the name of a column that
/// another input has too, and the later one's is called `<input>_<column>`. With `select:` and `sql:`
/// the names are the author's, and two equal ones are an error.
///
/// Partition keys: in `sql:` every input has its keys as columns. In `select:` the output's keys stand
/// beside the inputs, and are written without an input's name.
///
/// Types: HUGEINT, which is also what `sum` of integers yields, is written as DECIMAL(38,0); everything
/// else as DuckDB writes it to Parquet.
public final class DuckDBEngine: JoinEngine {
  let pool: ConnectionPool
  /// How many statements run at a time.
  let connections: Int
  let layouts = LayoutReader()
  let binder = JobBinder()
  let spellings = OtherSpellings()

  /// An instance of DuckDB in memory, started for the first work unit.
  ///
  /// A setting that DuckDB refuses fails every unit.
  public convenience init(settings: EngineSettings = EngineSettings()) {
    self.init(
      settings: settings, memory: settings.memoryLimit.flatMap { MemoryBound(limit: $0) })
  }

  /// An instance of DuckDB in memory, started for the first work unit.
  ///
  /// - Parameters:
  ///   - settings: What it may use.
  ///   - memory: How much the process may hold; nil for any amount.
  ///   - patience: How long a query may go on that was told to stop.
  init(settings: EngineSettings, memory: MemoryBound?, patience: Duration = .seconds(5)) {
    connections = settings.connections
    pool = ConnectionPool(settings: settings, memory: memory, patience: patience)
  }

  /// Binds a job against its inputs' columns; returns the columns that staging would write.
  ///
  /// - Throws: `EngineError.definition` with DuckDB's message and the place in the SQL;
  ///   `CancellationError`.
  public func validate(_ unit: JoinUnit) async throws -> ResultColumns {
    try await withConnection(for: unit) { connection in
      let job = try await self.binder.bind(unit, on: connection)
      let keys = unit.partition.keys
      return ResultColumns(
        columns: job.publishedColumns(keys: keys), conversions: job.conversions(keys: keys),
        warnings: job.warnings)
    }
  }

  /// Lends a connection to `body` and turns DuckDB's errors into the engine's.
  ///
  /// What breaks down beside other units is run again alone, and `body` with it.
  ///
  /// - Throws: `EngineError`, also for what breaks down alone; `CancellationError`.
  func withConnection<Value: Sendable>(
    for unit: JoinUnit, _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    do {
      return try await lending(to: unit, body)
    } catch let loan as BrokenLoan {
      throw try await error(for: loan.breakdown, of: unit)
    }
  }

  /// Lends a connection as `withConnection(for:)` does.
  ///
  /// - Throws: `EngineError`; `BrokenLoan` for what breaks down alone; `CancellationError`.
  func lending<Value: Sendable>(
    to unit: JoinUnit, _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    do {
      return try await attempt(unit, isAlone: false, body)
    } catch let loan as BrokenLoan where loan.hadCompany {
      if case .doesNotStop = loan.breakdown { throw loan }
      return try await attempt(unit, isAlone: true, body)
    }
  }

  private func attempt<Value: Sendable>(
    _ unit: JoinUnit, isAlone: Bool, _ body: (Connection) async throws -> Value
  ) async throws -> Value {
    do {
      return try await pool.withConnection(isLarge: unit.isLarge, isAlone: isAlone) { connection in
        // Another unit may have met the same column first, after this one was planned.
        var noted: Set<OtherSpellings.Place> = []
        while true {
          do {
            return try await body(connection)
          } catch let error as DatabaseError {
            if let place = self.spellings.note(error), noted.insert(place).inserted { continue }
            throw try await EngineError(error, unit: unit, on: connection)
          }
        }
      }
    } catch let error as DatabaseError {
      throw EngineError.failed("\(error)")
    } catch let error as AnswerError {
      throw EngineError.failed("\(error)")
    }
  }
}

extension JoinUnit {
  /// From how many bytes on a unit is large.
  static let large: Int64 = 8 << 20

  /// Whether its files have enough rows for several threads: from some 8 MB on.
  var isLarge: Bool { bytes >= Self.large }

  /// The size of its files in bytes; from `large` on it is not added up any more.
  var bytes: Int64 {
    var bytes: Int64 = 0
    for file in inputs.lazy.flatMap(\.files) {
      bytes += size(of: file)
      if bytes >= Self.large { break }
    }
    return bytes
  }

  /// The size of a file in bytes; 0 for one that is not there, which reading it will tell.
  private func size(of file: String) -> Int64 {
    var facts = stat()
    return stat(file, &facts) == 0 ? Int64(facts.st_size) : 0
  }
}
