import Cells
import Charts
import IncrementalJoin

/// All commands.
///
/// A key means the same on all screens, except that the debugger uses the keys of gdb whatever they mean elsewhere.
public enum CommandTable {
  /// The subjects of the commands, in the order of the help and the documentation.
  static let groups: [(title: String, commands: [Command])] = [
    ("Run", acting), ("Positions and data", operations), ("Plan", reruns), ("Explain", reports),
    ("Predicate", predicates), ("Debugger", debugging), ("List", viewing), ("Detail pane", details),
    ("Move", moving),
    ("Screens and jobs", screens), ("General", general),
  ]

  /// All of them, in that order.
  public static let all: [Command] = groups.flatMap(\.commands)

  private static let acting: [Command] = [
    Command(
      .run, [.character("R")], "Preview a run",
      "Plans all that is pending and opens the preview; where partitions are marked, the list is "
        + "filtered or the predicate is edited, asks which ones you mean. Nothing runs.",
      on: Screen.allCases, footer: "preview run",
      whyDisabled: { model in
        guard let page = model.page else { return "no job is loaded yet" }
        if page.pending.isEmpty, model.marks.isEmpty {
          return "nothing is pending; to rebuild partitions, show all (.) and mark them (Space) on "
            + "the pending screen"
        }
        return nil
      }, does: { $0.previewRun() }),
    Command(
      .execute, [.character("x")], "Run the plan",
      "Asks, and then runs exactly the plan that is shown.", on: [.preview], danger: .typeName,
      footer: "run it",
      whyDisabled: { model in
        if model.isRunning { return "a run is in progress" }
        if model.operation != nil { return "an operation is in progress" }
        guard let page = model.preview.page, model.preview.inFlight == nil else {
          return "there is no plan yet"
        }
        if page.steps.isEmpty { return "the plan has nothing to do" }
        return page.refusal == nil ? nil : "any run is refused; the plan says why"
      }, changes: { $0.confirmRun() }),
    Command(
      .runAll, [.alt("r")], "Run all jobs",
      "Plans every job with pending partitions, asks once with all of them listed, and runs them one after the "
        + "other; what takes typing a job's name is left out.",
      on: [.overview], danger: .confirm,
      whyDisabled: { model in
        if model.isRunning { return "a run is in progress" }
        if model.operation != nil { return "an operation is in progress" }
        if model.preview.inFlight != nil { return "a plan is being made" }
        return model.jobs.contains { $0.runnableCount > 0 } ? nil : "nothing is pending in any job"
      }, does: { $0.beginRunAll() }),
    Command(
      .cancel, [.character("!")], "Cancel the run",
      "Asks, and then cancels the run; what is committed stays, and what was pending of the rest still is.",
      on: [.run], danger: .confirm, footer: "cancel",
      whyDisabled: { model in
        if !model.isRunning { return "no run is in progress" }
        return model.run?.isCancelling == true ? "the run is being cancelled already" : nil
      }, changes: { $0.confirmCancel() }),
    Command(
      .demoNext, [.character("D")], "Play the next step",
      "Lets the demo's next data arrive, and says what it was. Only in the demo's workspace.",
      on: [.overview, .catalog, .bookmarks, .pending, .predicate], footer: "demo step",
      whyDisabled: { model in
        if !model.hasDemo { return "this workspace is not the demo" }
        if model.isReadOnly { return Command.readOnly }
        if model.isRunning { return "a run is in progress" }
        if model.isDemoStepRunning { return "a step is being played already" }
        return model.nextDemoStep == nil ? "the story is over" : nil
      }, does: { $0.playDemo() }),
  ]

  private static let screens: [Command] = [
    screen(.overview, .overview, "Shows the jobs and what to do next."),
    screen(.catalog, .catalog, "Shows tables, their partitions and files."),
    screen(.bookmarks, .bookmarks, "Shows what counts as consumed of each input, and the runs."),
    screen(.pending, .pending, "Shows the pending partitions and why they are pending."),
    screen(.predicate, .predicate, "Shows the pushdown predicate of each input."),
    screen(.preview, .preview, "Shows what a run would do, and a sample of its rows."),
    screen(.runs, .run, "Shows the current run, or the last one."),
    screen(
      .calendar, .calendar,
      "Shows the partitions in the order of their time as a map, colored by status, size, rows or delay."
    ),
    Command(
      .nextScreen, [.tab], "Next screen", "Goes to the screen on the right.",
      does: { $0.open($0.screen.neighbor(1)) }),
    Command(
      .previousScreen, [.backTab], "Previous screen", "Goes to the screen on the left.",
      does: { $0.open($0.screen.neighbor(-1)) }),
    Command(
      .nextJob, [.character("]")], "Next job", "Makes all screens show the next job.",
      whyDisabled: { $0.jobs.count < 2 ? "there is no other job" : nil },
      does: { $0.switchJob(by: 1) }),
    Command(
      .previousJob, [.character("[")], "Previous job", "Makes all screens show the previous job.",
      whyDisabled: { $0.jobs.count < 2 ? "there is no other job" : nil },
      does: { $0.switchJob(by: -1) }),
  ]

  private static func screen(_ id: Command.ID, _ screen: Screen, _ help: String) -> Command {
    let digit = Character(String(screen.rawValue))
    return Command(
      id, [.character(digit)], "\(screen.title) screen", help, does: { $0.open(screen) })
  }

  private static let moving: [Command] = [
    Command(
      .up, [.character("k"), .up], "Up",
      "Selects the row above; with a number before it, moves up that many rows.",
      changes: { $0.moveSelection(by: -1) }),
    Command(
      .down, [.character("j"), .down], "Down",
      "Selects the row below; with a number before it, moves down that many rows.",
      changes: { $0.moveSelection(by: 1) }),
    Command(
      .left, [.character("h"), .left], "Left",
      "Closes a branch of the tree, shows the previous input, or scrolls the sample.",
      does: { $0.component.move(&$0, sideways: -1) }),
    Command(
      .right, [.character("l"), .right], "Right",
      "Opens a branch of the tree, shows the next input, or scrolls the sample.",
      does: { $0.component.move(&$0, sideways: 1) }),
    Command(
      .open, [.enter], "Open",
      "Goes into the selected row: a job, a table, a partition, a reason, a clause, a sample, a "
        + "failure, the account of a run, or the outputs that a file went into. On a partition of "
        + "the predicate screen it opens the debugger.",
      on: [.overview, .catalog, .bookmarks, .pending, .predicate, .preview, .run, .calendar],
      footer: "open",
      does: { $0.component.open(&$0) }),
    Command(
      .pageUp, [.pageUp, .control("b")], "Page up", "Goes up by a screenful.",
      changes: { $0.moveSelection(by: -$0.pageRows) }),
    Command(
      .pageDown, [.pageDown, .control("f")], "Page down", "Goes down by a screenful.",
      changes: { $0.moveSelection(by: $0.pageRows) }),
    Command(
      .halfPageUp, [.control("u")], "Half a page up", "Goes up by half a screenful.",
      changes: { $0.moveSelection(by: -max(1, $0.pageRows / 2)) }),
    Command(
      .halfPageDown, [.control("d")], "Half a page down", "Goes down by half a screenful.",
      changes: { $0.moveSelection(by: max(1, $0.pageRows / 2)) }),
    Command(
      .top, [.character("g"), .home], "Top",
      "Selects the first row; with a number before it, that row.",
      changes: { $0.selectRow($0.numberedRow ?? 0) }),
    Command(
      .bottom, [.character("G"), .end], "Bottom",
      "Selects the last row; with a number before it, that row.",
      changes: { $0.selectRow($0.numberedRow ?? $0.listCount - 1) }),
    Command(
      .scrollLeft, [.character("<")], "Scroll left",
      "Scrolls a list sideways back to its beginning.", on: withNames, whyDisabled: isNarrow,
      changes: { $0.scrollList(sideways: -8) }),
    Command(
      .scrollRight, [.character(">")], "Scroll right",
      "Scrolls a list sideways, with all names in full, where partitions' names are too long for it.",
      on: withNames, whyDisabled: isNarrow, changes: { $0.scrollList(sideways: 8) }),
  ]

  /// The screens whose lists show partition names.
  private static let withNames: [Screen] = [.catalog, .pending, .predicate, .preview, .run]

  private static func isNarrow(_ model: Model) -> String? {
    guard let names = model.nameColumn(on: model.screen) else { return "there is no wide list" }
    return names.furthest == 0 ? "all names are shown in full" : nil
  }

  private static let general: [Command] = [
    Command(
      .refresh, [.character("r"), .function(5)], "Refresh",
      "Lists all inputs again, and rereads dovetail.yaml when it has changed; on the plan screen, plans "
        + "again.", footer: "refresh",
      does: { $0.refresh() }),
    Command(
      .autoRefresh, [.control("r")], "Automatic refresh",
      "Turns automatic refreshing on or off: all inputs are listed again when another process has run a job.",
      changes: { model in
        model.refreshesItself.toggle()
        model.notice = Notice(
          kind: .information,
          text: model.refreshesItself
            ? "The console refreshes by itself when another process has run a job."
            : "The console refreshes only when asked.")
      }),
    Command(
      .copy, [.character("y")], "Copy",
      "Copies the selected partition, file, predicate or plan id to the clipboard.",
      whyDisabled: { $0.component.copied($0) == nil ? "nothing is selected" : nil },
      does: { $0.copy() }),
    Command(
      .saveScreen, [.character("S")], "Save the screen",
      "Saves what the screen shows as a picture (SVG) in the workspace.",
      whyDisabled: { $0.isReadOnly ? Command.readOnly : nil }, does: { _ in [.saveScreen] }),
    Command(
      .editDefinition, [.character("E")], "Edit dovetail.yaml",
      "Opens dovetail.yaml in `$VISUAL` or `$EDITOR`, and rereads it afterwards; a run in progress keeps "
        + "what it began with.",
      whyDisabled: { $0.isReadOnly ? Command.readOnly : nil }, does: { _ in [.edit(.definition)] }),
    Command(
      .repaint, [.control("l")], "Repaint", "Sends the whole screen again, in dialogs too.",
      does: { _ in [.repaint] }),
    Command(
      .theme, [.character("T")], "Change the theme",
      "Switches to the next colors: for a dark background, for a light one, the same two safe for the "
        + "color-blind, or none.",
      whyDisabled: {
        $0.appearance.color ? nil : "the terminal shows no colors, or NO_COLOR is set"
      }, changes: { $0.switchTheme() }),
    Command(
      .mouse, [.alt("m")], "Mouse on or off",
      "Takes the mouse, or leaves it to the terminal, whose own selection then needs no Shift.",
      changes: { model in
        model.usesMouse.toggle()
        model.notice = Notice(
          kind: .information,
          text: model.usesMouse
            ? "The console takes the mouse; Shift selects text."
            : "The mouse is the terminal's: it selects text.")
      }),
    Command(
      .help, [.character("?")], "Help", "Shows the keys of this screen.", footer: "help",
      changes: { $0.dialog = .help(HelpView()) }),
    Command(
      .palette, [.character(":")], "Palette",
      "Runs a command by its name, with what it asks for behind it; Tab completes the name, Up recalls earlier ones.",
      footer: "command", changes: { $0.dialog = .palette(Palette()) }),
    Command(
      .back, [.escape], "Back", "Goes back; clears a filter first.", changes: { _ = $0.goBack() }),
    Command(
      .leave, [.character("q")], "Back or quit", "Goes back; on the overview ends the console.",
      footer: "back", does: { $0.goBack() ? [] : $0.quit() }),
    Command(
      .suspend, [.control("z")], "Suspend", "Gives the terminal back to the shell until `fg`.",
      does: { _ in [.suspend] }),
    Command(
      .quit, [.character("Q"), .control("c")], "Quit",
      "Ends the console; asks when that would cancel a run.", danger: .confirm, does: { $0.quit() }),
  ]
}
