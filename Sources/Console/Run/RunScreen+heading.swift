import Cells
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

/// How far the run is, and how it ended.
extension RunScreen {
  /// - Parameters:
  ///   - run: The run.
  ///   - job: The selected job, which the keys are about.
  ///   - canvas: Where it is drawn.
  ///   - columns: The width.
  /// - Returns: The lines, as `RunLayout` counts them.
  static func heading(_ run: RunProgress, of job: String?, _ canvas: Canvas, columns: Int)
    -> [Line]
  {
    let way = run.job == job ? "" : "[ or ] to \(run.job), then "
    let separator = canvas.theme.symbols.separator
    let name = run.id.map { "Run \($0)" } ?? "Run"
    let (state, role) = state(of: run)
    let percent = Int(run.share * 100)
    let done = "\(percent) %  \(done(run))"
    let barWidth = max(10, min(50, columns - done.columns - 1))
    let counts = counts(of: run)
    var lines = [
      Line("\(name) of \(run.job)", .strong).adding(separator).adding(state, role)
        .adding("\(separator)plan \(run.plan)", .dim),
      Line(canvas.bar(run.share, columns: barWidth), role).adding(" \(done)"),
      Line(counts.joined(separator: separator)),
      Line(
        "\(Quantity.number(run.rows)) rows\(separator)\(Quantity.elapsed(run.elapsed))"
          + (run.speed.map { "\(separator)\($0)" } ?? "")
          + (run.recovered.isEmpty
            ? "" : "\(separator)\(run.recovered.count) recovered")),
    ]
    if let summary = run.summary {
      let written =
        summary.staged > 0
        ? "\(Quantity.number(run.rows)) rows staged"
        : "\(Quantity.number(summary.rows)) rows, \(Quantity.bytes(summary.bytesWritten)) written"
      lines[3] = Line(
        "\(written) from \(Quantity.count(summary.filesRead, "file")), "
          + "\(Quantity.bytes(summary.bytesRead)), in \(Quantity.elapsed(summary.elapsed))")
      lines[2] = lines[2].adding(rest(of: summary, separator), .dim)
      if let time = summary.timings.text {
        lines.append(Line("Where the time went: \(time)", .dim))
      }
      if summary.committed > 0 {
        lines.append(Line("\(way)U undoes this run; 3 shows the runs before.", .dim))
      }
      if !summary.alarms.isEmpty {
        lines.append(
          Line(
            "\(Quantity.count(summary.alarms.count, "match alarm")): \(way)m shows what got worse",
            .bad))
      }
    }
    if (run.counts[.failed] ?? 0) > 0 {
      let retry = run.isActive ? "" : "; \(way)3, then F retries"
      lines.append(Line(". shows only the failed, Enter says why\(retry).", .warning))
    }
    if let failure = run.failure {
      lines += failure.wrapped(toColumns: columns).map { Line($0, .bad) }
    }
    return lines
  }

  /// How many partitions are done, and what else the bar counts: what is staged.
  private static func done(_ run: RunProgress) -> String {
    let all = Quantity.number(run.units.count)
    if run.keptCount > 0, run.keptCount == run.units.count { return "\(all) of \(all) staged" }
    let inProgress = run.isActive ? (run.counts[.staged] ?? 0) + (run.counts[.published] ?? 0) : 0
    let staged = run.keptCount + inProgress
    return "\(Quantity.number(run.doneCount)) of \(all) done"
      + (staged > 0 ? ", \(Quantity.number(staged)) staged" : "")
  }

  /// What a run is doing before it has a plan.
  static func waiting(_ run: RunProgress) -> String {
    guard !run.listings.isEmpty else { return "Waiting for the plan." }
    let counts = run.listings.sorted { $0.key < $1.key }.map {
      "\(Quantity.count($0.value, "file")) of \($0.key)"
    }
    return "Listed \(counts.joined(separator: ", "))."
  }

  /// How many partitions are in each state; committed ones are counted as everywhere else.
  private static func counts(of run: RunProgress) -> [String] {
    UnitState.allCases.compactMap { state in
      var count = run.counts[state] ?? 0
      switch state {
      case .committed:
        let parts = [
          (run.counts[.removed] ?? 0, "empty"), (run.counts[.unchanged] ?? 0, "unchanged"),
        ].filter { $0.0 > 0 }.map { "\(Quantity.number($0.0)) \($0.1)" }
        count = run.committedCount
        guard count > 0 else { return nil }
        return "\(Quantity.number(count)) committed"
          + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
      case .removed, .unchanged: return nil
      // Those that wait for the operator are counted with them.
      case .staged where (run.counts[.kept] ?? 0) > 0: return nil
      case .kept where count > 0:
        return "\(Quantity.number(count + (run.counts[.staged] ?? 0))) \(state.word)"
      // The summary counts them, together with those that the plan left out.
      case .held where run.summary != nil: return nil
      case .waiting, .staging, .staged, .published, .kept, .held, .failed, .cancelled:
        return count > 0 ? "\(Quantity.number(count)) \(state.word)" : nil
      }
    }
  }

  /// What the run did without building, and what it left.
  private static func rest(of summary: RunSummary, _ separator: String) -> String {
    let counts = [
      (summary.compacted, "compacted"), (summary.outOfReach, "out of reach"),
      (summary.postponed, "postponed"), (summary.held, "held"),
    ]
    return counts.filter { $0.0 > 0 }
      .map { "\(separator)\(Quantity.number($0.0)) \($0.1)" }.joined()
  }

  private static func state(of run: RunProgress) -> (String, Role) {
    if run.failure != nil { return ("failed", .bad) }
    if let summary = run.summary {
      switch summary.state {
      case .succeeded: return ("succeeded", .good)
      case .partial where summary.failures.isEmpty:
        return ("partial: some partitions would be emptied", .warning)
      case .partial: return ("partial: some partitions failed", .warning)
      case .cancelled: return ("cancelled", .warning)
      case .failed: return ("failed", .bad)
      case .interrupted: return ("interrupted", .bad)
      case .staged where run.isOutdated:
        return ("staged, too late to publish: X discards it", .warning)
      case .staged: return ("staged: P publishes it, X discards it", .accent)
      case .running: return ("running", .accent)
      }
    }
    if run.isCancelling { return ("cancelling", .warning) }
    return run.isActive ? ("running", .accent) : ("ended", .dim)
  }

  /// The line that says how a run ended.
  static func sentence(about summary: RunSummary, rows: Int64) -> String {
    guard let run = summary.run else { return "Nothing was pending; nothing was run." }
    let special = [(summary.removed, "empty"), (summary.unchanged, "unchanged")]
      .filter { $0.0 > 0 }.map { "\(Quantity.number($0.0)) \($0.1)" }.joined(separator: ", ")
    var parts: [String] = []
    if summary.committed > 0 || summary.staged == 0 {
      parts.append(
        "\(Quantity.number(summary.committed)) committed"
          + (special.isEmpty ? "" : " (\(special))"))
    }
    if summary.staged > 0 { parts.append("\(Quantity.number(summary.staged)) staged") }
    if summary.compacted > 0 { parts.append("\(Quantity.number(summary.compacted)) compacted") }
    if !summary.failures.isEmpty {
      parts.append("\(Quantity.number(summary.failures.count)) failed")
    }
    if summary.cancelled > 0 { parts.append("\(Quantity.number(summary.cancelled)) cancelled") }
    if !summary.withheld.isEmpty {
      parts.append("\(Quantity.number(summary.withheld.count)) kept that would be emptied")
    }
    return "Run \(run) \(summary.state.rawValue): \(parts.joined(separator: ", ")), "
      + "\(Quantity.number(rows)) rows in \(Quantity.elapsed(summary.elapsed))."
  }
}
