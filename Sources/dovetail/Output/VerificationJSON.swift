import IncrementalJoin
import PartitionPredicate
import Reports

/// The JSON of what a verification of one job found.
struct VerificationJSON: Encodable {
  struct Drift: Encodable {
    let checked: Int
    let findings: [Finding]
    let problems: [String]
  }

  struct Finding: Encodable {
    let partition: ExactText
    let kind: OutputDrift.Finding.Kind
    let path: ExactText
    let run: RunID?
    let published: DataFile?
    let current: DataFile?
    let repairable: Bool
    let sentence: String
  }

  struct Partition: Encodable {
    let partition: ExactText
    let outcome: Outcome
    let certified: Bool
    let rows: Int64?
    let difference: RowDifferenceJSON?
    let sentence: String
  }

  enum Outcome: String, Encodable {
    case certified
    case differs
    case missing
    case surplus
    case unreadable
    case inputsChanged
    case definitionChanged
    case neverBuilt
    case adopted
    case held
    case moved
    case failed
  }

  let job: String
  let drift: Drift?
  let partitions: [Partition]?
  let seed: UInt64?
  let repair: RunJSON?

  init(_ result: VerificationResult, job: String, repair: RunSummary?) {
    self.job = job
    drift = result.drift.map { drift in
      Drift(
        checked: drift.checked, findings: drift.findings.map(Finding.init),
        problems: drift.problems.map(\.description))
    }
    partitions = result.verifications?.map(Partition.init)
    seed = result.seed
    self.repair = repair.map(RunJSON.init)
  }
}

extension VerificationJSON.Finding {
  init(_ finding: OutputDrift.Finding) {
    partition = finding.partition.path
    kind = finding.kind
    path = finding.path
    run = finding.run
    published = finding.published
    current = finding.current
    repairable = finding.isRepairable
    sentence = finding.description
  }
}

extension VerificationJSON.Partition {
  init(_ verification: Verification) {
    partition = verification.partition.path
    certified = verification.isCertified
    sentence = verification.description
    var rows: Int64?
    var difference: RowDifferenceJSON?
    switch verification.outcome {
    case .certified(let count):
      outcome = .certified
      rows = count
    case .differs(let rowDifference):
      outcome = .differs
      difference = RowDifferenceJSON(rowDifference)
    case .missing(let count):
      outcome = .missing
      rows = count
    case .surplus: outcome = .surplus
    case .inputsChanged: outcome = .inputsChanged
    case .definitionChanged: outcome = .definitionChanged
    case .neverBuilt: outcome = .neverBuilt
    case .adopted: outcome = .adopted
    case .held: outcome = .held
    case .moved: outcome = .moved
    case .unreadable: outcome = .unreadable
    case .failed: outcome = .failed
    }
    self.rows = rows
    self.difference = difference
  }
}
