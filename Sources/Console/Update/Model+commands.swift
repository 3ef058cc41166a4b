import Cells
import IncrementalJoin
import PartitionPredicate

extension Model {
  /// Does a command that was called by name: first goes to the screen where it applies.
  mutating func perform(named command: Command) -> [Effect] {
    var effects: [Effect] = []
    if !command.screens.contains(screen), let screen = command.screens.first {
      effects = open(screen)
    }
    return effects + perform(command)
  }

  /// Does a command, or says why it cannot be done now.
  mutating func perform(_ command: Command) -> [Effect] {
    if let reason = command.whyDisabled(self) {
      notice = Notice(kind: .warning, text: "\(command.title): \(reason).")
      return []
    }
    notice = nil
    switch command.id {
    case .overview: return open(.overview)
    case .catalog: return open(.catalog)
    case .bookmarks: return open(.bookmarks)
    case .pending: return open(.pending)
    case .predicate: return open(.predicate)
    case .preview: return open(.preview)
    case .runs: return open(.run)
    case .nextScreen: return open(neighbour(1))
    case .previousScreen: return open(neighbour(-1))
    case .nextJob: return switchJob(by: 1)
    case .previousJob: return switchJob(by: -1)
    case .up: moveSelection(by: -1)
    case .down: moveSelection(by: 1)
    case .pageUp: moveSelection(by: -max(1, listHeight(on: screen) - 1))
    case .pageDown: moveSelection(by: max(1, listHeight(on: screen) - 1))
    case .top: selectRow(0)
    case .bottom: selectRow(listCount - 1)
    case .left: moveSideways(-1)
    case .right: moveSideways(1)
    case .scrollLeft: scrollList(sideways: -8)
    case .scrollRight: scrollList(sideways: 8)
    case .open: return openRow()
    case .run: return previewRun()
    case .execute: confirmRun()
    case .cancel: confirmCancel()
    case .demoNext:
      isDemoStepRunning = true
      notice = Notice(kind: .information, text: "Playing: \(nextDemoStep ?? "")")
      return [.demoNext]
    case .refresh: return refresh()
    case .copy: return copy()
    case .saveScreen: return [.saveScreen]
    case .repaint: return [.repaint]
    case .theme:
      appearance.theme = appearance.theme.next
      notice = Notice(kind: .information, text: "Theme: \(appearance.theme.rawValue)")
    case .help: dialog = .help(top: 0)
    case .palette: dialog = .palette(Palette())
    case .back: _ = goBack()
    case .leave: return goBack() ? [] : quit()
    case .suspend: return [.suspend]
    case .quit: return quit()
    case .filter, .mark, .clearMarks, .showAll, .expand, .dialect, .map, .steps, .failures,
      .clauses, .textUp, .textDown:
      changeView(command.id)
    case .skip, .setToNow, .release, .moveBookmark, .undo, .publishStaged, .discardStaged,
      .collectGarbage:
      return operate(command.id)
    case .why, .position, .arrivals, .matches, .difference, .verify, .keptVersions, .glueCatalog:
      return explain(command.id)
    case .retry: return askForRerun(ofFailed: true)
    case .again: return askForRerun(ofFailed: false)
    case .window: return replayWindow()
    case .mode: return cycleMode()
    case .bounds, .note: askAboutRun(command.id)
    case .stageOnly:
      preview.stagesOnly.toggle()
      preview.takeSteps()
    case .edit: openEditor()
    case .generated: dropEdit()
    case .savePredicate: askForName()
    case .openPredicate: chooseSaved()
    case .step, .next, .finish, .resume, .stepBack, .resumeBack, .runToClause, .restart,
      .breakpoint, .breakpointWhere, .watch, .remove, .nextPartition, .previousPartition:
      debug(command.id)
    }
    return []
  }

  private mutating func changeView(_ id: Command.ID) {
    switch id {
    case .filter:
      if screen == .predicate { predicate.view = .partitions }
      setFiltering(true)
    case .mark: if screen == .bookmarks { toggleWindowStart() } else { toggleMark() }
    case .clearMarks: marks = []
    case .showAll:
      pending.showsAll.toggle()
      refreshPending(from: page)
    case .expand: toggleBranch()
    case .dialect:
      switchForm()
    case .clauses: predicate.view = predicate.view == .clauses ? .partitions : .clauses
    case .textUp: scrollText(by: -1)
    case .textDown: scrollText(by: 1)
    case .map: catalog.showsMap.toggle()
    case .steps:
      preview.showsSteps.toggle()
      preview.list = ListState()
      preview.rebuild()
    case .failures:
      run?.showsFailuresOnly.toggle()
      run?.list = ListState()
    default: break
    }
  }

  private func neighbour(_ offset: Int) -> Screen {
    let all = Screen.allCases
    let index = (screen.rawValue - 1 + offset + all.count) % all.count
    return all[index]
  }

  private mutating func switchJob(by offset: Int) -> [Effect] {
    selectJob((selectedJob + offset + jobs.count) % max(1, jobs.count))
    return screen == .preview ? planIfMissing() : []
  }

  /// Goes to a screen by its key or tab; going back then leads to the overview.
  mutating func open(_ screen: Screen) -> [Effect] {
    history = []
    show(screen, remembering: false)
    return screen == .preview ? planIfMissing() : []
  }

  /// Shows a screen, and remembers the one that led there.
  mutating func show(_ screen: Screen, remembering: Bool) {
    if remembering, screen != self.screen { history.append(self.screen) }
    self.screen = screen
  }

  /// Goes back by one thing; false when there is nothing to go back to.
  private mutating func goBack() -> Bool {
    if screen == .predicate, leavePredicatePart() { return true }
    if screen == .pending, !pending.filter.text.isEmpty {
      setFilter("")
      return true
    }
    if screen == .catalog {
      if catalog.openPartition != nil {
        catalog.openPartition = nil
        return true
      }
      if catalog.open != nil, !catalog.filter.text.isEmpty {
        setFilter("")
        return true
      }
      if catalog.open != nil {
        catalog.open = nil
        return true
      }
    }
    if screen == .preview, preview.isSampleOpen,
      PreviewLayout(Layout(size).content, preview).isSinglePane
    {
      preview.isSampleOpen = false
      return true
    }
    guard screen != .overview else { return false }
    show(history.popLast() ?? .overview, remembering: false)
    return true
  }

  private mutating func refresh() -> [Effect] {
    if screen == .preview, let wish = preview.wish, !isRunning { return ask(for: wish) }
    notice = .listing
    return reload()
  }

  private mutating func copy() -> [Effect] {
    guard let (what, text) = copyText else { return [] }
    notice = Notice(kind: .information, text: "Copied \(what)")
    return [.copy(text)]
  }

  /// What `y` copies on this screen, and its name.
  var copyText: (what: String, text: String)? {
    switch screen {
    case .overview: return page.map { ("the job's name", $0.name) }
    case .catalog:
      if let partition = catalog.openPartition {
        guard partition.files.indices.contains(catalog.fileList.index) else { return nil }
        return ("the file's path", partition.files[catalog.fileList.index].path.text)
      }
      if catalog.open != nil {
        return catalog.selectedPartition.map { ("the partition", $0.path) }
      }
      guard catalog.tables.indices.contains(catalog.tableList.index) else { return nil }
      return ("the table's location", catalog.tables[catalog.tableList.index].location.description)
    case .bookmarks:
      let runs = page?.status.runs ?? []
      guard runs.indices.contains(runsList.index) else { return nil }
      return ("the plan's id", runs[runsList.index].plan)
    case .pending:
      guard let page, pending.rows.indices.contains(pending.list.index) else { return nil }
      let row = pending.rows[pending.list.index]
      if case .change(let index, let reason, let number) = row,
        case .inputChanged(let change) = page.known[index].reasons[reason]
      {
        return ("the file's path", change.changes[number].file.path.text)
      }
      return ("the partition", page.paths[row.partition])
    case .predicate:
      guard let layout = predicate.layout, !layout.isRefusal else { return nil }
      let text = String(decoding: layout.source.bytes, as: UTF8.self)
      guard case .dialect(let dialect) = layout.form else { return ("the predicate", text) }
      return ("the \(dialect.rawValue) predicate", text)
    case .preview:
      if let unit = preview.selectedUnit { return ("the partition", unit.partition.path.text) }
      return plan.map { ("the plan's id", $0.id) }
    case .run:
      guard let run, let unit = run.unit(atRow: run.list.index) else { return nil }
      return unit.message.map { ("the failure", $0) } ?? ("the partition", unit.path)
    }
  }
}
