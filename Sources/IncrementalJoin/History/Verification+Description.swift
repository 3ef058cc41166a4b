import PartitionPredicate
import Wording

extension Verification: Advising {
  /// The sentence for the operator: what was found, and what to do about it.
  public func sentence(_ words: (Remedy) -> String) -> String {
    sentence(words, repair: " \(words(.repair)) rebuilds it.")
  }

  /// What was found, where something else tells the operator how to repair it.
  public func fact(_ words: (Remedy) -> String) -> String { sentence(words, repair: "") }

  private func sentence(_ words: (Remedy) -> String, repair: String) -> String {
    let path = partition.path
    switch outcome {
    case .certified(0):
      return "\(path): certified: nothing is published, and recomputing gives no row."
    case .certified(let rows):
      return "\(path): certified: recomputing gives the same \(Quantity.count(rows, "row"))."
    case .differs(let difference):
      return "\(path): the published rows are not those that recomputing gives: "
        + "\(difference.shortfall).\(repair)"
    case .missing(let rows):
      return
        "\(path): nothing is published, and recomputing gives \(Quantity.count(rows, "row")).\(repair)"
    case .unreadable(let file, let reason):
      return "\(path): the published file \(file) cannot be read: \(reason).\(repair)"
    case .surplus(let files):
      return
        "\(path): \(Quantity.count(Int64(files), "file")) published, and recomputing gives no row. "
        + "\(words(.rerunAdopting(path))) removes the partition."
    case .inputsChanged(let inputs, let run):
      return "\(path) cannot be verified: files of \(inputs.joined(separator: ", ")) changed since "
        + "run \(run) built it. Run it first (\(words(.run)), or \(words(.rerun(path))) when it is not pending)."
    case .definitionChanged(let run):
      return "\(path) cannot be verified: the job's definition changed since run \(run) built it. "
        + "Run it first (\(words(.run)), or \(words(.rerun(path))) when it is not pending)."
    case .neverBuilt:
      return "\(path) cannot be verified: no run has built it."
    case .adopted(let run):
      return
        "\(path): adopted by run \(run), origin unknown, so that there is nothing to compare with. "
        + "\(words(.stageAndCompare(path))) show what building it would change."
    case .held(let hold):
      return "\(path) cannot be verified: \(hold.sentence(words))."
    case .moved(.vanished(let file)):
      return "\(path) could not be verified: \(file) vanished in the meantime. Verify it again."
    case .moved(.changed(let file)):
      return "\(path) could not be verified: \(file) changed in the meantime. Verify it again."
    case .moved(.unreadable(let file, let reason)):
      return "\(path) could not be verified: \(file) cannot be read: \(reason)."
    case .failed(let message):
      return "\(path) could not be verified: \(message)"
    }
  }
}

extension RowDifference {
  /// What is wrong with the old side if the new one is right: `2 rows missing, 1 row with other values`.
  fileprivate var shortfall: String {
    var parts: [String] = []
    if added > 0 { parts.append("\(Quantity.count(added, "row")) missing") }
    if removed > 0 { parts.append("\(Quantity.count(removed, "row")) too many") }
    if changed > 0 {
      let columns = changedColumns.keys.sorted()
      let place = columns.isEmpty ? "" : " in \(columns.joined(separator: ", "))"
      parts.append("\(Quantity.count(changed, "row")) with other values\(place)")
    }
    if !addedColumns.isEmpty {
      parts.append("without the column \(addedColumns.joined(separator: ", "))")
    }
    if !removedColumns.isEmpty {
      parts.append("with the column \(removedColumns.joined(separator: ", "))")
    }
    if !retypedColumns.isEmpty {
      parts.append("other types: \(retypedColumns.joined(separator: ", "))")
    }
    return parts.isEmpty ? "in their number" : parts.joined(separator: ", ")
  }
}
