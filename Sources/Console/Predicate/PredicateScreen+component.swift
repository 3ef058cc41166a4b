import Cells
import Charts
import IncrementalJoin
import PartitionPredicate

/// The screen has three lists: partitions, the clauses' truth table, and the debugger's clauses.
extension PredicateScreen {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> {
    if model.predicate.debugger != nil { return \.debuggerList }
    return model.predicate.view == .clauses ? \.predicate.clauseList : \.predicate.list
  }

  static func rowCount(_ model: Model) -> Int {
    if let debugger = model.predicate.debugger { return debugger.read.outline.clauses.count }
    if model.predicate.view == .clauses {
      return model.shownPredicate?.outline.clauses.count ?? 0
    }
    return model.predicate.rows?.count ?? 0
  }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    model.predicate.debugger == nil ? model.predicateLayout.list : model.debuggerLayout.list
  }

  static func nameColumn(_ model: Model, columns: Int) -> NameColumn? {
    guard let subject = model.predicate.subject, model.predicate.debugger == nil,
      model.predicate.view == .partitions
    else { return nil }
    return NameColumn(
      longest: subject.paths.longest,
      besides: columnsBesideNames(isEdited: model.isPredicateEdited) + model.markColumns,
      columns: columns, shift: model.predicate.list.shift)
  }

  static func rowList(_ model: Model) -> RowList? {
    model.predicate.debugger == nil && model.predicate.view == .partitions
      ? .inputPartitions : nil
  }

  static func ownCount(_ model: Model) -> Int { model.predicate.subject?.partitions.count ?? 0 }

  static func rowVersion(_ model: Model) -> RowVersion {
    RowVersion(
      identity: [model.predicate.subjects], content: model.predicate.predicates,
      isPartial: model.predicate.decidedBy != nil)
  }

  static func rowSource(_ model: Model) -> RowSource? {
    guard let subject = model.predicate.subject, let page = model.page else { return nil }
    let (read, decidedBy) = (model.shownPredicate, model.predicate.decidedBy)
    let before = model.isPredicateEdited ? model.generatedPredicate?.selection : nil
    @Sendable func truth(_ row: Int) -> Truth? {
      read?.evaluator.truth(subject.partitions[row].values)
    }
    @Sendable func state(_ row: Int) -> String {
      subject.isHalo[row] ? "halo" : page.partitionStatus(subject.known[row]).word
    }
    return RowSource(
      {
        let all = subject.partitions.indices
        guard let decidedBy, let read else { return Array(all) }
        let evaluators = ClauseEvaluators(read.outline)
        return all.filter { evaluators.deciding(subject.partitions[$0].values) == decidedBy }
      },
      paths: subject.paths,
      words: {
        SharedTexts(
          subject.partitions.indices.lazy.map { row in
            let truth = truth(row)
            let was = before?.contains(row) ?? (truth == .isTrue)
            let change = was == (truth == .isTrue) ? "" : was ? " lost" : " gained"
            return "\(truth?.verdict ?? "")\(change) \(state(row))"
          })
      },
      columns: [
        SortColumn("Partition", number: Int64.init),
        SortColumn("Verdict", text: { truth($0)?.verdict ?? "" }),
        SortColumn("State", text: state),
        SortColumn("Bytes", number: { subject.bytes[$0] }),
      ])
  }

  static func selectedRow(_ model: Model) -> Int? { model.predicate.selectedRow }

  static func place(of row: Int, _ model: Model) -> Int? {
    model.predicate.rows?.firstIndex(of: row)
  }

  static func didChangeRows(_ model: inout Model, keeping row: Int?) {
    model.predicate.rows = nil
    model.predicate.list = ListState()
    model.settlePredicate()
  }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    guard let layout = model.predicate.layout, !layout.isRefusal else { return nil }
    let text = String(decoding: layout.source.bytes, as: UTF8.self)
    guard case .dialect(let dialect) = layout.form else { return ("the predicate", text) }
    return ("the \(dialect.rawValue) predicate", text)
  }

  static func shown(_ model: Model, _ page: JobPage) -> [Int]? {
    guard let subject = model.predicate.subject else { return [] }
    return Set((model.predicate.rows ?? []).map { subject.known[$0] }).sorted()
  }

  /// The output partitions that read the input's.
  static func markable(_ model: Model) -> MarkableRows? {
    guard let page = model.page, let subject = model.predicate.subject,
      rowList(model) != nil, let rows = model.predicate.rows
    else { return nil }
    let place = model.predicate.list.index
    let known = subject.known
    let selected = model.predicate.selectedRow.map { [page.known[known[$0]].partition] } ?? []
    return MarkableRows(places: place..<place + 1, selected: selected) { range in
      rows[(range ?? rows.indices).clamped(to: rows.indices)]
        .map { page.known[known[$0]].partition }
    }
  }

  static func settle(_ model: inout Model) { model.settlePredicate() }

  static func open(_ model: inout Model) -> [Effect] {
    model.openPredicateRow()
    return []
  }

  static func move(_ model: inout Model, sideways offset: Int) -> [Effect] {
    model.switchInput(by: offset)
    return []
  }

  static func whyNoOtherView(_ model: Model) -> String? {
    if model.page == nil { return "no job is loaded yet" }
    if model.isDebugging { return "Esc leaves the debugger first" }
    return model.shownPredicate == nil ? "there is no predicate to show" : nil
  }

  static func switchView(_ model: inout Model) { model.predicate.switchView() }

  static func goBack(_ model: inout Model) -> Bool { model.leavePredicatePart() }

  /// The debugger has its own commands.
  static func offers(_ command: Command, _ model: Model) -> Bool {
    model.isDebugging ? command.isOfferedInDebugger : !command.isDebugger
  }
}
