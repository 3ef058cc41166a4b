import ArgumentParser
import IncrementalJoin

/// Chooses how much is looked at of tables with a `watch:`.
struct LookOption: ParsableArguments {
  @Flag(help: "Look at everything, whatever the tables' `watch:` says.")
  var all = false

  var look: Look { all ? .everywhere : .watched }
}

extension Session {
  /// Lists a job's inputs, as far as they are looked at, and finds what is pending.
  func report(of job: JobDefinition, _ option: LookOption) async throws -> PendingReport {
    try await PendingDetector(storage: storage, ledger: try ledger())
      .detect(job, looking: option.look)
  }

  /// The statuses of the chosen job, or of every job.
  func statuses(_ choice: JobOption, _ option: LookOption) async throws -> [JobStatus] {
    var statuses: [JobStatus] = []
    for job in try jobs(choice) {
      statuses.append(
        try await JobStatus(
          of: job, storage: storage, ledger: try ledger(), looking: option.look))
    }
    return statuses
  }
}
