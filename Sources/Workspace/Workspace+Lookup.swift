public import IncrementalJoin
import PartitionPredicate

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

  /// The jobs that have an input of that name, ignoring case, each with the input; for nil, all inputs.
  ///
  /// - Throws: `WorkspaceError.unknownInput` with the nearest name when no job has it.
  public static func inputs(
    named name: String?, of jobs: [JobDefinition]
  ) throws(WorkspaceError) -> [(job: JobDefinition, input: JobInput)] {
    let all = jobs.flatMap { job in job.inputs.map { (job: job, input: $0) } }
    guard let name else { return all }
    let found = all.filter { $0.input.name.isSameName(as: name) }
    guard found.isEmpty else { return found }
    var names: [String] = []
    for (_, input) in all where !names.contains(input.name) { names.append(input.name) }
    throw .unknownInput(
      name: name, near: NearName.of(name, in: names), job: jobs.count == 1 ? jobs[0].name : nil,
      inputs: names)
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
