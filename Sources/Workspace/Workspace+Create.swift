import Foundation
import IncrementalJoin

extension Workspace {
  /// Writes a commented starting `dovetail.yaml`, creating the folder if it is missing.
  ///
  /// - Parameters:
  ///   - folder: The folder for the file.
  ///   - text: The contents; nil for an example that uses every key once.
  /// - Returns: The absolute path of the new file.
  /// - Throws: `WorkspaceError.exists` when the folder already has one (it stays as it is), or `.unwritable` when the
  ///   system refuses.
  @discardableResult
  public static func create(
    in folder: String, containing text: String? = nil
  ) throws(WorkspaceError) -> String {
    let folder = DeclaredLocation.absolute(folder, in: DeclaredLocation.currentFolder)
    let path = DeclaredLocation.absolute(fileName, in: folder)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: folder, reason: Self.obstacle(to: folder))
    }
    // O_EXCL, so that two processes starting at once cannot overwrite each other's file.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw .exists(path: path) }
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data((text ?? startingFile).utf8))
    } catch {
      throw .unwritable(path: path, reason: "writing failed, the file may be incomplete")
    }
    return path
  }

  /// Why a folder cannot be created.
  private static func obstacle(to folder: String) -> String {
    var place = Location(folder)
    while true {
      var facts = stat()
      if stat(place.description, &facts) == 0, facts.st_mode & S_IFMT != S_IFDIR {
        return "\(place) is a file, and the workspace is a folder. Name another folder"
      }
      guard place.parent != place else { return "the folder cannot be created" }
      place = place.parent
    }
  }

  /// Uses every key once; optional keys are commented out with their defaults.
  private static let startingFile = """
    # Dovetail workspace. Every key is explained in docs/guide/dovetail-yaml.md.
    # Check this file with `dovetail status`. Dovetail keeps its ledger in .dovetail/ beside it;
    # this file belongs in version control, .dovetail/ does not.
    version: 1

    # The tables to read. A partition is a folder such as data/flights/month=1/day=31/.
    tables:
      flights:
        location: data/flights          # relative to this file's folder, or absolute
        format: parquet                 # parquet, csv or json (one object per line)
        partitions: { month: int, day: int }  # outermost folder first; string, int, bigint, date,
                                        # timestamp, decimal(precision,scale) or boolean
        # columns:                      # default: pinned when the first file is seen
        #   origin: VARCHAR
        #   time_hour: TIMESTAMP WITH TIME ZONE
        # time: time_hour               # when a row happens: joins by time need it
        # min_age: 0s                   # hold back files younger than this: 90s, 15m, 2h, 1d
        # schema: additive              # files with other columns: strict, additive or lenient
        # record_rows: false            # true: files rewritten with the same rows are no change
      weather:
        location: data/weather
        partitions: { month: int, day: int }
        # optional: [wind_gust]         # columns that a file may lack, whatever schema: says
        # format: csv
        # csv:                          # how CSV files are written; default: commas, " and a header
        #   delimiter: ";"              # a tab is "\\t"
        #   decimal: ","
        #   null: ["", "NA"]            # spellings of a missing value

    # The jobs. Each keeps one joined table up to date.
    jobs:
      flights_weather:
        # The names by which the join knows its inputs, and the table (or other job) each one reads.
        inputs: { flights: flights, weather: weather }
        join:
          type: left                    # inner, left, right or full
          on: [origin, time_hour]       # columns that every input has
          # asof: { tolerance: 90m }    # the row nearest in time; or within: { before: 1h, after: 1h }
          # select: [flights.*, weather.temp]   # default: every column
        # Instead of join: one SELECT over the inputs' names, applied to each output partition.
        # sql: |
        #   SELECT * FROM flights LEFT JOIN weather USING (origin, time_hour)
        output:
          location: out/flights_weather # a folder of its own, outside every table
          # format: parquet             # the only one
          # partitions: [month, day]    # default: the first input's keys
          # types: spark                # or duckdb; default: spark, or what the output has
        # wait: any                     # all: only when every input has the partition; or
                                        # { for: all, deadline: 36h }
        # key: [flight]                 # default: none; columns that name a row, for diffs
        # limits:
        #   removals: 0.25              # share of the partitions that a run may remove unasked
        #   kept_runs: 3                # runs whose replaced partitions are kept for undo
        #   kept_for: 30d               # default: as long as kept_runs says
        #   kept_bytes: 10GB            # default: any number
        #   memory: 4GiB                # default: the engine's own limit
        #   max_partitions: 500         # default: any number; a larger run is refused
        #   max_bytes: 200GB            # default: any number; a run that reads more is refused

    # Commands that Dovetail starts by itself.
    # hooks:
    #   on_run_finished: ./notify.sh    # gets the run's JSON on standard input

    """
}
