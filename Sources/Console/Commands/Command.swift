public import Cells

/// One thing that an operator can do; dispatch, footer, help, palette and docs/keys.md all come from the table of
/// commands.
public struct Command: Sendable {
  /// The command's name as the palette and the documentation spell it.
  public enum ID: String, CaseIterable, Hashable, Sendable {
    case overview, catalog, bookmarks, pending, predicate, preview, runs, calendar
    case calendarTable = "calendar-table"
    case measure
    case nextScreen = "next-screen"
    case previousScreen = "previous-screen"
    case nextJob = "next-job"
    case previousJob = "previous-job"
    case up, down, left, right, open
    case pageUp = "page-up"
    case pageDown = "page-down"
    case halfPageUp = "half-page-up"
    case halfPageDown = "half-page-down"
    case top, bottom
    case scrollLeft = "scroll-left"
    case scrollRight = "scroll-right"
    case detail
    case detailUp = "detail-up"
    case detailDown = "detail-down"
    case filter, sort
    case nextMatch = "next-match"
    case previousMatch = "previous-match"
    case mark, range
    case markAll = "mark-all"
    case invertMarks = "invert-marks"
    case markWhere = "mark-where"
    case clearMarks = "clear-marks"
    case showAll = "show-all"
    case expand
    case view, dialect
    case edit, generated
    case editOutside = "edit-outside"
    case editDefinition = "edit-definition"
    case export
    case savePredicate = "save-predicate"
    case openPredicate = "open-predicate"
    case textUp = "text-up"
    case textDown = "text-down"
    case step, next, finish
    case resume = "continue"
    case stepBack = "back-step"
    case resumeBack = "back-continue"
    case runToClause = "until"
    case restart
    case breakpoint
    case breakpointWhere = "breakpoint-where"
    case watch, remove
    case nextPartition = "next-partition"
    case previousPartition = "previous-partition"
    case run, execute, cancel
    case runAll = "run-all"
    case skip
    case setToNow = "set-to-now"
    case release
    case moveBookmark = "move-bookmark"
    case undo
    case publishStaged = "publish"
    case discardStaged = "discard"
    case collectGarbage = "collect-garbage"
    case adopt
    case retry
    case again = "rerun"
    case window, mode, bounds
    case stageOnly = "stage-only"
    case note
    case why
    case position, arrivals, matches
    case difference = "diff"
    case verify
    case keptVersions = "kept-versions"
    case recentChanges = "changes"
    case activity = "who"
    case glueCatalog = "glue-catalog"
    case demoNext = "demo-next"
    case refresh
    case autoRefresh = "auto-refresh"
    case copy
    case saveScreen = "save-screen"
    case repaint, theme, mouse
    case help, palette, back, leave, suspend, quit
  }

  /// What stands between the key and its consequences.
  public enum Danger: String, Hashable, Sendable {
    /// Changes nothing, or only what is shown.
    case none
    /// Asks first, with the focus on No.
    case confirm
    /// Asks first; removing published data also requires typing the job's name.
    case typeName = "confirm, or type the job's name"
    /// First shows what it would do, and requires typing the job's name.
    case typeAlways = "type the job's name"
  }

  /// The command's name.
  public let id: ID
  /// Any of them starts it.
  public internal(set) var keys: [Key]
  /// The title, a few words.
  public let title: String
  /// What it does, as one sentence.
  public let help: String
  /// Where its keys work.
  public let screens: [Screen]
  /// What stands between the key and its consequences.
  public let danger: Danger
  /// The word in the footer; nil when the command is not shown there.
  let footer: String?
  /// Why it cannot be done now, worded as the end of a sentence; nil when it can.
  let whyDisabled: @Sendable (Model) -> String?
  /// Changes the model, and returns the effects to carry out.
  let action: @Sendable (inout Model) -> [Effect]

  /// Creates a command with effects.
  init(
    _ id: ID, _ keys: [Key], _ title: String, _ help: String,
    on screens: [Screen] = Screen.allCases, danger: Danger = .none, footer: String? = nil,
    whyDisabled: @escaping @Sendable (Model) -> String? = { _ in nil },
    does action: @escaping @Sendable (inout Model) -> [Effect]
  ) {
    self.id = id
    self.keys = keys
    self.title = title
    self.help = help
    self.screens = screens
    self.danger = danger
    self.footer = footer
    // Quitting the console and cancelling are never blocked for somebody who only looks.
    let isChange = danger != Danger.none && id != .quit && id != .cancel
    self.whyDisabled = { model in
      isChange && model.isReadOnly
        ? Self.readOnly : whyDisabled(model)
    }
    self.action = action
  }

  /// Creates a command that only changes what is shown or asks something.
  init(
    _ id: ID, _ keys: [Key], _ title: String, _ help: String,
    on screens: [Screen] = Screen.allCases, danger: Danger = .none, footer: String? = nil,
    whyDisabled: @escaping @Sendable (Model) -> String? = { _ in nil },
    changes change: @escaping @Sendable (inout Model) -> Void
  ) {
    self.init(
      id, keys, title, help, on: screens, danger: danger, footer: footer, whyDisabled: whyDisabled,
      does: { model in
        change(&model)
        return []
      })
  }

  /// Why nothing can be changed in a console that only looks.
  static let readOnly = "the console was opened with --read-only"

  /// The names of its keys: `k, Up`.
  public var keyNames: String { keys.map(\.name).joined(separator: ", ") }

  /// Whether it belongs to the debugger.
  var isDebugger: Bool { Self.debugging.contains(id) }

  private static let debugging = Set(CommandTable.debugging.map(\.id))

  /// Whether its keys start it now.
  func isOffered(_ model: Model) -> Bool {
    if id == .demoNext, !model.hasDemo || model.isDebugging { return false }
    return model.component.offers(self, model)
  }

  /// Whether footer and help list it now: not where there is nothing that it could do.
  func isListed(_ model: Model) -> Bool {
    guard isOffered(model) else { return false }
    switch id {
    case .filter where model.screen == .calendar: return true
    case .run where model.screen == .preview: return !model.marks.isEmpty
    case .filter, .sort, .nextMatch, .previousMatch, .export:
      return model.isDebugging || model.page == nil || model.component.rowList(model) != nil
    case .view where model.screen == .calendar: return model.component.whyNoOtherView(model) == nil
    default: return true
    }
  }

  /// Moving around is done with keys only; everything else can also be called by name.
  var isInPalette: Bool {
    switch id {
    case .up, .down, .left, .right, .open, .pageUp, .pageDown, .halfPageUp,
      .halfPageDown, .top, .bottom, .palette, .leave:
      false
    default: true
    }
  }

  /// Whether the palette takes a text behind its name: what it asks for, or what it is to show.
  var takesArgument: Bool {
    switch id {
    case .filter, .sort, .markWhere, .bounds, .note, .calendar, .breakpointWhere, .watch,
      .savePredicate, .openPredicate:
      true
    default: false
    }
  }
}
