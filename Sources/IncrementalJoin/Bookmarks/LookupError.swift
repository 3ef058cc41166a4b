public import PartitionPredicate
import Wording

/// The operator named something that does not exist.
public enum LookupError: CategorizedError, Hashable, Sendable {
  /// No job of that name; `known` are those of the workspace.
  case job(String, known: [String])
  /// No table of that name, and no job with such an output.
  case table(String, known: [String])
  /// No input of that name; without a job, none of any job.
  case input(String, of: String?, known: [String], for: LookupUse = .choice)
  /// No saved predicate of that name.
  case predicate(String, known: [String])
  /// No input has the partition, and it was never built; `near` are some known ones around its place.
  case partition(ExactText, of: String, near: [ExactText])
  /// No run of that number; without runs of a job, none of any job. `owner` is the job whose run it is, if
  /// there is one.
  case run(RunID, of: JobRuns?, owner: String? = nil, for: LookupUse = .choice)

  /// Every case is about something that the operator named.
  public var category: ErrorCategory { .usage }

  /// The error for a partition that is not among a job's known ones, which are sorted.
  static func partition(_ partition: Partition, of job: JobDefinition, among known: [Partition])
    -> LookupError
  {
    let index = known.firstIndex { $0 > partition } ?? known.count
    let near = known[max(0, index - 2)..<min(known.count, index + 2)]
    return .partition(partition.path, of: job.name, near: near.map(\.path))
  }
}

/// The purpose of a lookup, which decides what to suggest.
public enum LookupUse: Hashable, Sendable {
  /// To look at it, or to choose partitions.
  case choice
  /// As the value of an option: an end of the window of a replay.
  case window(option: String)
  /// To move bookmarks.
  case bookmarks
  /// To undo it.
  case undo
  /// To publish or discard what it staged.
  case staged
}

extension LedgerReader {
  /// A run of a job, by its number.
  ///
  /// - Throws: `LookupError.run` when there is none, or it belongs to another job; what the ledger throws.
  public func run(_ id: RunID, of job: String, for use: LookupUse = .choice) throws -> RunRecord {
    let record = try run(id)
    guard let record, record.job == job else {
      throw LookupError.run(
        id, of: try JobRuns(job: job, in: self), owner: record?.job, for: use)
    }
    return record
  }
}

extension LookupError: Advising {
  /// The sentence for the operator: what does not exist, and what is similar or how to find it.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .job(let name, let known):
      "There is no job \(name.quoted). "
        + Self.advice(
          name, known, none: "dovetail.yaml declares no job.", noun: "jobs",
          list: words(.jobs))
    case .table(let name, let known):
      "There is no table \(name.quoted). "
        + Self.advice(
          name, known, none: "dovetail.yaml declares no table.", noun: "tables",
          list: words(.tables))
    case .predicate(let name, let known):
      "There is no saved predicate \(name.quoted). "
        + Self.advice(
          name, known, none: "None is saved; \(words(.savePredicate)) saves one.",
          noun: "saved predicates", list: words(.savedPredicates))
    case .input(let name, let job, let known, let use):
      (job.map { "Job \($0.printable) has no input" } ?? "There is no input") + " \(name.quoted)."
        + (NearName.of(name, in: known).map { " Did you mean \($0.quoted)?" } ?? "")
        + Self.inputs(known, use)
    case .partition(let partition, let job, let near):
      "Job \(job) has no partition \(partition): no input has it and it was never built. "
        + (near.isEmpty
          ? "No partition is known yet; \(words(.tables)) shows what has landed."
          : "Known are, for example: \(near.joined(separator: ", ")). "
            + "\(words(.partitions(of: job))) lists them all.")
    case .run(let run, let runs?, let owner, let use):
      Self.sentence(run, runs, owner, use, list: words(.runs(of: runs.job)))
    case .run(let run, nil, _, _): "There is no run \(run). \(words(.runs())) lists the runs."
    }
  }

  private static func sentence(
    _ run: RunID, _ runs: JobRuns, _ owner: String?, _ use: LookupUse, list history: String
  ) -> String {
    let job = runs.job
    let list = "\(history) lists"
    switch (use, owner) {
    case (.choice, nil): return "There is no run \(run); \(runs)."
    case (.choice, let owner?): return "Run \(run) is one of job \(owner); \(runs)."
    case (.window(let option), _):
      let fact = owner.map { "run \(run) is one of job \($0)" } ?? "there is no run \(run)"
      let beginning = option == "--from" ? "; 0 means the beginning" : ""
      return "\(option) \(run): \(fact); \(runs)\(beginning)."
    case (.bookmarks, nil):
      let hint =
        runs.count == 0
        ? "It never ran." : "Its runs are \(runs.first) to \(runs.last); 0 is before the first."
      return "Job \(job) has no run \(run). \(hint) \(list) them."
    case (_, nil): return "Job \(job) has no run \(run). \(list) its runs."
    case (_, let owner?):
      let way =
        switch use {
        case .undo: "Undo it with --job \(owner)."
        case .staged: "Name it with --job \(owner)."
        default: "\(list) those of \(job)."
        }
      return "Run \(run) is a run of job \(owner), not of \(job). \(way)"
    }
  }

  private static func inputs(_ known: [String], _ use: LookupUse) -> String {
    if known.isEmpty { return " dovetail.yaml declares no job. Add one below `jobs:`." }
    return use == .bookmarks
      ? " Its inputs are: \(known.joined(separator: ", "))." : " The inputs are \(known.listed)."
  }

  /// The nearest name, or all of them where they are few, and what lists them.
  private static func advice(
    _ name: String, _ known: [String], none: String, noun: String, list way: String
  ) -> String {
    if let near = NearName.of(name, in: known) {
      return "Did you mean \(near.quoted)? \(way) lists the \(noun)."
    }
    if known.isEmpty { return none }
    return known.count > 10
      ? "\(way) lists the \(Quantity.number(known.count)) \(noun)."
      : "The \(noun) are \(known.listed)."
  }
}
