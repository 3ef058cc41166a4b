import GRDB
import IncrementalJoin

extension Database {
  /// The counters of a job's bookmark.
  ///
  /// Run and attempt count the runs that build and know the positions: neither those that disable the
  /// bookmark nor the operations that only move positions.
  func counters(job: String) throws -> BookmarkCounters {
    let row = try Row.fetchOne(
      cachedStatement(sql: Self.bookmarkCounters), arguments: ["job": job])
    guard let row else { return BookmarkCounters() }
    return BookmarkCounters(
      run: try row.value(0, "run.state"), attempt: try row.value(1, "run.state"),
      version: try row.value(2, "position.run"))
  }

  static let bookmarkCounters = """
    WITH build AS (
      SELECT id, state FROM run
      WHERE job = :job AND kind IN ('run', 'rerun') AND mode IN ('enable', 'pause')
    )
    SELECT
      (SELECT count(*) FROM build WHERE state = 'succeeded'),
      (SELECT count(*) FROM build
        WHERE state IN ('failed', 'partial', 'interrupted', 'cancelled')
        AND id > (SELECT coalesce(max(id), 0) FROM build WHERE state = 'succeeded')),
      (SELECT count(*) FROM run r
        WHERE r.job = :job AND EXISTS (SELECT 1 FROM position WHERE run = r.id))
    """
}
