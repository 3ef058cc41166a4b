public import Foundation
public import PartitionPredicate
import Wording

/// Why no plan could be made or run.
///
/// Each is found before anything ran.
public enum PlanError: CategorizedError, Hashable, Sendable {
  /// A part of an input could not be listed.
  case listing(ListingProblem)
  /// The job does not fit its inputs' columns.
  case definition(job: String, reason: String)
  /// The inputs moved since the plan that the operator saw.
  ///
  /// `changes` say which, where that is known.
  case outOfDate(expected: String, actual: String, changes: [String])
  /// An input has lost more of its partitions than `limit`, a share from 0 to 1, allows.
  case lost(job: String, InputLoss, limit: Double)
  /// The run would treat a whole input as deleted.
  case emptied(job: String, input: String, location: Location)
  /// The output location has data that no run of this workspace wrote.
  case notOurs(job: String, location: Location)
  /// The ledger knows published partitions, and the output location has no data at all.
  case outputMissing(job: String, location: Location, published: Int)
  /// The ledger knows published partitions in another place; where, is nil when an earlier Dovetail published
  /// them, and `isTaken` says whether there is data in the new one.
  case outputMoved(
    job: String, from: OutputPlace?, to: OutputPlace, published: Int, isTaken: Bool)
  /// The output location holds the output of another job; of another ledger when `workspace` is not nil.
  case otherOwner(job: String, location: Location, owner: String, workspace: String?)
  /// A workspace of which this one is a copy publishes at the same location.
  case sharedOutput(job: String, location: Location, workspace: String)
  /// The output's marker, at `path`, does not say whose the output is.
  case damagedMarker(job: String, path: String)
  /// A run published that the ledger does not know: it is older than the output, or copied before.
  case unknownRun(job: String, location: Location, run: RunID, since: Date, workspace: String)
  /// The run would be larger than `dovetail.yaml` allows.
  case ceiling(job: String, limit: String, planned: String, allowed: String)
  /// Not one partition fits into the bounds that the operator set.
  case boundTooSmall(job: String, partition: ExactText, bytes: Int64, bound: Int64)
  /// An input's table is declared differently than when its positions were taken.
  case sourceChanged(job: String, input: String, differences: [String])
  /// What is published has partition keys other than the output's present ones.
  case otherKeys(job: String, location: Location, published: ExactText, keys: [PartitionKey])
  /// The run would leave `count` published partitions, such as `partition`, with column types other than those it
  /// writes; `hold` is why the plan leaves that one out, if something holds it.
  case mixedTypes(
    job: String, types: OutputTypes, partition: ExactText, count: Int, hold: Hold? = nil)
  /// The run would stage column types other than the published ones, to be published in parts.
  case stagedSwitch(job: String, types: OutputTypes)

  /// Whether what is published is not what the ledger knows, so only a run that takes the output over may go on.
  var isOfOutput: Bool {
    switch self {
    case .outputMissing, .outputMoved, .otherOwner, .sharedOutput, .damagedMarker, .unknownRun: true
    default: false
    }
  }

  /// A part that cannot be listed is a failure; what the job or the operator named wrongly is theirs to correct.
  public var category: ErrorCategory {
    switch self {
    case .outOfDate, .lost, .emptied, .notOurs, .outputMissing, .outputMoved, .otherOwner,
      .sharedOutput, .damagedMarker, .unknownRun, .otherKeys, .ceiling, .boundTooSmall,
      .sourceChanged, .mixedTypes, .stagedSwitch:
      .refused
    case .definition: .usage
    case .listing: .failed
    }
  }
}

extension PlanError: Advising {
  /// The sentence for the operator: what was found, and which option or command comes next.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .listing(let problem):
      return problem.description
    case .definition(let job, let reason):
      return "Job \(job) does not fit its inputs: \(reason)"
    case .outOfDate(let expected, let actual, let changes):
      let shown = changes.prefix(5).joined(separator: "; ")
      let rest = changes.count > 5 ? "; and \(Quantity.number(changes.count - 5)) more" : ""
      return "The plan \(expected) is out of date: the inputs or the definition changed since, and "
        + "the plan would now be \(actual)\(shown.isEmpty ? "" : " (\(shown)\(rest))"). Look at it "
        + "with \(words(.plan)), then run it. A plan runs only with the options it was made with."
    case .ceiling(let job, let limit, let planned, let allowed):
      return "Job \(job): the run would take \(planned), and \(limit) in dovetail.yaml allows "
        + "\(allowed). Limit it with \(words(.bounds)), or allow it with "
        + "\(words(.consent(option: "--exceed-limits")))."
    case .boundTooSmall(let job, let partition, let bytes, let bound):
      return "Job \(job): the first partition, \(partition), alone reads "
        + "\(Quantity.count(bytes, "byte")), more than \(words(.byteBound(bound))). Allow more, or choose other partitions with \(words(.choice))."
    case .sourceChanged(let job, let input, let differences):
      return
        "Job \(job): the table declaration of input \(input) has changed since its bookmark "
        + "was taken: \(differences.joined(separator: "; ")). If it was a mistake, put dovetail.yaml "
        + "back. If it is the same data, run with \(words(.consent(option: "--accept-source"))). If it is other data, "
        + "start over with \(words(.reset(input: input)))."
    case .mixedTypes(let job, let types, let partition, let count, let hold):
      let remedy =
        hold.map {
          "\(partition) is \($0.sentence(words)). Run again when nothing holds a published partition any more"
        } ?? "Run it for all partitions at once, without \(words(.restrictions))"
      return
        "Job \(job): `types: \(types.rawValue)` changes columns of every published partition, and "
        + "the run would leave \(partition)\(count > 1 ? " and \(Quantity.number(count - 1)) more" : "") as before. "
        + "\(remedy), or take `types:` out."
    case .stagedSwitch(let job, let types):
      return
        "Job \(job): `types: \(types.rawValue)` changes columns of every published partition, which "
        + "happens to all of them in one run; what is staged could be published in parts. Run it "
        + "without \(words(.stageOption)), or take `types:` out."
    case .lost(let job, let loss, let limit):
      let others =
        loss.lost > 1
        ? " and \(Quantity.number(loss.lost - 1)) more have no data file" : " has no data file"
      return "Job \(job): the input \(loss.input) has lost \(Quantity.number(loss.lost)) of its "
        + "\(Quantity.count(loss.consumed, "partition")), more than the limit of \(limit.percent): "
        + "\(loss.example)\(others) left in "
        + "\(loss.location). Nothing was changed. If they were really deleted, run again with "
        + "\(words(.consent(option: "--allow-removals")))."
    case .emptied(let job, let input, let location):
      return "Job \(job): the input \(input) has no data file left in \(location). If it was "
        + "really emptied (and not merely unmounted), run again with "
        + "\(words(.consent(option: "--allow-removals")))."
    case .notOurs(let job, let location):
      return "Job \(job): the output \(location) has data that no run of this workspace wrote. "
        + "Empty it, choose another location, adopt what is there with \(words(.adopt(job: job))), "
        + "which builds nothing, or adopt it and build what is pending with \(words(.buildAdopted))."
    case .outputMissing(let job, let location, let published):
      return
        "Job \(job): \(Self.published(published)) by the ledger, but \(location) has no "
        + "data. Mount the disk, or put `location:` back; if it was deleted on purpose, \(Self.adopt(job)) "
        + "rebuilds \(published == 1 ? "it" : "all of them")."
    case .outputMoved(let job, let from?, let to, _, let isTaken):
      return
        "Job \(job): its output was published in \(from.declared), and `location:` is \(to.declared) now. Put "
        + "`location: \(from.declared)` back; or "
        + (isTaken ? "empty \(to.declared) and " : "")
        + "move the output there: `\(from.move(to: to))` in the folder of the workspace; or rebuild it "
        + "there with \(Self.adopt(job)), which "
        + (isTaken
          ? "\(Self.takesOver); or take it over \(Self.asItIs(job, words))."
          : "leaves the old one as it is.")
    case .outputMoved(let job, nil, let to, let published, _):
      return
        "Job \(job): \(Self.published(published)) by the ledger, but none of their files is in "
        + "\(to.declared). Put `location:` back, or take \(to.declared) over: \(Self.bothWays(job, words))."
    case .otherOwner(let job, let location, let owner, let workspace):
      return
        "Job \(job): \(location) holds the output of job \(owner)"
        + (workspace.map { " by another ledger, that of the workspace \($0)" } ?? "")
        + ". Put `location:` back or choose another one, or take the output over: \(Self.bothWays(job, words))."
    case .sharedOutput(let job, let location, let workspace):
      return
        "Job \(job): \(location) is the output of the workspace \(workspace), of which this one is a copy. "
        + "Give the job another location here, or take the output over: \(Self.bothWays(job, words)). The other "
        + "workspace is refused from then on."
    case .damagedMarker(let job, let path):
      return
        "Job \(job): the marker \(path) is damaged and does not say whose the output is. If it is this job's, remove "
        + "the marker and run again, which writes it anew; or take the output over: \(Self.bothWays(job, words))."
    case .unknownRun(let job, let location, let run, let since, let workspace):
      return
        "Job \(job): \(location) was published last by run \(run) of \(Quantity.instant(since)) UTC, workspace "
        + "\(workspace), which this ledger does not know: it is older than the output, as a restored backup "
        + "is. Put the newer ledger back, or continue from this one: \(Self.bothWays(job, words))."
    case .otherKeys(let job, let location, let published, let keys):
      let form = keys.map { "\($0.name)=<\($0.type)>" }.joined(separator: "/")
      return
        "Job \(job): \(location) holds \(published), but the output "
        + (keys.isEmpty ? "has no partitions now, " : "has partitions \(form) now, ")
        + "and a reader would find every row twice. Put `partitions:` back, or give the job another "
        + "name and location."
    }
  }
}

extension PlanError {
  private static func published(_ count: Int) -> String {
    "\(Quantity.count(count, "partition")) \(count == 1 ? "is" : "are") published"
  }

  /// The command that takes over a job's output.
  private static func adopt(_ job: String) -> String {
    "`dovetail run --job \(job.shellWord) --adopt`"
  }

  /// The two ways to take an output over.
  private static func bothWays(_ job: String, _ words: (Remedy) -> String) -> String {
    "\(asItIs(job, words)), or with \(adopt(job)), which \(takesOver)"
  }

  private static func asItIs(_ job: String, _ words: (Remedy) -> String) -> String {
    "as it is with \(words(.adopt(job: job))), which builds nothing"
  }

  private static let takesOver =
    "rebuilds every partition whose files there are not the published ones"
}

extension OutputPlace {
  /// The shell commands that move the output, with its hidden folder, to another place.
  fileprivate func move(to place: OutputPlace) -> String {
    let (from, to) = (Location(resolved), Location(place.resolved))
    let parent = to.parent.description
    let folder =
      from.parent == to.parent ? "" : "mkdir -p \((parent.isEmpty ? "." : parent).shellWord) && "
    return folder + "mv \(resolved.shellWord) \(place.resolved.shellWord) && "
      + "mv \(from.hiddenFolder.description.shellWord) \(to.hiddenFolder.description.shellWord)"
  }
}

extension String {
  /// As one word of a shell's command line.
  var shellWord: String {
    let plain = utf8.allSatisfy { byte in
      byte >= 128 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "_-./=,:@%+".utf8.contains(byte)
    }
    guard !plain || isEmpty || utf8.first == UInt8(ascii: "-") else { return self }
    let quoted = unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined()
    return "'\(utf8.first == UInt8(ascii: "-") ? "./" : "")\(quoted)'"
  }
}
