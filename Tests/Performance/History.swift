/// The made data: sensors' readings and their calibrations, a partition an hour.
///
/// Every value is a hash of its place, so that the data is the same on every machine. One sensor in
/// twenty has no calibration; a late file brings those of one partition.
struct History {
  struct Hour {
    /// Relative to the start of the shorter history.
    let day: Int
    let hour: Int
  }

  /// Relative to the start of the shorter history.
  let days: Range<Int>
  /// Rows an hour in each table.
  let rows: Int

  static let readings = "readings"
  static let calibrations = "calibrations"
  /// The columns that the two tables share.
  static let joined = ["sensor", "ts"]
  /// The result's columns, in order.
  static let columns =
    joined + ["temperature", "humidity", "pressure", "status", "gain", "drift", "technician"]

  var hours: [Hour] { days.flatMap { day in (0..<24).map { Hour(day: day, hour: $0) } } }

  /// The path of an hour's partition below the location of a table.
  static func path(_ hour: Hour) -> String {
    // Day 0 is 1 June 2025; the histories reach from April to June.
    "date=\(date(hour.day))/hour=\(hour.hour)"
  }

  /// The tables below a folder, one file a partition.
  func task(into folder: String) -> SQLTask {
    let hours = "range(24) hours(hour)"
    let statements = days.flatMap { day in
      [(Self.readings, readings(from: hours, day: day)),
        (Self.calibrations, calibrations(from: hours, day: day, late: false)),
      ].map { table, rows in
        """
        COPY (\(rows)) TO '\(folder)/\(table)' \
        (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (date, hour), OVERWRITE_OR_IGNORE)
        """
      }
    }
    // One thread, as each would write a file of its own.
    return SQLTask(folders: [folder], statements: ["SET threads = 1"] + statements)
  }

  /// One late file of calibrations for each of some hours, below a folder.
  func lateTask(_ hours: [Hour], into folder: String) -> SQLTask {
    SQLTask(
      folders: hours.map { "\(folder)/\(Self.path($0))" },
      statements: hours.map { hour in
        let rows = calibrations(
          from: "(SELECT \(hour.hour) AS hour)", day: hour.day, late: true)
        return """
          COPY (SELECT * EXCLUDE (date, hour) FROM (\(rows))) \
          TO '\(folder)/\(Self.path(hour))/late.parquet' (FORMAT parquet, COMPRESSION zstd)
          """
      })
  }

  private var sensors: Int { max(1, rows / 10) }
  private var lateSensors: Int { max(1, sensors / 20) }

  private func readings(from hours: String, day: Int) -> String {
    """
    SELECT \(keys("n", day: day)),
      \(number("temperature", day: day)) % 450 / 10 - 10 AS temperature,
      \(number("humidity", day: day)) % 1000 / 10 AS humidity,
      980 + \(number("pressure", day: day)) % 1000000 / 16384 AS pressure,
      CASE \(number("status", day: day)) % 50 WHEN 0 THEN 'suspect' WHEN 1 THEN 'estimated'
        ELSE 'good' END AS status
    FROM \(hours), range(\(rows)) numbers(n)
    """
  }

  /// The calibrations of all but the late sensors and of as many without readings, or of the late ones.
  private func calibrations(from hours: String, day: Int, late: Bool) -> String {
    let sensor =
      late
      ? "n" : "n // \(sensors) * \(sensors) + n % \(sensors) + \(lateSensors)"
    let chosen = late ? "WHERE n % \(sensors) < \(lateSensors)" : ""
    return """
      SELECT \(keys("n", day: day, sensor: late ? "n % \(sensors)" : "n % \(sensors) + \(lateSensors)")),
        1 + \(number("gain", day: day)) % 1000000 / 16777216 AS gain,
        \(number("drift", day: day)) % 200 / 1000 AS drift,
        'technician ' || \(number("technician", day: day)) % 40 AS technician
      FROM \(hours), range(\(rows)) numbers(n) \(chosen)
      """
  }
}
