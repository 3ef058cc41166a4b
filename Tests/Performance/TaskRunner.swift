import Foundation

/// Runs SQL tasks as processes of their own.
struct TaskRunner {
  /// This program.
  let program: String
  /// A folder for the tasks' files and logs.
  let folder: String

  /// Runs a task to its end.
  @discardableResult
  func run(_ task: SQLTask, named name: String) throws -> MeasuredProcess {
    let file = "\(folder)/\(name).json"
    try JSONEncoder().encode(task).write(to: URL(fileURLWithPath: file))
    return try MeasuredProcess.run(program, [SQLTask.mode, file], log: "\(folder)/\(name).log")
  }

  /// Runs one query, and returns its text.
  func text(_ query: String) throws -> String {
    try run(SQLTask(statements: [query]), named: "query").output
      .trimmingCharacters(in: .newlines)
  }
}

/// The program that is measured.
struct Dovetail {
  /// What `run --json` says of a job.
  struct Result: Decodable {
    let committed: Int
    let rows: Int
  }

  let program: String
  /// A folder for its logs.
  let folder: String

  /// Runs every job of a workspace.
  func run(in workspace: String) throws -> (process: MeasuredProcess, result: Result) {
    let process = try MeasuredProcess.run(
      program, ["run", "--json", "--workspace", workspace], log: "\(folder)/dovetail.log")
    let results = try JSONDecoder().decode([Result].self, from: Data(process.output.utf8))
    guard results.count == 1, let result = results.first else {
      throw BenchError("dovetail run spoke of \(results.count) jobs:\n\(process.output)")
    }
    return (process, result)
  }
}
