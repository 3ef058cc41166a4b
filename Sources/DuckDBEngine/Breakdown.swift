/// Why nothing counts that a connection answers from some moment on, not even what was answered well.
///
/// The cause may be another unit under way at the same time: only what breaks down alone is at fault.
enum Breakdown: Error, Hashable, Sendable {
  /// A fatal error: DuckDB answers no query of any connection any more.
  case invalidated(DatabaseError)
  /// DuckDB found too little memory within its limit, or too little space to spill into.
  case outOfMemory(DatabaseError)
  /// The process holds more memory than it may, and the query was stopped.
  case overBound(MemoryUse)
  /// As `overBound`, but the query goes on: DuckDB looks at interrupts between steps, and a step can be long.
  case doesNotStop(MemoryUse)
  /// Not begun, since an earlier unit's query does not stop.
  case ended(MemoryUse)
}

/// How much memory the process held when it was too much.
struct MemoryUse: Hashable, Sendable {
  /// In bytes.
  let resident: Int64
  /// The most that it may hold, in bytes.
  let bound: Int64
  /// What was declared, in bytes.
  let limit: Int64
}

/// That a unit's use of a connection ended with a breakdown.
struct BrokenLoan: Error {
  let breakdown: Breakdown
  /// Whether other units were under way at some time of it.
  let hadCompany: Bool
}
