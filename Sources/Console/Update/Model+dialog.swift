import Cells
import IncrementalJoin

extension Model {
  /// Asks before a plan runs, saying what it overwrites and removes.
  mutating func confirmRun() {
    guard let plan else { return }
    let removals = plan.removals
    let overwritten = plan.units.filter { $0.isPublished && !$0.isSurelyEmpty }
    let new = plan.units.count - removals.count - overwritten.count
    var lines = [
      "\(Quantity.count(overwritten.count, "partition")) overwritten, "
        + "\(Quantity.number(removals.count)) removed, \(Quantity.number(new)) new.",
      "Reads \(Quantity.count(plan.fileCount, "file")), \(Quantity.bytes(plan.bytes)).",
    ]
    if let filter = preview.wish?.filter {
      lines.append("Only pending partitions where \(filter.text)")
    }
    let refusal = plan.removalRefusal
    switch refusal {
    case .emptied(_, let input, let location):
      lines += [
        "",
        "CAUTION: input \(input) has no data file left in \(location). Is a disk unmounted? "
          + "Its partitions count as deleted.",
      ]
    case .removals(_, let removed, let published, let limit):
      lines += [
        "",
        "CAUTION: removes \(removed) of \(published) published partitions, more than the limit of "
          + "\(Int((limit * 100).rounded())) %.",
      ]
    default: break
    }
    if refusal != nil { lines += ["To run it all the same, type the name \(plan.job.name)."] }
    lines += listing("Removed:", removals) + listing("Overwritten:", overwritten.map(\.partition))
    dialog = .confirmation(
      Confirmation(
        subject: .run, title: "Run plan \(plan.id) of \(plan.job.name)?", lines: lines,
        yes: "Run", no: "Do not run", requiredText: refusal == nil ? nil : plan.job.name))
  }

  private func listing(_ heading: String, _ partitions: [Partition]) -> [String] {
    guard !partitions.isEmpty else { return [] }
    let shown = partitions.prefix(200).map { "  \($0.path)" }
    let rest = partitions.count - shown.count
    return ["", heading] + shown + (rest > 0 ? ["  and \(rest) more: see the preview"] : [])
  }

  mutating func confirmCancel() {
    dialog = .confirmation(
      Confirmation(
        subject: .cancelRun, title: "Cancel the run?",
        lines: ["What is committed stays. What is not stays pending, as it was."],
        yes: "Cancel the run", no: "Go on"))
  }

  /// Asks before a saved predicate is replaced.
  mutating func confirmReplacing(_ name: String, by text: String) {
    dialog = .confirmation(
      Confirmation(
        subject: .replaceSaved(name: name, text: text), title: "Replace a saved predicate?",
        lines: ["There is a saved predicate \(name) already. Replace it?"],
        yes: "Replace", no: "Keep it"))
  }

  /// Ends the console; asks first when a run goes on.
  mutating func quit() -> [Effect] {
    guard isRunning else { return [.quit] }
    dialog = .confirmation(
      Confirmation(
        subject: .quit, title: "Quit and cancel the run?",
        lines: ["A run goes on. What is committed stays; what is not stays pending."],
        yes: "Quit", no: "Stay"))
    return []
  }

  /// Gives a key to the dialog that lies over the screen.
  mutating func takeInDialog(_ key: Key) -> [Effect] {
    guard let dialog else { return [] }
    switch dialog {
    case .help(let top):
      scrollText(key, top: top) { .help(top: $0) }
      return []
    case .note:
      switch key {
      case .escape, .enter, .character("q"), .character(" "): self.dialog = nil
      default: break
      }
      return []
    case .palette(let palette): return take(key, in: palette)
    case .choice(let choice): return take(key, in: choice)
    case .prompt(let prompt): return take(key, in: prompt)
    case .confirmation(let confirmation): return take(key, in: confirmation)
    }
  }

  private mutating func scrollText(_ key: Key, top: Int, _ make: (Int) -> Dialog) {
    let page = HelpOverlay.rows(size)
    let last = max(0, HelpOverlay.lines(for: self).count - page)
    func moved(_ rows: Int) -> Dialog { make(max(0, min(top + rows, last))) }
    switch key {
    case .escape, .character("q"), .character("?"), .enter: dialog = nil
    case .down, .character("j"): dialog = moved(1)
    case .up, .character("k"): dialog = moved(-1)
    case .pageDown, .control("f"), .character(" "): dialog = moved(page)
    case .pageUp, .control("b"): dialog = moved(-page)
    case .home, .character("g"): dialog = make(0)
    case .end, .character("G"): dialog = make(last)
    default: break
    }
  }

  private mutating func take(_ key: Key, in palette: Palette) -> [Effect] {
    var palette = palette
    let matches = palette.matches(hasDemo: hasDemo)
    func select(_ row: Int) { palette.list.select(row, count: matches.count, height: 8) }
    switch key {
    case .escape, .control("c"):
      dialog = nil
      return []
    case .down: select(palette.list.index + 1)
    case .up: select(palette.list.index - 1)
    case .tab:
      if matches.indices.contains(palette.list.index) {
        palette.field.text = matches[palette.list.index].id.rawValue
        palette.list = ListState()
      }
    case .enter:
      guard matches.indices.contains(palette.list.index) else { break }
      dialog = nil
      return perform(named: matches[palette.list.index])
    default:
      if palette.field.take(key) { palette.list = ListState() }
    }
    dialog = .palette(palette)
    return []
  }

  private mutating func take(_ key: Key, in confirmation: Confirmation) -> [Effect] {
    var confirmation = confirmation
    switch key {
    case .escape, .control("c"):
      dialog = nil
      return []
    case .pageDown, .down: confirmation.top += key == .down ? 1 : 5
    case .pageUp, .up: confirmation.top -= key == .up ? 1 : 5
    default:
      if let required = confirmation.requiredText {
        if key == .enter {
          if confirmation.field.text == required {
            return confirmed(confirmation)
          }
          notice = Notice(kind: .warning, text: "Type \(required) to run it, or press Esc.")
        } else {
          _ = confirmation.field.take(key)
        }
      } else {
        switch key {
        case .character("y"): return confirmed(confirmation)
        case .character("n"), .character("q"):
          dialog = nil
          return []
        case .left, .right, .tab, .backTab, .character("h"), .character("l"):
          confirmation.isYesFocused.toggle()
        case .enter:
          if confirmation.isYesFocused { return confirmed(confirmation) }
          dialog = nil
          return []
        default: break
        }
      }
    }
    confirmation.top = max(0, min(confirmation.top, confirmation.lines.count - 1))
    dialog = .confirmation(confirmation)
    return []
  }

  private mutating func confirmed(_ confirmation: Confirmation) -> [Effect] {
    dialog = nil
    switch confirmation.subject {
    case .run: return startRun(allowsRemovals: confirmation.requiredText != nil)
    case .cancelRun:
      guard isRunning else { return [] }
      run?.isCancelling = true
      notice = Notice(kind: .information, text: "Cancelling the run.")
      return [.cancelRun]
    case .quit: return isRunning ? [.cancelRun, .quit] : [.quit]
    case .replaceSaved(let name, let text):
      return [.savePredicate(name: name, text: text, replaces: true)]
    }
  }
}
