public import PartitionPredicate

/// Something that helps the operator, which the command line does by a command or an option and the console by keys.
///
/// A sentence names it as a noun: `... lists the runs.`
public enum Remedy: Hashable, Sendable {
  /// Lists the jobs, and how they are.
  case jobs
  /// Lists the tables.
  case tables
  /// Lists the runs, of one job or of all.
  case runs(of: String? = nil)
  /// Lists the pending partitions of a job, and why they are pending or held.
  case pending(of: String)
  /// Lists the known partitions of a job.
  case partitions(of: String)
  /// Lists the saved predicates.
  case savedPredicates
  /// Saves a predicate.
  case savePredicate
  /// Lists the databases of the Glue Data Catalog, or the tables of one.
  case catalog(database: String? = nil)
  /// Makes a plan and shows it.
  case plan
  /// Builds what is pending.
  case run
  /// Builds a partition, whether it is pending or not.
  case rerun(ExactText)
  /// Builds a partition whose published files are of unknown origin.
  case rerunAdopting(ExactText)
  /// Stages a partition and compares it with what is published.
  case stageAndCompare(ExactText)
  /// Stages without publishing.
  case stage
  /// What makes a run stage without publishing.
  case stageOption
  /// Discards what a run has staged.
  case discard(RunID)
  /// Undoes a run.
  case undo(RunID)
  /// Looks for changes of the output by others, or recomputes partitions.
  case verify
  /// Compares the files of the output with those that the runs published.
  case drift
  /// Rebuilds what a verification found wrong.
  case repair
  /// Lets a job's output count as published as it is.
  case adopt(job: String)
  /// Builds what is pending once the output was adopted.
  case buildAdopted
  /// Releases partitions that an undo holds.
  case release
  /// Lets a run remove partitions that would be emptied.
  case allowRemovals
  /// Lets pending partitions be as they are.
  case skip
  /// Looks at what a table does not watch, too.
  case lookEverywhere
  /// Says what counts as consumed.
  case setBookmarks
  /// Starts an input over.
  case reset(input: String)
  /// Consent to what a run is refused for, by an option of the command line.
  case consent(option: String)
  /// Bounds a run.
  case bounds
  /// The bound on the bytes that a run reads.
  case byteBound(Int64)
  /// Chooses partitions.
  case choice
  /// All that makes a run leave out partitions.
  case restrictions
  /// Waits until an output is free: no noun, but the end of the clause that says when that is.
  case wait(seconds: Int64)
}

/// What says something to the operator, and what helps, in the words of the command line or of the console.
///
/// It describes itself in those of the command line.
public protocol Advising: CustomStringConvertible {
  /// The sentences, with `words` for what helps.
  func sentence(_ words: (Remedy) -> String) -> String
}

extension Advising {
  /// The sentences with commands and options.
  public var description: String { sentence(\.command) }
}

extension Remedy {
  /// The command between backquotes, or the option.
  public var command: String {
    switch self {
    case .jobs: "`dovetail status`"
    case .tables: "`dovetail tables`"
    case .runs(let job): "`dovetail history\(job.map { " --job \($0)" } ?? "")`"
    case .pending(let job): "`dovetail pending --job \(job)`"
    case .partitions(let job): "`dovetail bookmarks --partitions --job \(job)`"
    case .savedPredicates: "`dovetail predicate saved`"
    case .savePredicate: "`dovetail predicate save NAME TEXT`"
    case .catalog(let database): "`dovetail catalog\(database.map { " \($0)" } ?? "")`"
    case .plan: "`dovetail plan`"
    case .run: "`dovetail run`"
    case .rerun(let partition): "`dovetail rerun \(partition)`"
    case .rerunAdopting(let partition): "`dovetail rerun \(partition) --adopt`"
    case .stageAndCompare(let partition):
      "`dovetail rerun \(partition) --stage-only` and `dovetail diff`"
    case .stage: "`dovetail run --stage-only`"
    case .stageOption: "--stage-only"
    case .discard(let run): "`dovetail publish \(run) --none`"
    case .undo(let run): "`dovetail undo --run \(run)`"
    case .verify: "`dovetail verify`"
    case .drift: "`dovetail verify --drift`"
    case .repair: "`dovetail verify --repair`"
    case .adopt(let job): "`dovetail adopt --job \(job.shellWord)`"
    case .buildAdopted: "--adopt"
    case .release: "`dovetail bookmarks release`"
    case .allowRemovals: "`dovetail run --allow-removals`"
    case .skip: "`dovetail bookmarks skip`"
    case .lookEverywhere: "`--all`"
    case .setBookmarks: "`dovetail bookmarks set`"
    case .reset(let input): "`dovetail bookmarks reset --input \(input)`"
    case .consent(let option): option
    case .bounds: "--max-partitions or --max-bytes"
    case .byteBound(let bytes): "--max-bytes \(bytes)"
    case .choice: "--where"
    case .restrictions: "--where, --max-partitions or --max-bytes"
    case .wait(let seconds): ", for which `--wait \(seconds)` waits"
    }
  }
}
