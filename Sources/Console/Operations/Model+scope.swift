import IncrementalJoin
import PartitionPredicate
import Wording

extension Model {
  /// The marked partitions of the job that the screens show.
  var marks: Set<Partition> {
    get { page.flatMap { allMarks[$0.name] } ?? [] }
    set { if let page { allMarks[page.name] = newValue.isEmpty ? nil : newValue } }
  }

  /// Unmarks partitions that an operation was applied to.
  mutating func unmark(_ partitions: some Sequence<Partition>, of job: String) {
    allMarks[job]?.subtract(partitions)
    if allMarks[job]?.isEmpty == true { allMarks[job] = nil }
  }

  /// Unmarks partitions that no longer exist.
  mutating func forgetMarksOfUnknown() {
    for (job, marks) in allMarks {
      let page = jobs.first { $0.name == job }
      let known = marks.filter { page?.index(of: $0) != nil }
      allMarks[job] = known.isEmpty ? nil : known
    }
  }

  /// How many marked partitions the list's filter hides.
  private var hiddenMarks: Int {
    guard component.selectsPartitions, let page, !marks.isEmpty else { return 0 }
    let shown = Set(component.shown(self, page) ?? [])
    return marks.count { page.index(of: $0).map { !shown.contains($0) } ?? true }
  }

  private var markedScope: ActionScope? {
    guard !marks.isEmpty else { return nil }
    let hidden = hiddenMarks
    let partitions = marks.sorted()
    return ActionScope(
      kind: .marked, count: partitions.count,
      detail: (hidden > 0 ? "\(Quantity.number(hidden)) of them not shown here: " : "")
        + ActionScope.names(partitions), partitions: partitions)
  }

  /// The filter of the screen's list, if it is a list of output partitions.
  private var filterOfPartitions: String? {
    guard let page, let filter, !filter.text.isEmpty, component.shown(self, page) != nil else {
      return nil
    }
    return filter.text
  }

  /// What passes the list's filter, as indices of known partitions, in order.
  private func shown(_ page: JobPage) -> [Int] {
    let shown = component.shown(self, page) ?? []
    return rowView?.order == nil ? shown : shown.sorted()
  }

  /// Whether the list already reflects its filter; an action must apply to exactly what is shown.
  mutating func checkFilter() -> Bool {
    guard !isFilterApplied else { return true }
    notice = Notice(kind: .warning, text: "The filter is still being applied; try again.")
    return false
  }

  // MARK: What is done with partitions

  /// Does something with the partitions that the operator means; asks when there is more than one answer.
  mutating func withPartitions(
    _ title: String, _ action: ([Partition]) -> Choice.Action
  ) -> [Effect] {
    guard checkFilter() else { return [] }
    let scopes = partitionScopes
    guard !scopes.isEmpty else { return [] }
    if scopes.count == 1 { return choose(action(scopes[0].partitions)) }
    ask(title, scopes) { action($0.partitions) }
    return []
  }

  /// The sets of partitions that an action may apply to: marked, filtered, selected; each set once.
  var partitionScopes: [ActionScope] {
    var scopes = markedScope.map { [$0] } ?? []
    if let page, let filter = filterOfPartitions {
      let partitions = shown(page).map { page.known[$0].partition }
      scopes.append(
        ActionScope(
          kind: .filtered, count: partitions.count, detail: "what \"\(filter)\" shows",
          partitions: partitions))
    }
    if let partition = selectedPartition {
      scopes.append(
        ActionScope(
          kind: .selected, count: 1, detail: partition.path.text, partitions: [partition]))
    }
    return scopes.indices.filter { index in
      !scopes[..<index].contains { $0.partitions == scopes[index].partitions }
    }.map { scopes[$0] }
  }

  private mutating func ask(
    _ title: String, _ scopes: [ActionScope], _ action: (ActionScope) -> Choice.Action
  ) {
    dialog = .choice(
      Choice(
        title: "\(title): which partitions?",
        items: scopes.map {
          Choice.Item(label: $0.label, detail: $0.detail, action: action($0))
        }))
  }

  // MARK: What is planned

  /// R: plans what the operator means and shows the preview; asks when there is more than one answer.
  mutating func previewRun() -> [Effect] {
    guard let page, checkFilter() else { return [] }
    var scopes: [(scope: ActionScope, request: PlanRequest)] = []
    if let marked = markedScope {
      scopes.append(
        (marked, PlanRequest(job: page.name, run: RunRequest(partitions: marked.partitions))))
    }
    if let filter = filterOfPartitions { scopes.append(filtered(page, by: filter)) }
    if screen == .predicate, let edited = editedPredicate {
      guard let scope = self.edited(page, edited.text) else { return [] }
      scopes.append(scope)
    }
    let held = page.heldCount > 0 ? ", without \(Quantity.number(page.heldCount)) held" : ""
    let all = ActionScope(
      kind: .allPending, count: page.runnableCount, detail: "whatever is shown\(held)")
    let isAsked = !scopes.isEmpty
    scopes.append((all, PlanRequest(job: page.name)))
    guard isAsked else { return plan(scopes[0].request) }
    // Who filtered for nothing is asked even so: all that is pending may not be meant.
    let offered = scopes.filter { $0.scope.count > 0 }
    guard !offered.isEmpty else {
      notice = Notice(
        kind: .warning, text: "Preview a run: nothing that could be meant is pending and not held.")
      return []
    }
    dialog = .choice(
      Choice(
        title: "Preview a run: which partitions?",
        items: offered.map {
          Choice.Item(label: $0.scope.label, detail: $0.scope.detail, action: .plan($0.request))
        }))
    return []
  }

  /// Shows the preview of what was chosen.
  mutating func plan(_ request: PlanRequest) -> [Effect] {
    show(.preview, remembering: true)
    return begin(request)
  }

  /// The pending partitions that a filter shows: a run of them is one over what is pending, so that what is
  /// held stays out.
  private func filtered(_ page: JobPage, by filter: String) -> (ActionScope, PlanRequest) {
    let indices = shown(page).filter { !page.known[$0].reasons.isEmpty }
    let held = indices.count { page.known[$0].hold != nil }
    let scope = ActionScope(
      kind: .filtered, count: indices.count - held,
      detail: "the pending ones that \"\(filter)\" shows"
        + (held > 0 ? ", without \(Quantity.number(held)) held" : ""))
    let partitions = indices.map { page.known[$0].partition }
    let predicate = GeneratedPredicate(
      keys: page.status.job.output.keys, partitions: partitions, known: []
    ).predicate()
    return (
      scope,
      PlanRequest(
        job: page.name, run: RunRequest(filter: predicate),
        restriction: "matching \"\(filter)\"")
    )
  }

  /// The pending partitions that an edited predicate selects; nil, with a notice, when it is not a predicate over the
  /// output's keys.
  private mutating func edited(_ page: JobPage, _ text: String) -> (ActionScope, PlanRequest)? {
    do throws(PushdownPredicateError) {
      let filter = try PushdownPredicate(text, keys: page.status.job.output.keys, today: today)
      let request = PlanRequest(
        job: page.name, run: RunRequest(filter: filter), restriction: "where \(text)")
      let scope = ActionScope(
        kind: .edited, count: runnableCount(of: page, filter),
        detail: "the pending ones that it selects")
      return (scope, request)
    } catch {
      notice = Notice(
        kind: .failure, text: "It does not fit the output's keys: \(error.message)")
      return nil
    }
  }
}
