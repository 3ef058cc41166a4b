import Cells
import Charts
import IncrementalJoin

extension CommandTable {
  private static func needsList(_ model: Model) -> String? {
    if model.isDebugging { return "Esc leaves the debugger first" }
    if model.page == nil { return "no job is loaded yet" }
    if model.screen == .calendar { return "the calendar has no list" }
    return model.component.rowList(model) == nil ? "Esc leads back to the partitions first" : nil
  }

  private static func needsSearch(_ model: Model) -> String? {
    needsList(model) ?? (model.lastSearch.isEmpty ? "nothing was filtered yet (/)" : nil)
  }

  /// What can be filtered, or on the calendar gone to by its date.
  private static func needsRows(_ model: Model) -> String? {
    guard model.screen == .calendar else { return needsList(model) }
    guard let table = model.calendar.shown else { return needsCalendar(model) }
    return table.keys.grain == .value || table.slots == nil
      ? "the table has no partition with a date" : nil
  }

  /// The screens whose rows may be partitions of the output; the palette goes to the first.
  private static let withPartitions: [Screen] = [
    .pending, .catalog, .predicate, .preview, .run, .calendar,
  ]

  private static func needsPartitions(_ model: Model) -> String? {
    model.component.markable(model) == nil ? "these rows are no partitions of the output" : nil
  }

  private static func needsCalendar(_ model: Model) -> String? {
    model.calendar.shown == nil ? "the calendar is not drawn up yet" : nil
  }

  /// The commands for lists.
  static let viewing: [Command] = [
    Command(
      .filter, [.character("/")], "Filter",
      "Shows only rows with all words, as they are typed: `word`, `!word` without it, `~regexp`; "
        + "`where ...` and `@name` are predicates. Enter keeps the filter, Esc clears it. On the calendar asks for a "
        + "date, and goes there.",
      footer: "filter", whyDisabled: needsRows,
      changes: { model in
        if model.screen == .calendar { model.askForDate() } else { model.startFiltering() }
      }),
    Command(
      .nextMatch, [.character("n")], "Next match",
      "Goes to the next row that passes the last filter, even after Esc has cleared it.",
      whyDisabled: needsSearch, changes: { $0.search(1) }),
    Command(
      .previousMatch, [.character("N")], "Previous match",
      "Goes to the previous row that passes the last filter.",
      whyDisabled: needsSearch, changes: { $0.search(-1) }),
    Command(
      .sort, [.character("s")], "Sort",
      "Lists the columns to sort by; the same column again sorts the other way.", footer: "sort",
      whyDisabled: needsList, changes: { $0.chooseOrder() }),
    Command(
      .export, [.control("s")], "Save the list",
      "Saves the rows that the list shows, in its order, as CSV or JSON in the workspace; in a report its lines.",
      whyDisabled: { $0.isReadOnly ? Command.readOnly : needsList($0) },
      changes: { $0.chooseExport() }),
    Command(
      .mark, [.character(" ")], "Mark",
      "Marks the partition for a rerun, or unmarks it; on the bookmarks screen the run after which a "
        + "window begins.",
      on: withPartitions + [.bookmarks], footer: "mark",
      whyDisabled: { $0.component.whyNotMarked($0) }, changes: { $0.component.mark(&$0) }),
    Command(
      .range, [.character("v")], "Mark a range",
      "Begins a range at the selected row; again marks all partitions from there to the cursor, on the calendar in the "
        + "order of their time.",
      on: withPartitions, whyDisabled: needsPartitions, changes: { $0.toggleRange() }),
    Command(
      .markAll, [.character("*")], "Mark all shown",
      "Marks all partitions that the list shows.", on: withPartitions, whyDisabled: needsPartitions,
      changes: { $0.mark(.all) }),
    Command(
      .invertMarks, [.character("~")], "Invert the marks",
      "Inverts the marks of the partitions that the list shows.",
      on: withPartitions, whyDisabled: needsPartitions, changes: { $0.mark(.inverse) }),
    Command(
      .markWhere, [.character("+")], "Mark by a predicate",
      "Asks for a predicate and marks the partitions that it selects, of those that the list shows.",
      on: withPartitions, whyDisabled: needsPartitions, changes: { $0.askForMarks() }),
    Command(
      .clearMarks, [.character("u")], "Clear the marks",
      "Unmarks all partitions of the job.", on: [.overview, .bookmarks] + withPartitions,
      whyDisabled: { $0.marks.isEmpty ? "no partition is marked" : nil }, changes: { $0.marks = [] }
    ),
    Command(
      .showAll, [.character(".")], "All or some",
      "Shows every known partition, and why it is not pending, or the pending ones again; of a run all "
        + "partitions, or only those that failed.",
      on: [.pending, .run], footer: "all", whyDisabled: { $0.component.whyNotAll($0) },
      changes: { $0.component.switchAll(&$0) }),
    Command(
      .view, [.character("t")], "Other view",
      "Shows or hides the calendar of a table, shows the truth table of a predicate's clauses, or the "
        + "steps of a plan, or the batches of a run; again leads back. Lays the calendar out by hours, days, or one row "
        + "per group.",
      on: [.catalog, .predicate, .preview, .run, .calendar], footer: "view",
      whyDisabled: { $0.component.whyNoOtherView($0) },
      changes: { $0.component.switchView(&$0) }),
    Command(
      .expand, [.character("z")], "Open the whole tree",
      "Opens the whole why-tree of the selected partition, or closes it.", on: [.pending],
      whyDisabled: { $0.pending.rows.isEmpty ? "the list is empty" : nil },
      changes: { $0.toggleBranch() }),
    Command(
      .dialect, [.character("Y")], "Switch the dialect",
      "Shows the text in the next dialect: as it is read, plain, spark, glue, duckdb.",
      on: [.predicate], footer: "dialect",
      whyDisabled: { model in
        model.page == nil
          ? "no job is loaded yet" : model.isDebugging ? "Esc leaves the debugger first" : nil
      }, changes: { $0.switchForm() }),
    Command(
      .measure, [.character(",")], "Color by another measure",
      "Colors the cells by status, bytes, rows, delay or match rate, whatever is known.",
      on: [.calendar],
      footer: "colors", whyDisabled: needsCalendar, changes: { $0.switchMeasure() }),
    Command(
      .calendarTable, [.character(";")], "Next table",
      "Shows the calendar of the job's next input, or of its output.", on: [.calendar],
      footer: "table",
      whyDisabled: needsCalendar, changes: { $0.switchCalendarTable() }),
  ]
}
