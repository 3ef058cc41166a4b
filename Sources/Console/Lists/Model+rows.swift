import IncrementalJoin
import PartitionPredicate

extension Model {
  /// The filter and order of the screen's list; nil where it cannot be filtered.
  var rowView: RowView? { component.rowList(self).map { rowViews[$0] ?? RowView() } }

  /// What is currently asked about the rows of the list.
  private func question(_ view: RowView) -> RowQuestion {
    RowQuestion(
      version: component.rowVersion(self), text: view.filter.text, order: view.order,
      saved: savedChanges)
  }

  /// The rows that a list shows, as row numbers of its source; nil for all of them in their own order.
  func shownRows(_ list: RowList, _ version: RowVersion) -> [Int]? {
    guard let shown = rowViews[list]?.shown, shown.question.version.identity == version.identity
    else { return nil }
    return shown.rows
  }

  /// The rows that the screen's list shows.
  var shownRows: [Int]? {
    component.rowList(self).flatMap { shownRows($0, component.rowVersion(self)) }
  }

  /// The row of the source at a place in a component's list.
  func sourceRow(_ component: any ScreenComponent.Type, at place: Int) -> Int? {
    guard let list = component.rowList(self),
      let rows = shownRows(list, component.rowVersion(self))
    else { return (0..<component.ownCount(self)).contains(place) ? place : nil }
    return rows.indices.contains(place) ? rows[place] : nil
  }

  /// The place of a source row in a component's list.
  func place(_ component: any ScreenComponent.Type, of row: Int) -> Int? {
    guard let list = component.rowList(self),
      let rows = shownRows(list, component.rowVersion(self))
    else { return row }
    guard rowViews[list]?.order == nil else { return rows.firstIndex(of: row) }
    let place = rows.lowerBound { $0 < row }
    return place < rows.count && rows[place] == row ? place : nil
  }

  /// Whether the list already reflects its filter and order.
  var isFilterApplied: Bool {
    guard let view = rowView else { return true }
    let question = question(view)
    return question.isIdle || view.shown?.question == question
  }

  /// Brings the rows of the list up to date: shows the latest answer, and asks about what is new.
  mutating func settleRows() {
    guard let list = component.rowList(self) else { return }
    let view = rowViews[list] ?? RowView()
    let question = question(view)
    let answer =
      question.isIdle || view.answer?.question.version.identity != question.version.identity
      ? nil : view.answer
    if answer?.question != view.shown?.question {
      let selected = component.selectedRow(self)
      rowViews[list]?.shown = answer
      component.didChangeRows(&self, keeping: selected)
    }
    guard !question.isIdle, view.asked == nil, answer?.question != question,
      let source = component.rowSource(self)
    else { return }
    let meaning = meaning(of: question.text, keys: source.keys)
    rowViews[list, default: RowView()].asked = question
    rowViews[list]?.filter.meaning = meaning
    let among = answer.flatMap { question.narrows($0.question) ? $0.rows : nil }
    compute {
      let (examined, rows) = source.rows(meaning, question.order, among: among)
      return .rows(list, RowAnswer(question: question, examined: examined, rows: rows))
    }
  }

  /// Takes the rows that were found.
  mutating func take(_ answer: RowAnswer, of list: RowList) {
    rowViews[list]?.asked = nil
    rowViews[list]?.answer = answer
  }

  /// The meaning of a filter's text over these keys.
  func meaning(of filter: String, keys: [PartitionKey]) -> ListFilter {
    ListFilter(
      filter, keys: keys, today: today, saved: predicate.saved,
      failures: predicate.savedFailures)
  }

  /// Applies the filters of all lists again after the saved predicates changed.
  mutating func reapplyFilters() {
    savedChanges += 1
    guard let list = component.rowList(self), let text = filter?.text else { return }
    let meaning = meaning(of: text, keys: component.rowSource(self)?.keys ?? [])
    rowViews[list]?.filter.meaning = meaning
  }

  // MARK: Order

  /// Shows a list as it is first shown: without a filter, in the order that the settings say.
  mutating func resetView(of list: RowList) {
    rowViews[list] = settings.orders[list].map { RowView(order: $0) }
  }

  /// Lists the columns by which the list can be sorted.
  mutating func chooseOrder() {
    guard let source = component.rowSource(self) else { return }
    let order = rowView?.order
    var items = source.columns.map { column in
      let isCurrent = order?.column == column.title
      return Choice.Item(
        label: column.title,
        detail: !isCurrent
          ? ""
          : order?.isDescending == true ? "descending; again ascends" : "ascending; again descends",
        action: .sort(
          RowOrder(column: column.title, isDescending: isCurrent && order?.isDescending == false)))
    }
    items.append(Choice.Item(label: "Own order", detail: "as it is listed", action: .sort(nil)))
    var choice = Choice(title: "Sort by", items: items)
    choice.list.index = source.columns.firstIndex { $0.title == order?.column } ?? 0
    dialog = .choice(choice)
  }

  /// Sorts the list.
  mutating func sort(by order: RowOrder?) {
    guard let list = component.rowList(self) else { return }
    rowViews[list, default: RowView()].order = order
  }

  // MARK: Search

  /// Goes to the next (1) or previous (-1) row that passes the last filter.
  mutating func search(_ direction: Int) {
    guard let list = component.rowList(self), let source = component.rowSource(self) else { return }
    let meaning = meaning(of: lastSearch, keys: source.keys)
    let shown = shownRows
    let selected = component.selectedRow(self)
    let version = component.rowVersion(self)
    compute {
      let rows = shown ?? source.candidates()
      let matches = Set(
        meaning.matches(
          rows, name: source.name, paths: source.paths, words: source.words(),
          partition: source.partition)
      )
      let start = selected.flatMap(rows.firstIndex) ?? 0
      let order = (1...max(1, rows.count)).lazy.map { step in
        rows[((start + direction * step) % rows.count + rows.count) % rows.count]
      }
      let found = rows.isEmpty ? nil : order.first(where: matches.contains)
      return .found(list, version, found)
    }
  }

  /// Goes to the row that was found.
  mutating func takeFound(_ row: Int?, of list: RowList, _ version: RowVersion) {
    guard component.rowList(self) == list,
      component.rowVersion(self).identity == version.identity
    else { return }
    guard let row, let place = component.place(of: row, self) else {
      notice = Notice(kind: .warning, text: "No row has \"\(lastSearch)\".")
      return
    }
    selectRow(place)
  }
}
