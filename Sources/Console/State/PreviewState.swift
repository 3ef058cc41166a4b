import Cells
import IncrementalJoin

/// What a plan is asked for.
struct PlanWish: Equatable, Sendable {
  var job: String
  /// nil for what is pending.
  var partitions: [Partition]?
  /// Over the output's keys: of what is pending only the partitions that it selects.
  var filter: Filter?

  /// A predicate and its text.
  struct Filter: Equatable, Sendable {
    let predicate: PushdownPredicate
    let text: String
  }
}

/// A sample of joined rows, measured once.
struct SampleTable: Sendable {
  /// No cell is drawn wider; the whole value is in the data.
  static let widest = 40

  let columns: [Column]
  let rows: [[String?]]
  let widths: [Int]

  init(_ sample: SampleRows) {
    columns = sample.columns
    rows = sample.rows.map { row in row.map { $0.map { String($0.prefix(4 * Self.widest)) } } }
    widths = sample.columns.indices.map { [rows] index in
      let cells = rows.map { index < $0.count ? $0[index]?.columns ?? 4 : 0 }
      return min(Self.widest, max(sample.columns[index].name.columns, cells.max() ?? 0))
    }
  }
}

/// What became of the request for a sample.
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

/// The preview screen: the plan that was asked for, and samples of its result.
struct PreviewState: Sendable {
  var wish: PlanWish?
  /// The request that is under way; a newer wish waits for it.
  var inFlight: PlanWish?
  var plan: Plan?
  var failure: String?
  /// The status was read again after the plan was made.
  var mayBeOutOfDate = false
  var showsSteps = false
  var list = ListState()
  var rows: [PreviewRow] = []
  var steps: [String] = []
  var samples: [Partition: SampleState] = [:]
  /// The partition whose sample is shown.
  var sampled: Partition?
  /// The first column of the sample that is drawn.
  var sampleColumn = 0
  /// In one pane: whether it is the sample.
  var isSampleOpen = false

  /// Takes a plan, and forgets everything about the one before.
  mutating func take(_ plan: Plan) {
    self.plan = plan
    failure = nil
    mayBeOutOfDate = false
    samples = [:]
    sampled = nil
    sampleColumn = 0
    isSampleOpen = false
    list = ListState()
    steps = plan.steps.map(\.description)
    rebuild()
  }

  mutating func rebuild() {
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

  /// The unit under the cursor.
  var selectedUnit: WorkUnit? {
    guard let plan, rows.indices.contains(list.index), case .unit(let index) = rows[list.index]
    else { return nil }
    return plan.units[index]
  }
}

extension Plan {
  /// Why a run would refuse the plan without the operator's consent to remove published data.
  var removalRefusal: PlanError? {
    do throws(PlanError) {
      try checkRemovals()
      return nil
    } catch {
      return error
    }
  }
}
