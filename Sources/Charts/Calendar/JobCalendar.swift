import Foundation
public import IncrementalJoin
public import PartitionPredicate

/// The calendars of a job's inputs and of its output, side by side.
public struct JobCalendar: Sendable {
  /// The job's name.
  public let job: String
  /// The inputs in the job's order, then the output.
  public let tables: [TableCalendar]

  /// The output's calendar.
  public var output: TableCalendar { tables[tables.count - 1] }

  /// Builds the calendars in O(n log n) time for n partitions.
  ///
  /// - Parameters:
  ///   - report: What is listed, published and pending.
  ///   - matches: The match ledger, newest run first.
  ///   - failed: Output partitions that the newest run which tried could not build.
  public init(_ report: PendingReport, matches: [MatchRecord], failed: Set<Partition> = []) {
    job = report.job.name
    let rates = MatchCounts(matches)
    let lags = PartitionLags(report)
    let output = zip(report.known, lags.outputs).map { known, lag in
      let lineage = report.lineages[known.partition]
      let status =
        failed.contains(known.partition) && !known.reasons.isEmpty
        ? .failed : PartitionStatus(of: known, in: report)
      let match = rates.byPartition[known.partition]
      return (
        known.partition,
        CalendarCell(
          status: status, bytes: lineage?.bytes ?? 0, rows: lineage.flatMap(\.countedRows),
          lag: lag?.seconds, isInputMissing: lag?.isOpen ?? false, matched: match?.matched ?? 0,
          of: match?.rows ?? 0)
      )
    }
    var tables: [TableCalendar] = []
    let changes = InputStatuses(report)
    for (index, (input, snapshot)) in zip(report.job.inputs, report.snapshots).enumerated() {
      let partitions = snapshot.partitions.map { partition, listing in
        (
          partition,
          CalendarCell(
            status: changes.status(of: partition, input: input), bytes: listing.version.bytes,
            lag: lags.inputs[index][partition])
        )
      }
      tables.append(
        TableCalendar(
          name: input.name, isOutput: false, keys: input.table.keys, time: input.table.time?.keys,
          partitions: partitions + changes.removed(of: input, from: snapshot)))
    }
    tables.append(
      TableCalendar(
        name: report.job.name, isOutput: true, keys: report.job.output.keys,
        time: report.job.outputTime, partitions: output))
    self.tables = tables
  }
}

extension JobDefinition {
  /// What the output's keys say about time, taken from the first input's keys with the same names; nil where it
  /// declares nothing.
  public var outputTime: TimeKeys? {
    guard let table = inputs.first?.table, let time = table.time?.keys else { return nil }
    var meanings: [TimeKeyMeaning?] = []
    for key in output.keys {
      guard let index = table.keys.firstIndex(where: { $0.name.isSameName(as: key.name) }) else {
        // A coarser key that follows from the first input's keys, such as a month from a date.
        meanings.append(key.type == .date ? .date : TimePart(named: key.name).map { .part($0) })
        continue
      }
      meanings.append(time.meanings[index])
    }
    return TimeKeys(meanings: meanings, constants: time.constants)
  }
}

/// How the rows of the inputs met in each partition when it was last built, over all pairs of inputs.
struct MatchCounts {
  private(set) var byPartition: [Partition: (matched: Int64, rows: Int64)] = [:]

  /// Adds up records, newest run first.
  init(_ records: [MatchRecord]) {
    var newest: [Partition: RunID] = [:]
    for record in records where !record.isUndone {
      let run = newest[record.partition] ?? record.run
      guard run == record.run else { continue }
      newest[record.partition] = run
      byPartition[record.partition, default: (0, 0)].matched += record.match.leftMatched
      byPartition[record.partition, default: (0, 0)].rows += record.match.leftRows
    }
  }
}

/// Which partitions of the inputs have changed since runs read them.
private struct InputStatuses {
  private var changed: [ExactText: [Partition: PartitionStatus]] = [:]

  init(_ report: PendingReport) {
    for known in report.known {
      for case .inputChanged(let change) in known.reasons {
        let isNew = change.changes.allSatisfy { $0.kind == .added }
        // Held only where no output partition that reads it is built.
        let status: PartitionStatus = known.hold != nil ? .held : isNew ? .pending : .stale
        let name = ExactText(change.input)
        let before = changed[name]?[change.partition]
        if before == nil || before == .held || status == .stale {
          changed[name, default: [:]][change.partition] = status
        }
      }
    }
  }

  func status(of partition: Partition, input: JobInput) -> PartitionStatus {
    changed[ExactText(input.name)]?[partition] ?? (input.changes == .ignore ? .present : .done)
  }

  /// Partitions that have no files any more but had some when they were last read.
  func removed(of input: JobInput, from snapshot: Snapshot) -> [(Partition, CalendarCell)] {
    (changed[ExactText(input.name)] ?? [:]).compactMap { partition, status in
      status != .pending && snapshot.partitions[partition] == nil
        ? (partition, CalendarCell(status: status)) : nil
    }
  }
}

/// How long, in seconds, inputs came or are missing after the first one.
private struct PartitionLags {
  /// For the known output partitions, in their order: the lag of the input that came last, and whether it is still
  /// awaited.
  var outputs: [(seconds: Double, isOpen: Bool)?] = []
  /// For the partitions of each input, in the job's order.
  var inputs: [[Partition: Double]]

  init(_ report: PendingReport) {
    inputs = report.job.inputs.map { _ in [:] }
    let listedAt = report.listedAt.timeIntervalSince1970 * 1e9
    for known in report.known {
      let landings = known.inputs.map { $0.landed.map(Double.init) }
      guard known.isLookedAt, let first = landings.compactMap(\.self).min() else {
        outputs.append(nil)
        continue
      }
      var longest = (seconds: 0.0, isOpen: false)
      for (index, input) in known.inputs.enumerated() {
        // What is awaited counts up to now; what was there and is gone is not awaited.
        let isAwaited = !report.isDeleted(input, of: known)
        guard let landed = landings[index] ?? (isAwaited ? max(first, listedAt) : nil) else {
          continue
        }
        let lag = (landed - first) / 1e9
        if lag > longest.seconds { longest = (lag, landings[index] == nil) }
        guard landings[index] != nil else { continue }
        for member in input.members[input.core] {
          inputs[index][member.partition] = max(inputs[index][member.partition] ?? 0, lag)
        }
      }
      outputs.append(longest)
    }
  }
}
