import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

extension Model {
  /// The partitions that a run staged and that wait.
  func stagedPartitions(of run: RunID) -> [Partition] { page?.status.staged[run] ?? [] }

  /// Those of them that can still be published.
  func publishablePartitions(of run: RunID) -> [Partition] {
    let outdated = Set(page?.status.outdated[run] ?? [])
    return stagedPartitions(of: run).filter { !outdated.contains($0) }
  }

  /// Whether what the selected run staged waits, on a screen whose commands are about a run.
  var selectsStaged: Bool {
    guard [.bookmarks, .run].contains(screen), let run = selectedRun else { return false }
    return !stagedPartitions(of: run.id).isEmpty
  }

  /// Whether the selected partition is held until somebody releases it.
  var selectsReleasable: Bool {
    guard screen == .pending, let page, let row = pending.selected else { return false }
    return page.known[row.partition].hold?.isReleasable == true
  }

  /// Undoes the last publish of partitions where they are listed, otherwise the selected run; asks where there are
  /// marked partitions besides.
  mutating func undo() -> [Effect] {
    if component.selectsPartitions {
      return withPartitions("Undo the last publish") { .operate(.undo(.partitions($0))) }
    }
    guard let run = selectedRun else { return [] }
    guard !marks.isEmpty else { return begin(.undo(.run(run.id))) }
    let marked = marks.sorted()
    dialog = .choice(
      Choice(
        title: "Undo what?",
        items: [
          Choice.Item(
            label: "Run \(run.id)", detail: "all that it published",
            action: .operate(.undo(.run(run.id)))),
          Choice.Item(
            label: "Marked (\(Quantity.number(marked.count)))",
            detail: "the last publish of \(ActionScope.names(marked))",
            action: .operate(.undo(.partitions(marked)))),
        ]))
    return []
  }

  /// Moves the positions of the partitions that the operator means.
  mutating func move(_ title: String, _ kind: BookmarkChange.Kind) -> [Effect] {
    withPartitions(title) { .operate(.bookmark(BookmarkChange(kind, partitions: $0))) }
  }

  /// Asks what an operation would do.
  mutating func begin(_ operation: JobOperation) -> [Effect] {
    guard let page else { return [] }
    dialog = .waiting(
      DialogRequest(
        job: page.name, subject: .operation(operation),
        title: "Looking at what it would do: \(operation.title)"))
    return [.previewOperation(job: page.name, operation)]
  }

  /// Shows what an operation would do, and asks for the reason, where it is recorded, and for the job's name.
  mutating func take(_ preview: OperationPreview, of operation: JobOperation) {
    guard case .waiting(let waiting) = dialog, waiting.subject == .operation(operation) else {
      return
    }
    guard !preview.isEmpty else {
      show(preview.report, of: waiting.job)
      return
    }
    var lines = Array(preview.report.lines.prefix(Self.previewLimit))
    let rest = preview.report.lines.count - lines.count
    if rest > 0 { lines.append(TextReport.Line("and \(Quantity.number(rest)) more lines", .dim)) }
    var confirmation = Confirmation(
      subject: .operation(job: waiting.job, operation, expected: preview.expected),
      title:
        "\(waiting.job): \(operation.title.prefix(1).uppercased() + operation.title.dropFirst())?",
      lines: lines, yes: "Do it", no: "Leave it", requiredText: waiting.job)
    if operation.note != .none {
      confirmation.note = ConfirmationNote(isRequired: operation.note == .required)
    }
    dialog = .confirmation(confirmation)
  }

  /// Nobody reads more of a preview, and wrapping it for every frame takes time.
  private static let previewLimit = 300

  /// Begins a confirmed operation.
  mutating func perform(
    _ operation: JobOperation, of job: String, expected: String?, note: String?
  ) -> [Effect] {
    guard !isRunning, self.operation == nil else { return [] }
    self.operation = operation
    operationJob = job
    notice = Notice(kind: .information, text: "Working: \(operation.title).")
    return [.perform(job: job, operation, expected: expected, note: note)]
  }

  /// Ends the operation and reads everything again.
  mutating func endOperation(_ sentence: String, isFailure: Bool) -> [Effect] {
    let partitions = operation?.partitions ?? []
    operation = nil
    notice = Notice(kind: isFailure ? .failure : .information, text: sentence)
    if isFailure { tell("It was not done", sentence) }
    if !isFailure {
      preview = PreviewState()
      if let operationJob { unmark(partitions, of: operationJob) }
    }
    return reload()
  }

  /// Reports that the preview could not be made.
  mutating func takeOperationFailure(_ sentence: String) -> [Effect] {
    if operation != nil { return endOperation(sentence, isFailure: true) }
    guard case .waiting = dialog else { return [] }
    tell("That is not possible", sentence)
    return []
  }
}
