import Foundation
import PartitionPredicate
import Wording

extension PartitionAccount: CustomStringConvertible {
  /// The whole account, a fact a line; what belongs below a line is indented by two spaces.
  public var description: String { lines.joined(separator: "\n") }

  /// The lines of the account.
  public var lines: [String] {
    var lines = [verdict]
    if case .unknown = status { return lines }
    if let failure { lines.append(failure) }
    lines += causes.flatMap(\.lines)
    lines += outOfReach.map { "  \($0)" }
    if isUnfinished { lines.append("Its publish was interrupted; the next run recovers it.") }
    lines.append(positionLine)
    let changed = Set(isBehind ? [] : causes.compactMap(\.input))
    lines += inputs.map { "  \($0.line(isChanged: changed.contains($0.name)))" }
    lines += missingInputs.map { missing($0) }
    lines.append(lineageLine)
    if let divergence { lines.append("  \(divergence)") }
    if !visits.isEmpty {
      lines.append("Runs that did something with it, newest first:")
      lines += visits.enumerated().map { number, visit in
        "  \(visit.line(isTold: number == 0 && failure != nil))"
      }
    }
    return lines
  }

  /// How the last run failed that did something with the partition; nil when it did not.
  public var failure: String? {
    guard let last = visits.first, last.unit.state == .failed, let message = last.unit.message
    else { return nil }
    return "Run \(last.run.id) failed: \(message)"
  }

  /// The first line: whether the partition is pending, and in one sentence why, or why not.
  public var verdict: String {
    let name = "Partition \(partition.path) of job \(job)"
    switch status {
    case .pending where isBehind:
      return
        "\(name) is pending: its files are those that count as consumed, but what is published "
        + "was built from others."
    case .pending: return "\(name) is pending."
    case .held(let hold): return "\(name) is pending, but \(hold)."
    case .settled:
      guard let position else {
        return "\(name) is not pending: no input has a file of it, and nothing of it counts as "
          + "consumed."
      }
      if !outOfReach.isEmpty {
        return "\(name) is not pending: files have landed, but their rows are not near enough to "
          + "it."
      }
      let consumer =
        switch positionRun?.kind {
        case nil, .run, .rerun: "that run \(position.run) consumed"
        case let kind?: "that count as consumed since run \(position.run), \(kind.withArticle)"
        }
      return "\(name) is not pending: its files are those \(consumer), and the definition is the "
        + "same."
    case .unknown(let near):
      var sentences = [
        "\(name) is not known: no input has a file of it and it was never built, so there is nothing "
          + "that could be pending."
      ]
      if !near.isEmpty {
        sentences.append("Near it are: \(near.map(\.path).joined(separator: ", ")).")
      }
      let left = problems.count { $0.severity != .stray }
      if left > 0 {
        sentences.append(
          "The listings could not count \(left) \(left == 1 ? "file or folder" : "files or folders") "
            + "as data, which may be it.")
      }
      return sentences.joined(separator: " ")
    }
  }

  private var positionLine: String {
    guard let position else {
      // A run that was undone, or failed, has read it even so.
      return visits.isEmpty
        ? "No run has read any of it yet." : "None of its files counts as consumed."
    }
    guard let positionRun else { return "Consumed as of run \(position.run):" }
    let kind = positionRun.kind == .run ? "" : ", \(positionRun.kind.withArticle)"
    let note = positionRun.note.map { " (\($0))" } ?? ""
    return "Consumed as of run \(position.run)\(kind)\(note), which listed the inputs at "
      + "\(Quantity.instant(positionRun.listedAt)) UTC:"
  }

  private func missing(_ input: Input) -> String {
    if input.arrival?.isDeleted == true {
      return "One-sided: \(input.name) has no file any more; what was consumed of it was deleted."
    }
    let since =
      landed.map { " since \(Quantity.instant($0)) UTC, when the first input landed" } ?? ""
    let late = input.arrival?.isLate == true ? "; later than 95 of 100 times before" : ""
    return "One-sided: \(input.name) is missing\(since)\(late)."
  }

  private var lineageLine: String {
    guard let lineage else { return "No run has built it." }
    if let run = lineage.adoptedBy {
      return
        "Adopted by run \(run), \(Quantity.count(lineage.bytes, "byte")): its origin is unknown."
    }
    let agreement = divergence == nil ? ", from what counts as consumed" : ""
    // The run may have found no row, or have taken back the only build.
    guard lineage.rows > 0 else { return "Run \(lineage.run) left it without rows\(agreement)." }
    let size =
      "\(Quantity.count(lineage.rows, "row")), \(Quantity.count(lineage.bytes, "byte"))"
    return "Built by run \(lineage.run), \(size)\(agreement)."
  }
}

extension PartitionAccount.Cause {
  /// The reason, the input's partition below it, and the files below that.
  fileprivate var lines: [String] {
    var lines = ["  \(reason)\(changeClass.map { " (\($0.rawValue))" } ?? "")"]
    if let partition { lines.append("    \(partition.path)") }
    return lines + changes.map { "      \($0.kind.rawValue) \($0.file.path), \($0.file.facts)" }
  }
}

extension PartitionAccount.Input {
  fileprivate func line(isChanged: Bool) -> String {
    let halo = isHaloOnly ? ", all of it from neighboring partitions" : ""
    guard let consumed else {
      return current == nil
        ? "\(name): no file, then and now"
        : "\(name): nothing consumed, now \(facts(current))\(halo)"
    }
    if consumed.id == current?.id {
      // Only a digest reveals a file that was rewritten with the same size and time.
      let state = isChanged ? "rewritten since" : "as they are now"
      return "\(name): \(facts(consumed)), \(state)\(halo)"
    }
    let since = "\(name): \(facts(consumed)), now \(facts(current))\(halo)"
    return isChanged || changes == .all
      ? since : "\(since), which makes nothing pending (`changes: \(changes.rawValue)`)"
  }

  private func facts(_ version: PartitionVersion?) -> String {
    guard let version else { return "none" }
    let count = version.files.count
    return
      "\(Quantity.count(count, "file")) of \(Quantity.count(version.bytes, "byte")), version "
      + version.id.prefix(12)
  }
}

extension PartitionAccount.Divergence: CustomStringConvertible {
  /// Which run made what is published and what counts as consumed diverge, and how.
  public var description: String {
    switch self {
    case .built(let run, let mode):
      let how = mode.map { $0 == .enable ? "" : " with bookmark \($0.rawValue)" } ?? ""
      return "Run \(run) built it\(how) and left the position where it was."
    case .moved(let run, let kind):
      guard let kind else { return "Run \(run) moved the position and built nothing." }
      switch kind {
      case .run, .rerun:
        return "Run \(run) moved the position and built nothing, since what had changed of the "
          + "inputs cannot change the rows."
      case .undo:
        return "Run \(run) undid what an earlier run had done to it."
      case .rewind, .reset, .set, .skip, .release, .adopt:
        return "Run \(run), \(kind.withArticle), moved the position and built nothing."
      }
    }
  }
}

extension PartitionAccount.Visit {
  /// Without why it failed where the account has told that already.
  fileprivate func line(isTold: Bool) -> String {
    let rows = unit.rows > 0 ? ", \(Quantity.count(unit.rows, "row"))" : ""
    let message = isTold ? "" : unit.message.map { ": \($0)" } ?? ""
    let kind = run.kind == .run ? "" : ", \(run.kind.rawValue)"
    return "run \(run.id)\(kind) of \(Quantity.instant(run.startedAt)) UTC by "
      + "\(run.user): \(unit.state.rawValue)\(rows) (\(unit.reason))\(message)"
  }
}

extension DataFile {
  /// `100 bytes, modified 2001-09-09T01:46:40Z`.
  fileprivate var facts: String {
    "\(Quantity.count(size, "byte")), modified \(Quantity.instant(nanoseconds: modified)) UTC"
  }
}

extension RunKind {
  /// `a run`, `an undo`.
  fileprivate var withArticle: String { rawValue.withArticle }
}
