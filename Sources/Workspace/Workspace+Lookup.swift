public import IncrementalJoin
import PartitionPredicate

extension Workspace {
  /// The job with a name, ignoring case; nil means the only job.
  ///
  /// - Throws: `LookupError.job`, or `WorkspaceError.jobNotNamed` when the name is nil and the workspace has no job or
  ///   several.
  public func job(named name: String?) throws -> JobDefinition {
    let names = jobs.map(\.name)
    guard let name else {
      guard let only = jobs.first, jobs.count == 1 else {
        throw WorkspaceError.jobNotNamed(jobs: names)
      }
      return only
    }
    guard let job = jobs.first(where: { $0.name.isSameName(as: name) }) else {
      throw LookupError.job(name, known: names)
    }
    return job
  }

  /// The jobs that have an input with a name, ignoring case, each with the input; nil means all inputs.
  ///
  /// - Throws: `LookupError.input` when no job has it.
  public static func inputs(
    named name: String?, of jobs: [JobDefinition]
  ) throws(LookupError) -> [(job: JobDefinition, input: JobInput)] {
    let all = jobs.flatMap { job in job.inputs.map { (job: job, input: $0) } }
    guard let name else { return all }
    let found = all.filter { $0.input.name.isSameName(as: name) }
    guard found.isEmpty else { return found }
    var names: [String] = []
    for (_, input) in all where !names.contains(input.name) { names.append(input.name) }
    throw .input(name, of: jobs.count == 1 ? jobs[0].name : nil, known: names)
  }

  /// The table with a name, ignoring case: a declared one, or a job's output under the job's name.
  ///
  /// - Throws: `LookupError.table`.
  public func table(named name: String) throws(LookupError) -> TableDefinition {
    let known = tables + jobs.map(\.outputTable)
    guard let table = known.first(where: { $0.name.isSameName(as: name) }) else {
      throw .table(name, known: known.map(\.name))
    }
    return table
  }
}
