public import Foundation
public import PartitionPredicate
import Wording

/// Why an output partition is pending.
public enum Reason: Hashable, Sendable {
  /// Files of a partition of an input changed since the position.
  case inputChanged(InputChange)
  /// The job's definition is another one than at the position.
  case definitionChanged
  /// The job requests types for the output's columns other than the published ones.
  case typesChanged(from: OutputTypes, to: OutputTypes)
  /// A partition of an input has a file that cannot be read, since its name is not UTF-8.
  case unreadName(input: String, path: ExactText)
  /// Files of an input were rewritten with the same rows, which is not a reason to build again.
  case compacted(InputChange)
  /// The operator requested a rerun, or every partition.
  case requested
}

/// What happened to the files of one partition of an input.
public struct InputChange: Hashable, Sendable {
  /// The input's name.
  public let input: String
  /// Of the input's own.
  public let partition: Partition
  /// Whether people must be told which partition it is: the output partition may read several from the input, and this
  /// one is in its halo or has another name.
  public let isNamed: Bool
  /// Whether only rows near the border of the output partition can matter, because all of the input's partition lies
  /// outside.
  public let isHalo: Bool
  /// At least one.
  public let changes: [FileChange]

  /// `weather`, or `quotes hour=9 (halo)`.
  var place: String {
    isNamed ? "\(input) \(partition.path)\(isHalo ? " (halo)" : "")" : input
  }

  /// `1 added, 2 removed`.
  var counts: String {
    ChangeKind.allCases.compactMap { kind -> String? in
      let count = changes.count { $0.kind == kind }
      return count == 0 ? nil : "\(Quantity.number(count)) \(kind.rawValue)"
    }.joined(separator: ", ")
  }
}

extension Reason {
  /// What happened to an input; nil for reasons that concern the job.
  public var change: InputChange? {
    switch self {
    case .inputChanged(let change), .compacted(let change): change
    case .definitionChanged, .typesChanged, .unreadName, .requested: nil
    }
  }
}

extension Reason: CustomStringConvertible {
  /// One line for people: `weather: 1 added, 2 removed`.
  public var description: String {
    switch self {
    case .definitionChanged: return "definition changed"
    case .typesChanged(let old, let new):
      return "types changed from \(old.rawValue) to \(new.rawValue)"
    case .unreadName(let input, _): return "\(input): a name that is not UTF-8"
    case .requested: return "rerun requested"
    case .compacted(let change):
      let files = Quantity.count(change.changes.count, "file")
      return "\(change.place): compacted, \(files) changed and the rows are the same"
    case .inputChanged(let change):
      return "\(change.place): \(change.counts)"
    }
  }
}

/// An input that a job waits for in a partition.
public struct AwaitedInput: Hashable, Sendable {
  /// The input's name.
  public let name: String
  /// How much of its window is there; nil where the job waits for any file.
  public let presence: WindowPresence?

  /// Creates an input.
  public init(name: String, presence: WindowPresence? = nil) {
    self.name = name
    self.presence = presence
  }
}

extension AwaitedInput: CustomStringConvertible, ExpressibleByStringLiteral {
  /// `quotes`, or `quotes (7 of 24 hours present)`.
  public var description: String { presence.map { "\(name) (\($0))" } ?? name }

  /// Creates an input for which any file is awaited.
  public init(stringLiteral name: String) { self.init(name: name) }
}

/// Why a run leaves out a pending partition for now.
public enum Hold: Hashable, Sendable {
  /// A file is younger than the table's `min_age`, so it may still be being written.
  case tooYoung(input: String, file: ExactText, age: Duration, minimum: Duration)
  /// A file is dated so far in the future that some clock must be wrong. Its table has a `min_age`, which
  /// the file reaches only at `until`.
  case fromFuture(input: String, file: ExactText, modified: Date, ahead: Duration, until: Date)
  /// A file or folder of an input whose name is not UTF-8 may be of the partition.
  case unreadName(input: String, path: ExactText)
  /// An input has no file anywhere and no declared columns, so the join cannot be bound.
  case unknownColumns(input: String, table: String)
  /// The job waits for every input, and these have not landed in the partition yet. `since` is when the first of the
  /// others did; `until` is when the partition is built anyway.
  case waiting(inputs: [AwaitedInput], since: Date, until: Date?)
  /// Files vanished from an input for which only additions count (`changes: additions`), and others changed: what is
  /// built now would have less.
  case fewerFiles(input: String, file: ExactText, count: Int)
  /// An operator undid what `run` had built from these inputs, in the run `by`.
  case undone(run: RunID, by: RunID)
  /// These inputs give no rows, and `run` kept the published partition: removing it would have exceeded the job's
  /// limit.
  case wouldBeEmptied(run: RunID, count: RemovalCount)

  /// Whether an operator can release it; otherwise it ends by itself.
  public var isReleasable: Bool { isUndo || isEmptying }

  /// Whether an undo holds the partition.
  var isUndo: Bool { if case .undone = self { true } else { false } }

  /// Whether the partition is held because it would be emptied.
  public var isEmptying: Bool { removals != nil }

  /// What would be gone with a partition that is held because it would be emptied; nil for other holds.
  public var removals: RemovalCount? {
    if case .wouldBeEmptied(_, let count) = self { count } else { nil }
  }
}

extension Hold: Advising {
  /// One line for people, the reason before the place, which may be long: `held: a file is too young for another 55 s:
  /// flights file month=1/day=2/a.csv is 5 s old, and min_age is 1 min`.
  public func sentence(_ words: (Remedy) -> String) -> String {
    switch self {
    case .tooYoung(let input, let file, let age, let minimum):
      "held: a file is too young for another \(Quantity.span(minimum - age)): \(input) file \(file) is "
        + "\(Quantity.span(age)) old, and min_age is \(Quantity.span(minimum))"
    case .fromFuture(let input, let file, let modified, let ahead, let until):
      "held: a file is dated \(Quantity.span(ahead)) in the future: \(input) file \(file) "
        + "(\(Quantity.instant(modified)) UTC), so the clock of its writer or of this machine is wrong; "
        + "correct the clock or `touch` the file, otherwise it is held until "
        + "\(Quantity.instant(until)) UTC"
    case .unknownColumns(let input, let table):
      "held: table \(table) of input \(input) was never seen; declare its `columns:` or wait for "
        + "its first file"
    case .unreadName(let input, let path):
      "held: a name is not UTF-8, so that files may be missing: \(path) of \(input); rename it"
    case .waiting(let inputs, let since, let until):
      "held: waiting for \(inputs.map(\.description).joined(separator: ", ")) since \(Quantity.instant(since)) UTC"
        + (until.map { ", until \(Quantity.instant($0)) UTC" } ?? "")
    case .fewerFiles(let input, let file, let count):
      "held: would be built from fewer files: \(input) lacks \(file)"
        + "\(count == 1 ? "" : " and \(Quantity.number(count - 1)) more"), and `changes: additions` leaves alone what "
        + "vanished; put it back, or rerun the partition by name"
    case .undone(let run, let by):
      "held: run \(by) undid what run \(run) had built of it; a new arrival or "
        + "\(words(.release)) releases it"
    case .wouldBeEmptied(let run, let count):
      "held: it would be emptied, and run \(run) kept it: \(count); \(words(.allowRemovals)) "
        + "removes it, \(words(.skip)) keeps its rows, and any change of an input triggers another "
        + "attempt"
    }
  }
}

/// An output partition whose inputs or definition differ from its position.
public struct PendingPartition: Hashable, Sendable {
  /// In the order of the output's keys.
  public let partition: Partition
  /// The time that it covers; `.always` where no key says anything about time.
  public let span: PartitionSpan
  /// Empty only for a partition that a rerun named although it is not pending.
  public internal(set) var reasons: [Reason]
  /// Every input of the job, changed or not, in the job's order.
  public let inputs: [PendingInput]
  /// nil when a run may take it.
  public let hold: Hold?
  /// Files that landed and cannot change it, which is not a reason to build it: a run only moves its position.
  public internal(set) var outOfReach: [OutOfReach] = []

  /// Whether everything it reads was listed; a run completes what is pending, so only other partitions can be unknown.
  public var isLookedAt: Bool { inputs.allSatisfy(\.isLookedAt) }

  /// Whether some input has files here and another one has none, in the partition's own span and in its halo.
  public var isOneSided: Bool {
    let known = inputs.filter(\.isLookedAt)
    let present = known.count { $0.version != nil }
    return present > 0 && present < known.count
  }

  /// Whether the only changes are compactions of inputs, so nothing has to be built.
  public var isCompactedOnly: Bool {
    !reasons.isEmpty
      && reasons.allSatisfy { if case .compacted = $0 { true } else { false } }
  }

  /// Files that building it would read.
  public var fileCount: Int { inputs.reduce(0) { $0 + ($1.version?.files.count ?? 0) } }

  /// Bytes that building it would read.
  public var bytes: Int64 { inputs.reduce(0) { $0 + ($1.version?.bytes ?? 0) } }

  /// The versions that its inputs have now, by input name; an input without files has none.
  public var versions: [String: PartitionVersion] {
    Dictionary(
      inputs.compactMap { input in input.version.map { (input.input.name, $0) } },
      uniquingKeysWith: { $1 })
  }

  /// All reasons in one line: `flights: 1 added; weather: 1 rewritten`.
  ///
  /// Of an input that changed in many of the partitions that are read, only how many.
  public var reasonText: String {
    var texts: [String] = []
    var rest = reasons[...]
    while let reason = rest.first {
      let same = rest.prefix { $0.change != nil && $0.change?.input == reason.change?.input }
      if same.count > 3, let input = reason.change?.input {
        let halo = same.count { $0.change?.isHalo == true }
        let files = same.reduce(0) { $0 + ($1.change?.changes.count ?? 0) }
        texts.append(
          "\(input): \(Quantity.number(files)) files changed in \(Quantity.number(same.count)) partitions"
            + (halo == 0 ? "" : " (\(Quantity.number(halo)) of them halo)"))
        rest = rest.dropFirst(same.count)
      } else {
        texts.append(reason.description)
        rest = rest.dropFirst()
      }
    }
    return texts.joined(separator: "; ")
  }
}
