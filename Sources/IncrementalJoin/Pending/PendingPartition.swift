public import Foundation
public import PartitionPredicate

/// Why an output partition is pending.
public enum Reason: Hashable, Sendable {
  /// Files of an input changed since the position. `partition` is the input's own.
  case inputChanged(input: String, partition: Partition, changes: [FileChange])
  /// The job's definition is another one than at the position.
  case definitionChanged
  /// The job asks for other types of the output's columns than the published ones have.
  case typesChanged(from: OutputTypes, to: OutputTypes)
  /// Files of an input were rewritten with the same rows, which is no reason to build again.
  case compacted(input: String, partition: Partition, changes: [FileChange])
  /// The operator asked for a rerun, or for every partition.
  case requested
}

extension Reason: CustomStringConvertible {
  /// One line for people: `weather: 1 added, 2 removed`.
  public var description: String {
    switch self {
    case .definitionChanged: return "definition changed"
    case .typesChanged(let old, let new):
      return "types changed from \(old.rawValue) to \(new.rawValue)"
    case .requested: return "rerun requested"
    case .compacted(let input, _, let changes):
      let files = changes.count == 1 ? "1 file" : "\(changes.count) files"
      return "\(input): compacted, \(files) changed and the rows are the same"
    case .inputChanged(let input, _, let changes):
      let counts = ChangeKind.allCases.compactMap { kind -> String? in
        let count = changes.count { $0.kind == kind }
        return count == 0 ? nil : "\(count) \(kind.rawValue)"
      }
      return "\(input): \(counts.joined(separator: ", "))"
    }
  }
}

/// Why a pending partition is not taken by a run for now.
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
  /// The job waits for every input, and these have not landed in the partition yet. `since` is when the
  /// first of the others did; `until` is when the partition is taken all the same.
  case waiting(inputs: [String], since: Date, until: Date?)
  /// An operator undid what `run` had built from these inputs, in the run `by`.
  case undone(run: RunID, by: RunID)
  /// These inputs give no rows, and `run` kept the published partition: with it more would have been gone
  /// than the job's limit allows.
  case wouldBeEmptied(run: RunID, count: RemovalCount)

  /// Whether an operator can let go of it: otherwise it ends by itself.
  public var isReleasable: Bool { isUndo || isEmptying }

  /// Whether an undo holds the partition.
  var isUndo: Bool { if case .undone = self { true } else { false } }

  /// Whether the partition is held since it would be emptied.
  public var isEmptying: Bool { removals != nil }

  /// What would be gone with a partition that is held since it would be emptied; nil for other holds.
  public var removals: RemovalCount? {
    if case .wouldBeEmptied(_, let count) = self { count } else { nil }
  }
}

extension Hold: CustomStringConvertible {
  /// One line for people: `held: flights file month=1/day=2/a.csv is 5 s old, and min_age is 60 s`.
  public var description: String {
    switch self {
    case .tooYoung(let input, let file, let age, let minimum):
      "held: \(input) file \(file) is \(age.components.seconds) s old, and min_age is "
        + "\(minimum.components.seconds) s"
    case .fromFuture(let input, let file, let modified, let ahead, let until):
      "held: \(input) file \(file) is dated \(ahead.components.seconds) s in the future "
        + "(\(modified.formatted(.iso8601))), so the clock of its writer or of this machine is wrong; "
        + "correct the clock or `touch` the file, otherwise it is held until "
        + until.formatted(.iso8601)
    case .unknownColumns(let input, let table):
      "held: table \(table) of input \(input) was never seen; declare its `columns:` or wait for "
        + "its first file"
    case .unreadName(let input, let path):
      "held: the name of \(path) of \(input) is not UTF-8, so that files of it may be missing; rename it"
    case .waiting(let inputs, let since, let until):
      "held: waiting for \(inputs.joined(separator: ", ")) since \(since.formatted(.iso8601))"
        + (until.map { ", until \($0.formatted(.iso8601))" } ?? "")
    case .undone(let run, let by):
      "held: run \(by) undid what run \(run) had built of it; a new arrival or "
        + "`dovetail bookmarks release` lets it go"
    case .wouldBeEmptied(let run, let count):
      "held: it would be emptied, and run \(run) kept it: \(count); `dovetail run --allow-removals` "
        + "removes it, `dovetail bookmarks skip` keeps its rows, and an input that changes is looked at "
        + "again"
    }
  }
}

/// One input of a pending partition: what it is now.
public struct PendingInput: Hashable, Sendable {
  /// The job's input, which knows its table.
  public let input: JobInput
  /// The partitions that are read together, each one once: at least one, with files or without.
  public let members: [Member]
  /// What there is to read of all of them; nil when the input has no file in any.
  public let version: PartitionVersion?

  /// One of the input's partitions.
  public struct Member: Hashable, Sendable {
    /// In the order of the input's own keys.
    public let partition: Partition
    /// nil when the input has no file in this partition.
    public let listing: PartitionListing?
  }

  init(input: JobInput, members: [Member]) {
    self.input = input
    self.members = members
    let present = members.compactMap { member in
      member.listing.map { (partition: member.partition, version: $0.version) }
    }
    version =
      present.count < 2
      ? present.first?.version
      : PartitionVersion(
        members: present.map {
          PartitionVersion.Member(path: $0.partition.path, version: $0.version)
        })
  }

  /// The first of the partitions, by which people know the input's part.
  public var partition: Partition { members[0].partition }
}

/// An output partition whose inputs or definition differ from its position.
public struct PendingPartition: Hashable, Sendable {
  /// In the order of the output's keys.
  public let partition: Partition
  /// Empty only for a partition that a rerun named although it is not pending.
  public internal(set) var reasons: [Reason]
  /// Every input of the job, changed or not, in the job's order.
  public let inputs: [PendingInput]
  /// nil when a run may take it.
  public let hold: Hold?

  /// Whether some input has files here and another one has none.
  public var isOneSided: Bool {
    let present = inputs.count { $0.version != nil }
    return present > 0 && present < inputs.count
  }

  /// Whether all that happened is that inputs were compacted, so that nothing has to be built.
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
  public var reasonText: String {
    reasons.map(\.description).joined(separator: "; ")
  }
}
