import Cells
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
      longest: subject.longestPath, besides: columnsBesideNames(isEdited: model.isPredicateEdited),
      columns: columns, shift: model.predicate.list.shift)
  }

  static func filter(_ model: Model) -> WritableKeyPath<Model, RowFilter>? { \.predicate.filter }

  static func applyFilter(_ model: inout Model) {
    let state = model.predicate
    model.predicate.filter.meaning = model.meaning(
      of: state.filter.text, keys: state.subject?.input.table.keys ?? [])
    model.predicate.rows = nil
    model.predicate.list = ListState()
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
    switch command.id {
    case .open, .textUp, .textDown: true
    default: command.isDebugger == model.isDebugging
    }
  }
}
