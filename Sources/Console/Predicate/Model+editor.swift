import Cells
import IncrementalJoin
import PartitionPredicate

extension Model {
  /// Opens the editor with the predicate that is shown.
  mutating func openEditor() {
    guard let subject = predicate.subject else { return }
    let edited = editedPredicate
    let text = edited?.text ?? generatedPredicate?.text ?? ""
    predicate.form = .source
    predicate.view = .partitions
    predicate.debugger = nil
    predicate.editor = PredicateEditor(
      text, name: edited?.name, read: edited?.read ?? Self.read(text, subject))
    predicate.forgetPredicate()
  }

  /// Passes a key to the editor; false when it is a command even so (moving in the list).
  mutating func takeInEditor(_ key: Key) -> Bool {
    switch key {
    case .enter: keepEdit()
    case .escape, .control("c"):
      predicate.editor = nil
      // What it said was about the text that is dropped.
      notice = nil
      predicate.forgetPredicate()
    default:
      guard let hasChanged = predicate.editor?.take(key) else { return false }
      if hasChanged { checkEdit() }
    }
    return true
  }

  /// Adds pasted text to the predicate that is being edited.
  mutating func pasteInEditor(_ text: String) {
    predicate.editor?.insert(text)
    checkEdit()
  }

  /// Takes a text from the operator's own editor; with a mistake, it is open for correction here.
  mutating func takeOutside(_ text: String) {
    guard text.utf8.count <= PredicateEditor.limit else {
      notice = Notice(
        kind: .warning,
        text: "The text was not taken: it has \(text.utf8.count) bytes, and a predicate at most "
          + "\(PredicateEditor.limit).")
      return
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      notice = Notice(kind: .warning, text: "The text was empty: nothing changed.")
      return
    }
    if predicate.editor == nil { openEditor() }
    predicate.editor?.replace(by: text)
    checkEdit()
    keepEdit()
  }

  /// Reads the text anew; with a mistake, the list goes on showing what it showed.
  private mutating func checkEdit() {
    guard let subject = predicate.subject, let editor = predicate.editor else { return }
    let read = Self.read(editor.text, subject)
    predicate.editor?.read = read
    // The notice was about the previous text.
    notice = nil
    predicate.forgetPredicate()
  }

  private mutating func keepEdit() {
    guard let editor = predicate.editor, let key = predicateSubject else { return }
    guard case .success(let read) = editor.read else {
      notice = Notice(
        kind: .warning, text: "The predicate has a mistake: correct it, or press Esc to drop it.")
      return
    }
    predicate.editor = nil
    if editor.text == generatedPredicate?.text {
      predicate.edits[key] = nil
      notice = Notice(
        kind: .information, text: "Nothing changed: the predicate is the generated one.")
    } else {
      let isSaved = editor.name.flatMap { predicate.saved[$0] } == editor.text
      predicate.edits[key] = EditedPredicate(
        text: editor.text, name: isSaved ? editor.name : nil, read: .success(read))
      notice = Notice(
        kind: .information, text: "R plans only the pending partitions that it selects; W saves it."
      )
    }
    predicate.forgetPredicate()
  }

  /// Shows the generated predicate again.
  mutating func dropEdit() {
    guard let key = predicateSubject else { return }
    predicate.edits[key] = nil
    predicate.forgetPredicate()
    if case .dialect(.compact) = predicate.form { predicate.form = .source }
    notice = Notice(kind: .information, text: "This is the generated predicate again.")
  }

  /// Shows a saved predicate in place of the one that is shown.
  mutating func openSaved(_ name: String) {
    guard let text = predicate.saved[name], let subject = predicate.subject,
      let key = predicateSubject
    else { return }
    let read = Self.read(text, subject)
    predicate.edits[key] = EditedPredicate(text: text, name: name, read: read)
    predicate.form = .source
    predicate.forgetPredicate()
    if case .failure = read {
      // It may have been written for other keys; mistakes are shown where they can be corrected.
      openEditor()
      notice = Notice(
        kind: .warning, text: "\(name) does not fit the keys of \(subject.input.name).")
    } else {
      notice = Notice(kind: .information, text: "Opened \(name).")
    }
  }

  /// Lists the names under which predicates are saved, to open one.
  mutating func chooseSaved() {
    dialog = .choice(
      Choice(
        title: "Open a saved predicate",
        items: predicate.saved.sorted { $0.key < $1.key }.map { name, text in
          Choice.Item(label: name, detail: text, action: .openSaved(name))
        }))
    if let failure = predicate.savedFailures.first {
      notice = Notice(kind: .warning, text: failure)
    }
  }

  /// Asks for the name to save the shown predicate under.
  mutating func askForName() {
    var prompt = Prompt(subject: .saveName, title: "Save the predicate", label: "Name: ")
    prompt.field.text = editedPredicate?.name ?? ""
    dialog = .prompt(prompt)
  }

  /// Takes the predicates saved by this or another process, and why some could not be read.
  mutating func takeSaved(_ saved: [String: String], failures: [String]) {
    if failures != predicate.savedFailures {
      predicate.savedFailures = failures
      if let failure = failures.first { notice = Notice(kind: .warning, text: failure) }
      reapplyFilters()
    }
    guard saved != predicate.saved else { return }
    predicate.saved = saved
    for (key, edited) in predicate.edits {
      if let name = edited.name, saved[name] != edited.text { predicate.edits[key]?.name = nil }
    }
    reapplyFilters()
  }

  /// Records that a predicate was saved.
  mutating func takeSaved(_ text: String, as name: String) {
    predicate.saved[name] = text
    for (key, edited) in predicate.edits where edited.text == text {
      predicate.edits[key]?.name = name
    }
    notice = Notice(
      kind: .information, text: "Saved the predicate as \(name); a filter can name it: @\(name).")
    reapplyFilters()
  }
}
