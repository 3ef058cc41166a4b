import Foundation
import Testing

/// The demo's workspace, in the folder `demo` of a bench.
struct Demo {
  static let keys = "month INTEGER, day INTEGER"

  let bench: Workbench

  init(_ bench: Workbench) throws { self.bench = bench }

  /// Lands the data of the whole story and runs nothing.
  func landAll() async throws { for number in 1...7 { try await next(number) } }

  private func dovetail(_ arguments: String...) async throws -> Finished {
    let finished = try await Command.run(
      Command.dovetail, arguments + ["-C", bench.path("demo")])
    #expect(finished.status == 0, Comment(rawValue: finished.stderr))
    return finished
  }

  func next(_ number: Int) async throws {
    let step = try JSONValue(try await dovetail("demo", "next", "--json").stdout)
    #expect(step["step"].integer == number)
    #expect(step["of"].integer == 7)
  }

  func run() async throws { _ = try await dovetail("run") }

  /// The partitions of the days from one to another.
  func days(_ first: String, _ last: String) async throws -> [String] {
    try await bench.sql(
      """
      SELECT 'month=' || month(d) || '/day=' || day(d) \
      FROM generate_series(DATE '\(first)', DATE '\(last)', INTERVAL 1 DAY) AS s(d)
      """
    ).compactMap { $0[0] }
  }

  /// The pending partitions of a job in order, each with its reasons.
  func pending(_ job: String) async throws -> [String] {
    try JSONValue(try await dovetail("pending", "--job", job, "--json").stdout).elements.map {
      "\($0["partition"].text ?? "") "
        + $0["reasons"].elements.compactMap(\.text).joined(separator: "; ")
    }
  }

  /// The pending partitions of the join with the nearest reading, in order.
  func nearestPending() async throws -> [String] {
    try await pending("flights_nearest_weather").map { String($0.prefix { $0 != " " }) }
  }

  /// Expects both joins by the hour to have exactly these partitions pending, with these reasons.
  func expectPending(
    _ expected: [(String, String)], isHeld: Bool = false, oneSided: Set<String> = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let pending = try JSONValue(try await dovetail("pending", "--json").stdout)
    for job in ["flights_weather", "flights_with_weather"] {
      let found = pending.elements.filter { $0["job"].text == job }
      let lines = found.map { partition in
        let reasons = partition["reasons"].elements.compactMap(\.text).joined(separator: "; ")
        return "\(partition["partition"].text ?? "") \(reasons)"
      }
      #expect(
        lines.sorted() == expected.map { "\($0) \($1)" }.sorted(), sourceLocation: sourceLocation)
      #expect(
        found.allSatisfy { ($0["held"] != .null) == isHeld }, sourceLocation: sourceLocation)
      #expect(
        Set(found.filter { $0["oneSided"].isTrue }.compactMap { $0["partition"].text })
          == oneSided, sourceLocation: sourceLocation)
    }
  }

  /// Expects each job's output to be one join of everything that lies in `data/`.
  func expectRecompute(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let flights = bench.relation("demo/data/flights", keys: Self.keys)
    let weather = bench.relation("demo/data/weather", keys: Self.keys)
    for (job, join) in [("flights_weather", "LEFT"), ("flights_with_weather", "INNER")] {
      try await bench.expect(
        "demo/out/\(job)",
        equals: """
          SELECT f.*, w.year AS weather_year, w.hour AS weather_hour,
            w.* EXCLUDE (origin, time_hour, month, day, year, hour)
          FROM \(flights) AS f \(join) JOIN \(weather) AS w
            ON f.origin = w.origin AND f.time_hour = w.time_hour
              AND f.month = w.month AND f.day = w.day
          """, keys: Self.keys, columns: "", sourceLocation: sourceLocation)
    }
    // Each minute of departure is compared with the readings of the hours around it.
    try await bench.expect(
      "demo/out/flights_nearest_weather",
      equals: """
        WITH around AS (
          SELECT DISTINCT origin, departs, time_hour + to_hours(unnest([-1, 0, 1, 2])) AS reading
          FROM \(flights)),
        nearest AS (
          SELECT origin, departs, min({
            'away': abs(epoch(reading) - epoch(departs)), 'reading': reading, 'temp': temp,
            'wind_speed': wind_speed, 'visib': visib}) AS best
          FROM around JOIN (SELECT *, time_hour AS reading FROM \(weather)) USING (origin, reading)
          WHERE abs(epoch(reading) - epoch(departs)) <= 90 * 60
          GROUP BY origin, departs)
        SELECT f.*, best.reading AS measured, best.temp, best.wind_speed, best.visib
        FROM \(flights) AS f LEFT JOIN nearest USING (origin, departs)
        """, keys: Self.keys, columns: "", sourceLocation: sourceLocation)
  }
}

extension Workbench {
  /// Writes the flights and the weather of some days as CSV files below `csv`, for a demo that is soon played.
  func thinFlights(_ days: String) async throws {
    let data = try #require(Machine.flights)
    try makeFolder("csv")
    for table in ["flights", "weather"] {
      try await sql(
        """
        COPY (SELECT * FROM read_csv('\(data)/\(table).csv', all_varchar = true) WHERE \(days)) \
        TO '\(path("csv/\(table).csv"))'
        """)
    }
  }
}
