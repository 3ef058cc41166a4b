import Cells
import IncrementalJoin
import PartitionPredicate
import Reports

extension Model {
  /// The input whose predicate is shown.
  var predicateSubject: PredicateState.Subject? {
    guard let page, page.status.job.inputs.indices.contains(predicate.input) else { return nil }
    return PredicateState.Subject(
      job: page.name, input: page.status.job.inputs[predicate.input].name)
  }

  /// The predicate that the operator wrote in place of the generated one.
  var editedPredicate: EditedPredicate? { predicateSubject.flatMap { predicate.edits[$0] } }

  /// Whether the list shows a predicate other than the generated one.
  var isPredicateEdited: Bool { predicate.editor != nil || editedPredicate != nil }

  /// The predicate that list, clauses and debugger use: the last one without a mistake.
  var shownPredicate: ParsedPredicate? {
    if case .success(let read)? = predicate.editor?.read { return read }
    if let edited = editedPredicate {
      if case .success(let read)? = edited.read { return read }
      return nil
    }
    return generatedPredicate
  }

  /// The generated predicate of the shown input.
  var generatedPredicate: ParsedPredicate? {
    guard case .success(let read)? = predicate.subject?.read else { return nil }
    return read
  }

  /// Why there is no predicate to show; nil when there is one.
  var predicateMistake: PushdownPredicateError? {
    switch editedPredicate?.read ?? predicate.subject?.read {
    case .failure(let error)?: error
    default: nil
    }
  }

  /// Brings what the predicate screen shows up to date: everything is made when it is first shown.
  mutating func settlePredicate() {
    guard let page, !page.status.job.inputs.isEmpty else { return }
    if isFiltering { predicate.view = .partitions }
    let inputs = page.status.job.inputs
    predicate.input = max(0, min(predicate.input, inputs.count - 1))
    if predicate.subject?.input != inputs[predicate.input] {
      predicate.forgetSubject()
      return askForSubject(inputs[predicate.input], of: page)
    }
    settleText()
    if predicate.rows == nil { listPredicateRows() }
    if predicate.view == .clauses, predicate.clauses == nil { countClauses() }
    if predicate.map == nil { predicate.map = shownPredicate.map { ClauseMap($0.outline) } }
    settleDetail()
  }

  /// Requests an input's partitions and predicate, computed off the terminal's thread.
  private mutating func askForSubject(_ input: JobInput, of page: JobPage) {
    let asked = PredicateState.Asked(load: load, input: input)
    guard predicate.asked != asked else { return }
    predicate.asked = asked
    let (number, today) = (predicate.input, today)
    compute {
      .predicate(InputPredicate(input, number: number, of: page, today: today), load: asked.load)
    }
  }

  /// Takes what is known of an input, if it is still the one that is shown.
  mutating func takeSubject(_ subject: InputPredicate, load: Int) {
    let answered = PredicateState.Asked(load: load, input: subject.input)
    guard predicate.asked == answered, load == self.load else {
      if predicate.asked == answered { predicate.asked = nil }
      return
    }
    predicate.asked = nil
    predicate.forgetPredicate()
    predicate.subject = subject
    rereadEdits(subject)
  }

  private mutating func rereadEdits(_ subject: InputPredicate) {
    guard let key = predicateSubject else { return }
    if let edited = predicate.edits[key] {
      predicate.edits[key]?.read = Self.read(edited.text, subject)
    }
    if let editor = predicate.editor { predicate.editor?.read = Self.read(editor.text, subject) }
  }

  static func read(_ text: String, _ subject: InputPredicate) -> Result<
    ParsedPredicate, PushdownPredicateError
  > {
    do throws(PushdownPredicateError) {
      return .success(try subject.read(text))
    } catch {
      return .failure(error)
    }
  }

  /// Lists the rows that pass the filters; the selection stays on its partition.
  private mutating func listPredicateRows() {
    guard let subject = predicate.subject else { return }
    let read = shownPredicate
    let rows =
      shownRows(.inputPartitions, PredicateScreen.rowVersion(self))
      ?? Array(subject.partitions.indices)
    predicate.rows = rows
    let kept = predicate.kept.flatMap { partition in
      rows.firstIndex { subject.partitions[$0] == partition }
    }
    var row = kept ?? predicate.list.index
    if kept == nil, predicate.seeksSelected {
      row = read.flatMap { read in rows.firstIndex { read.selection.contains($0) } } ?? 0
      predicate.seeksSelected = rows.isEmpty
      // Leave some unselected rows visible above it.
      predicate.list.top = max(0, row - 2)
    }
    let height = listHeight(on: .predicate)
    predicate.list.select(row, count: rows.count, height: height)
  }

  private mutating func countClauses() {
    guard let subject = predicate.subject, let read = shownPredicate else { return }
    let counts = subject.table.clauseCounts(read.outline.predicate)
    let findings = PredicateLint.findings(read.outline, subject.table)
    predicate.clauses = ClauseTable(
      counts: read.outline.clauses.map { counts[$0.treeIndex] },
      findings: Dictionary(grouping: findings, by: \.clause))
  }

  /// Explains the selected partition in full and the other visible ones briefly.
  private mutating func settleDetail() {
    guard let page, let subject = predicate.subject, let read = shownPredicate,
      let rows = predicate.rows
    else { return predicate.forgetDetail() }
    if let row = predicate.selectedRow {
      predicate.kept = subject.partitions[row]
      if predicate.detail?.row != row {
        predicate.detail = PartitionDetail(row, read, subject, page)
        predicate.scroll = nil
      }
    } else {
      predicate.detail = nil
    }
    guard predicate.view == .partitions, predicate.debugger == nil,
      read.outline.clauses.count <= Self.mostExplainedClauses, !read.isConstant
    else { return }
    let window = predicate.list.window(count: rows.count, height: listHeight(on: .predicate))
    if predicate.briefs.count > 2000 { predicate.briefs = [:] }
    for row in rows[window] where predicate.briefs[row] == nil {
      predicate.briefs[row] = read.brief(subject.partitions[row])
    }
  }

  /// With more clauses than this, only the selected partition is explained.
  private static let mostExplainedClauses = 300

  /// Writes the text in the chosen form and breaks it into lines.
  private mutating func settleText() {
    if predicate.layout?.form != predicate.form { predicate.layout = nil }
    if predicate.layout == nil { predicate.layout = shownText() }
    let width = predicateTextColumns
    if let debugger = predicate.debugger {
      guard debugger.width != width else { return }
      predicate.debugger?.width = width
      predicate.debugger?.lines = debugger.read.source.lines(columns: width)
      return
    }
    guard let layout = predicate.layout, layout.width != width || layout.lines.isEmpty else {
      return
    }
    predicate.layout?.width = width
    predicate.layout?.lines = layout.source.lines(columns: width)
  }

  /// The text of the shown predicate in the chosen form.
  private func shownText() -> PredicateState.Layout? {
    func layout(_ text: String, isRefusal: Bool = false) -> PredicateState.Layout {
      PredicateState.Layout(
        form: predicate.form, source: SourceText(text), length: text.count, isRefusal: isRefusal)
    }
    guard case .dialect(let dialect) = predicate.form else {
      if let edited = editedPredicate { return layout(edited.text) }
      return shownPredicate.map { layout($0.text) }
        ?? predicateMistake.map { layout("\($0)", isRefusal: true) }
    }
    do throws(PredicateDialectError) {
      if editedPredicate != nil {
        return try shownPredicate.map { read throws(PredicateDialectError) in
          layout(try read.outline.predicate.text(dialect))
        }
      }
      return try predicate.subject.map { subject throws(PredicateDialectError) in
        layout(try subject.generated.text(dialect))
      }
    } catch {
      return layout("\(error)", isRefusal: true)
    }
  }

  /// The next form of the text.
  mutating func switchForm() {
    let dialects: [PredicateDialect] =
      editedPredicate == nil ? [.plain, .spark, .glue, .duckdb] : PredicateDialect.allCases
    let forms = [PredicateForm.source] + dialects.map(PredicateForm.dialect)
    let index = forms.firstIndex(of: predicate.form) ?? 0
    predicate.form = forms[(index + 1) % forms.count]
    predicate.scroll = nil
  }
}

extension PartitionDetail {
  /// Explains a predicate's value for a row.
  init(_ row: Int, _ read: ParsedPredicate, _ subject: InputPredicate, _ page: JobPage) {
    let partition = subject.partitions[row]
    let explanation = PartitionExplanation(read.outline, partition)
    self.init(
      row: row, truth: explanation.truth, sentence: explanation.sentence(read.outline),
      status: subject.readsSets
        ? page.status.report.status(of: partition, input: subject.number, \.keys)
        : page.status(subject.known[row]),
      values: PredicateTrace(read.outline, read.evaluator, partition).values(),
      deciding: Set(explanation.deciding.map(\.clause)))
  }
}

extension ParsedPredicate {
  /// The clauses that decided a partition, as briefly as a list needs.
  func brief(_ partition: Partition) -> String {
    let explanation = PartitionExplanation(outline, partition)
    let texts = explanation.deciding.map { text(of: $0.clause) }
    let truth = explanation.deciding.first?.truth ?? explanation.truth
    return "\(truth.rawValue): \(texts.joined(separator: "; "))"
  }
}
