extension Plan {
  /// Refuses a plan that would treat a whole input as deleted, or remove more of the output than the
  /// job's limit: an unmounted disk must not delete the output.
  ///
  /// - Throws: `PlanError.emptied` or `.removals`.
  public func checkRemovals() throws(PlanError) {
    if let name = emptiedInputs.first, let input = job.inputs.first(where: { $0.name == name }) {
      throw .emptied(job: job.name, input: name, location: input.table.location)
    }
    let removed = removals.count
    // The margin keeps 29 of 100 within a limit of 0.29, which has no exact Double.
    if Double(removed) > job.limits.removals * Double(publishedCount) + 1e-9 {
      throw .removals(
        job: job.name, removed: removed, published: publishedCount, limit: job.limits.removals)
    }
  }
}
