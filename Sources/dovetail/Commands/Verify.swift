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
      try await session.follow(session.runner(for: job).start(job, request))
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
