import IncrementalJoin
import PartitionPredicate
import Reports

/// What a verification of one job found.
struct VerificationResult {
  /// nil when drift was not looked for.
  var drift: OutputDrift?
  /// nil when nothing was recomputed.
  var verifications: [Verification]?
  /// The seed with which the sample was picked.
  var seed: UInt64?

  /// The partitions that a rerun would put right, in order.
  var repairable: [Partition] {
    let wrong = (verifications ?? []).filter(\.needsRepair).map(\.partition)
    return Set(wrong).union(drift?.repairable ?? []).sorted()
  }

  /// Whether everything is as it should be, including the partitions that were rebuilt.
  func isSound(repaired summary: RunSummary?) -> Bool {
    if let summary, summary.state != .succeeded { return false }
    let isRepaired = summary != nil
    let findings = (drift?.findings ?? []).filter { finding in
      finding.kind != .unrecorded && !(isRepaired && finding.isRepairable)
    }
    let others = (verifications ?? []).filter { verification in
      !verification.isCertified && !verification.isAdopted
        && !(isRepaired && verification.needsRepair)
    }
    return findings.isEmpty && others.isEmpty && drift?.problems.isEmpty ?? true
  }

  func print(of job: String) {
    if let drift { Report.titled(.drift(drift, of: job)) }
    if let verifications { Report.titled(.verification(verifications, of: job, seed: seed)) }
  }
}
