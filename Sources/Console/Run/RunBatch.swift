import Cells
import Foundation
import IncrementalJoin
import Reports
import Wording

/// The times of a batch: units of a run that are staged, published and committed together.
struct RunBatch: Sendable {
  /// The indices of its units.
  let units: Range<Int>
  /// When the first unit began to be read.
  private(set) var begunAt: Date?
  /// When the last unit was staged, or failed before that.
  private(set) var stagedAt: Date?
  /// When the last unit was published.
  private(set) var publishedAt: Date?
  /// When the batch was committed, or kept for the operator.
  private(set) var endedAt: Date?
  /// How many units the run has finished, including those that failed.
  private(set) var done = 0
  private(set) var failed = 0
  /// Rows that were staged.
  private(set) var rows: Int64 = 0

  init(units: Range<Int>) { self.units = units }

  /// Takes an event that is about one of its units.
  mutating func take(_ event: RunEvent, at instant: Date) {
    switch event {
    case .staging: begunAt = begunAt ?? instant
    case .staged(_, let staged):
      stagedAt = instant
      rows += staged.rows
    case .failed:
      // A unit may also fail when it is published.
      if publishedAt == nil { stagedAt = instant }
      failed += 1
      done += 1
    case .published, .removed: publishedAt = instant
    default: break
    }
  }

  /// Counts units as finished.
  mutating func end(_ count: Int, at instant: Date) {
    endedAt = instant
    done += count
  }

  /// The phases that it has gone through; a phase that is still going on ends now.
  func phases(until now: Date) -> [(phase: RunPhase, from: Date, to: Date)] {
    guard let begunAt else { return [] }
    let ends: [(RunPhase, Date?)] = [
      (.joining, stagedAt), (.publishing, publishedAt), (.committing, endedAt),
    ]
    var phases: [(phase: RunPhase, from: Date, to: Date)] = []
    var from = begunAt
    for (phase, end) in ends {
      guard let end else { continue }
      phases.append((phase, from, max(from, end)))
      from = max(from, end)
    }
    return phases.isEmpty ? [(.joining, begunAt, max(begunAt, now))] : phases
  }
}

extension RunProgress {
  /// Describes a batch.
  func account(ofBatch number: Int) -> TextReport {
    let batch = batches[number]
    let paths = [batch.units.first, batch.units.last].compactMap { $0.map { units[$0].path } }
    var lines = [
      TextReport.Line(
        "\(Quantity.count(batch.units.count, "partition")), \(Quantity.number(batch.done)) done, "
          + "\(Quantity.number(batch.failed)) failed",
        batch.failed > 0 ? .bad : batch.done == batch.units.count ? .good : .strong),
      TextReport.Line("From \(paths.first ?? "-")"), TextReport.Line("to \(paths.last ?? "-")"),
      TextReport.Line("\(Quantity.count(batch.rows, "row")) staged"),
    ]
    for phase in batch.phases(until: lastAt ?? .distantPast) {
      let took = Duration.seconds(phase.to.timeIntervalSince(phase.from))
      lines.append(TextReport.Line("\(phase.phase.rawValue): \(Quantity.elapsed(took))"))
    }
    return TextReport(
      title: "Batch \(Quantity.number(number + 1)) of \(Quantity.number(batches.count))",
      lines: lines)
  }

  /// Draws the bar of a batch on a time axis from the first event of the run to the last.
  func bar(of batch: RunBatch, columns: Int, _ symbols: Symbols) -> String {
    guard let startedAt, let lastAt, columns > 0 else { return "" }
    let span = lastAt.timeIntervalSince(startedAt)
    func place(_ instant: Date) -> Int {
      let share = span > 0 ? instant.timeIntervalSince(startedAt) / span : 0
      return Int((min(1, max(0, share)) * Double(columns)).rounded())
    }
    var text = ""
    var end = 0
    for phase in batch.phases(until: lastAt) {
      let glyph =
        switch phase.phase {
        case .planning, .joining: symbols.barFirst
        case .publishing: symbols.barSecond
        case .committing: symbols.barFull
        }
      let from = max(end, place(phase.from))
      // A batch that has begun is always visible.
      let to = min(columns, max(place(phase.to), from + (text.isEmpty ? 1 : 0)))
      text += String(repeating: " ", count: max(0, min(columns - 1, from) - end))
      text += String(repeating: glyph, count: max(0, to - min(columns - 1, from)))
      end = max(end, to)
    }
    return text
  }
}

extension RunScreen {
  /// Draws the batches of a run, one a row, on a time axis.
  static func drawBatches(
    of run: RunProgress, _ model: Model, on canvas: inout Canvas, _ layout: RunLayout
  ) {
    let symbols = canvas.theme.symbols
    let room = layout.list.columns - columnsBesideBars
    let glyphs = [
      (symbols.barFirst, RunPhase.joining), (symbols.barSecond, .publishing),
      (symbols.barFull, .committing),
    ]
    let legend = glyphs.map { "\($0) \($1.word)" }.joined(separator: "  ")
    canvas.draw(
      Line().column("Batch", 5, .header, right: true).column("Partitions", 10, .header, right: true)
        .column("Failed", 6, .header, right: true).column("Took", 9, .header, right: true)
        .adding(legend, .dim),
      in: layout.columns, row: 0)
    canvas.draw(
      run.batchList, count: run.batches.count, in: layout.list, placeRow: layout.columns.row
    ) { index in
      let batch = run.batches[index]
      let phases = batch.phases(until: run.lastAt ?? .distantPast)
      let took = phases.last.flatMap { last in
        phases.first.map { Duration.seconds(last.to.timeIntervalSince($0.from)) }
      }
      return Line().column(Quantity.number(index + 1), 5, right: true)
        .column(Quantity.number(batch.units.count), 10, right: true)
        .column(
          Quantity.number(batch.failed), 6, batch.failed > 0 ? .bad : .plain, right: true
        )
        .column(took.map(Quantity.elapsed) ?? "-", 9, right: true)
        .adding(run.bar(of: batch, columns: room, symbols), .accent)
    }
    if run.batches.isEmpty {
      canvas.draw(Line("There is no plan yet.", .dim), in: layout.list, row: 0)
    }
  }

  /// The width of the other columns.
  private static let columnsBesideBars = 6 + 11 + 7 + 10
}
