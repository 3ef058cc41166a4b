import IncrementalJoin

extension Session {
  /// Makes sure that there is a run of this number, and that it is the job's.
  ///
  /// - Throws: `PartitionChoiceError` with the sentence that says which runs there are.
  func check(run: RunID, of job: JobDefinition) throws {
    guard let record = try ledger().run(run) else {
      throw PartitionChoiceError.unknownRun(
        run: run, runs: try JobRuns(job: job.name, in: ledger()))
    }
    guard record.job == job.name else {
      throw PartitionChoiceError.otherJob(
        run: run, of: record.job, runs: try JobRuns(job: job.name, in: ledger()))
    }
  }
}
