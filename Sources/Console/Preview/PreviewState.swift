import Cells
import IncrementalJoin
import PartitionPredicate
import Wording

/// A sample of joined rows, measured once.
struct SampleTable: Sendable {
  /// The width limit of a cell; the whole value is in the data.
  static let widest = 40

  let columns: [Column]
  let rows: [[String?]]
  let widths: [Int]
  /// Whether a floating-point number is shown with fewer digits than it has.
  let isRounded: Bool

  init(_ sample: SampleRows) {
    columns = sample.columns
    let isFloating = sample.columns.map(\.isFloatingPoint)
    var isRounded = false
    rows = sample.rows.map { row in
      row.enumerated().map { index, value -> String? in
        guard let value else { return nil }
        guard index < isFloating.count, isFloating[index] else {
          return String(value.prefix(4 * Self.widest))
        }
        let shown = Quantity.rounded(value)
        if shown != value { isRounded = true }
        return shown
      }
    }
    self.isRounded = isRounded
    widths = sample.columns.indices.map { [rows] index in
      let cells = rows.map { index < $0.count ? $0[index]?.columns ?? 4 : 0 }
      return min(Self.widest, max(sample.columns[index].name.columns, cells.max() ?? 0))
    }
  }
}

/// What happened to the request for a sample.
enum SampleState: Sendable {
  case loading
  case rows(SampleTable)
  case failed(String)
}

/// One row of the preview's list.
enum PreviewRow: Hashable, Sendable {
  case unit(Int)
  case held(Int)
  case problem(Int)
  case step(Int)
}

/// The state of the preview screen: the requested plan, and samples of its result.
struct PreviewState: Sendable {
  var request: PlanRequest?
  /// The request that is under way; a newer request waits for it.
  var inFlight: PlanRequest?
  var page: PlanPage?
  var failure: String?
  /// Whether the status was read again after the plan was made.
  var mayBeOutOfDate = false
  /// Whether the run ends after staging.
  var stagesOnly = false
  /// The reason for the run.
  var note: String?
  var showsSteps = false
  var list = ListState()
  var rows: [PreviewRow] = []
  /// How many times the rows were listed.
  private(set) var number = 0
  var steps: [String] = []
  /// The width of the longest of them.
  private(set) var longestStep = 0
  var samples: [Partition: SampleState] = [:]
  /// The partition whose sample is shown.
  var sampled: Partition?
  /// The first column of the sample that is drawn.
  var sampleColumn = 0
  /// In a single pane, whether it shows the sample.
  var isSampleOpen = false

  var plan: Plan? { page?.plan }

  /// Takes a plan, and forgets everything about the previous one.
  mutating func take(_ page: PlanPage) {
    self.page = page
    failure = nil
    mayBeOutOfDate = false
    samples = [:]
    sampled = nil
    sampleColumn = 0
    isSampleOpen = false
    list = ListState()
    takeSteps()
  }

  /// Lists the steps again; they end early when the run only stages.
  mutating func takeSteps() {
    steps = (stagesOnly ? page?.stagingSteps : page?.steps) ?? []
    longestStep = NameColumn.longest(steps)
    rebuild()
  }

  /// Makes the run end after staging, or publish after all.
  mutating func toggleStagesOnly() {
    stagesOnly.toggle()
    takeSteps()
  }

  /// Lists the steps of the plan, or its partitions again.
  mutating func toggleSteps() {
    showsSteps.toggle()
    list = ListState()
    rebuild()
  }

  /// How the run differs from an ordinary one, in a few words each.
  var conditions: [String] {
    var conditions: [String] = []
    let request = self.request?.run ?? RunRequest()
    if let restriction = self.request?.restriction {
      conditions.append("only those \(restriction)")
    }
    if request.mode != .enable { conditions.append("bookmark \(request.mode.rawValue)") }
    if stagesOnly { conditions.append("stage only") }
    if let window = request.window {
      conditions.append("window (\(window.after), \(window.through)]")
    }
    if !request.bounds.words.isEmpty { conditions.append(request.bounds.words) }
    if let plan, plan.postponed > 0 {
      conditions.append("\(Quantity.number(plan.postponed)) postponed")
    }
    if let plan, !plan.compacted.isEmpty {
      conditions.append("\(Quantity.number(plan.compacted.count)) only compacted")
    }
    if let plan, !plan.outOfReach.isEmpty {
      conditions.append("\(Quantity.number(plan.outOfReach.count)) out of reach")
    }
    if note != nil { conditions.append("with a note") }
    return conditions
  }

  mutating func rebuild() {
    number += 1
    guard let plan else {
      rows = []
      return
    }
    rows =
      showsSteps
      ? steps.indices.map(PreviewRow.step)
      : plan.units.indices.map(PreviewRow.unit) + plan.held.indices.map(PreviewRow.held)
        + plan.problems.indices.map(PreviewRow.problem)
  }
}
