import IncrementalJoin
import PartitionPredicate
import Reports

/// The why-tree of the pending screen.
extension Model {
  /// Opens or closes the branch of the selected row; shows a sentence in full.
  mutating func openPendingRow() {
    if let branch = selectedBranch {
      setBranch(branch, isOpen: !pending.expanded.contains(branch))
    } else if let page, case .note(let index)? = pending.selected, let hold = page.known[index].hold
    {
      tell(page.paths[index], hold.consoleSentence)
    }
  }

  /// Right opens the branch of the selected row, Left closes it.
  mutating func moveInTree(by offset: Int) {
    guard offset > 0 else { return closeBranch() }
    if let branch = selectedBranch { setBranch(branch, isOpen: true) }
  }

  /// Opens the pending screen with the cursor on a pending partition; a filter that hides it is cleared.
  mutating func showPending(_ index: Int) {
    show(.pending, remembering: true)
    if pending.rows.row(of: index) == nil {
      resetView(of: .pending)
      rebuildPending(from: page)
    }
    if let row = pending.rows.row(of: index) { selectRow(row) }
  }

  /// Shows every known partition, or only the pending ones again.
  mutating func toggleShowsAll() {
    pending.showsAll.toggle()
    rebuildPending(from: page)
  }

  /// Lists the rows again after a load, after branches were opened or closed, or when the filter has an answer.
  mutating func rebuildPending(from previous: JobPage?) {
    let shown = shownRows(.pending, PendingScreen.rowVersion(self))
    let isSorted = shown != nil && rowViews[.pending]?.shown?.question.order != nil
    pending.rebuild(
      page, shown: shown, isSorted: isSorted, from: previous, height: listHeight(on: .pending))
  }

  /// The branch that the selected row opens.
  private var selectedBranch: PendingState.Branch? {
    guard let page, let row = pending.selected else { return nil }
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
    guard let page, let row = pending.selected else { return }
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
    guard let page, let row = pending.selected else { return }
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
}
