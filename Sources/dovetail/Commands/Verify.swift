import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording
import Workspace

/// `dovetail verify`: checks that what is published is what the inputs give.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check that the output is as the runs left it, and that recomputing gives its rows.",
    discussion: """
      Example: dovetail verify --sample 20
      or: dovetail verify month=1/day=31 --job flights_weather --repair --confirm flights_weather

      Without partitions, --sample or --all it only looks for drift: files of the output that somebody \
      else changed, deleted or added; no row is read. Otherwise it recomputes the partitions in a scratch \
      folder and compares the rows. Status 0 when everything is as it should be, 1 when not.
      """)

  @OptionGroup var partitions: PartitionOptions

  @Option(
    help: ArgumentHelp("Recompute this many partitions, picked at random.", valueName: "count"))
  var sample: Int?

  @Option(help: "Pick the same partitions as an earlier --sample did.")
  var seed: UInt64?

  @Flag(help: "Recompute every partition that was ever built.")
  var all = false

  @Flag(help: "Also look for drift when partitions are recomputed.")
  var drift = false

  @Option(
    help: ArgumentHelp(
      "How many rows to show of each kind and partition that differs.", valueName: "rows"))
  var samples = 3

  @Flag(help: "Rebuild the partitions that are wrong or have drifted.")
  var repair = false

  @OptionGroup var confirmation: Confirmation
  @OptionGroup var why: NoteOption
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func validate() throws {
    if [!partitions.isEmpty, sample != nil, all].count(where: { $0 }) > 1 {
      throw ValidationError("Choose one of these: partitions, --sample or --all.")
    }
    if let sample, sample < 1 { throw ValidationError("--sample is 1 or more.") }
    if seed != nil, sample == nil { throw ValidationError("--seed belongs to --sample.") }
    if !repair, confirmation.confirm != nil {
      throw ValidationError("--confirm belongs to --repair.")
    }
    if samples < 0 { throw ValidationError("--samples is 0 or more.") }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    let jobs =
      repair || !partitions.isEmpty
      ? [try session.workspace.job(named: choice.job)] : try session.jobs(choice)
    var rows: [VerificationJSON] = []
    var isSound = true
    for job in jobs {
      let result = try await check(job, session)
      if !options.json { result.print(of: job.name) }
      do {
        let summary = repair ? try await self.repair(result, job, session) : nil
        isSound = isSound && result.isSound(repaired: summary)
        rows.append(VerificationJSON(result, job: job.name, repair: summary))
      } catch {
        // What was found is worth reporting although nothing was repaired.
        rows.append(VerificationJSON(result, job: job.name, repair: nil))
        if options.json { try Report.json(rows) }
        throw error
      }
    }
    if options.json { try Report.json(rows) }
    if !isSound { throw ExitStatus.failed }
  }

  private func check(_ job: JobDefinition, _ session: Session) async throws -> VerificationResult {
    let recomputes = !partitions.isEmpty || sample != nil || all
    var result = VerificationResult()
    if drift || !recomputes {
      result.drift = try await session.drift(of: job)
    }
    guard recomputes else { return result }
    let named = try await partitions.resolve(session, job)
    let chosen: VerifiedPartitions =
      sample.map { .sample($0, seed: seed) } ?? named.map { .named($0) } ?? .all
    let isDrawing = StandardError.isTerminal
    defer { if isDrawing { StandardError.draw("\r\u{1B}[K") } }
    (result.verifications, result.seed) = try await session.verify(
      chosen, of: job, samples: samples
    ) {
      if isDrawing { StandardError.draw("\rverified \("\($0.partition)".sanitized)\u{1B}[K") }
    }
    return result
  }

  /// Rebuilds what is wrong, after the operator agreed; nil when there is nothing to repair.
  private func repair(
    _ result: VerificationResult, _ job: JobDefinition, _ session: Session
  ) async throws -> RunSummary? {
    let wrong = result.repairable
    guard !wrong.isEmpty else {
      if !options.json { Report.line("Job \(job.name): nothing has to be rebuilt.") }
      return nil
    }
    if !options.json {
      Report.line("To be rebuilt: \(wrong.map(\.path).joined(separator: ", ")).")
    }
    try await refuseUndone(wrong, of: job, session)
    guard try confirmation.isGiven(for: job.name, in: session) else { return nil }
    let request = RunRequest(partitions: wrong, note: why.note ?? "repair after verification")
    let summary = try await session.operate(on: job, RunManner()) {
      try await session.follow(session.runner(for: job).start(job, request), of: job)
    }
    if options.json {
      session.tellHook(RunJSON(summary))
    } else {
      try session.conclude(summary, json: false)
    }
    return summary
  }

  /// Refuses to rebuild what an undo holds, which would redo what the operator undid.
  private func refuseUndone(_ wrong: [Partition], of job: JobDefinition, _ session: Session)
    async throws
  {
    let chosen = Set(wrong)
    let held = try await session.report(of: job).pending.filter { pending in
      if case .undone = pending.hold { chosen.contains(pending.partition) } else { false }
    }
    guard !held.isEmpty else { return }
    let paths = held.map(\.partition.path)
    throw Refusal(
      "An undo holds \(paths.joined(separator: ", ")) of job \(job.name): a repair would build "
        + "again, from the current files, what was undone. Nothing was changed. Release first "
        + "(`dovetail bookmarks release \(paths[0])`), or name the other partitions.")
  }
}

/// What a verification of one job found.
private struct VerificationResult {
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

/// The JSON of what a verification of one job found.
private struct VerificationJSON: Encodable {
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
  fileprivate init(_ finding: OutputDrift.Finding) {
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
  fileprivate init(_ verification: Verification) {
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
