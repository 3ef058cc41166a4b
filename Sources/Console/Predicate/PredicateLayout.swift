import Cells
import PartitionPredicate
import Wording

/// The bands of the predicate screen: text, list and explanation stacked, or, with the detail pane, the list beside the
/// text and the pane.
struct PredicateLayout {
  let heading: Rect
  let textHeading: Rect
  let text: Rect
  /// The editor's messages about its text.
  let check: Rect
  let columns: Rect
  let list: Rect
  /// The explanation below a list that has no pane beside it.
  let detail: Rect
  /// The detail pane; nil where there is none.
  let pane: Rect?

  init(_ content: Rect, lines: Int, isEditing: Bool, hasPane: Bool) {
    var rest = content
    heading = rest.cutTop(2)
    if hasPane {
      var left = rest.cutLeft(Self.listColumns(content))
      columns = left.cutTop(1)
      list = left
      _ = rest.cutLeft(1)
      // As far right as the text of the pane below, which has a rule before it.
      var right = rest
      _ = right.cutLeft(2)
      textHeading = right.cutTop(1)
      text = right.cutTop(min(max(1, lines), max(3, right.rows / 2)))
      check = isEditing ? right.cutTop(min(8, right.rows)) : Rect.none
      detail = .none
      _ = rest.cutTop(textHeading.rows + text.rows)
      pane = isEditing ? nil : rest
      return
    }
    pane = nil
    textHeading = rest.cutTop(1)
    text = rest.cutTop(min(max(1, lines), max(2, content.rows / (isEditing ? 3 : 5))))
    check = isEditing ? rest.cutTop(max(2, content.rows / 4)) : Rect.none
    detail = isEditing ? Rect.none : rest.cutBottom(max(4, content.rows / 4))
    columns = rest.cutTop(1)
    list = rest
  }

  /// The layout of the clauses' truth table, which takes the whole width.
  init(clauses content: Rect, pane columns: Int) {
    var rest = content
    heading = rest.cutTop(2)
    pane = rest.cutDetail(columns)
    detail = pane == nil ? rest.cutBottom(max(4, content.rows / 4)) : .none
    self.columns = rest.cutTop(1)
    list = rest
    textHeading = .none
    text = .none
    check = .none
  }

  static func listColumns(_ content: Rect) -> Int { content.columns * 55 / 100 }

  /// The width of the text.
  static func textColumns(_ content: Rect, hasPane: Bool) -> Int {
    hasPane ? content.columns - listColumns(content) - 3 : content.columns
  }
}

/// The bands of the debugger: text, clauses and what is known at the current step.
struct DebuggerLayout {
  let heading: Rect
  let text: Rect
  let columns: Rect
  let list: Rect
  let step: Rect

  init(_ content: Rect, lines: Int) {
    var rest = content
    heading = rest.cutTop(1)
    if Self.isWide(content) {
      var left = rest.cutLeft(PredicateLayout.listColumns(content))
      _ = rest.cutLeft(2)
      text = left.cutTop(min(max(1, lines), max(2, left.rows / 3)))
      step = rest
      columns = left.cutTop(1)
      list = left
      return
    }
    text = rest.cutTop(min(max(1, lines), max(2, content.rows / 5)))
    step = rest.cutBottom(max(4, content.rows * 2 / 5))
    columns = rest.cutTop(1)
    list = rest
  }

  private static func isWide(_ content: Rect) -> Bool { content.columns >= Model.detailWidth }

  static func textColumns(_ content: Rect) -> Int {
    isWide(content) ? PredicateLayout.listColumns(content) : content.columns
  }
}

extension Rect {
  /// An absent band.
  fileprivate static let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
}

extension Model {
  /// The width of the predicate's text, which depends on what is shown beside it.
  var predicateTextColumns: Int {
    let content = Layout(size).content
    return predicate.debugger == nil
      ? PredicateLayout.textColumns(content, hasPane: detailColumns > 0)
      : DebuggerLayout.textColumns(content)
  }

  /// The lines of the text that is shown or edited.
  var predicateTextLines: [Range<Int>] {
    let columns = predicateTextColumns
    if let editor = predicate.editor {
      // Room for the cursor after the last character.
      return SourceText(editor.text).lines(columns: columns - 1)
    }
    if let debugger = predicate.debugger {
      return debugger.width == columns
        ? debugger.lines : debugger.read.source.lines(columns: columns)
    }
    guard let layout = predicate.layout else { return [] }
    return layout.width == columns ? layout.lines : layout.source.lines(columns: columns)
  }

  var predicateLayout: PredicateLayout {
    let content = Layout(size).content
    if predicate.view == .clauses {
      return PredicateLayout(clauses: content, pane: detailColumns)
    }
    return PredicateLayout(
      content, lines: predicateTextLines.count + (editorMistakeLine == nil ? 0 : 1),
      isEditing: predicate.editor != nil, hasPane: detailColumns > 0)
  }

  var debuggerLayout: DebuggerLayout {
    DebuggerLayout(Layout(size).content, lines: predicateTextLines.count)
  }

  /// The line of the edited text that contains the mistake; nil without one.
  var editorMistakeLine: Int? {
    guard let editor = predicate.editor, case .failure(let error) = editor.read else { return nil }
    let source = SourceText(editor.text)
    let lines = source.lines(columns: predicateTextColumns - 1)
    return source.place(of: error.range.lowerBound, in: lines).line
  }

  /// The first line of the text that is drawn: where the operator scrolled to, otherwise whatever shows what matters.
  func firstTextLine(height: Int) -> Int {
    let lines = predicateTextLines
    let last = max(0, lines.count - max(1, height))
    if let scroll = predicate.scroll { return max(0, min(scroll, last)) }
    guard lines.count > height else { return 0 }
    let outline = shownPredicate?.outline
    var offset: Int?
    if let debugger = predicate.debugger {
      offset = debugger.read.outline[debugger.session.current.clause].node.range.lowerBound
    } else if predicate.form == .source, let clause = predicate.detail?.deciding.min(), let outline,
      outline.clauses.indices.contains(clause - 1)
    {
      offset = outline[clause].node.range.lowerBound
    }
    guard let offset else { return 0 }
    let line = lines.lastIndex { $0.lowerBound <= offset } ?? 0
    return max(0, min(line - max(0, height - 1) / 2, last))
  }
}
