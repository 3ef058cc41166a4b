import IncrementalJoin
import PartitionPredicate

extension Model {
  /// Performs a command, or says why it cannot be performed now.
  mutating func perform(_ command: Command) -> [Effect] {
    if let reason = command.whyDisabled(self) {
      notice = Notice(kind: .warning, text: "\(command.title): \(reason).")
      return []
    }
    notice = nil
    return command.action(&self)
  }

  /// Switches all screens to another job.
  mutating func switchJob(by offset: Int) -> [Effect] {
    selectJob((selectedJob + offset + jobs.count) % max(1, jobs.count))
    return component.appear(&self)
  }

  /// Goes to a screen by its key or tab; going back from there leads to the overview.
  mutating func open(_ screen: Screen) -> [Effect] {
    history = []
    show(screen, remembering: false)
    return component.appear(&self)
  }

  /// Shows a screen, and remembers the one that led there.
  mutating func show(_ screen: Screen, remembering: Bool) {
    if remembering, screen != self.screen { history.append(self.screen) }
    self.screen = screen
  }

  /// Goes back one step; false when there is nothing to go back to.
  mutating func goBack() -> Bool {
    if isMarkingRange {
      rangeStart = nil
      return true
    }
    if clearFilter() || component.goBack(&self) { return true }
    guard screen != .overview else { return false }
    show(history.popLast() ?? .overview, remembering: false)
    return true
  }

  /// Reads what the screen shows again.
  mutating func refresh() -> [Effect] {
    if let effects = component.refresh(&self) { return effects }
    notice = .listing
    return reload()
  }

  /// Copies what is selected.
  mutating func copy() -> [Effect] {
    guard let (what, text) = component.copied(self) else { return [] }
    notice = Notice(kind: .information, text: "Copied \(what)")
    return [.copy(text)]
  }

  /// Switches to the next theme.
  mutating func switchTheme() {
    appearance.theme = appearance.theme.next
    notice = Notice(kind: .information, text: "Theme: \(appearance.theme.rawValue)")
  }

  /// Lets the demo's next data arrive.
  mutating func playDemo() -> [Effect] {
    isDemoStepRunning = true
    notice = Notice(kind: .information, text: "Playing: \(nextDemoStep ?? "")")
    return [.demoNext]
  }

  /// The run that commands apply to.
  var selectedRun: RunRecord? { component.run(self) }

  /// The run selected in the history on the bookmarks screen.
  var selectedInHistory: RunRecord? {
    let runs = page?.history ?? []
    return sourceRow(BookmarksScreen.self, at: runsList.index).map { runs[$0] }
  }

  /// The output partition under the cursor.
  var selectedPartition: Partition? { component.partition(self) }
}
