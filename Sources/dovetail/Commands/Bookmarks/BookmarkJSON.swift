import Foundation
import IncrementalJoin

/// The JSON of one input's bookmark.
struct BookmarkJSON: Encodable {
  /// Counters for the whole job, as Glue keeps them.
  struct Counters: Encodable {
    let run: Int
    let attempt: Int
    let version: Int
  }

  /// What has arrived since the positions: the number of partitions by what happened to the input there.
  struct Arrived: Encodable {
    let arrivals: Int
    let corrections: Int
    let deletions: Int
    let bytes: Int64
  }

  let job: String
  let input: String
  let table: String
  let run: RunID?
  let listedAt: Date?
  let newestFile: String?
  let partitions: Int
  let files: Int
  let bytes: Int64
  let counters: Counters
  let arrived: Arrived
  let lag: LagJSON

  /// The bookmarks of one job, in the order of its inputs.
  static func all(in status: JobStatus) -> [BookmarkJSON] {
    let skew = ArrivalSkew(status.report)
    return zip(status.bookmarks, skew.delays).map { bookmark, delays in
      BookmarkJSON(bookmark, status.counters, status.report, LagJSON(delays))
    }
  }

  private init(
    _ bookmark: Bookmark, _ counters: BookmarkCounters, _ report: PendingReport, _ lag: LagJSON
  ) {
    let counts = report.changeCounts(ofInput: bookmark.input)
    job = bookmark.job
    input = bookmark.input
    table = bookmark.table
    run = bookmark.run
    listedAt = bookmark.listedAt
    newestFile = bookmark.files == 0 ? nil : timestamp(bookmark.newest)
    partitions = bookmark.partitions
    files = bookmark.files
    bytes = bookmark.bytes
    self.counters = Counters(
      run: counters.run, attempt: counters.attempt, version: counters.version)
    arrived = Arrived(
      arrivals: counts[.arrival] ?? 0, corrections: counts[.correction] ?? 0,
      deletions: counts[.deletion] ?? 0, bytes: report.arrivedBytes(ofInput: bookmark.input))
    self.lag = lag
  }
}

/// The JSON of how late an input usually lands after the first one.
struct LagJSON: Encodable {
  /// Partitions in which every input has landed.
  let partitions: Int
  let medianSeconds: Double?
  let p95Seconds: Double?

  init(_ delays: InputDelays) {
    partitions = delays.partitions
    medianSeconds = delays.median.map { $0 / .seconds(1) }
    p95Seconds = delays.p95.map { $0 / .seconds(1) }
  }
}
