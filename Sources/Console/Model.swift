public import Cells
import Foundation
public import IncrementalJoin
import Operations
import PartitionPredicate

/// Everything the console knows and shows.
public struct Model: Sendable {
  /// The workspace's name, for the title bar.
  public let workspace: String
  /// What the terminal can show.
  public var appearance: Appearance
  /// Whether the workspace is the demo, whose steps can be played where changes are allowed.
  public let hasDemo: Bool
  /// Whether nothing can be changed; changes are refused below the console, and not offered here.
  public let isReadOnly: Bool
  /// The screen that is shown.
  public internal(set) var screen = Screen.overview
  /// The screen's size, as of the last resize.
  public internal(set) var size: Size

  /// The screens that led here, for going back.
  var history: [Screen] = []
  var jobs: [JobPage] = []
  var selectedJob = 0
  var isLoading = true
  /// A refresh was requested while another, whose answer may be too old, was in progress.
  var isReloadQueued = false
  var loadedAt: Date?
  /// Whether dovetail.yaml was read anew for the listing that is in progress.
  var hasReadDefinition = false
  /// When the activity of other processes was last checked.
  var now: Date?
  /// The newest runs of all jobs as the ledger had them when it was looked at last.
  var newRuns: [RunRecord] = []
  /// How many times runs became known or changed after the listing.
  var historyChanges = 0
  /// The run of another process that was announced last.
  var announcedRun: RunRecord?
  /// Whether everything is listed again after another process ran a job.
  var refreshesItself = false
  var loadFailure: String?
  var notice: Notice?
  var dialog: Dialog?
  /// The reports that led to the one that is shown, for going back.
  var reportTrail: [ReportView] = []
  var overviewList = ListState()
  var runsList = ListState()
  var catalog = CatalogState()
  var calendar = CalendarState()
  var pending = PendingState()
  var predicate = PredicateState()
  var preview = PreviewState()
  var detail = DetailState()
  /// What the operator wants otherwise.
  let settings: ConsoleSettings
  /// The commands, with the operator's keys.
  let commands: CommandSet
  /// The operator's keys in dialogs, reports and text fields.
  let dialogKeys: DialogKeys
  /// Whether the console takes the mouse; if not, the terminal has it for its own selection.
  public internal(set) var usesMouse: Bool
  /// How the lists are looked at.
  var rowViews: [RowList: RowView] = [:]
  /// How many times the saved predicates have changed.
  var savedChanges = 0
  /// The last filter, for moving from match to match.
  var lastSearch = ""
  /// Where a range of rows to be marked begins.
  var rangeStart: MarkStart?
  /// What the operator had left, of which something waits for the jobs or the calendar.
  var restored: SavedSession?
  /// The number that was typed before a command.
  var count: Int?
  /// The commands that were called by name, with what stood behind it, the last one last.
  var calls: [String] = []
  /// A call that waits for what it is about to be worked out.
  var awaited: AwaitedCall?
  /// The marked partitions, by job.
  var allMarks: [String: Set<Partition>] = [:]  // characters: jobs are named in dovetail.yaml
  /// Why what is pending of a job could not be planned the last time, by job.
  var planFailures: [String: PlanFailure] = [:]  // characters: jobs are named in dovetail.yaml
  /// What verifications have found wrong, by job.
  var repairs: [String: Repairs] = [:]  // characters: jobs are named in dovetail.yaml
  var run: RunProgress?
  /// The runs of this console that have ended since the listing on the screens had begun, oldest first.
  var ended: [RunProgress] = []
  /// How many of them had ended when the listing that is in progress began.
  var endedBeforeLoad = 0
  /// The runs of all jobs that are planned, asked about or in progress.
  var runAll: RunAll?
  /// The operation that is being performed.
  var operation: JobOperation?
  /// The job on which it is performed.
  var operationJob: String?
  /// The run after which a window begins.
  var windowStart: RunID?
  var nextDemoStep: String?
  /// What to compute or read, for the effects of the message that is being taken.
  var wanted: [Effect] = []
  /// How many computations there have been.
  var computations = 0
  /// How many times jobs were loaded or another was selected; anything computed earlier is out of date.
  var load = 0
  /// How many times the jobs were loaded.
  var loads = 0
  /// How many reports were shown.
  var reports = 0
  /// How many runs were started here.
  var startedRuns = 0
  var isDemoStepRunning = false

  /// Makes the model of a console whose first `Effect.load` is in progress: the caller starts it.
  ///
  /// It opens as an earlier one was left when there is a session to restore.
  public init(
    workspace: String, appearance: Appearance, hasDemo: Bool,
    isReadOnly: Bool = false, size: Size = Size(columns: 80, rows: 24),
    settings: ConsoleSettings = ConsoleSettings(), restoring session: SavedSession? = nil
  ) {
    self.settings = settings
    commands = CommandSet(settings.keys)
    dialogKeys = DialogKeys(settings.dialogKeys)
    usesMouse = settings.usesMouse
    rowViews = settings.orders.mapValues { RowView(order: $0) }
    self.workspace = workspace
    self.appearance = appearance
    if let theme = settings.theme { self.appearance.theme = theme }
    self.hasDemo = hasDemo
    self.isReadOnly = isReadOnly
    self.size = size
    if let session { restore(session) }
  }

  /// The plan on the preview screen: what `Effect.preview` and `Effect.run` are about.
  public var plan: Plan? { preview.plan }

  /// Whether a run is in progress.
  public var isRunning: Bool { run?.isActive ?? false }

  /// The job that the screens show.
  var page: JobPage? { jobs.indices.contains(selectedJob) ? jobs[selectedJob] : nil }
}

/// The sentence on the status line.
struct Notice: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case information
    case warning
    case failure
  }

  var kind: Kind
  var text: String

  /// Shown from a refresh until its answer arrives.
  static let listing = Notice(kind: .information, text: "Listing all inputs.")
}
