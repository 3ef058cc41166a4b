import Foundation
import TestSupport
import Testing

@Suite("Faults of the engine")
struct EngineFaultTests {
  private static let yaml = """
    tables: { t: { location: data/t, partitions: { k: int } } }
    jobs:
      j: { inputs: [t], sql: "SQL", output: { location: out } }
    """

  private static func yaml(_ sql: String, limits: String = "") -> String {
    yaml.replacing("SQL", with: sql) + (limits.isEmpty ? "" : "\n" + limits)
  }

  @Test("a file on which DuckDB breaks down fails its partition by name; all others are published")
  func breakdown() async throws {
    let bench = try Workbench(Self.yaml("SELECT * FROM t"))
    for key in 1...20 where key != 2 {
      try await bench.land("t/k=\(key)", "SELECT 1::INTEGER AS id, NULL::VARIANT AS var")
    }
    try bench.makeFolder("data/t/k=2")
    let bad = bench.path("data/t/k=2/bad.parquet")
    try BreakingFile.data.write(to: URL(filePath: bad))
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 3)
    #expect(
      finished.stderr.contains(
        "dovetail: k=2 failed: \(bad) cannot be read: DuckDB fails on it with an internal error: "
          + "\(BreakingFile.reason). Replace the file; the partition stays pending.\n"))
    #expect(!finished.stderr.contains("invalidated") && !finished.stderr.contains("_ZN"))
    #expect(bench.files("out").count { $0.hasSuffix(".parquet") } == 19)
    #expect(try await bench.pending().count == 1)
  }

  @Test("a partition that takes more memory than the bound is stopped; all others are published")
  func memory() async throws {
    let bench = try Workbench(
      """
      tables: { t: { location: data/t, partitions: { k: int } } }
      jobs:
        j:
          inputs: [t]
          sql: SELECT max(strlen(CASE WHEN k = 2 THEN repeat(s, 8000) ELSE s END)) AS n FROM t
          limits: { memory: 64MB }
          output: { location: out }
      """)
    for key in 1...4 {
      try await bench.land(
        "t/k=\(key)", "SELECT md5(range::VARCHAR) AS s FROM range(\(key == 2 ? 200_000 : 100))")
    }
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 3)
    #expect(finished.stderr.contains("k=2 failed: Partition k=2: stopped, since the process held "))
    #expect(finished.stderr.contains(" MB of memory, and with a limit of 64 MB it may hold "))
    #expect(bench.files("out").count { $0.hasSuffix(".parquet") } == 3)
  }

  @Test("a process that may not start threads says so with status 1, and does not wait for ever")
  func threads() async throws {
    // Root has no such limit; another user's counts only its own processes.
    guard getuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") else {
      return
    }
    let bench = try Workbench(Self.yaml("SELECT * FROM t"))
    for limit in [1, 3, 5] {
      let finished = try await bench.shell(
        """
        chmod -R a+rwX "$1"; exec setpriv --reuid=54321 --regid=54321 --clear-groups \
        prlimit --nproc=\(limit) "$0" run -C "$1"
        """)
      #expect(finished.status == 1, "\(limit)")
      #expect(
        finished.stderr == """
          dovetail: A thread cannot be started: Resource temporarily unavailable. The process may start no \
          more of them (a container's limit of processes, ulimit -u) or has no memory for one (ulimit -v). \
          Raise the limit, then run again; nothing is lost.

          """, "\(limit)")
    }
  }

  @Test("what does not follow from the inputs is an error of the definition")
  func volatile() async throws {
    let bench = try Workbench(Self.yaml("SELECT id, now() AS built FROM t"))
    try await bench.land("t/k=1", "SELECT 1 AS id")
    for command in ["plan", "run"] {
      let finished = try await bench.dovetail(command)
      #expect(finished.status == 2)
      #expect(
        finished.stderr == """
          dovetail: Job j does not fit its inputs: sql: line 1, column 12: now() does not follow from the \
          inputs: the same files would give other rows at another time or place. Take a column of an input, \
          or write the value itself.

          """)
    }
    #expect(!bench.exists("out"))
  }

  @Test("a plan warns of a LIMIT without a total order")
  func limit() async throws {
    let bench = try Workbench(Self.yaml("SELECT id FROM t LIMIT 3"))
    try await bench.land("t/k=1", "SELECT 1 AS id")
    let warning =
      "sql: line 1, column 24: LIMIT without ORDER BY keeps any of the rows, and others the next time. "
      + "Order by columns that name every row, or by all columns with ORDER BY ALL."
    #expect(try await bench.dovetail("plan").stdout.contains("\nWarning: \(warning)\n"))
    #expect(try await bench.json("plan")[0]["warnings"].elements.compactMap(\.text) == [warning])
  }
}
