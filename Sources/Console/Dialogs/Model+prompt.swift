import Cells
import IncrementalJoin
import Operations
import PartitionPredicate

extension Model {
  /// Passes a key to a list of choices.
  mutating func take(_ key: Key, in choice: Choice) -> [Effect] {
    var choice = choice
    func select(_ row: Int) { choice.list.select(row, count: choice.items.count, height: 8) }
    switch key {
    case .escape, .control("c"), .character("q"):
      dialog = choice.report.map { .report($0.again) }
      return []
    case .down, .character("j"): select(choice.list.index + 1)
    case .up, .character("k"): select(choice.list.index - 1)
    case .pageDown: select(choice.list.index + 7)
    case .pageUp: select(choice.list.index - 7)
    case .enter:
      dialog = choice.report.map { .report($0.again) }
      if choice.items.indices.contains(choice.list.index) {
        return choose(choice.items[choice.list.index].action)
      }
      return []
    default: break
    }
    dialog = .choice(choice)
    return []
  }

  /// Passes a key to a text prompt.
  mutating func take(_ key: Key, in prompt: Prompt) -> [Effect] {
    var prompt = prompt
    switch key {
    case .escape, .control("c"):
      dialog = nil
      return []
    case .enter:
      prompt.mistake = mistake(in: prompt)
      guard prompt.mistake == nil else { break }
      dialog = nil
      return answer(prompt)
    default:
      if prompt.field.take(key) { prompt.mistake = mistake(in: prompt) }
    }
    dialog = .prompt(prompt)
    return []
  }

  /// Why the answer is not valid; nil when it is.
  func mistake(in prompt: Prompt) -> String? {
    let text = prompt.field.text
    let keys = predicate.subject?.input.table.keys ?? []
    do throws(PushdownPredicateError) {
      switch prompt.subject {
      case .watch: _ = try PredicateWatch(text, keys: keys, today: today)
      case .marks:
        _ = try PushdownPredicate(text, keys: page?.status.job.output.keys ?? [], today: today)
      case .breakpointFilter: _ = try PushdownPredicate(text, keys: keys, today: today)
      case .runNote: return nil
      case .bounds:
        return RunBounds(text: text) == nil
          ? "Write a number of partitions, a size such as 2 GB, newest or oldest; or several of\n"
            + "them with commas between." : nil
      case .date:
        return CalendarDate(text) == nil
          ? "Write a date: 2013-05-17, 05-17 of the year that is shown, or 2013-05." : nil
      case .saveName:
        let isName =
          !text.isEmpty && !text.hasPrefix("-") && text.utf8.count <= 100
          && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
        return isName ? nil : "A name is made of letters, digits, _ and -."
      }
      return nil
    } catch {
      return "\(error)"
    }
  }

  private mutating func answer(_ prompt: Prompt) -> [Effect] {
    let text = prompt.field.text
    let keys = predicate.subject?.input.table.keys ?? []
    let note = text.contains { $0 != " " } ? text : nil
    switch prompt.subject {
    case .runNote: preview.note = note
    case .bounds:
      if let bounds = RunBounds(text: text) { return changePlan { $0.run.bounds = bounds } }
    case .date: goToDate(text)
    case .marks:
      let keys = page?.status.job.output.keys ?? []
      if let predicate = try? PushdownPredicate(text, keys: keys, today: today) {
        mark(.selected(by: predicate))
      }
    case .watch:
      if let watch = try? PredicateWatch(text, keys: keys, today: today) {
        predicate.debugger?.session.watch(watch)
      }
    case .breakpointFilter:
      if let filter = try? PushdownPredicate(text, keys: keys, today: today) {
        addBreakpoint(at: nil, where: nil, for: (filter, text))
      }
    case .saveName:
      guard let read = shownPredicate else { return [] }
      let shown = editedPredicate?.text ?? read.text
      if predicate.saved[text] == nil {
        return [.savePredicate(name: text, text: shown, replaces: false)]
      }
      confirmReplacing(text, by: shown)
    }
    return []
  }
}
