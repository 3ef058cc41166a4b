import Foundation
import TestSupport
import Testing

/// Tables of a catalog, from the command line: moto's Glue, and SeaweedFS for the objects.
@Suite("A workspace over the Glue Data Catalog")
struct CatalogTableTests {
  @Test func `joins what the catalog knows, wherever it lies`() async throws {
    let glue = try await CatalogedLake()
    let lake = glue.lake
    for table in ["a", "b"] {
      try await glue.create(table)
      try await glue.add(table, "1", at: "data/\(table)/k=1")
    }
    try await lake.landPair(["1", "2"])
    #expect(try await lake.pending() == ["k=1: a: 1 added; b: 1 added"])
    // A partition of another place, which the folders do not tell.
    try await lake.land("elsewhere/x", Workbench.rows("x"))
    try await glue.add("a", "3", at: "data/elsewhere/x/")
    try await glue.add("b", "2", at: "data/b/k=2")
    let first = try await lake.dovetail("run")
    #expect(first.status == 0, Comment(rawValue: first.stderr))
    #expect(try await lake.keys("out/j/") == ["k=1/data.parquet"])
    #expect(try await lake.pending() == [])
    // b of 3 and a of 2 arrive late.
    try await lake.land("b/k=3", Workbench.rows("y"))
    try await glue.add("b", "3", at: "data/b/k=3")
    try await glue.add("a", "2", at: "data/a/k=2")
    let second = try await lake.dovetail("run", "--json")
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    #expect(try JSONValue(second.stdout)[0]["committed"].integer == 2)
    #expect(try await lake.keys("out/j/") == (1...3).map { "k=\($0)/data.parquet" })
    let verified = try await lake.dovetail("verify")
    #expect(verified.status == 0, Comment(rawValue: verified.stdout + verified.stderr))
    let why = try await lake.dovetail("why", "k=3")
    #expect(why.status == 0, Comment(rawValue: why.stderr))
  }

  @Test func `a partition that moves to the same files is no change, and to others it is`()
    async throws
  {
    let glue = try await CatalogedLake()
    let lake = glue.lake
    for table in ["a", "b"] {
      try await glue.create(table)
      try await glue.add(table, "1", at: "data/\(table)/k=1")
    }
    try await lake.landPair(["1"])
    let run = try await lake.dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))

    let moved = try await lake.content("data/a/k=1/part.parquet")
    try await lake.put(moved, at: "data/moved/x/part.parquet")
    try await glue.move("a", "1", to: "data/moved/x")
    #expect(try await lake.pending() == [])
    let nothing = try await lake.dovetail("run", "--json")
    #expect(try JSONValue(nothing.stdout)[0]["committed"].integer == 0)
    let verified = try await lake.dovetail("verify")
    #expect(verified.status == 0, Comment(rawValue: verified.stdout + verified.stderr))
    try await lake.put(moved, at: "data/moved/x/late.parquet")
    #expect(try await lake.pending() == ["k=1: a: 1 added"])
    try await lake.land("other/y", Workbench.rows("x", 2))
    try await glue.move("a", "1", to: "data/other/y")
    #expect(try await lake.pending() == ["k=1: a: 1 added, 1 removed"])
  }

  @Test func `lists the catalog, and begins a workspace from it`() async throws {
    let glue = try await CatalogedLake()
    for table in ["a", "b"] { try await glue.create(table) }
    try await glue.create("made_up", parameters: ["projection.enabled": "true"])
    let lake = glue.lake
    let databases = try await lake.dovetail("catalog")
    #expect(databases.stdout.contains(glue.database), Comment(rawValue: databases.stderr))
    let tables = try await lake.dovetail("catalog", glue.database)
    #expect(
      tables.stdout == """
        TABLE         FORMAT   KEYS   LOCATION
        \(glue.database).a  parquet  k int  \(lake.place)/data/a
        \(glue.database).b  parquet  k int  \(lake.place)/data/b
        The table \(glue.database).made_up of the Glue Data Catalog has partition projection: its partitions are made up by \
        Athena and are not in the catalog, which would look empty. Read its folders with `location:` and `partitions:` \
        instead, or set projection.enabled to false and add the partitions (MSCK REPAIR TABLE).

        """)
    let json = try await lake.dovetail("catalog", glue.database, "--json")
    let shapes = try JSONValue(json.stdout).elements
    #expect(shapes.map(\.keys).first == ["format", "keys", "location", "read", "table"])
    #expect(shapes.map(\.keys).last == ["keys", "location", "read", "reason", "table"])

    let peer = try await S3Peer.shared(.glue)
    let environment = Lake.environment.merging([
      "AWS_ENDPOINT_URL_GLUE": peer.endpoint, "AWS_REGION": "us-east-1",
    ]) { $1 }
    let folder = lake.bench.path("new")
    let made = try await Command.run(
      Command.dovetail,
      ["init", folder, "--from-glue", "\(glue.database).a", "\(glue.database).b"],
      environment: environment)
    #expect(made.status == 0, Comment(rawValue: made.stderr))
    let listed = try await Command.run(
      Command.dovetail, ["lint", "-C", folder], environment: environment)
    #expect(listed.status == 0, Comment(rawValue: listed.stderr))
    let refused = try await Command.run(
      Command.dovetail,
      ["init", lake.bench.path("other"), "--from-glue", "\(glue.database).made_up"],
      environment: environment)
    #expect(refused.status == 2)
    #expect(refused.stderr.contains("has partition projection"))
  }

  @Test func `says where in the file a table is named that there is not`() async throws {
    let glue = try await CatalogedLake()
    try await glue.create("a")
    let status = try await glue.lake.dovetail("status")
    #expect(status.status == 2)
    #expect(
      status.stderr.contains(
        "error: There is no table \(glue.database).b in the Glue Data Catalog. `dovetail catalog \(glue.database)` lists "
          + "those of the database"), Comment(rawValue: status.stderr))
  }
}
