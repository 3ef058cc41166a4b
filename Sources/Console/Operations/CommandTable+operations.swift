import Cells
import IncrementalJoin
import Operations
import Reports

extension CommandTable {
  private static func needsJob(_ model: Model) -> String? {
    model.page == nil ? "no job is loaded yet" : nil
  }

  /// Why positions and data cannot be changed now.
  private static func isBusy(_ model: Model) -> String? {
    if model.page == nil { return "no job is loaded yet" }
    if model.isRunning { return "a run is in progress" }
    return model.operation.map { "another operation is in progress (\($0.title))" }
  }

  private static func needsRun(_ model: Model) -> String? {
    if model.page == nil { return "no job is loaded yet" }
    guard model.selectedRun == nil else { return nil }
    guard model.screen == .run else { return "the job never ran" }
    guard let run = model.run else { return "there was no run in this session yet" }
    return run.job == model.page?.name
      ? "the run is not in the history yet" : "it is a run of \(run.job); [ and ] lead to that job"
  }

  private static func needsStaged(_ model: Model) -> String? {
    if let why = needsRun(model) { return why }
    guard let run = model.selectedRun, model.stagedPartitions(of: run.id).isEmpty else {
      return nil
    }
    return "run \(run.id) has nothing staged"
  }

  private static func needsPublishable(_ model: Model) -> String? {
    if let why = needsStaged(model) { return why }
    guard let run = model.selectedRun, model.publishablePartitions(of: run.id).isEmpty else {
      return nil
    }
    return "what run \(run.id) staged can no longer be published; X discards it"
  }

  private static func needsPartition(_ model: Model) -> String? {
    model.selectedPartition == nil ? "no partition is selected" : nil
  }

  /// The commands that change positions and published data, other than by building.
  static let operations: [Command] = [
    Command(
      .skip, [.character("I")], "Skip pending changes",
      "Asks for a reason, shows what that settles, and skips the marked, filtered or selected pending "
        + "partitions, so that they are not processed.",
      on: [.pending], danger: .typeAlways, footer: "skip",
      whyDisabled: { isBusy($0) ?? needsPartition($0) }, does: { $0.move("Skip", .skip) }),
    Command(
      .setToNow, [.character("=")], "Set to now",
      "Shows what that settles, and counts the current files of the marked, filtered or selected "
        + "partitions as consumed.",
      on: [.pending], danger: .typeAlways, footer: "set to now",
      whyDisabled: { isBusy($0) ?? needsPartition($0) }, does: { $0.move("Set to now", .set) }),
    Command(
      .release, [.character("L")], "Release held partitions",
      "Shows what a run would then do, and releases the marked, filtered or selected partitions that an undo holds "
        + "or that would be emptied.",
      on: [.pending], danger: .typeAlways, footer: "release",
      whyDisabled: { isBusy($0) ?? needsPartition($0) }, does: { $0.move("Release", .release) }),
    Command(
      .moveBookmark, [.character("B")], "Move the bookmark",
      "Lists the ways: rewind to the selected run, reset, set to now; all inputs, one of them, or the "
        + "marked partitions.",
      on: [.bookmarks], danger: .typeAlways, footer: "bookmark", whyDisabled: isBusy,
      changes: { $0.chooseBookmarkChange() }),
    Command(
      .undo, [.character("U")], "Undo",
      "Shows what goes back, and undoes the selected run, or the last publish of marked partitions; on the pending and "
        + "the catalog screen of the marked, filtered or selected ones.",
      on: [.catalog, .bookmarks, .pending, .run], danger: .typeAlways, footer: "undo",
      whyDisabled: { model in
        if let why = isBusy(model) { return why }
        return model.component.selectsPartitions ? needsPartition(model) : needsRun(model)
      }, does: { $0.undo() }),
    Command(
      .publishStaged, [.character("P")], "Publish what was staged",
      "Publishes what the selected run staged: all of it, the marked partitions, or one.",
      on: [.bookmarks, .run], danger: .typeAlways, footer: "publish",
      whyDisabled: { isBusy($0) ?? needsPublishable($0) },
      does: { model in
        let staged = model.selectedRun.map { model.publishablePartitions(of: $0.id) } ?? []
        return model.chooseStaged("Publish", staged) { .publish(staged: $0, partitions: $1) }
      }),
    Command(
      .discardStaged, [.character("X")], "Discard what was staged",
      "Throws away what the selected run staged: all of it, the marked partitions, or one.",
      on: [.bookmarks, .run], danger: .typeAlways, footer: "discard",
      whyDisabled: { isBusy($0) ?? needsStaged($0) },
      does: { model in
        let staged = model.selectedRun.map { model.stagedPartitions(of: $0.id) } ?? []
        return model.chooseStaged("Discard", staged) { .discard(staged: $0, partitions: $1) }
      }),
    Command(
      .collectGarbage, [.character("C")], "Remove replaced files",
      "Shows which replaced versions are no longer kept, and removes them.",
      on: [.overview], danger: .typeAlways, whyDisabled: isBusy, does: { $0.begin(.collectGarbage) }
    ),
    Command(
      .adopt, [.alt("a")], "Adopt the output",
      "Shows the output's partitions that no run has built, and lets them count as published as they are; nothing is "
        + "built, and no position moves.",
      on: [.overview, .bookmarks], danger: .typeAlways, whyDisabled: isBusy,
      does: { $0.begin(.adopt) }),
  ]

  /// The commands that plan a rerun of what a run did.
  static let reruns: [Command] = [
    Command(
      .retry, [.character("F")], "Retry what failed",
      "Previews a run of the partitions that failed in the selected run. Nothing runs.",
      on: [.bookmarks], footer: "retry",
      whyDisabled: { model in
        if let why = needsRun(model) { return why }
        return model.selectedRun?.failed == 0 ? "no partition failed in the selected run" : nil
      }, does: { $0.askForRerun(ofFailed: true) }),
    Command(
      .again, [.character("O")], "Do it over",
      "Previews a rerun of the partitions of the selected run. Nothing runs.",
      on: [.bookmarks], whyDisabled: needsRun, does: { $0.askForRerun(ofFailed: false) }),
    Command(
      .window, [.character("H")], "Replay a window",
      "Previews a paused run of what the runs after the marked one did, up to the selected one; from "
        + "the beginning when none is marked. No position moves.",
      on: [.bookmarks],
      whyDisabled: { model in
        if let why = needsRun(model) { return why }
        guard let run = model.selectedRun, let start = model.windowStart, run.id <= start else {
          return nil
        }
        return "the window begins after run \(start); select a later run"
      }, does: { $0.replayWindow() }),
    Command(
      .mode, [.character("M")], "Bookmark mode",
      "Changes the bookmark mode and plans again: enable builds what is pending and moves the positions, pause builds it "
        + "without moving them, disable builds every partition without moving them.",
      on: [.preview], footer: "mode", whyDisabled: needsPlan, does: { $0.cycleMode() }),
    Command(
      .bounds, [.character("#")], "Bound the run",
      "Asks for the maximum of partitions and bytes and which end to start from, and plans again: `10`, `2 GB`, "
        + "`newest`, or several, separated by commas. The rest stays pending.",
      on: [.preview], footer: "bounds", whyDisabled: needsPlan, changes: { $0.askForBounds() }),
    Command(
      .stageOnly, [.character("%")], "Stage only",
      "Makes the run end after staging, so that it is published later, or publish after all.",
      on: [.preview], footer: "stage only", whyDisabled: needsPlan,
      changes: { $0.preview.toggleStagesOnly() }),
    Command(
      .note, [.character("\"")], "Note for the run",
      "Asks for a note on the run, which the history keeps.", on: [.preview],
      whyDisabled: needsPlan,
      changes: { $0.askForRunNote() }),
  ]

  private static func needsPlan(_ model: Model) -> String? {
    if model.isRunning { return "a run is in progress" }
    return model.preview.request == nil ? "there is no plan yet" : nil
  }

  /// The commands that explain.
  static let reports: [Command] = [
    Command(
      .why, [.character("w")], "Why, or why not",
      "Shows why the selected partition is pending or not: files, positions, and the runs that did "
        + "something with it.",
      on: [.pending, .catalog, .preview, .run, .calendar], footer: "why",
      whyDisabled: needsPartition,
      does: { model in model.selectedPartition.map { model.ask(for: .why($0)) } ?? [] }),
    Command(
      .position, [.character("p")], "Bookmark in full",
      "Shows what counts as consumed as of which run, what arrived since, how each input lags, and "
        + "the counters.",
      on: [.overview, .bookmarks], whyDisabled: needsJob, does: { $0.ask(for: .bookmarks) }),
    Command(
      .arrivals, [.character("a")], "Arrivals",
      "Shows when each input landed in each partition, which is missing, and how late that is.",
      on: [.overview, .bookmarks], footer: "arrivals", whyDisabled: needsJob,
      does: { $0.ask(for: .arrivals) }),
    Command(
      .matches, [.character("m")], "Matches and alarms",
      "Shows how well the inputs met in each partition and run, and what got worse.",
      on: [.overview, .bookmarks, .run], footer: "matches", whyDisabled: needsJob,
      does: { $0.ask(for: .matches) }),
    Command(
      .difference, [.character("d")], "Rows that a run changed",
      "Shows which rows the selected run changed, or would change if what it staged were published.",
      on: [.bookmarks, .run], footer: "diff", whyDisabled: needsRun,
      does: { model in model.selectedRun.map { model.ask(for: .changes($0.id)) } ?? [] }),
    Command(
      .verify, [.character("V")], "Verify the output",
      "Lists the ways: compare the files with the ledger, or recompute partitions and compare the "
        + "rows; and previews a run that repairs what is wrong.",
      on: [.overview, .pending], footer: "verify", whyDisabled: needsJob,
      changes: { $0.chooseVerification() }),
    Command(
      .keptVersions, [.character("K")], "Kept versions",
      "Shows the replaced versions that are kept for undo, and which of them would go.",
      on: [.overview, .bookmarks], whyDisabled: needsJob, does: { $0.ask(for: .keptVersions) }),
    Command(
      .recentChanges, [.character("'")], "Changes since yesterday",
      "Shows the runs of the last 24 hours, what they published with the rows before and now, and what landed.",
      on: [.overview, .bookmarks, .run], whyDisabled: needsJob,
      does: { $0.ask(for: .recentChanges) }),
    Command(
      .activity, [.character("@")], "Who runs what",
      "Shows who works on which job of the workspace at this moment: host, user, since when, and how far it is.",
      on: [.overview, .bookmarks, .run], whyDisabled: needsJob, does: { $0.ask(for: .activity) }),
    Command(
      .glueCatalog, [.character("A")], "Glue Data Catalog",
      "Shows the databases and tables of the AWS Glue Data Catalog, and which of them Dovetail reads; Space marks tables, and "
        + "Enter shows the lines that declare them before it adds them to dovetail.yaml.",
      on: [.catalog], whyDisabled: needsJob, does: { $0.ask(for: .glueCatalog) }),
  ]
}
