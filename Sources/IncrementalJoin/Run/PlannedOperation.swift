import Foundation
import PartitionPredicate

/// An operator's request to a job.
enum OperationRequest: Sendable {
  /// Build what is pending, or what is named.
  case run(RunRequest)
  /// Undo something; refused when `expected`, an `UndoPlan.id`, is not what would be done now.
  case undo(UndoRequest, expected: String?, note: String?)
  /// Move positions; refused when `expected`, a `BookmarkPreview.id`, is not what would be done now.
  case moveBookmark(BookmarkChange, expected: String?)
  /// Publish what a run has staged.
  case publish(staged: RunID, partitions: [Partition]?, allowsRemovals: Bool)
  /// Forget what a run has staged.
  case discard(staged: RunID, partitions: [Partition]?)
  /// Adopt what is in the output; refused when `expected`, an `AdoptionPlan.id`, is not what would be done now.
  case adopt(expected: String?, note: String?)
  /// Remove what is past its retention.
  case sweep

  /// Whether the job may take an output over that is not the one that the ledger knows.
  var adoptsOutput: Bool {
    switch self {
    case .run(let request): request.adoptsOutput
    case .adopt: true
    case .undo, .moveBookmark, .publish, .discard, .sweep: false
    }
  }
}

/// An operation that is decided: how the ledger records it, and the steps that are walked.
struct PlannedOperation: Sendable {
  /// How the ledger knows an operation.
  enum Record: Sendable {
    /// A run that begins.
    case begin(RunStart)
    /// The run that staged is resumed.
    case resume(RunID)
    /// Nothing is recorded.
    case none
  }

  let record: Record
  let steps: [PlanStep]
  /// What is known about the outcome before the first step.
  var summary: RunSummary
  /// What inputs are from now on, by input name.
  let sources: [String: SourceDescription]
  /// What is built; nil for an operation that builds nothing.
  let plan: Plan?

  /// Whether there is nothing to do and nothing to record.
  var isEmpty: Bool { steps.isEmpty && sources.isEmpty }

  /// Every partition that the steps build or publish, with the reason that the ledger keeps, in order.
  var units: [(partition: Partition, reason: String)] {
    steps.flatMap { step -> [(partition: Partition, reason: String)] in
      switch step {
      case .stage(let units): units.map { ($0.partition, $0.reasonText) }
      case .restore(let units): units.map { ($0.partition, $0.reason) }
      case .recheck(let units): units.map { ($0.partition, $0.publish.reason) }
      case .checkSpace, .move, .adopt, .release, .publish, .commit, .removeEmptied, .keep, .discard,
        .sweep:
        []
      }
    }
  }
}

extension PlannedOperation {
  /// A run or a rerun.
  init(_ plan: Plan, _ request: RunRequest, planning: Duration) {
    steps = plan.steps(stagesOnly: request.stagesOnly)
    record = .begin(
      RunStart(
        job: plan.job.name, kind: plan.kind, mode: plan.mode, plan: plan.id,
        listedAt: plan.listedAt, detail: plan.detail, note: request.note,
        stagesOnly: request.stagesOnly))
    var summary = RunSummary(run: nil, plan: plan)
    // An accepted source is recorded even when there is nothing to build.
    sources = steps.isEmpty && plan.sourceChanges.isEmpty ? [:] : plan.job.sources
    if !steps.isEmpty || !sources.isEmpty {
      summary.timings.plan = planning
      summary.warnings = plan.warnings
    }
    self.summary = summary
    self.plan = plan
  }

  /// An undo.
  init(_ plan: UndoPlan, note: String?, at instant: Date) {
    steps = plan.steps
    record = .begin(
      RunStart(
        job: plan.job.name, kind: .undo, plan: plan.id, listedAt: instant, detail: plan.detail,
        note: note, undoes: plan.request.run))
    summary = RunSummary(job: plan.job.name, plan: plan.id)
    sources = [:]
    self.plan = nil
  }

  /// A move of a bookmark.
  init(_ preview: BookmarkPreview, at instant: Date) {
    let change = preview.change
    steps = preview.steps
    record = .begin(
      RunStart(
        job: preview.job.name, kind: change.runKind, plan: preview.id, listedAt: instant,
        detail: change.detail, note: change.note))
    summary = RunSummary(job: preview.job.name, plan: preview.isEmpty ? "" : preview.id)
    sources = preview.job.sources.filter { preview.sourceChanges[$0.key] != nil }
    plan = nil
  }

  /// An adoption.
  init(_ plan: AdoptionPlan, note: String?) {
    steps = plan.steps
    record = .begin(
      RunStart(
        job: plan.job.name, kind: .adopt, plan: plan.id, listedAt: plan.listedAt,
        detail: plan.detail, note: note))
    summary = RunSummary(job: plan.job.name, plan: plan.isEmpty ? "" : plan.id)
    sources = [:]
    self.plan = nil
  }

  /// A publish or a discard of what was staged.
  init(_ plan: StagedPlan) {
    steps = plan.steps
    record = .resume(plan.run.id)
    var summary = RunSummary(job: plan.job.name, run: plan.run.id, plan: plan.run.plan)
    if plan.purpose == .publish { summary.mode = plan.run.mode }
    summary.withheld = plan.withheld
    summary.removals = plan.removals
    self.summary = summary
    sources = [:]
    self.plan = nil
  }

  /// A sweep alone.
  init(sweeping job: JobDefinition) {
    steps = [.sweep]
    record = .none
    summary = RunSummary(job: job.name)
    sources = [:]
    plan = nil
  }
}

extension JobDefinition {
  /// The inputs as declared in dovetail.yaml, by input name.
  var sources: [String: SourceDescription] {
    Dictionary(
      inputs.filter { !$0.table.isOutput }.map { ($0.name, SourceDescription($0.table)) },
      uniquingKeysWith: { $1 })
  }
}
