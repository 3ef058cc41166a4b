import Charts
import Foundation
import IncrementalJoin
import PartitionPredicate

/// The JSON of a job's report.
struct JobReportJSON: Encodable {
  struct Table: Encodable {
    let table: String
    let output: Bool
    let grain: CalendarGrain
    let counts: [String: Int]  // characters: a key of a JSON object
    let cells: [Cell]
  }

  struct Cell: Encodable {
    let time: ExactText
    let group: ExactText?
    let status: PartitionStatus
    let partitions: Int
    let bytes: Int64
    let rows: Int64?
    let lagSeconds: Double?
    let matchRate: Double?
  }

  struct Run: Encodable {
    let run: RunID
    let state: RunState
    let startedAt: Date
    let seconds: Double?
    let rows: Int64
    let committed: Int
    let failed: Int
    let matchRate: Double?
  }

  struct Input: Encodable {
    let input: String
    let lag: LagJSON
    let missing: Int
    let late: Int
    let longestMissingSeconds: Double?
  }

  struct Pending: Encodable {
    let partition: ExactText
    let status: PartitionStatus
    let reason: ExactText
  }

  let job: String
  let listedAt: Date
  let next: [String]
  let tables: [Table]
  let runs: [Run]
  let arrivals: [Input]
  let pending: [Pending]
  let problems: [String]

  init(_ report: JobReport) {
    job = report.job
    listedAt = report.listedAt
    next = report.steps.map { $0.sentence(job: report.job) }
    tables = report.calendar.tables.map { table in
      Table(
        table: table.name, output: table.isOutput, grain: table.keys.grain,
        counts: Dictionary(uniqueKeysWithValues: table.counts.map { ($0.key.word, $0.value) }),
        cells: table.entries.map { entry in
          Cell(
            time: ExactText(table.name(of: entry.slot..<entry.slot + 1)),
            group: table.keys.groupKeys.isEmpty ? nil : table.groups[entry.group],
            status: entry.cell.status, partitions: entry.cell.partitions, bytes: entry.cell.bytes,
            rows: entry.cell.rows, lagSeconds: entry.cell.lag, matchRate: entry.cell.matchRate)
        })
    }
    runs = report.history.points.map { point in
      Run(
        run: point.run, state: point.state, startedAt: point.startedAt,
        seconds: point.took.map { $0 / .seconds(1) }, rows: point.rows, committed: point.committed,
        failed: point.failed, matchRate: point.matchRate)
    }
    arrivals = report.delays.inputs.map { input in
      Input(
        input: input.usual.input, lag: LagJSON(input.usual), missing: input.missing,
        late: input.late, longestMissingSeconds: input.longestMissing.map { $0 / .seconds(1) })
    }
    pending = report.pending.map {
      Pending(partition: $0.partition.path, status: $0.status, reason: ExactText($0.reason))
    }
    problems = report.problems
  }
}
