public import IncrementalJoin
import PartitionPredicate
import Reports
import Wording

/// A plan with what the screens need of it, counted once when it was made.
public struct PlanPage: Sendable {
  let plan: Plan
  /// How many units build a partition that is not published yet.
  let new: Int
  let overwritten: [Partition]
  let removals: [Partition]
  let fileCount: Int
  let bytes: Int64
  let haloBytes: Int64
  let expectedBytes: Int64
  /// How fast the last runs of the job were; nil when it has built nothing yet.
  let pace: RunPace?
  /// Why any run is refused because of the output, of which nothing is known then; nil when none is.
  let refusal: String?
  /// Why a run would refuse the plan without the operator's consent.
  let refusals: [PlanError]
  let caution: String?
  /// What a run of exactly this plan has to name.
  let pins: PlanPins
  /// The partitions as the run screen shows them.
  let run: RunUnits
  /// The width of the longest name of its partitions.
  let longestPath: Int
  /// The steps of the run, and of one that ends after staging.
  let steps: [String]
  let stagingSteps: [String]

  init(_ plan: Plan, pace: RunPace? = nil, refusal: String? = nil) {
    self.plan = plan
    self.refusal = refusal
    self.pace = plan.units.isEmpty ? nil : pace
    removals = plan.removals
    overwritten = plan.units.filter { $0.isPublished && !$0.isSurelyEmpty }.map(\.partition)
    new = plan.units.count - removals.count - overwritten.count
    fileCount = plan.fileCount
    bytes = plan.bytes
    haloBytes = plan.reads.reduce(0) { $0 + $1.haloBytes }
    expectedBytes = plan.expectedBytes
    refusals = plan.refusals
    caution = plan.cautions.first
    pins = PlanPins(plan)
    run = RunUnits(plan)
    longestPath = max(
      run.longestPath, NameColumn.longest(plan.held.lazy.map(\.partition.path.text)))
    steps = plan.steps(stagesOnly: false).map(\.description)
    stagingSteps = plan.steps(stagesOnly: true).map(\.description)
  }
}

extension PlanPage {
  /// Why any run is refused, in lines; none when none is.
  func refusalLines(columns: Int) -> [String] {
    refusal.map { Array("A run is refused: \($0)".wrapped(toColumns: columns).prefix(6)) } ?? []
  }
}

extension Message {
  /// The requested plan.
  ///
  /// Takes time proportional to the number of partitions, so it must not be made on the terminal's thread.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - pace: How fast the last runs of its job were; nil when that is not known.
  ///   - refusal: Why any run is refused because of the output, in a sentence; nil when none is.
  /// - Returns: The message.
  public static func planned(_ plan: Plan, pace: RunPace? = nil, refusal: String? = nil) -> Message
  {
    .plannedPage(PlanPage(plan, pace: pace, refusal: refusal))
  }
}

extension Plan {
  /// Why a run would refuse the plan without the operator's consent.
  fileprivate var refusals: [PlanError] {
    var refusals: [PlanError] = []
    do throws(PlanError) { try checkSources() } catch { refusals.append(error) }
    do throws(PlanError) { try checkLosses() } catch { refusals.append(error) }
    do throws(PlanError) { try checkSize() } catch { refusals.append(error) }
    return refusals
  }
}
