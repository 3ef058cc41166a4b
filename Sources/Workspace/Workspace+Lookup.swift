public import IncrementalJoin

extension Workspace {
  /// The job of that name, ignoring case; nil asks for the only job.
  ///
  /// - Throws: `WorkspaceError.unknownJob` with the nearest name, or `.jobNotNamed` when nil is asked
  ///   for and the workspace has no job or several.
  public func job(named name: String?) throws(WorkspaceError) -> JobDefinition {
    let names = jobs.map(\.name)
    guard let name else {
      guard let only = jobs.first, jobs.count == 1 else { throw .jobNotNamed(jobs: names) }
      return only
    }
    guard let job = jobs.first(where: { $0.name.isSameName(as: name) }) else {
      throw .unknownJob(name: name, near: NearName.of(name, in: names), jobs: names)
    }
    return job
  }

  /// The table of that name, ignoring case: a declared one, or a job's output under the job's name.
  ///
  /// - Throws: `WorkspaceError.unknownTable` with the nearest name.
  public func table(named name: String) throws(WorkspaceError) -> TableDefinition {
    let known = tables + jobs.map(\.outputTable)
    guard let table = known.first(where: { $0.name.isSameName(as: name) }) else {
      let names = known.map(\.name)
      throw .unknownTable(name: name, near: NearName.of(name, in: names), tables: names)
    }
    return table
  }
}
