import IncrementalJoin
import PartitionPredicate

extension DuckDBEngine {
  /// Says what a breakdown means for a unit that was alone, and which file it is about.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while files are probed.
  func error(for breakdown: Breakdown, of unit: JoinUnit) async throws -> EngineError {
    let place = unit.partition.keys.isEmpty ? "" : "Partition \(unit.partition.path): "
    switch breakdown {
    case .invalidated(let error):
      let reason = error.originalReason
      if let file = try await fileThatBreaks(unit) {
        return .unreadableFile(
          path: file, reason: "DuckDB fails on it with an internal error: \(reason)")
      }
      guard unit.inputs.contains(where: { !$0.files.isEmpty }) else {
        return .definition(
          "DuckDB fails on this definition with an internal error: \(reason). Write it in another way."
        )
      }
      return .failed(
        "\(place)DuckDB failed with an internal error: \(reason). DuckDB can read each file by itself, so "
          + "the cause may be the job's SQL: write it in another way.")
    case .outOfMemory(let error):
      return .failed(
        "\(place)DuckDB ran out of memory: \(error.firstLine). "
          + "Raise the memory limit, or give the engine a spill folder with space.")
    case .overBound(let use):
      return .failed(
        "\(place)stopped, since the process held \(use.resident.megabytes) of memory, and with a limit of "
          + "\(use.limit.megabytes) it may hold \(use.bound.megabytes). DuckDB does not count long text and "
          + "lists while it computes them: compute less of them at once, or raise `limits: { memory: }`."
      )
    case .doesNotStop(let use):
      return .failed(
        "\(place)the process held \(use.resident.megabytes) of memory, and with a limit of "
          + "\(use.limit.megabytes) it may hold \(use.bound.megabytes); DuckDB was told to stop and did not, so "
          + "that this process ends. Compute less text or shorter lists at once, or raise "
          + "`limits: { memory: }`.")
    case .ended:
      return .ended(
        "\(place)not started, because this process is ending: an earlier partition uses too much memory, and DuckDB "
          + "does not stop.")
    }
  }

  /// The first file of a unit on which DuckDB breaks down when it reads nothing else.
  private func fileThatBreaks(_ unit: JoinUnit) async throws -> String? {
    for input in unit.inputs {
      for (member, file) in input.members.flatMap({ member in member.files.map { (member, $0) } }) {
        var alone = input
        alone.members = [.init(partition: member.partition, files: [file])]
        do {
          try await pool.withConnection(isLarge: false, isAlone: true) { connection in
            try await self.probe(alone, file, on: connection)
          }
        } catch let loan as BrokenLoan {
          guard case .invalidated = loan.breakdown else { continue }
          return file
        } catch is CancellationError {
          throw CancellationError()
        } catch {
          // The file has another fault, or none.
          continue
        }
      }
    }
    return nil
  }

  private func probe(_ input: JoinUnit.Input, _ file: String, on connection: Connection)
    async throws
  {
    if input.columns.isEmpty {
      _ = try await connection.query(
        "SELECT max(hash(t)) FROM read_parquet(\(file.sqlPath), hive_partitioning = false) AS t")
    } else {
      _ = try await rowDigest(of: input, on: connection)
    }
  }
}

extension Int64 {
  /// A number of bytes for people, in whole megabytes, as `dovetail.yaml` writes them.
  fileprivate var megabytes: String { "\((self + 999_999) / 1_000_000) MB" }
}
