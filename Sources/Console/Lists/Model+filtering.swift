import IncrementalJoin
import PartitionPredicate

/// Filters are applied off the terminal's thread, one question at a time: what was typed meanwhile is asked
/// together, and only among the rows that are left where it narrows the filter.
extension Model {
  private var pendingQuestion: FilterQuestion {
    FilterQuestion(load: load, text: pending.filter.text, showsAll: pending.showsAll)
  }

  /// Whether the list shows what the filter's text says.
  var isPendingFiltered: Bool {
    pending.filter.text.isEmpty || pending.answer?.question == pendingQuestion
  }

  /// Lists the pending partitions anew, after a load or a change of what is listed.
  mutating func refreshPending(from previous: JobPage?) {
    // Indices of an earlier load say nothing any more.
    if pending.answer?.question.load != load { pending.answer = nil }
    rebuildPending(from: previous)
    filterPending()
  }

  /// Applies the text of the filter: at once where there is none.
  mutating func filterPending() {
    pending.filter.meaning = meaning(
      of: pending.filter.text, keys: page?.status.job.output.keys ?? [])
    if pending.filter.text.isEmpty, pending.answer != nil {
      pending.answer = nil
      rebuildPending(from: page)
    }
    askForPendingRows()
  }

  /// Lists the rows anew, after branches were opened or closed or the filter has answered.
  mutating func rebuildPending(from previous: JobPage?) {
    pending.rebuild(page, from: previous, height: listHeight(on: .pending))
  }

  private mutating func askForPendingRows() {
    guard let page, pending.asked == nil, !pending.filter.text.isEmpty else { return }
    let question = pendingQuestion
    if pending.answer?.question == question { return }
    pending.asked = question
    let earlier = pending.answer.flatMap { question.narrows($0.question) ? $0.matches : nil }
    let candidates =
      earlier ?? (question.showsAll ? Array(page.known.indices) : page.pending)
    let meaning = pending.filter.meaning
    compute {
      .pending(
        FilterAnswer(
          question: question, examined: candidates.count,
          matches: meaning.matches(
            candidates, name: { page.paths[$0] }, words: page.words,
            partition: { page.known[$0].partition })))
    }
  }

  mutating func takePending(_ answer: FilterAnswer) {
    pending.asked = nil
    if answer.question.load == load {
      pending.answer = answer
      rebuildPending(from: page)
    }
    askForPendingRows()
  }

  private func catalogQuestion(_ open: OpenTable) -> FilterQuestion {
    FilterQuestion(load: open.number, text: catalog.filter.text)
  }

  /// Finds out the rows of the open table that its filter lets through.
  mutating func askForCatalogRows() {
    guard let open = catalog.open else { return }
    catalog.filter.meaning = meaning(of: catalog.filter.text, keys: open.table.keys)
    let question = catalogQuestion(open)
    guard catalog.asked == nil, open.answered != question else { return }
    catalog.asked = question
    let candidates =
      open.answered.flatMap { question.narrows($0) ? open.rows : nil }
      ?? Array(open.partitions.indices)
    let meaning = catalog.filter.meaning
    compute {
      .catalog(
        FilterAnswer(
          question: question, examined: candidates.count,
          matches: meaning.matches(
            candidates, name: { open.partitions[$0].path },
            words: open.words, partition: { open.partitions[$0].partition })))
    }
  }

  mutating func takeCatalog(_ answer: FilterAnswer) {
    catalog.asked = nil
    if let open = catalog.open, answer.question.load == open.number {
      let selected = catalog.selectedPartition?.partition
      catalog.open?.rows = answer.matches
      catalog.open?.answered = answer.question
      selectInTable(selected)
    }
    askForCatalogRows()
  }
}
