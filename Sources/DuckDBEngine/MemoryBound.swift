import CDuckDB

/// How much memory the process may hold while units are under way.
///
/// DuckDB counts its own buffers against its limit, and spills; it does not count text and lists while an
/// expression computes them, nor the buffers of readers and writers. So the process is looked at.
struct MemoryBound: Sendable {
  /// DuckDB's limit, in bytes.
  let limit: Int64
  /// What the process held when the engine started, in bytes.
  private var before: Int64
  /// What the process holds, in bytes; nil where the system does not tell.
  private let resident: @Sendable () -> Int64?

  /// The least that is allowed beside the limit, in bytes.
  private static let allowance: Int64 = 256_000_000

  /// How often the process is looked at.
  static let interval = Duration.milliseconds(20)

  /// The bound for a limit; nil where the system does not tell what a process holds.
  init?(
    limit: Int64, resident: @escaping @Sendable () -> Int64? = { Self.residentMemory() }
  ) {
    guard let before = resident() else { return nil }
    self.limit = limit
    self.before = before
    self.resident = resident
  }

  /// The most that the process may hold, in bytes: what it held before, the limit, and beside it a quarter
  /// of the limit or 256 MB, whichever is more, for what DuckDB does not count in ordinary work.
  var bound: Int64 {
    let (sum, overflow) = limit.addingReportingOverflow(max(limit / 4, Self.allowance))
    return overflow || sum > .max - before ? .max : sum + before
  }

  /// What the process holds, when that is too much.
  func excess() -> MemoryUse? {
    guard let resident = resident(), resident > bound else { return nil }
    return MemoryUse(resident: resident, bound: bound, limit: limit)
  }

  /// Waits until what was freed is gone from the process, ten seconds at most: what an allocator keeps for
  /// longer counts as held before.
  ///
  /// DuckDB's own allocator keeps hundreds of megabytes for a next query, also when no instance is left. It
  /// gives them back when an instance is closed, so one is opened for that.
  mutating func settle() async {
    for _ in 0..<500 where excess() != nil {
      _ = try? Database()
      cduckdb_return_memory()
      guard excess() != nil else { return }
      try? await Task.sleep(for: Self.interval)
    }
    if let use = excess() { before += use.resident - use.bound + Self.allowance }
  }

  private static func residentMemory() -> Int64? {
    let bytes = cduckdb_resident_memory()
    return bytes < 0 ? nil : bytes
  }
}
