import Cells
import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

extension Model {
  /// Asks for confirmation before a plan runs, saying what it overwrites and removes.
  mutating func confirmRun() {
    guard let page = preview.page else { return }
    let plan = page.plan
    let (removals, overwritten) = (page.removals, page.overwritten)
    var lines = [
      "\(Quantity.count(overwritten.count, "partition")) overwritten, "
        + "\(Quantity.number(removals.count)) removed, \(Quantity.number(page.new)) new.",
      "Reads \(Quantity.count(page.fileCount, "file")), \(Quantity.bytes(page.bytes)).",
    ]
    if let restriction = preview.request?.restriction {
      lines.append("Only pending partitions \(restriction)")
    }
    lines += conditions(of: plan)
    let refusals = page.refusals
    for refusal in refusals { lines += ["", "CAUTION: \(Self.caution(refusal))"] }
    let asksName = settings.confirmations[.execute] == .name
    if !refusals.isEmpty {
      lines += ["To run it anyway, type the name \(plan.job.name)."]
    } else if asksName {
      lines += ["", "To run it, type the name \(plan.job.name)."]
    }
    // Typing the name consents to removals, too, unless only the source or a ceiling is in question.
    let isRemovalAllowed = refusals.contains { refusal in
      switch refusal {
      case .sourceChanged, .ceiling: false
      default: true
      }
    }
    if let count = plan.removalCount, count.isBeyond, !isRemovalAllowed {
      lines += ["", "Kept, not removed: \(count). 4, then L releases them."]
    }
    lines += listing("Removed:", removals) + listing("Overwritten:", overwritten)
    dialog = .confirmation(
      Confirmation(
        subject: .run, title: "Run plan \(plan.id) of \(plan.job.name)?", lines: lines,
        yes: "Run", no: "Do not run",
        requiredText: refusals.isEmpty && !asksName ? nil : plan.job.name,
        isConsent: !refusals.isEmpty))
  }

  /// Why a run is refused without the operator's consent.
  static func caution(_ refusal: PlanError) -> String {
    switch refusal {
    case .emptied(_, let input, let location):
      "input \(input) has no data file left in \(location). Is a disk unmounted? Its partitions "
        + "count as deleted."
    case .lost(_, let loss, _):
      "input \(loss.input) has lost \(Quantity.number(loss.lost)) of its "
        + "\(Quantity.count(loss.consumed, "partition")), such as \(loss.example). Is a disk unmounted? "
        + "They count as deleted."
    case .ceiling(_, let limit, let planned, let allowed):
      "takes \(planned), and \(limit) in dovetail.yaml allows \(allowed). # bounds the run."
    case .sourceChanged(_, let input, let differences):
      "the table declaration of input \(input) has changed since its bookmark was taken: "
        + "\(differences.joined(separator: "; ")). Run it only if it is the same data; if it is other "
        + "data, start over with a reset of the input (3, B)."
    default: refusal.consoleSentence
    }
  }

  func listing(_ heading: String, _ partitions: [Partition]) -> [String] {
    guard !partitions.isEmpty else { return [] }
    let shown = partitions.prefix(200).map { "  \($0.path)" }
    let rest = partitions.count - shown.count
    return ["", heading] + shown + (rest > 0 ? ["  and \(Quantity.number(rest)) more"] : [])
  }

  /// How the run differs from an ordinary one.
  private func conditions(of plan: Plan) -> [String] {
    var lines: [String] = []
    switch plan.mode {
    case .enable: break
    case .pause: lines.append("Bookmark paused: no position moves.")
    case .disable: lines.append("Bookmark disabled: every partition is built, no position moves.")
    }
    if !plan.compacted.isEmpty {
      lines.append(
        "\(Quantity.count(plan.compacted.count, "partition")) only compacted: the position moves, "
          + "nothing is built.")
    }
    if !plan.outOfReach.isEmpty {
      lines.append(
        "\(Quantity.count(plan.outOfReach.count, "partition")) out of reach of new files: the position moves, "
          + "nothing is built.")
    }
    if plan.postponed > 0 {
      lines.append("\(Quantity.count(plan.postponed, "partition")) left for later runs.")
    }
    if preview.stagesOnly {
      lines.append("Ends after staging: nothing is published until you say so (3, P).")
    }
    if let note = preview.note { lines.append("Note: \(note)") }
    return lines
  }

  mutating func confirmCancel() {
    dialog = .confirmation(
      Confirmation(
        subject: .cancelRun, title: "Cancel the run\(run.map { " of \($0.job)" } ?? "")?",
        lines: ["What is committed stays. \(whatCancellingLeaves)"],
        yes: "Cancel the run", no: "Go on",
        requiredText: settings.confirmations[.cancel] == .name ? run?.job : nil))
  }

  /// Asks before replacing a saved predicate.
  mutating func confirmReplacing(_ name: String, by text: String) {
    dialog = .confirmation(
      Confirmation(
        subject: .replaceSaved(name: name, text: text), title: "Replace a saved predicate?",
        lines: ["There is a saved predicate \(name) already. Replace it?"],
        yes: "Replace", no: "Keep it"))
  }

  /// Quits the console; asks first when a run is in progress.
  mutating func quit() -> [Effect] {
    guard isRunning else {
      guard let operation else {
        guard settings.confirmations[.quit] == .always else { return [.quit] }
        dialog = .confirmation(
          Confirmation(
            subject: .quit, title: "Quit?", lines: ["Nothing is in progress."], yes: "Quit",
            no: "Stay"))
        return []
      }
      dialog = .confirmation(
        Confirmation(
          subject: .quit, title: "Quit during an operation?",
          lines: [
            "In progress: \(operation.title). What it has not done when the console ends is "
              + "left undone or recovered by the next run."
          ],
          yes: "Quit", no: "Stay"))
      return []
    }
    dialog = .confirmation(
      Confirmation(
        subject: .quit, title: "Quit and cancel the run?",
        lines: ["A run is in progress. What is committed stays. \(whatCancellingLeaves)"],
        yes: "Quit", no: "Stay"))
    return []
  }

  /// Passes a key to the dialog that covers the screen.
  mutating func takeInDialog(_ key: Key) -> [Effect] {
    guard let dialog else { return [] }
    switch dialog {
    case .help(let help): return take(key, in: help)
    case .waiting: return takeWhileWaiting(key)
    case .report(let view): return take(key, in: view)
    case .note:
      self.dialog = nil
      switch key {
      case .escape, .enter, .character("q"), .character(" "): return []
      // Who knows what comes next has read it.
      default: return take(key)
      }
    case .palette(let palette): return take(key, in: palette)
    case .choice(let choice): return take(key, in: choice)
    case .prompt(let prompt): return take(key, in: prompt)
    case .confirmation(let confirmation): return take(key, in: confirmation)
    }
  }

  private mutating func take(_ key: Key, in confirmation: Confirmation) -> [Effect] {
    var confirmation = confirmation
    switch key {
    case .escape, .control("c"):
      close(confirmation)
      return []
    case .pageDown, .down: confirmation.top += key == .down ? 1 : 5
    case .pageUp, .up: confirmation.top -= key == .up ? 1 : 5
    default:
      if confirmation.note?.isTaken == false {
        switch key {
        case .enter, .tab: confirmation.note?.take()
        default: _ = confirmation.note?.field.take(key)
        }
      } else if key == .backTab, confirmation.note != nil {
        confirmation.note?.isTaken = false
      } else if let required = confirmation.requiredText {
        if key == .enter {
          if confirmation.field.text == required {
            return confirmed(confirmation)
          }
          confirmation.isMistyped = true
        } else if confirmation.field.take(key) {
          confirmation.isMistyped = false
        }
      } else {
        switch key {
        case .character("y"): return confirmed(confirmation)
        case .character("n"), .character("q"):
          close(confirmation)
          return []
        case .left, .right, .tab, .backTab, .character("h"), .character("l"):
          confirmation.isYesFocused.toggle()
        case .enter:
          if confirmation.isYesFocused { return confirmed(confirmation) }
          close(confirmation)
          return []
        default: break
        }
      }
    }
    let rows = Canvas.lines(of: confirmation, in: size).count
    confirmation.top = max(0, min(confirmation.top, rows - 1))
    dialog = .confirmation(confirmation)
    return []
  }

  /// Closes a question without doing what it asks; what led to tables of Glue is shown again.
  private mutating func close(_ confirmation: Confirmation) {
    dialog = nil
    if case .addTables = confirmation.subject { showReportAgain() }
  }

  private mutating func confirmed(_ confirmation: Confirmation) -> [Effect] {
    dialog = nil
    switch confirmation.subject {
    case .run: return startRun(isConsented: confirmation.isConsent)
    case .runAll: return isRunning ? [] : runNextOfAll()
    case .cancelRun:
      guard isRunning else { return [] }
      run?.isCancelling = true
      notice = Notice(kind: .information, text: "Cancelling the run.")
      return [.cancelRun]
    case .quit: return isRunning ? [.cancelRun, .quit] : [.quit]
    case .operation(let job, let operation, let expected):
      return perform(operation, of: job, expected: expected, note: confirmation.note?.text)
    case .replaceSaved(let name, let text):
      return [.savePredicate(name: name, text: text, replaces: true)]
    case .addTables(let expected):
      reportTrail = []
      return [.addTables(expected: expected)]
    }
  }
}
