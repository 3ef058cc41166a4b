public import IncrementalJoin
import PartitionPredicate
import Wording

/// What a Glue bookmark says of the present files of one input: which of them its job has consumed.
///
/// A run that began at T with a band of B has consumed every file that was modified up to T - B, of those in
/// (T - B, T] what the list has, and no later one.
public struct GlueConsumption: Hashable, Sendable {
  /// The input's name.
  public let input: String
  /// What the bookmark has of it.
  public let context: GlueContext
  /// Modified before the band.
  public let byTime: [DataFile]
  /// In the band, and in the list.
  public let byList: [DataFile]
  /// In the band, and not in the list: they came after the job had listed.
  public let unlisted: [DataFile]
  /// Modified after the run began.
  public let later: [DataFile]

  /// What counts as consumed.
  public var consumed: [DataFile] { byTime + byList }

  /// Judges the files of an input.
  ///
  /// - Parameters:
  ///   - files: Those that are there now; their paths are relative to the location.
  ///   - input: Whose they are.
  ///   - context: What the bookmark has of it.
  public init(of files: [DataFile], _ input: JobInput, by context: GlueContext) {
    let versions = Set(context.listed.map(\.version))
    let low = context.startedAt - context.band
    var (byTime, byList, unlisted, later) = ([DataFile](), [DataFile](), [DataFile](), [DataFile]())
    for file in files.sorted(by: { $0.path < $1.path }) {
      // S3 knows whole seconds; a mark is of the full path and these milliseconds.
      let modified = file.modified / 1_000_000
      if modified <= low {
        byTime.append(file)
      } else if modified > context.startedAt {
        later.append(file)
      } else if versions.contains(
        MD5.hash("\(input.table.location.file(file.path))\(modified)"))
      {
        byList.append(file)
      } else {
        unlisted.append(file)
      }
    }
    self.input = input.name
    self.context = context
    (self.byTime, self.byList, self.unlisted, self.later) = (byTime, byList, unlisted, later)
  }
}

extension GlueBookmark {
  /// What the Glue job has consumed of the inputs of a job.
  ///
  /// Inputs whose changes make nothing pending may be without a context: all their files count as consumed.
  ///
  /// - Parameters:
  ///   - report: The listings of the inputs.
  ///   - only: The one input that is asked about; nil for all of them.
  ///   - names: The context of an input whose name is another one, by the input's name.
  /// - Returns: An entry for each input that has a context, in the job's order.
  /// - Throws: `GlueBookmarkError`.
  public func consumption(
    in report: PendingReport, input only: String? = nil,
    contexts names: [String: String] = [:]  // characters: input names are ASCII
  ) throws(GlueBookmarkError) -> [GlueConsumption] {
    var consumptions: [GlueConsumption] = []
    for (input, snapshot) in zip(report.job.inputs, report.snapshots)
    where only == nil || input.name == only {
      let name = names[input.name] ?? input.name
      guard let context = contexts.first(where: { $0.name.exact == name.exact }) else {
        if input.changes == .ignore, names[input.name] == nil { continue }
        throw .noContext(
          job: entry.job, context: name, input: input.name, known: contexts.map(\.name))
      }
      guard input.table.location.scheme == "s3" else {
        throw .notInS3(input: input.name, location: input.table.location)
      }
      if let failure = snapshot.failure { throw .unseen(failure) }
      let files = snapshot.partitions.values.flatMap(\.version.files)
      consumptions.append(GlueConsumption(of: files, input, by: context))
    }
    return consumptions
  }
}

extension GlueConsumption: CustomStringConvertible {
  /// One line for people: `flights: 12 of 15 files were consumed by flights_node (10 by time, 2 by the list); …`.
  public var description: String {
    let count = consumed.count + unlisted.count + later.count
    let rest = [
      (unlisted.count, "came too late for the list"), (later.count, "came after the run"),
    ]
    .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return
      "\(input): \(consumed.count) of \(Quantity.count(count, "file")) consumed by \(context.name) "
      + "(\(byTime.count) by time, \(byList.count) by the list)"
      + (rest.isEmpty ? "." : "; \(rest.joined(separator: ", ")).")
  }
}
