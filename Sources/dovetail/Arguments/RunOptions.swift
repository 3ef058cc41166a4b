public import ArgumentParser
public import IncrementalJoin
import Operations
import Workspace

/// How much a run does, and how it treats the bookmarks.
struct RunScope: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "enable: process what is pending and advance; pause: process it, or a window, and move "
        + "nothing; disable: process everything, neither read nor move.",
      valueName: "enable|pause|disable"))
  var bookmark = BookmarkMode.enable

  @Option(
    help: ArgumentHelp(
      "With --bookmark pause: the run after which the window begins; 0 for the beginning.",
      valueName: "run"))
  var from: RunID?

  @Option(
    help: ArgumentHelp("With --bookmark pause: the last run of the window.", valueName: "run"))
  var to: RunID?

  @OptionGroup var bounds: BoundsOptions

  func validate() throws {
    // The rules for Glue's arguments that need no ledger; the job checks the rest.
    guard from != nil || to != nil else { return }
    if bookmark != .pause {
      throw ValidationError(WindowError.notPaused(mode: bookmark).description)
    }
    if from == nil || to == nil {
      throw ValidationError(
        WindowError.missing(option: from == nil ? "--from" : "--to").description)
    }
  }

  /// Adds the options to a request about a job.
  func apply(to request: inout RunRequest, _ job: JobDefinition, _ session: Session) throws {
    request.mode = bookmark
    request.window = try RunWindow.checked(
      after: from, through: to, mode: bookmark, job: job.name, ledger: try session.ledger())
    request.bounds = bounds.bounds
  }
}

extension BookmarkMode: ExpressibleByArgument {}

extension RunID: ExpressibleByArgument {
  /// Parses a number.
  public init?(argument: String) {
    guard let number = Int64(argument) else { return nil }
    self.init(number)
  }
}

/// The upper bounds on what a run does.
struct BoundsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Build at most this many partitions; the rest stays pending.", valueName: "count"),
    transform: { text in
      guard let count = Int(text), count > 0 else {
        throw ValidationError("\"\(text)\" is not a number of partitions: write 1 or more.")
      }
      return count
    })
  var maxPartitions: Int?

  @Option(
    help: ArgumentHelp(
      "Read at most this much, such as 20 GB; the rest stays pending.", valueName: "size"),
    transform: { text in
      guard let size = DeclaredQuantity.size(text), size > 0 else {
        throw ValidationError("\"\(text)\" is not a size: write 500 MB or 20 GB.")
      }
      return size
    })
  var maxBytes: Int64?

  @Flag(help: "Where a bounded run begins.")
  var order = RunBounds.Order.oldestFirst

  var bounds: RunBounds {
    RunBounds(maxPartitions: maxPartitions, maxBytes: maxBytes, order: order)
  }
}

extension RunBounds.Order: EnumerableFlag {
  /// The help of the flag.
  public static func help(for value: RunBounds.Order) -> ArgumentHelp? {
    value == .oldestFirst
      ? "Begin with the first partitions in the order of their values."
      : "Begin with the last partitions in the order of their values."
  }
}

/// What the operator lets a run do beyond the ordinary.
struct RunGuards: ParsableArguments {
  @Flag(
    help: """
      Accept that an input lost more than the job's limit, and remove what the plan says and what is \
      held because it would be emptied.
      """)
  var allowRemovals = false

  @Flag(
    help: """
      Take over an output that has data of unknown origin, or that is not the one the ledger knows, and build \
      what is not there as published.
      """)
  var adopt = false

  @Flag(help: "Allow a run that is larger than max_partitions or max_bytes in dovetail.yaml.")
  var exceedLimits = false

  @Flag(help: "Treat a table whose declaration has changed since its last run as the same data.")
  var acceptSource = false

  @Flag(help: "Stage and stop: `dovetail diff` compares, `dovetail publish` publishes.")
  var stageOnly = false

  @OptionGroup var why: NoteOption

  var request: RunRequest {
    RunRequest(
      allowsRemovals: allowRemovals, adoptsOutput: adopt, exceedsLimits: exceedLimits,
      acceptsSources: acceptSource, stagesOnly: stageOnly, note: why.note)
  }
}

/// The reason, in the operator's words.
struct NoteOption: ParsableArguments {
  @Option(help: ArgumentHelp("Why: recorded in the history.", valueName: "text"))
  var note: String?
}
