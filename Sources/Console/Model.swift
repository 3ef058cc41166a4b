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
  /// Whether the workspace is the demo, with steps to play.
  public let hasDemo: Bool
  /// Whether nothing can be changed: what would is refused below the console, and not offered here.
  public let isReadOnly: Bool
  /// The screen that is shown.
  public internal(set) var screen = Screen.overview
  /// The screen's extent, as the last resize said.
  public internal(set) var size: Size

  /// The screens that led here, for going back.
  var history: [Screen] = []
  var jobs: [JobPage] = []
  var selectedJob = 0
  var isLoading = true
  /// A refresh was asked for while one was under way, whose answer may be too old.
  var wantsReload = false
  var loadedAt: Date?
  /// When it was looked last what other processes do.
  var now: Date?
  /// The run of another process that was told last.
  var toldRun: RunRecord?
  /// Whether everything is listed anew when another process has run a job.
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
  /// What the operator wants otherwise.
  let settings: ConsoleSettings
  /// The commands, with the operator's keys.
  let commands: CommandSet
  /// How the lists are looked at.
  var rowViews: [RowList: RowView] = [:]
  /// How often the saved predicates changed.
  var savedChanges = 0
  /// The last filter, for going from match to match.
  var lastSearch = ""
  /// Where a range of rows begins that is to be marked.
  var rangeStart: Int?
  /// The number that was typed before a command.
  var count: Int?
  /// The marked partitions, by job.
  var allMarks: [String: Set<Partition>] = [:]  // characters: jobs are named in dovetail.yaml
  var run: RunProgress?
  /// The operation that is being performed.
  var operation: JobOperation?
  /// The job that it is performed on.
  var operationJob: String?
  /// The run after which a window begins.
  var windowStart: RunID?
  var nextDemoStep: String?
  /// What is to be computed, for the effects of the message that is being taken.
  var wanted: [Computation] = []
  /// How many computations there were.
  var computations = 0
  /// How often the jobs were loaded or another one was selected: what was computed before is out of date.
  var load = 0
  /// How often the jobs were loaded.
  var loads = 0
  /// How many reports were shown.
  var reports = 0
  /// How many runs were started here.
  var startedRuns = 0
  var isDemoStepRunning = false

  /// Makes the model of a console whose first `Effect.load` is under way: the caller starts it.
  public init(
    workspace: String, appearance: Appearance, hasDemo: Bool,
    isReadOnly: Bool = false, size: Size = Size(columns: 80, rows: 24),
    settings: ConsoleSettings = ConsoleSettings()
  ) {
    self.settings = settings
    commands = CommandSet(settings.keys)
    rowViews = settings.orders.mapValues { RowView(order: $0) }
    self.workspace = workspace
    self.appearance = appearance
    if let theme = settings.theme { self.appearance.theme = theme }
    self.hasDemo = hasDemo
    self.isReadOnly = isReadOnly
    self.size = size
  }

  /// The plan on the preview screen: what `Effect.preview` and `Effect.run` are about.
  public var plan: Plan? { preview.plan }

  /// Whether a run goes on.
  public var isRunning: Bool { run?.isActive ?? false }

  /// The job that the screens are about.
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

  /// Shown from a refresh until its answer.
  static let listing = Notice(kind: .information, text: "Listing all inputs.")
}
