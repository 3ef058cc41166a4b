import IncrementalJoin
import Operations
import PartitionPredicate
import Wording

extension Model {
  /// Enter: goes into the selected row.
  mutating func openRow() -> [Effect] {
    switch screen {
    case .overview:
      guard page != nil else { return [] }
      show(.pending, remembering: true)
    case .catalog: return openCatalogRow()
    case .pending:
      guard let branch = selectedBranch else {
        showWholeText()
        return []
      }
      setBranch(branch, isOpen: !pending.expanded.contains(branch))
    case .run: showWholeText()
    case .preview:
      guard let unit = preview.selectedUnit else {
        showWholeText()
        return []
      }
      preview.isSampleOpen = true
      return askForSample(unit)
    case .predicate: openPredicateRow()
    case .bookmarks: return selectedRun.map { ask(for: .run($0.id)) } ?? []
    }
    return []
  }

  /// Shows the sentence of the selected row, which may be longer than the row.
  private mutating func showWholeText() {
    switch screen {
    case .pending:
      guard let page, case .note(let index)? = selectedRow, let hold = page.known[index].hold
      else { return }
      dialog = .note(title: page.paths[index], text: "\(hold)")
    case .preview:
      guard let plan, preview.rows.indices.contains(preview.list.index) else { return }
      switch preview.rows[preview.list.index] {
      case .held(let index):
        let held = plan.held[index]
        dialog = .note(title: held.partition.path.text, text: held.hold.map { "\($0)" } ?? "")
      case .problem(let index):
        dialog = .note(title: "Problem", text: "\(plan.problems[index])")
      case .step(let index): dialog = .note(title: "Step", text: preview.steps[index])
      case .unit: break
      }
    case .run:
      guard let run, let unit = run.unit(atRow: run.list.index), let message = unit.message
      else { return }
      dialog = .note(title: unit.path, text: message)
    case .overview, .catalog, .bookmarks, .predicate: break
    }
  }

  private mutating func openCatalogRow() -> [Effect] {
    if let partition = catalog.openPartition {
      guard let table = catalog.open?.table,
        partition.files.indices.contains(catalog.fileList.index)
      else { return [] }
      let file = partition.files[catalog.fileList.index]
      return ask(for: .uses(file: table.location.file(file.path)))
    }
    if catalog.open != nil {
      catalog.fileList = ListState()
      catalog.openPartition = catalog.selectedPartition
    } else if catalog.tables.indices.contains(catalog.tableList.index) {
      catalog.partitionList = ListState()
      catalog.filter = TextField()
      openTable(catalog.tables[catalog.tableList.index])
    }
    return []
  }

  /// Left and right: close and open branches, change the input, scroll the sample.
  mutating func moveSideways(_ offset: Int) {
    switch screen {
    case .pending:
      if offset > 0 {
        if let branch = selectedBranch { setBranch(branch, isOpen: true) }
      } else {
        closeBranch()
      }
    case .predicate:
      switchInput(by: offset)
    case .preview:
      guard let sampled = preview.sampled, case .rows(let table)? = preview.samples[sampled]
      else { return }
      preview.sampleColumn = max(0, min(preview.sampleColumn + offset, table.columns.count - 1))
    case .catalog:
      if offset > 0, catalog.openPartition == nil { _ = openCatalogRow() }
    case .overview, .bookmarks, .run: break
    }
  }

  private var selectedRow: PendingRow? {
    pending.rows.indices.contains(pending.list.index) ? pending.rows[pending.list.index] : nil
  }

  /// The branch that the selected row opens.
  private var selectedBranch: PendingState.Branch? {
    guard let page, let row = selectedRow else { return nil }
    switch row {
    case .partition(let index): return .partition(page.known[index].partition)
    case .reason(let index, let number):
      guard case .inputChanged = page.known[index].reasons[number] else { return nil }
      return .reason(page.known[index].partition, number)
    case .note, .input, .change, .unchanged: return nil
    }
  }

  private mutating func setBranch(_ branch: PendingState.Branch, isOpen: Bool) {
    if isOpen { pending.expanded.insert(branch) } else { pending.expanded.remove(branch) }
    rebuildPending(from: page)
  }

  /// Closes the branch of the selected row, and selects the row that opens it.
  private mutating func closeBranch() {
    guard let page, let row = selectedRow else { return }
    let partition = page.known[row.partition].partition
    let parent: PendingRow
    let branch: PendingState.Branch
    switch row {
    case .input(let index, let reason, _), .change(let index, let reason, _):
      (parent, branch) = (.reason(index, reason), .reason(partition, reason))
    case .reason(let index, let reason)
    where pending.expanded.contains(.reason(partition, reason)):
      (parent, branch) = (.reason(index, reason), .reason(partition, reason))
    default: (parent, branch) = (.partition(row.partition), .partition(partition))
    }
    if let place = pending.rows[...pending.list.index].lastIndex(of: parent) {
      selectRow(place)
    }
    setBranch(branch, isOpen: false)
  }

  /// Opens the whole tree of the selected partition, or closes it.
  mutating func toggleBranch() {
    guard let page, let row = selectedRow else { return }
    let known = page.known[row.partition]
    let reasons = known.reasons.indices.map { PendingState.Branch.reason(known.partition, $0) }
    let branches = Set([.partition(known.partition)] + reasons)
    if branches.isSubset(of: pending.expanded) {
      pending.expanded.subtract(branches)
    } else {
      pending.expanded.formUnion(branches)
    }
    rebuildPending(from: page)
  }

  /// Marks the partition of the selected row, and goes on to the next partition.
  mutating func toggleMark() {
    guard let page, let row = selectedRow else { return }
    let partition = page.known[row.partition].partition
    if marks.remove(partition) == nil { marks.insert(partition) }
    let next = pending.rows[(pending.list.index + 1)...].firstIndex {
      $0.partition != row.partition
    }
    if let next { selectRow(next) }
  }
}
