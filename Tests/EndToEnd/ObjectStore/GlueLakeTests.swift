import Foundation
import GlueCatalog
import GlueClient
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

/// Outputs that readers find through the Glue Data Catalog, on SeaweedFS and moto.
@Suite("An output in the Glue Data Catalog")
struct GlueLakeTests {
  @Test("is published by locations, undone by them, and nothing lies at the table's own")
  func story() async throws {
    let glue = try await GlueLake()
    try await glue.lake.landPair()
    try await glue.run()
    let first = try await glue.locations(of: "j")
    #expect(first.keys.sorted() == ["1", "2", "3"])
    for (k, location) in first {
      #expect(location.hasPrefix("\(glue.lake.place)/out/versions-of-j/1-"), "\(k)")
      #expect(location.hasSuffix("/k=\(k)/"))
    }
    #expect(try await glue.lake.keys("out/j/") == [])
    let table = try await glue.catalog.table(glue.name("j"))
    #expect(table.keys.map(\.name) == ["k"] && table.parameters["classification"] == "parquet")
    #expect(table.storage?.columns.isEmpty == false)

    try await glue.lake.land("a/k=2", "SELECT n AS id, n * 11 AS x FROM range(1, 4) AS r(n)")
    try await glue.lake.remove("data/a/k=3/")
    try await glue.run("run", "--allow-removals")
    let second = try await glue.locations(of: "j")
    #expect(second.keys.sorted() == ["1", "2"])
    #expect(second["1"] == first["1"] && second["2"] != first["2"])

    try await glue.run("undo", "--run", "2", "--confirm", "j")
    #expect(try await glue.locations(of: "j") == first)
    try await glue.run("run", "--allow-removals", "--json")
    #expect(try await glue.lake.keys("out/.j.dovetail/staging/") == [])
  }

  @Test("shows a reader through the catalog every partition, old or new, at any moment of a run")
  func reader() async throws {
    let glue = try await GlueLake()
    let lake = glue.lake
    try await lake.landPair()
    try await glue.run()
    for key in ["1", "2", "3"] {
      try await lake.land("a/k=\(key)", "SELECT n AS id, n * 11 AS x FROM range(1, 4) AS r(n)")
    }
    let command = try lake.start(["run"], environment: glue.environment)
    var (looks, seen) = (0, Set<String>())
    var isOver = false
    while !isOver {
      isOver = !command.isRunning
      try? lake.bench.remove("seen")
      try await glue.download("j", keys: ["k"], to: "seen")
      for key in ["1", "2", "3"] {
        let files = lake.bench.files("seen/k=\(key)")
        try #require(files.count == 1, "look \(looks), partition \(key)")
        let path = lake.bench.path("seen/k=\(key)/\(files[0])")
        let rows = try await lake.bench.sql(
          "SELECT string_agg(x, ',' ORDER BY id) FROM read_parquet('\(path)')")
        let text = rows[0][0] ?? ""
        #expect(["10,20,30", "11,22,33"].contains(text), "look \(looks), partition \(key)")
        seen.insert(text)
      }
      looks += 1
    }
    #expect(await command.finish().status == 0)
    #expect(seen.contains("11,22,33") && looks > 1)
  }

  @Test(
    "that somebody else has changed in the catalog is named by every run, and replaced only by a rerun"
  )
  func drift() async throws {
    let glue = try await GlueLake()
    try await glue.lake.landPair()
    try await glue.run()
    var moved = try #require(
      try await glue.catalog.partitions(of: glue.name("j"), values: [["2"]]).first)
    moved.storage?.location = "\(glue.lake.place)/elsewhere/"
    _ = try await glue.catalog.update([moved], of: glue.name("j"), at: nil)

    let idle = try await glue.run()
    let sentence =
      "\(glue.database).j has the partition k=2 at \(glue.lake.place)/elsewhere in the catalog, where no run of this "
      + "workspace put it. It was left alone; a rerun of the partition replaces it."
    #expect(idle.stderr.contains(sentence), Comment(rawValue: idle.stderr))
    try await glue.lake.land("a/k=2", "SELECT n AS id, n * 11 AS x FROM range(1, 4) AS r(n)")
    let refused = try await glue.dovetail("run")
    #expect(refused.status == 1, Comment(rawValue: refused.stderr))
    #expect(
      (refused.stdout + refused.stderr).contains(
        "The catalog has k=2 at \(glue.lake.place)/elsewhere, and no run of this workspace put it there."
      ))
    #expect(
      try await glue.locations(of: "j")["2"] == "\(glue.lake.place)/elsewhere/")
    try await glue.run("rerun", "k=2")
    #expect(
      try await glue.locations(of: "j")["2"]?.contains("/versions-of-j/") == true)
    #expect(try await !glue.run().stderr.contains("no run of this workspace"))
  }

  @Test(
    "of others is refused until it is adopted, and then built anew, while what was there is kept")
  func others() async throws {
    let glue = try await GlueLake()
    try await glue.lake.landPair(["1"])
    try await glue.run()
    let theirs = try await glue.locations(of: "j")
    try glue.lake.bench.remove(".dovetail")
    try await glue.lake.remove("out/.j.dovetail/")
    let refused = try await glue.dovetail("run")
    #expect(refused.status == 4, Comment(rawValue: refused.stderr))
    #expect(
      refused.stderr.contains("adopt what is there with `dovetail adopt --job j`"),
      Comment(rawValue: refused.stderr))
    #expect(try await glue.locations(of: "j") == theirs)

    try await glue.lake.land("a/k=1", "SELECT n AS id, n * 11 AS x FROM range(1, 4) AS r(n)")
    try await glue.run("run", "--adopt")
    let ours = try await glue.locations(of: "j")
    #expect(ours.count == 1 && ours != theirs)
    try await glue.download("j", keys: ["k"], to: "seen")
    let rows = try await glue.lake.bench.sql(
      "SELECT string_agg(x, ',' ORDER BY id) FROM read_parquet('\(glue.lake.bench.path("seen"))/**')"
    )
    #expect(rows == [["11,22,33"]])
    // Readers that have asked before still find what was there.
    let version = try #require(theirs["1"]).dropFirst("\(glue.lake.place)/".utf8.count)
    #expect(try await glue.lake.keys(String(version)).count == 1)
    let idle = try await glue.run()
    #expect(!idle.stderr.contains("no run of this workspace"), Comment(rawValue: idle.stderr))
    let verified = try await glue.dovetail("verify")
    #expect(verified.status == 0, Comment(rawValue: verified.stdout + verified.stderr))
  }

  @Test("is read by another job through the catalog, with a watch of its own")
  func chain() async throws {
    let glue = try await GlueLake { place, database in
      Lake.pair(place).exact.replacing(every: "/out/j\" }", with: "/out/j\", glue: \(database).j }")
        .replacing(
          every: "jobs:\n",
          with: "  joined: { glue: \(database).j, watch: \"k >= 2\" }\njobs:\n"
        ).text
          + """
            i:
              inputs: [joined, b]
              join: { type: inner, on: [id] }
              output: { location: "\(place)/out/i" }

          """
    }
    try await glue.lake.landPair()
    try await glue.run()
    // What b, which has no watch, touches is read in full, also where the watch does not look.
    #expect(
      try await glue.lake.keys("out/i/") == (1...3).map { "k=\($0)/data.parquet" })
    for key in ["1", "2"] {
      try await glue.lake.land("a/k=\(key)", "SELECT n AS id, n * 11 AS x FROM range(1, 4) AS r(n)")
    }
    try await glue.run()
    // Of the two that j has rebuilt, the one outside the watch is left.
    let pending = try await glue.dovetail("pending", "--job", "i", "--all", "--json")
    #expect(
      try JSONValue(pending.stdout).elements.compactMap { $0["partition"].text } == ["k=1"],
      Comment(rawValue: pending.stderr))
  }
}
