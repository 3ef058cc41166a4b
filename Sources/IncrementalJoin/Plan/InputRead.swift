import PartitionPredicate
import Wording

/// What a plan reads from one input, and how far a change of it reaches.
public struct InputRead: Hashable, Sendable {
  /// The input's name.
  public let input: String
  /// How far beyond the span of an output partition it is read.
  public let window: TimeWindow
  /// Bytes that may have rows of the output partitions' own spans, counted for each that reads them.
  public let coreBytes: Int64
  /// Bytes that are read for rows near the borders, counted for each output partition that reads them.
  public let haloBytes: Int64
  /// The most output partitions that read the same partition of the input, which is how many one new file makes
  /// pending.
  public let readers: Int
  /// Whether a new file makes anything pending.
  let isWatched: Bool
  /// Whether the table has no partition keys.
  let isWhole: Bool

  /// If one new file makes more output partitions pending than this, a run says so beforehand.
  static let manyReaders = 10

  /// A sentence where one new file makes many output partitions pending.
  var warning: String? {
    guard isWatched, readers > Self.manyReaders else { return nil }
    let reach = "\(input): 1 new file makes up to \(Quantity.count(readers, "partition")) pending"
    if window != .none {
      return
        "\(reach), since its rows are read from \(window) of each; all of them are built again."
    }
    return isWhole
      ? "\(reach), since its table has no partitions. `changes: ignore` at the input makes it a table of "
        + "reference, whose newest rows are used by whatever is built."
      : "\(reach), since its partitions are coarser than the output's; all of them are built again."
  }
}

extension PendingReport {
  /// What building some partitions reads of each input, in the job's order.
  func reads(of units: [WorkUnit]) -> [InputRead] {
    zip(job.inputs, job.windows).enumerated().map { index, input in
      var (core, halo): (Int64, Int64) = (0, 0)
      for part in units.map({ $0.inputs[index] }) {
        for (place, member) in zip(part.members.indices, part.members) {
          let bytes = member.listing.version.bytes
          if part.core.contains(place) { core += bytes } else { halo += bytes }
        }
      }
      return InputRead(
        input: input.0.name, window: input.1, coreBytes: core, haloBytes: halo,
        readers: readers(ofInput: index), isWatched: input.0.changes != .ignore,
        isWhole: input.0.table.keys.isEmpty)
    }
  }

  /// The most known output partitions that read the same partition of an input.
  ///
  /// What each of them reads is a range of indices.
  func readers(ofInput index: Int) -> Int {
    var steps: [Int: Int] = [:]
    for part in known.map({ $0.inputs[index] }) {
      steps[part.members.startIndex, default: 0] += 1
      steps[part.members.endIndex, default: 0] -= 1
    }
    var (readers, most) = (0, 0)
    for (_, step) in steps.sorted(by: { $0.key < $1.key }) {
      readers += step
      most = max(most, readers)
    }
    return most
  }
}
