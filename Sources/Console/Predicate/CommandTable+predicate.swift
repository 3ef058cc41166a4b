import Cells
import PartitionPredicate

extension CommandTable {
  private static func needsPredicate(_ model: Model) -> String? {
    if model.page == nil { return "no job is loaded yet" }
    if model.isDebugging { return "Esc leaves the debugger first" }
    return model.shownPredicate == nil ? "there is no predicate to show" : nil
  }

  private static func needsDebugger(_ model: Model) -> String? {
    model.predicate.debugger == nil
      ? "Enter on a partition opens the debugger" : nil
  }

  /// The commands for predicates.
  static let predicates: [Command] = [
    Command(
      .edit, [.character("e")], "Edit the predicate",
      "Opens the text; it is checked as it is typed, and compared with the generated predicate.",
      on: [.predicate], footer: "edit",
      whyDisabled: { model in
        if model.page == nil { return "no job is loaded yet" }
        return model.isDebugging ? "Esc leaves the debugger first" : nil
      }, changes: { $0.openEditor() }),
    Command(
      .editOutside, [.control("e")], "Edit in $EDITOR",
      "Opens the predicate in `$VISUAL` or `$EDITOR`, also while it is edited here; with a mistake it comes "
        + "back to be corrected.",
      on: [.predicate],
      whyDisabled: { model in
        if model.isDebugging { return "Esc leaves the debugger first" }
        return model.predicate.subject == nil ? "no predicate is loaded yet" : nil
      }, does: { $0.editOutside() }),
    Command(
      .savePredicate, [.character("W")], "Save the predicate",
      "Asks for a name and saves the predicate that is shown in the workspace; asks before it "
        + "replaces another.",
      on: [.predicate], danger: .confirm, footer: "save", whyDisabled: needsPredicate,
      changes: { $0.askForName() }),
    Command(
      .openPredicate, [.character("o")], "Open a saved predicate",
      "Shows a saved predicate instead of the generated one.", on: [.predicate],
      whyDisabled: { model in
        if model.page == nil { return "no job is loaded yet" }
        if model.isDebugging { return "Esc leaves the debugger first" }
        guard model.predicate.saved.isEmpty else { return nil }
        return model.predicate.savedFailures.first.map { failure in
          // It becomes part of a sentence that ends with its own full stop.
          failure.hasSuffix(".") ? String(failure.dropLast()) : failure
        } ?? "no predicate is saved; W saves one"
      }, changes: { $0.chooseSaved() }),
    Command(
      .generated, [.character("Z")], "Drop the edit",
      "Drops the edited predicate and shows the generated one.", on: [.predicate],
      footer: "undo edit",
      whyDisabled: { model in
        if model.isDebugging { return "Esc leaves the debugger first" }
        return model.editedPredicate == nil ? "it is the generated predicate already" : nil
      }, changes: { $0.dropEdit() }),
    Command(
      .textUp, [.character("{")], "Scroll the text up",
      "Shows the lines above of a long predicate.",
      on: [.predicate], changes: { $0.scrollText(by: -1) }),
    Command(
      .textDown, [.character("}")], "Scroll the text down",
      "Shows the lines below of a long predicate.", on: [.predicate],
      changes: { $0.scrollText(by: 1) }),
  ]

  /// The debugger's commands, with the keys of gdb.
  static let debugging: [Command] = [
    debugger(
      .step, [.character("s")], "Step",
      "Goes to the next step: a clause is entered, or has its value.", "step",
      changes: { $0.debug { $0.step() } }),
    debugger(
      .next, [.character("n")], "Step over",
      "Goes to the next step that is not inside the current clause.",
      "next", changes: { $0.debug { $0.next() } }),
    debugger(
      .finish, [.character("f")], "Step out",
      "Goes to the step at which the enclosing clause gets its value.",
      "finish", changes: { $0.debug { $0.finish() } }),
    debugger(
      .resume, [.character("c")], "Continue",
      "Goes to the next breakpoint or the end; from the end on to the next partitions.", "cont",
      changes: { $0.debug { $0.resume() } }),
    debugger(
      .stepBack, [.character("-")], "Step back", "Goes one step back.", "back",
      changes: { $0.debug { $0.stepBack() } }),
    debugger(
      .resumeBack, [.character("_")], "Continue back",
      "Goes back to the previous breakpoint or the first step, and from there to the previous partition.",
      changes: { $0.debug { $0.resumeBack() } }),
    debugger(
      .breakpoint, [.character("b")], "Breakpoint",
      "Sets a breakpoint at the selected clause, or removes it.", "break",
      changes: { $0.toggleBreakpoint() }),
    debugger(
      .breakpointWhere, [.character("&")], "Breakpoint on a result",
      "Sets a breakpoint where a clause is FALSE, NULL or TRUE, or for some partitions only.",
      changes: { $0.chooseBreakpoint() }),
    debugger(
      .runToClause, [.character("J")], "Run to the clause",
      "Goes to the next step at the selected clause, or to the end.", "until",
      changes: { $0.debugToClause() }),
    debugger(
      .restart, [.character("^")], "Again", "Goes to the first step of the partition again.",
      changes: { $0.debug { $0.restart() } }),
    debugger(
      .watch, [.character("i")], "Watch",
      "Asks for an expression whose value is shown at every step.", "watch",
      changes: { $0.askForWatch() }),
    debugger(
      .remove, [.delete, .backspace], "Delete break or watch",
      "Shows breakpoints and watches to remove one.",
      nil,
      { model in
        guard let session = model.predicate.debugger?.session else { return nil }
        return session.breakpoints.isEmpty && session.watches.isEmpty
          ? "there is no breakpoint and no watch" : nil
      }, changes: { $0.chooseRemoval() }),
    debugger(
      .nextPartition, [.character(")")], "Next partition",
      "Starts with the next partition of the list.",
      "partition",
      { model in
        guard let session = model.predicate.debugger?.session else { return nil }
        return session.partitionIndex + 1 < session.partitions.count
          ? nil : "this is the last partition of the list"
      }, changes: { $0.debugPartition(by: 1) }),
    debugger(
      .previousPartition, [.character("(")], "Previous partition",
      "Starts with the previous partition of the list.", nil,
      { $0.predicate.debugger?.session.partitionIndex == 0 ? "this is the first partition" : nil },
      changes: { $0.debugPartition(by: -1) }),
  ]

  private static func debugger(
    _ id: Command.ID, _ keys: [Key], _ title: String, _ help: String, _ footer: String? = nil,
    _ whyDisabled: @escaping @Sendable (Model) -> String? = { _ in nil },
    changes change: @escaping @Sendable (inout Model) -> Void
  ) -> Command {
    Command(
      id, keys, title, help, on: [.predicate], footer: footer,
      whyDisabled: { needsDebugger($0) ?? whyDisabled($0) }, changes: change)
  }
}
