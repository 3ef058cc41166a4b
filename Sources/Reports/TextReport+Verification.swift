public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// What recomputing partitions found.
  ///
  /// - Parameters:
  ///   - results: In the order of the partitions.
  ///   - job: The job's name.
  ///   - seed: The seed with which the sample was picked; nil when the partitions were named.
  ///   - isConsole: Whether the console shows it, with the key that repairs below it.
  /// - Returns: The report.
  public static func verification(
    _ results: [Verification], of job: String, seed: UInt64? = nil, isConsole: Bool = false
  ) -> TextReport {
    var report = TextReport(title: "Verification of \(job)")
    let certified = results.count(where: \.isCertified)
    let wrong = results.count(where: \.needsRepair)
    guard !results.isEmpty else {
      report.add("No partition was ever built, so there is nothing to verify.")
      return report
    }
    let adopted = results.count(where: \.isAdopted)
    let rest = results.count - certified - wrong - adopted
    report.add(
      "\(Quantity.count(results.count, "partition")) recomputed: "
        + "\(Quantity.number(certified)) certified, \(Quantity.number(wrong)) wrong, "
        + (adopted > 0 ? "\(Quantity.number(adopted)) adopted, " : "")
        + "\(Quantity.number(rest)) not verified.",
      wrong > 0 ? .bad : rest > 0 ? .warning : .good)
    if let seed {
      report.add("Sampled with the seed \(seed), which picks the same ones again.", .dim)
    }
    report.add()
    // What is wrong comes first, because nobody reads to the end of a long list.
    let order =
      results.filter(\.needsRepair)
      + results.filter { !$0.needsRepair && !$0.isCertified } + results.filter(\.isCertified)
    for result in order {
      report.add(
        isConsole ? result.fact(\.keys) : "\(result)",
        result.isCertified ? .good : result.needsRepair ? .bad : result.isAdopted ? .dim : .warning)
      if case .differs(let difference) = result.outcome {
        report.add("  From what is published to what was recomputed:", .dim)
        report.add(difference, of: result.partition.path, isConsole: isConsole)
      }
    }
    return report
  }
}
