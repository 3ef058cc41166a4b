import Foundation
import PartitionPredicate
import Wording

extension OutputDrift.Finding: CustomStringConvertible {
  /// The sentences for the operator: what was found, where, and what to do about it.
  public var description: String { "\(fact) \(remedy)" }

  /// What was found, and where, in a sentence.
  public var fact: String {
    let place = "Job \(job), \(partition.path)"
    let builder = run.map { "run \($0)" } ?? "a run"
    switch kind {
    case .partitionGone:
      return "\(place): what \(builder) published is gone from \(path)."
    case .fileGone:
      return "\(place): \(path) is gone, which \(builder) published."
    case .fileChanged:
      return "\(place): \(path) was changed after \(builder) had published it (\(change))."
    case .foreignFile:
      return "\(place): \(path) was written by no run of this workspace, and readers find its rows "
        + "beside the published ones."
    case .foreignPartition:
      return "\(place): \(path) has data, and no run of this workspace has published rows there."
    case .unrecorded:
      return "\(place): \(builder) did not record the files that it published, so that changes of "
        + "them are not seen."
    }
  }

  private var remedy: String {
    switch kind {
    case .partitionGone, .fileGone, .fileChanged:
      "`dovetail verify --repair` rebuilds the partition."
    case .foreignFile where isRepairable:
      "Move it away, or let `dovetail verify --repair` rebuild the partition, which removes it."
    case .foreignFile:
      "Move it away: it is in a folder of another spelling, which no run replaces."
    case .foreignPartition: "Move it away, or adopt it with `dovetail adopt`."
    case .unrecorded: "`dovetail verify` compares the rows; a rerun records the files."
    }
  }

  /// What a changed file was and is: `100 bytes of 2001-…, now 120 bytes of 2001-…`.
  private var change: String {
    func facts(_ file: DataFile?) -> String {
      guard let file else { return "nothing" }
      return
        "\(Quantity.count(file.size, "byte")) of \(Quantity.instant(nanoseconds: file.modified)) UTC"
    }
    return "\(facts(published)), now \(facts(current))"
  }
}
