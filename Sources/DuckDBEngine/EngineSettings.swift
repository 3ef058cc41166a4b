/// What the engine may use of the machine.
public struct EngineSettings: Hashable, Sendable {
  /// The most memory, in bytes; nil leaves DuckDB's default of 80 % of the machine's.
  public var memoryLimit: Int64?
  /// An absolute path of a folder for what does not fit into memory; nil forbids spilling.
  public var spillFolder: String?
  /// The number of threads, over all work units, while a large one is read; nil leaves DuckDB's default
  /// of one a core.
  ///
  /// Small units take a thread each, see `ConnectionPool`.
  public var threads: Int?
  /// How many work units may be staged at once.
  public var connections: Int

  /// Creates settings; without arguments these are DuckDB's own defaults and two connections.
  public init(
    memoryLimit: Int64? = nil, spillFolder: String? = nil, threads: Int? = nil,
    connections: Int = 2
  ) {
    self.memoryLimit = memoryLimit
    self.spillFolder = spillFolder
    self.threads = threads
    self.connections = max(1, connections)
  }

  /// DuckDB's names of the settings and their values.
  ///
  /// Nothing may be fetched or loaded behind the operator's back, and the rows of a table have no
  /// order to preserve.
  var configuration: [(name: String, value: String)] {
    var options = [
      ("autoinstall_known_extensions", "false"),
      ("autoload_known_extensions", "false"),
      ("preserve_insertion_order", "false"),
      ("errors_as_json", "true"),
      ("temp_directory", spillFolder ?? ""),
    ]
    if let memoryLimit { options.append(("memory_limit", "\(Self.counted(of: memoryLimit))B")) }
    if let threads { options.append(("threads", String(threads))) }
    return options.map { (name: $0.0, value: $0.1) }
  }

  /// How much of a limit DuckDB may fill with what it counts, in bytes: seven eighths, since it does not count what it
  /// writes, nor what an allocator keeps in pieces.
  static func counted(of limit: Int64) -> Int64 { limit - limit / 8 }

  /// What lets all threads help; nil where there is but one.
  var allThreads: String? {
    guard let threads else { return "RESET threads" }
    return threads == 1 ? nil : "SET threads = \(threads)"
  }
}
