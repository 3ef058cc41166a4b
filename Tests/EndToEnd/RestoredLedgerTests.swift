import Foundation
import Testing

@Suite("A ledger that is restored from a backup")
struct RestoredLedgerTests {
  private static let restore = """
    cd "$1" && rm -f .dovetail/ledger.sqlite-wal .dovetail/ledger.sqlite-shm \
      && cp backup.sqlite .dovetail/ledger.sqlite
    """

  /// A workspace whose ledger was copied after the first run, and what was published since: k=1 was built
  /// again, k=2 went, k=4 came.
  private func bench() async throws -> Workbench {
    let bench = try Workbench(Workbench.pair(job: "    limits: { removals: 1 }"))
    try await bench.landPair()
    try await bench.run()
    let backup = try await bench.dovetail("backup", bench.path("backup.sqlite"))
    #expect(backup.status == 0, Comment(rawValue: backup.stderr))
    #expect(backup.stdout == "Copied the ledger to \(bench.path("backup.sqlite")), up to run 1.\n")
    return bench
  }

  @Test("is the whole ledger: it goes on where it was")
  func same() async throws {
    let bench = try await bench()
    #expect(try await bench.shell(Self.restore).status == 0)
    #expect(try await bench.dovetail("status").stdout.contains("1 succeeded"))
    try await bench.landPair(["4"])
    #expect(try await bench.dovetail("run").status == 0)
    #expect(bench.files("out/j").count == 4)
  }

  @Test("and is older than the output is refused; taken over, nothing stays that it does not know")
  func older() async throws {
    let bench = try await bench()
    try await bench.land("a/k=1", Workbench.rows("x", 2))
    try bench.remove("data/a/k=2")
    try await bench.landPair(["4"])
    try await bench.run()
    // By its times this is the first delivery again, so that the older ledger has nothing pending there.
    #expect(bench.files("out/j").count == 3)
    #expect(try await bench.shell(Self.restore).status == 0)
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("was published last by run 2 of "))
    #expect(refused.stderr.contains("which this ledger does not know"))
    #expect(try await bench.dovetail("status").stdout.contains("was published last by run 2 of "))
    let run = try await bench.dovetail("run", "--adopt")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    #expect(try await bench.dovetail("verify").status == 0)
    try await bench.expect(
      "out/j",
      equals: """
        SELECT id, x, y, k FROM \(bench.relation("data/a")) JOIN \(bench.relation("data/b")) \
        USING (id, k)
        """, columns: "id BIGINT, x BIGINT, y BIGINT")
  }

  @Test("builds anew what a rerun or a paused run published since, although no input changed")
  func rebuilt() async throws {
    let bench = try await bench()
    try bench.write(
      "dovetail.yaml",
      Workbench.pair(job: "    limits: { removals: 1 }").replacing(
        "on: [id]", with: "on: [id], select: [a.id]"))
    try await bench.run()
    try bench.write("dovetail.yaml", Workbench.pair(job: "    limits: { removals: 1 }"))
    #expect(try await bench.shell(Self.restore).status == 0)
    // The definition is that of the older ledger, so that nothing would be pending.
    #expect(try await bench.dovetail("run").status == 4)
    let run = try await bench.json("run", "--adopt")
    #expect(run[0]["committed"].integer == 3)
    #expect(try await bench.dovetail("verify").status == 0)
    #expect(try await bench.dovetail("verify", "--all").status == 0)
  }

  @Test("the command copies while a run goes on, tells what it copied, and overwrites nothing")
  func command() async throws {
    let bench = try await bench()
    let again = try await bench.dovetail("backup", bench.path("backup.sqlite"))
    #expect(again.status == 1)
    #expect(
      again.stderr
        == "dovetail: \(bench.path("backup.sqlite")) exists already and is left as it is. Name a file "
        + "that does not exist yet.\n")
    let shape = try await bench.json("backup", bench.path("other.sqlite"))
    #expect(shape.keys == ["lastRun", "path"])
    #expect(shape["lastRun"].integer == 1)
    let never = try Workbench(Workbench.pair())
    let absent = try await never.dovetail("backup", never.path("backup.sqlite"))
    #expect(absent.status == 1)
    #expect(
      absent.stderr.contains("There is no ledger \(never.path(".dovetail/ledger.sqlite")) yet"))
  }

  @Test("after any command the file alone is the whole ledger")
  func alone() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    for arguments in [
      ["status"], ["rerun", "k=1", "--yes"], ["bookmarks", "reset", "--confirm", "j"],
      ["undo", "--run", "3", "--confirm", "j"], ["run", "--stage-only"], ["publish", "4"],
    ] {
      _ = try await bench.dovetail(arguments)
      let copy = try Workbench(Workbench.pair())
      try copy.makeFolder(".dovetail")
      try FileManager.default.copyItem(
        atPath: bench.path(".dovetail/ledger.sqlite"), toPath: copy.path(".dovetail/ledger.sqlite"))
      #expect(
        try await copy.dovetail("history").stdout == bench.dovetail("history").stdout,
        "\(arguments)")
    }
  }
}
