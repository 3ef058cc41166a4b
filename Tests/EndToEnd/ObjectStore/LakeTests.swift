import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// Tables and outputs in a bucket, from the command line.
@Suite("A workspace on S3")
struct LakeTests {
  @Test("finds what is new, publishes exactly these partitions, and undoes them")
  func work() async throws {
    let lake = try await Lake()
    try await lake.landPair()
    #expect(try await lake.pending().count == 3)
    let first = try await lake.dovetail("run")
    #expect(first.status == 0, Comment(rawValue: first.stderr))
    #expect(
      try await lake.keys("out/j/") == (1...3).map { "k=\($0)/data.parquet" })
    #expect(try await lake.pending() == [])

    try await lake.land("b/k=2", Workbench.rows("y", 2), file: "late.parquet")
    try await lake.remove("data/a/k=3/")
    #expect(try await lake.pending() == ["k=2: b: 1 added", "k=3: a: 1 removed"])
    let second = try await lake.dovetail("run", "--allow-removals")
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    #expect(try await lake.keys("out/j/") == ["k=1/data.parquet", "k=2/data.parquet"])
    #expect(
      try await lake.keys("out/.j.dovetail/kept/")
        == ["2/k=2/data.parquet", "2/k=3/data.parquet"])

    let verified = try await lake.dovetail("verify")
    #expect(verified.status == 0, Comment(rawValue: verified.stdout + verified.stderr))
    let undone = try await lake.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    try await lake.download("out/j")
    #expect(
      try await lake.bench.count(lake.bench.relation("out/j", keys: "k INTEGER")) == 9)
  }

  @Test("keeps its ledger there, so that two machines share one history")
  func ledger() async throws {
    let lake = try await Lake { Lake.pair($0) + "ledger: \"\($0)/state\"\n" }
    let other = try Workbench(
      try String(contentsOfFile: lake.bench.path("dovetail.yaml"), encoding: .utf8))
    try await lake.landPair()
    let first = try await lake.dovetail("run")
    #expect(first.status == 0, Comment(rawValue: first.stderr))
    try await lake.land("b/k=2", Workbench.rows("y", 2))
    let second = try await lake.dovetail("run", "--json", in: other.folder)
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    let shape = try JSONValue(second.stdout)[0]
    #expect(shape["run"].integer == 2 && shape["committed"].integer == 1)
    // The first machine's copy is old, and its disk may as well be empty.
    #expect(try await lake.pending() == [])
    try lake.bench.remove(".dovetail")
    #expect(try await lake.pending() == [])
    let history = try await lake.dovetail("history", "--json")
    #expect(try JSONValue(history.stdout).elements.count == 2)
    #expect(!lake.bench.exists(".dovetail/ledger.sqlite"))
  }
}
