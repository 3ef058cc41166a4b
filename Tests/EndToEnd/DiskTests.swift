import Foundation
import Testing

@Suite("A full or read-only disk")
struct DiskTests {
  /// A job whose partition k=1 becomes small and k=2 some megabytes, and that publishes to `output`.
  private static func bench(output: String = "disk/j", limits: String = "") async throws
    -> Workbench
  {
    let bench = try Workbench(
      """
      tables:
        a: { location: data/a, partitions: { k: int } }
      jobs:
        j:
          inputs: [a]
          sql: SELECT id, md5(id || '-' || n) AS text FROM a, unnest(range(a.x)) AS r(n)
          output: { location: \(output) }\(limits)
      """)
    try await bench.land("a/k=1", "SELECT 1 AS id, 10 AS x")
    try await bench.land("a/k=2", "SELECT 1 AS id, 200000 AS x")
    return bench
  }

  /// Expects k=1 to be published whole, and k=2 to be pending and neither published nor half there.
  private static func expectOnlyFirst(_ bench: Workbench, _ output: String) async throws {
    #expect(try await bench.pending() == ["k=2: a: 1 added"])
    #expect(!bench.exists("\(output)/k=2"))
    #expect(try await bench.count(bench.relation(output)) == 10)
  }

  @Test(
    "a full disk fails the partition that does not fit, and the next run with space succeeds",
    .enabled(if: Machine.mounts, "file systems cannot be mounted here"))
  func full() async throws {
    let bench = try await Self.bench()
    try bench.makeFolder("disk")
    let disk = bench.path("disk")
    #expect(try await bench.shell("mount -t tmpfs -o size=1m dovetail \(disk)").status == 0)
    defer { Machine.unmount(disk) }
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 3)
    #expect(
      finished.stderr.contains("dovetail: k=2 failed: Partition k=2: "),
      Comment(rawValue: finished.stderr))
    #expect(
      finished.stderr.contains("No space left on device"), Comment(rawValue: finished.stderr))
    try await Self.expectOnlyFirst(bench, "disk/j")
    #expect(bench.files("disk/.j.dovetail/staging") == [])

    #expect(try await bench.shell("mount -o remount,size=64m \(disk)").status == 0)
    try await bench.run()
    #expect(try await bench.count(bench.relation("disk/j")) == 200_010)
  }

  @Test(
    "a disk with less space than the run reads is refused before anything is staged",
    .enabled(if: Machine.mounts, "file systems cannot be mounted here"))
  func noSpace() async throws {
    let bench = try await Self.bench()
    try await bench.land("a/k=2", "SELECT n AS id, 1 AS x FROM range(300000) AS r(n)")
    try bench.makeFolder("disk")
    let disk = bench.path("disk")
    #expect(try await bench.shell("mount -t tmpfs -o size=256k dovetail \(disk)").status == 0)
    defer { Machine.unmount(disk) }
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 1)
    #expect(
      finished.stderr.contains("dovetail: The file system of \(disk)/j has "),
      Comment(rawValue: finished.stderr))
    #expect(
      finished.stderr.hasSuffix("Free some space, then run again; nothing was changed.\n"))
    #expect(!bench.exists("disk/j"))
    #expect(try await bench.pending().count == 2)
  }

  @Test(
    "a read-only disk is named, and what was published stays",
    .enabled(if: Machine.mounts, "file systems cannot be mounted here"))
  func readOnly() async throws {
    let bench = try await Self.bench()
    try await bench.land("a/k=2", "SELECT 1 AS id, 5 AS x")
    try bench.makeFolder("disk")
    let disk = bench.path("disk")
    #expect(try await bench.shell("mount -t tmpfs -o size=8m dovetail \(disk)").status == 0)
    defer { Machine.unmount(disk) }
    try await bench.run()
    try await bench.land("a/k=2", "SELECT 1 AS id, 7 AS x")
    let before = try bench.facts("disk/j")
    #expect(try await bench.shell("mount -o remount,ro \(disk)").status == 0)
    let finished = try await bench.dovetail("run")
    #expect(finished.status == 1)
    #expect(
      finished.stderr == "dovetail: Cannot open the lock file \(disk)/.j.dovetail/lock: the file "
        + "system is read-only. The partition stays as it was and stays pending; put the cause "
        + "right, then run again.\n")
    #expect(try bench.facts("disk/j") == before)
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten"])
    #expect(try await bench.shell("mount -o remount,rw \(disk)").status == 0)
    try await bench.run()
    #expect(try await bench.count(bench.relation("disk/j")) == 17)
  }

  @Test(
    "the ledger's disk is named when it is full, or, also to who only looks, when it is read-only",
    .enabled(if: Machine.mounts, "file systems cannot be mounted here"),
    arguments: [
      ("full", "The disk of the ledger WS/.dovetail/ledger.sqlite is full. "),
      (
        "read-only",
        "The ledger WS/.dovetail/ledger.sqlite cannot be written: the file, its folder or "
      ),
    ])
  func ledgersDisk(_ fault: String, _ sentence: String) async throws {
    let bench = try await Self.bench(output: "out/j")
    try await bench.land("a/k=2", "SELECT 1 AS id, 5 AS x")
    try bench.makeFolder(".dovetail")
    let disk = bench.path(".dovetail")
    #expect(try await bench.shell("mount -t tmpfs -o size=1m dovetail \(disk)").status == 0)
    defer { Machine.unmount(disk) }
    try await bench.run()
    // After a run the log is empty. A process that ends at once leaves its files, with which SQLite can look
    // even where it cannot make them.
    #expect(
      try await bench.shell("rm -f \(disk)/ledger.sqlite-wal \(disk)/ledger.sqlite-shm").status == 0
    )
    let spoil =
      fault == "full"
      ? "dd if=/dev/zero of=\(disk)/ballast bs=1k 2> /dev/null; true"
      : "mount -o remount,ro \(disk)"
    #expect(try await bench.shell(spoil).status == 0)
    try await bench.land("a/k=2", "SELECT 1 AS id, 7 AS x")
    let before = try bench.facts("out/j")
    for command in fault == "full" ? ["run"] : ["run", "pending", "status", "history"] {
      let finished = try await bench.dovetail(command)
      #expect(finished.status == 1)
      #expect(
        finished.stderr.replacing(bench.folder, with: "WS").hasPrefix("dovetail: \(sentence)"),
        "\(command): \(finished.stderr)")
    }
    #expect(try bench.facts("out/j") == before)
    let mend = fault == "full" ? "rm \(disk)/ballast" : "mount -o remount,rw \(disk)"
    #expect(try await bench.shell(mend).status == 0)
    try await bench.run()
    #expect(try await bench.count(bench.relation("out/j")) == 17)
  }

  @Test("a file that may not grow fails its partition only")
  func fileLimit() async throws {
    let bench = try await Self.bench(output: "out/j")
    let finished = try await bench.shell(
      #"ulimit -f 1024; trap '' XFSZ; exec "$0" run -C "$1""#)
    #expect(finished.status == 3, Comment(rawValue: finished.stderr))
    #expect(
      finished.stderr.contains("dovetail: k=2 failed: Partition k=2: "),
      Comment(rawValue: finished.stderr))
    #expect(finished.stderr.contains("File too large"), Comment(rawValue: finished.stderr))
    try await Self.expectOnlyFirst(bench, "out/j")
    try await bench.run()
    #expect(try await bench.count(bench.relation("out/j")) == 200_010)
  }

  @Test("when not even the ledger can be written, nothing is published")
  func ledgerLimit() async throws {
    let bench = try await Self.bench(output: "out/j")
    let finished = try await bench.shell(#"ulimit -f 8; trap '' XFSZ; exec "$0" run -C "$1""#)
    #expect(finished.status == 1)
    #expect(
      finished.stderr.contains("\(bench.folder)/.dovetail/ledger.sqlite"),
      Comment(rawValue: finished.stderr))
    #expect(bench.files("out/j") == [])
    try await bench.run()
    #expect(try await bench.count(bench.relation("out/j")) == 200_010)
  }
}
