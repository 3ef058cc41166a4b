import Foundation

/// The made data: sensors' readings and their calibrations, a partition an hour.
///
/// Every value is a hash of its place, so that the data is the same on every machine. One sensor in
/// twenty has no calibration at first; a late file brings those of one partition.
struct History {
  struct Hour {
    /// Counted from the first day of the shorter history; negative before it.
    let day: Int
    let hour: Int

    /// The date, as in `2025-06-01`.
    static func date(_ day: Int) -> String {
      let firstDay = 1_748_736_000.0
      return Date(timeIntervalSince1970: firstDay + Double(day) * 86_400)
        .formatted(.iso8601.year().month().day())
    }

    /// The path of its partition below a table's location.
    var path: String { "date=\(Self.date(day))/hour=\(hour)" }
  }

  let days: Range<Int>
  /// Partitions a day.
  var hoursADay = 24
  /// Rows an hour in each table.
  let rows: Int

  static let readings = "readings"
  static let calibrations = "calibrations"
  /// The columns that the tables share.
  static let joined = ["sensor", "ts"]
  /// The result's columns, in order.
  static let columns =
    joined + ["temperature", "humidity", "pressure", "status", "gain", "drift", "technician"]

  var hours: [Hour] { days.flatMap { day in (0..<hoursADay).map { Hour(day: day, hour: $0) } } }

  /// Makes both tables below a folder, one file a partition.
  func task(into folder: String) -> SQLTask {
    // With two threads, each would write a file of its own.
    var statements = ["SET threads = 1"]
    for day in days {
      let tables = [
        (Self.readings, readings(day)),
        (Self.calibrations, calibrations(day, firstSensor: lateSensors, sensors: sensors)),
      ]
      for (table, rows) in tables {
        statements.append(
          """
          COPY (SELECT *, DATE '\(Hour.date(day))' AS date FROM (\(rows))) TO '\(folder)/\(table)' \
          (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (date, hour), OVERWRITE_OR_IGNORE)
          """)
      }
    }
    return SQLTask(folders: [folder], statements: statements)
  }

  /// Makes one late file of calibrations for each of some hours, below a folder, which lacks some sensors.
  func lateTask(_ hours: [Hour], into folder: String, missing: Int = 0) -> SQLTask {
    SQLTask(
      folders: hours.map { "\(folder)/\($0.path)" },
      statements: hours.map { hour in
        let rows = calibrations(hour.day, firstSensor: 0, sensors: lateSensors - missing)
        return """
          COPY (SELECT * EXCLUDE (hour) FROM (\(rows)) WHERE hour = \(hour.hour)) \
          TO '\(folder)/\(hour.path)/late.parquet' (FORMAT parquet, COMPRESSION zstd)
          """
      })
  }

  /// Each sensor has ten rows an hour.
  private var sensors: Int { max(1, rows / 10) }
  private var lateSensors: Int { max(1, sensors / 20) }

  private func readings(_ day: Int) -> String {
    """
    SELECT hour, \(keys(day)),
      \(number("temperature", day)) % 450 / 10 - 10 AS temperature,
      \(number("humidity", day)) % 1000 / 10 AS humidity,
      980 + \(number("pressure", day)) % 1000000 / 16384 AS pressure,
      CASE \(number("status", day)) % 50 WHEN 0 THEN 'suspect' WHEN 1 THEN 'estimated'
        ELSE 'good' END AS status
    FROM \(places(firstSensor: 0, sensors: sensors))
    """
  }

  private func calibrations(_ day: Int, firstSensor: Int, sensors: Int) -> String {
    """
    SELECT hour, \(keys(day)),
      1 + \(number("gain", day)) % 1000000 / 16777216 AS gain,
      \(number("drift", day)) % 200 / 1000 AS drift,
      'technician ' || \(number("technician", day)) % 40 AS technician
    FROM \(places(firstSensor: firstSensor, sensors: sensors))
    """
  }

  private func places(firstSensor: Int, sensors: Int) -> String {
    """
    range(\(hoursADay)) hours(hour), range(\(max(1, rows / self.sensors))) samples(sample), \
    range(\(firstSensor), \(firstSensor + sensors)) sensors(number)
    """
  }

  private func keys(_ day: Int) -> String {
    """
    printf('sensor-%05d', number) AS sensor, \
    TIMESTAMP '\(Hour.date(day))' + to_hours(hour) + to_minutes(6 * sample) AS ts
    """
  }

  private func number(_ column: String, _ day: Int) -> String {
    "hash('\(column)', \(day), hour, sample, number)"
  }
}
