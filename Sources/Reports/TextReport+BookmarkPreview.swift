import Foundation
public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// What a change of positions would do.
  public static func bookmarkChange(_ preview: BookmarkPreview) -> TextReport {
    let change = preview.change
    let detail = change.detail.isEmpty ? "" : ": \(change.detail)"
    var report = TextReport(
      title: "\(change.runKind.rawValue.capitalized) of \(preview.job.name)\(detail)")
    var releases = false
    if case .release = change.kind { releases = true }
    // What a release does is said with its number.
    if !releases || preview.isEmpty { report.add(sentence(of: change), .dim) }
    guard !preview.isEmpty else {
      report.add("No position would move: there is nothing to do.", .good)
      return report
    }
    let removals = preview.allowedRemovals.count
    if removals > 0 {
      report.add(
        "\(Quantity.count(removals, "partition")) that would be emptied \(removals == 1 ? "is" : "are") released: "
          + "the next run removes \(removals == 1 ? "it" : "them").", .bad)
    }
    if let moves = moves(of: preview) { report.add(moves, .strong) }
    for (input, differences) in preview.sourceChanges.sorted(by: { $0.key < $1.key }) {
      report.add(
        "The table of input \(input) is taken as it is declared now: "
          + "\(differences.joined(separator: "; ")).", .warning)
    }
    report.add(
      releases
        ? "Until then the published files stay as they are."
        : "Nothing is built, and the published files stay as they are.")
    report.add("Becomes pending:", preview.becomesPending, .warning)
    report.add("No longer pending:", preview.settles, .good)
    if case .take = change.kind {
      report.add("Still pending because of the remaining files:", preview.stays, .warning)
    }
    report.add("Released, to be built:", preview.released, .warning)
    report.add("Released, to be emptied:", preview.allowedRemovals, .bad)
    report.add(steps: preview.steps)
    report.add()
    report.add("Preview \(preview.id)", .dim)
    return report
  }

  /// How many positions move, and what that changes; what it does not change is left out.
  private static func moves(of preview: BookmarkPreview) -> String? {
    let pending = preview.becomesPending.count
    let settled = preview.settles.count
    let released = preview.released.count
    if preview.moves.isEmpty { return nil }
    if case .release = preview.change.kind, released > 0 {
      return "\(Quantity.count(released, "partition")) \(released == 1 ? "is" : "are") released: "
        + "the next run builds \(released == 1 ? "it" : "them")."
    }
    var parts: [String] = []
    if pending > 0 {
      parts.append(
        "\(Quantity.count(pending, "partition")) \(pending == 1 ? "becomes" : "become") pending")
    }
    if settled > 0 {
      parts.append("\(Quantity.number(settled)) \(settled == 1 ? "is" : "are") settled")
    }
    if released > 0 { parts.append("\(Quantity.number(released)) released") }
    let rest = preview.moves.count - pending - settled - released
    let moves =
      "\(Quantity.count(preview.moves.count, "position")) "
      + (preview.moves.count == 1 ? "moves" : "move")
    guard !parts.isEmpty else { return "\(moves), and what is pending stays the same." }
    if rest > 0 { parts.append("\(Quantity.number(rest)) without effect on that") }
    return "\(moves): \(parts.joined(separator: ", "))."
  }

  private mutating func add(_ heading: String, _ partitions: [PendingPartition], _ tone: Tone) {
    guard !partitions.isEmpty else { return }
    add()
    add(heading, .strong)
    add(
      [Column(""), Column("")],
      partitions.map { Row([$0.partition.path.text, $0.reasonText], tone) }, indent: 2)
  }

  private static func sentence(of change: BookmarkChange) -> String {
    switch change.kind {
    case .rewind(let run):
      run == 0
        ? "What counts as consumed goes back to before the first run."
        : "What counts as consumed goes back to where run \(run) left it."
    case .reset:
      change.input == nil && change.partitions == nil
        ? "Nothing counts as consumed any more; the next run rebuilds everything."
        : "None of it counts as consumed any more; the next run rebuilds every partition that it is in."
    case .take(let consumed):
      "What \(consumed.origin) has consumed counts as consumed, file by file, and nothing else does."
    case .set: "The current files count as consumed, without a run."
    case .skip: "The pending changes are not to be processed; the current files count as consumed."
    case .release:
      "Partitions that an undo holds, or that would be emptied, are released; the next run builds or removes them."
    }
  }
}
