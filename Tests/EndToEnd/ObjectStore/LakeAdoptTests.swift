import Foundation
import PartitionPredicate
import TestSupport
import Testing

/// An output in a bucket that somebody else built, without a catalog.
@Suite("Adopting an output on S3")
struct LakeAdoptTests {
  private let lake: Lake
  private let proxy: FaultProxy

  init() async throws {
    proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    lake = try await Lake(through: proxy.endpoint)
    try await lake.landPair()
  }

  /// Rows as the job would join them, as a Parquet file.
  private func rows(_ numbers: String) async throws -> Data {
    let path = lake.bench.path("rows-\(UUID())")
    try await lake.bench.sql(
      """
      COPY (SELECT n AS id, n * 10 AS x, n * 10 AS y FROM range(\(numbers)) AS r(n))
      TO '\(path)' (FORMAT parquet)
      """)
    return try Data(contentsOf: URL(filePath: path))
  }

  /// What a job of Spark leaves: several objects a partition, markers of success, and a part of an attempt that failed.
  private func landSpark() async throws {
    let parts = [try await rows("1, 3"), try await rows("3, 4")]
    for key in 1...3 {
      for (number, part) in parts.enumerated() {
        let name = "part-0000\(number)-1f0c9a7e-6f2b-4f1e-9e2c-0d5a0c3b1a2d.c000.snappy.parquet"
        try await lake.put(part, at: "out/j/k=\(key)/\(name)")
      }
    }
    for path in ["_SUCCESS", "k=2/_SUCCESS"] { try await lake.put(Data(), at: "out/j/\(path)") }
    try await lake.put(
      parts[0],
      at: "out/j/_temporary/0/_temporary/attempt_1_0001_m_000000_1/k=1/part-00000.snappy.parquet")
  }

  /// Adopts the output, and lets all present files of the inputs count as consumed.
  private func adopt() async throws {
    let adopted = try await lake.dovetail("adopt", "--note", "built by Spark", "--confirm", "j")
    #expect(adopted.status == 0, Comment(rawValue: adopted.stderr))
    let set = try await lake.dovetail("bookmarks", "set", "--confirm", "j")
    #expect(set.status == 0, Comment(rawValue: set.stderr))
    #expect(try await lake.pending() == [])
  }

  /// What a plan warns of; nil of nothing.
  private func planned() async throws -> String? {
    let plan = try await lake.dovetail("plan", "--json")
    #expect(plan.status == 0, Comment(rawValue: plan.stderr))
    return try JSONValue(plan.stdout)[0]["warnings"][0].text
  }

  @Test(
    "the several objects of Spark's partitions become known as they are; a run that would have to replace them says what to do"
  )
  func spark() async throws {
    try await landSpark()
    let refused = try await lake.dovetail("run")
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("has data that no run of this workspace wrote"))

    let preview = try await lake.dovetail("adopt", "--dry-run", "--json")
    #expect(preview.status == 0, Comment(rawValue: preview.stderr))
    let shape = try JSONValue(preview.stdout)
    #expect(
      shape["adopts"].elements.map { $0["partition"].text } == ["k=1", "k=2", "k=3"])
    #expect(shape["adopts"].elements.map { $0["files"].integer } == [2, 2, 2])
    #expect(shape["left"] == .array([]) && shape["problems"] == .array([]))
    #expect(
      shape["fixed"][0]["reason"].text
        == "k=1 holds other objects than data.parquet, which would stay beside the new one, so that a run cannot "
        + "replace it. It is adopted and can be read; once it is pending, its run fails until these files are moved "
        + "to another prefix, or the output has a table with `glue:`, where a partition may be several objects."
    )

    let before = try await lake.tags("out/j/")
    try await adopt()
    #expect(try await lake.tags("out/j/") == before)
    #expect(try await lake.dovetail("verify").status == 0)

    try await lake.land("b/k=2", Workbench.rows("y", 2), file: "late.parquet")
    let warning = try #require(try await planned())
    #expect(warning.contains("k=2 holds other objects than data.parquet"), "\(warning)")
    let failed = try await lake.dovetail("run")
    #expect(failed.status == 1, Comment(rawValue: failed.stderr))
    #expect(
      failed.stderr.contains(
        "Cannot replace \(lake.place)/out/j/k=2: it holds other objects than data.parquet, which would stay beside "
          + "the new one (move them to another prefix, or give the output a table with `glue:`, where a partition may "
          + "be several objects). The partition stays as it was and stays pending"),
      Comment(rawValue: failed.stderr))
    #expect(try await lake.tags("out/j/") == before)
    #expect(try await lake.pending() == ["k=2: b: 1 added"])

    // The way on that the sentence names.
    try await lake.remove("out/j/k=2/")
    let gone = try await lake.dovetail("verify")
    #expect(gone.status == 1)
    #expect(try await planned() == nil)
    #expect(gone.stdout.contains("k=2: what run 1 published is gone from \(lake.place)/out/j/k=2."))
    let run = try await lake.dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    #expect(try await lake.keys("out/j/k=2/") == ["data.parquet"])
    #expect(
      try await lake.tags("out/j/k=1/") == before.filter { $0.key.contains(text: "/j/k=1/part") })
    #expect(try await lake.dovetail("verify").status == 0)
    let undone = try await lake.dovetail("undo", "k=2", "--confirm", "j")
    #expect(undone.status == 4)
    #expect(undone.stderr.contains("is not kept any more"), Comment(rawValue: undone.stderr))
  }

  @Test("a partition that is one object of the right name is replaced, and an undo brings it back")
  func oneObject() async throws {
    let theirs = try await rows("1, 4")
    for key in 1...3 { try await lake.put(theirs, at: "out/j/k=\(key)/data.parquet") }
    let preview = try await lake.dovetail("adopt", "--dry-run", "--json")
    #expect(try JSONValue(preview.stdout)["fixed"] == .array([]))
    try await adopt()
    try await lake.land("b/k=2", Workbench.rows("y", 2), file: "late.parquet")

    // Killed after the object was replaced and before the ledger knows it.
    let victim = Victim()
    proxy.kill(victim, atRequest: 1, carriedOut: true) { $0.kind == .complete }
    let first = try lake.start(["run"])
    victim.set(first.processID)
    #expect(await first.finish().status == 137)
    proxy.set { _, _ in nil }
    let second = try await lake.dovetail("run")
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    #expect(try await lake.pending() == [])
    #expect(try await lake.content("out/j/k=2/data.parquet") != theirs)
    #expect(try await lake.dovetail("verify").status == 0)

    let undone = try await lake.dovetail("undo", "k=2", "--confirm", "j")
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    #expect(try await lake.content("out/j/k=2/data.parquet") == theirs)
    let lineage = try await lake.dovetail("lineage", "k=2", "--json")
    #expect(try JSONValue(lineage.stdout)["adoptedBy"].integer == 1)
    #expect(try await lake.dovetail("verify").status == 0)
  }
}
