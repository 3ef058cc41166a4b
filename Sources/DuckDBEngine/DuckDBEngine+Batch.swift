import Foundation
import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// The orders of a batch that are staged together, each order in one of the groups.
  ///
  /// A group reads less than a large unit does, and every connection gets two of them, so that one is joined
  /// while another is taken over.
  func divided(_ batch: [StagingOrder]) -> [[StagingOrder]] {
    let sizes = batch.map { $0.unit.isForBatches ? $0.unit.bytes : JoinUnit.large }
    let small = sizes.count { $0 < JoinUnit.large }
    let most = min(64, (small + 2 * connections - 1) / (2 * connections))
    var groups: [[StagingOrder]] = []
    var open: (orders: [StagingOrder], definition: JoinUnit.Definition, bytes: Int64)?
    for (order, size) in zip(batch, sizes) {
      guard size < JoinUnit.large else {
        groups.append([order])
        continue
      }
      let definition = JoinUnit.Definition(order.unit)
      if let known = open, known.orders.count < most, known.bytes + size < JoinUnit.large,
        known.definition == definition, known.orders[0].countsMatches == order.countsMatches
      {
        open = (known.orders + [order], definition, known.bytes + size)
      } else {
        if let known = open { groups.append(known.orders) }
        open = ([order], definition, size)
      }
    }
    return groups + (open.map { [$0.orders] } ?? [])
  }

  /// What became of units that were computed by one statement; nil when each of them has to be run alone, so
  /// that only what fails alone is blamed.
  func stagedTogether(_ begun: [(order: StagingOrder, folder: String)]) async
    -> [Result<StagedRows, any Error>]?
  {
    do {
      return try await stageTogether(
        begun.map(\.order.unit), into: begun.map(\.folder),
        countsMatches: begun[0].order.countsMatches
      ).map { .success($0) }
    } catch let loan as BrokenLoan {
      // Nothing can be run alone any more.
      guard case .doesNotStop = loan.breakdown else { return nil }
      var failures: [Result<StagedRows, any Error>] = []
      for (order, _) in begun {
        do {
          failures.append(.failure(try await error(for: loan.breakdown, of: order.unit)))
        } catch {
          failures.append(.failure(error))
        }
      }
      return failures
    } catch {
      return nil
    }
  }

  /// Computes small units of one definition by one statement.
  ///
  /// - Throws: whatever fails, having written nothing.
  func stageTogether(_ units: [JoinUnit], into folders: [String], countsMatches: Bool) async throws
    -> [StagedRows]
  {
    try await pool.withConnection(isLarge: false) { connection in
      let prepared = try await self.prepare(units, counting: countsMatches, on: connection)
      let warnings = try await self.keyWarnings(for: prepared.query, on: connection)
      let files = UnitFiles(folders: folders)
      do {
        let copy = """
          COPY (\(prepared.statement)) TO \(files.common.sqlLiteral) \
          (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (\(prepared.query.unitColumn ?? "")), \
          HIVE_FILE_PATTERN false, FILENAME_PATTERN '{uuid}', RETURN_STATS)
          """
        let (written, marked) = try await connection.query(
          copy, marking: prepared.marks, progress: nil)
        var (rows, bytes) = (units.map { _ in Int64(0) }, units.map { _ in Int64(0) })
        for row in written.rows {
          guard let unit = Int(try row.onlyEntry("partition_keys")), units.indices.contains(unit)
          else { throw AnswerError(problem: "it names no unit of the batch", sql: copy) }
          rows[unit] += try row.number("count")
          bytes[unit] += try row.number("file_size_bytes")
          try files.move(try row.text("filename"), to: unit)
        }
        var matches = marked?.map { [$0] } ?? units.map { _ in [] }
        if countsMatches, marked == nil {
          matches = try await self.matches(in: prepared.query, on: connection)
        }
        let ties =
          countsMatches
          ? try await self.ties(in: prepared.query, on: connection) : units.map { _ in [] }
        files.removeCommon()
        return units.indices.map { unit in
          StagedRows(
            rows: rows[unit], bytes: bytes[unit],
            warnings: prepared.warnings[unit] + warnings[unit], matches: matches[unit],
            ties: ties[unit])
        }
      } catch {
        files.removeAll()
        throw error
      }
    }
  }
}

extension JoinUnit {
  /// Whether it may be computed together with others: its files know which one a row is of.
  var isForBatches: Bool {
    if case .sql = transformation { return false }
    return inputs.allSatisfy { $0.format == .parquet }
  }
}

/// The files of several units, which one statement writes into one folder.
private struct UnitFiles {
  /// The folder of each unit.
  let folders: [String]
  /// The folder that the statement writes into, inside of the first unit's.
  let common: String

  init(folders: [String]) {
    self.folders = folders
    common = "\(folders[0])/\(UUID().uuidString.exact.lowercased)"
  }

  /// Moves a written file to the unit whose rows it has.
  func move(_ file: String, to unit: Int) throws(EngineError) {
    let target = "\(folders[unit])/\((file as NSString).lastPathComponent)"
    guard rename(file, target) == 0 else {
      throw .failed("\(file) cannot be moved to \(target): \(String(cString: strerror(errno))).")
    }
  }

  func removeCommon() { try? FileManager.default.removeItem(atPath: common) }

  /// Empties the units' folders.
  func removeAll() {
    for folder in folders {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    }
  }
}
