import Foundation
import Testing

/// A ledger of the Dovetail before fingerprints carried a version, whose types were hashed as written.
@Suite("What an earlier Dovetail recorded of a definition")
struct UpgradeTests {
  /// The definition below as that Dovetail recorded it.
  private static let recorded = "3b7fa244e94c459396c64703f0e8dc17d6820155361801eb7307048cb68d2c28"

  private static let yaml = """
    tables:
      a: { location: data/a, format: csv, partitions: { k: int }, columns: { id: bigint, x: "decimal( 9 , 2 )" } }
      b: { location: data/b, format: csv, partitions: { k: int }, columns: { id: bigint, y: text } }
    jobs:
      j:
        inputs: [a, b]
        join: { type: inner, on: [id] }
        output: { location: out/j }
    """

  /// Two partitions that were published, and a run that is staged when `stages` says so.
  private func old(stages: Bool = false) async throws -> Workbench {
    let bench = try Workbench(Self.yaml)
    for key in 1...2 {
      try bench.write("data/a/k=\(key)/p.csv", "id,x\n1,1.50\n2,2.00\n")
      try bench.write("data/b/k=\(key)/p.csv", "id,y\n1,u\n2,v\n")
    }
    try await bench.run()
    if stages {
      try bench.write("data/b/k=2/late.csv", "id,y\n2,w\n")
      _ = try await bench.json("run", "--stage-only")
    }
    try bench.recordDefinitions(as: Self.recorded)
    return bench
  }

  @Test("leaves nothing pending, and no source to accept")
  func nothing() async throws {
    let bench = try await old()
    let facts = try bench.facts("out/j")
    #expect(try await bench.pending() == [])
    #expect(try await bench.json("status")[0]["sourceChanges"].keys.isEmpty)
    let run = try await bench.run()
    #expect(!run[0].keys.contains("run"))
    #expect(try await bench.dovetail("verify").status == 0)
    #expect(try bench.facts("out/j") == facts)
    // What is built again is recorded as of now, beside what is recorded as of then.
    _ = try await bench.json("rerun", "k=1")
    #expect(try bench.definitions().map { $0.prefix(2) } == ["2:", "3b"])
    #expect(try await bench.pending() == [])
    try bench.write("data/a/k=2/p.csv", "id,x\n1,1.25\n")
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten"])
  }

  @Test("lets a staged run be published, and a published one be undone")
  func staged() async throws {
    let bench = try await old(stages: true)
    let published = try await bench.dovetail("publish", "2")
    #expect(published.status == 0, Comment(rawValue: published.stderr))
    #expect(try await bench.pending() == [])
    let undone = try await bench.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    #expect(try await bench.pending() == ["k=2: b: 1 added"])
  }

  @Test(
    "a definition with the same types in another spelling leaves nothing pending, and no source to accept"
  )
  func spelled() async throws {
    let bench = try await old()
    try bench.write(
      "dovetail.yaml",
      Self.yaml.replacing("bigint", with: "INT8").replacing(
        "decimal( 9 , 2 )", with: "NUMERIC(9,2)"))
    // What was recorded as written is another definition in another spelling.
    #expect(try await bench.pending().count == 2)
    try await bench.run()
    for (type, other) in [("bigint", "BIGINT"), ("bigint", "long"), ("text", "STRING")] {
      try bench.write("dovetail.yaml", Self.yaml.replacing(type, with: other))
      #expect(try await bench.pending() == [])
      let run = try await bench.run()
      #expect(!run[0].keys.contains("run"))
    }
    try bench.write("dovetail.yaml", Self.yaml.replacing("bigint", with: "int"))
    #expect(try await bench.pending().count == 2)
  }
}
