import Cells
import Charts
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// The list shows the partitions of the run, or else its batches.
extension RunScreen {
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState> {
    showsBatches(model) ? \.batchList : \.runList
  }

  private static func showsBatches(_ model: Model) -> Bool { model.run?.showsBatches ?? false }

  static func rowList(_ model: Model) -> RowList? { showsBatches(model) ? nil : .units }

  static func ownCount(_ model: Model) -> Int {
    guard let run = model.run else { return 0 }
    return run.showsBatches ? run.batches.count : run.units.count
  }

  static func rowVersion(_ model: Model) -> RowVersion {
    RowVersion(
      identity: [model.startedRuns, ownCount(model)], content: model.run?.events ?? 0,
      isPartial: model.run?.showsFailuresOnly ?? false)
  }

  static func rowSource(_ model: Model) -> RowSource? {
    guard let run = model.run else { return nil }
    let units = run.units
    let showsFailuresOnly = run.showsFailuresOnly
    return RowSource(
      {
        showsFailuresOnly
          ? units.indices.filter { units[$0].state == .failed } : Array(units.indices)
      },
      name: { units[$0].path },
      words: { SharedTexts(units.lazy.map { "\($0.state.word) \($0.message ?? "")" }) },
      keys: units.first?.partition.keys ?? [], partition: { units[$0].partition },
      columns: [
        SortColumn("Partition", number: Int64.init),
        SortColumn("State", text: { units[$0].state.word }),
        SortColumn("Rows", number: { units[$0].rows }),
      ])
  }

  static func listArea(_ model: Model, in content: Rect) -> Rect {
    layout(model, in: content).list
  }

  static func detailArea(_ model: Model, in content: Rect) -> Rect? {
    model.run == nil ? nil : layout(model, in: content).detail
  }

  /// What the run has done with the partition; after its end, also what the ledger knows of it.
  static func detail(_ model: Model) -> RowDetail? {
    guard let run = model.run else { return nil }
    if run.showsBatches {
      return selectedRow(model).map { RowDetail(known: run.account(ofBatch: $0)) }
    }
    guard let unit = selected(model) else { return nil }
    let isKnown =
      !run.isActive && run.job == model.page?.name
      && model.page?.index(of: unit.partition) != nil
    return RowDetail(
      known: run.account(of: unit), request: isKnown ? .why(unit.partition) : nil)
  }

  static func nameColumn(_ model: Model, columns: Int) -> NameColumn? {
    guard let run = model.run, !run.showsBatches else { return nil }
    return NameColumn(
      longest: run.longestPath, besides: columnsBesideNames + model.markColumns, columns: columns,
      shift: run.list.shift)
  }

  static func markable(_ model: Model) -> MarkableRows? {
    guard let run = model.run, !run.showsBatches, run.job == model.page?.name else { return nil }
    let units = run.units
    return rows(model) { units[$0].partition }
  }

  static func willMove(_ model: inout Model) { model.run?.follows = false }

  static func copied(_ model: Model) -> (what: String, text: String)? {
    selected(model).map { unit in
      unit.message.map { ("the failure", $0) } ?? ("the partition", unit.path)
    }
  }

  static func partition(_ model: Model) -> Partition? { selected(model)?.partition }

  static func run(_ model: Model) -> RunRecord? {
    model.page?.status.runs.first { $0.id == model.run?.id }
  }

  static func whyNotAll(_ model: Model) -> String? {
    if showsBatches(model) { return "Esc leads back to the partitions first" }
    return model.run == nil ? "there was no run yet" : nil
  }

  static func switchAll(_ model: inout Model) { model.run?.toggleFailuresOnly() }

  static func whyNoOtherView(_ model: Model) -> String? {
    model.run == nil ? "there was no run yet" : nil
  }

  static func switchView(_ model: inout Model) { model.run?.showsBatches.toggle() }

  static func goBack(_ model: inout Model) -> Bool {
    guard showsBatches(model) else { return false }
    model.run?.showsBatches = false
    return true
  }

  private static func selected(_ model: Model) -> RunProgress.Unit? {
    guard let run = model.run, !run.showsBatches else { return nil }
    return selectedRow(model).map { run.units[$0] }
  }

  /// Shows the whole sentence of a failure, of the partition or of the run, which may be longer than its place.
  static func open(_ model: inout Model) -> [Effect] {
    if let unit = selected(model), let message = unit.message {
      model.tell(unit.path, message)
    } else if let run = model.run, let failure = run.failure {
      model.tell("The run of \(run.job) was refused or broke off", failure)
    }
    return []
  }
}
