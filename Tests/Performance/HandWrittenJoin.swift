import Foundation

/// The same join over the same files, as a script for one DuckDB process.
enum HandWrittenJoin: String, CaseIterable {
  case loop
  case oneCopy = "one-copy"

  var title: String {
    switch self {
    case .loop: "by hand, one COPY a partition"
    case .oneCopy: "by hand, one COPY with PARTITION_BY"
    }
  }

  /// Joins the files of the touched hours into an empty folder.
  func task(for scene: some TouchedFixture, into folder: String) throws -> SQLTask {
    switch self {
    case .loop:
      let statements = try scene.touched.map { hour in
        """
        COPY (SELECT \(Self.columns) FROM \(try Self.join(of: scene, at: [hour]))) \
        TO '\(folder)/\(hour.path)/data.parquet' (FORMAT parquet, COMPRESSION zstd)
        """
      }
      return SQLTask(
        folders: scene.touched.map { "\(folder)/\($0.path)" },
        statements: Self.settings(scene) + statements, durable: folder)
    case .oneCopy:
      let join = try Self.join(of: scene, at: scene.touched, keys: ["date", "hour"])
      let copy = """
        COPY (SELECT \(Self.columns), date, hour FROM \(join)) \
        TO '\(folder)' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (date, hour))
        """
      return SQLTask(statements: Self.settings(scene) + [copy], durable: folder)
    }
  }

  /// What Dovetail sets too: rows of a table have no order to preserve.
  private static func settings(_ scene: some TouchedFixture) -> [String] {
    ["SET preserve_insertion_order = false"]
      + (scene.memory.map { ["SET memory_limit = '\($0)'"] } ?? [])
  }
  private static let columns = History.columns.joined(separator: ", ")

  private static func join(
    of scene: some TouchedFixture, at hours: [History.Hour], keys: [String] = []
  ) throws
    -> String
  {
    let hive = "hive_partitioning = \(!keys.isEmpty)"
    let readings = try scene.files(of: History.readings, at: hours)
    let calibrations = try scene.files(of: History.calibrations, at: hours)
    return """
      read_parquet(\(readings), \(hive)) AS readings \
      JOIN read_parquet(\(calibrations), \(hive)) AS calibrations \
      USING (\((History.joined + keys).joined(separator: ", ")))
      """
  }
}

/// What a script joins.
protocol TouchedFixture {
  /// The hours that late files touch.
  var touched: [History.Hour] { get }
  /// What the script may take; nil for what is there.
  var memory: String? { get }

  /// The SQL list of the files of some hours.
  func files(of table: String, at hours: [History.Hour]) throws -> String
}
