extension WorkspaceError: CustomStringConvertible {
  /// One sentence and what to do next; for mistakes, four lines each.
  public var description: String {
    switch self {
    case .invalid(let mistakes, let more):
      let rest = more > 0 ? ["... and \(more) more. Correct these first."] : []
      return (mistakes.map(\.description) + rest).joined(separator: "\n")
    case .notFound(let folder, let upwards):
      let place = upwards ? "\(folder.printable) or any folder above it" : folder.printable
      return "There is no dovetail.yaml in \(place). Go to a workspace's folder, or start one with "
        + "`dovetail init`."
    case .noFolder(let path):
      return
        "There is no folder \(path.printable). Name the folder of dovetail.yaml, or one below it."
    case .unreadable(let path, let reason):
      return "\(path.printable) cannot be read: \(reason)."
    case .exists(let path):
      return "\(path.printable) exists already and is left as it is. Edit it, or choose another "
        + "folder."
    case .unwritable(let path, let reason):
      return "\(path.printable) cannot be written: \(reason)."
    case .unknownJob(let name, let near, let jobs):
      return "There is no job \(name.quoted). "
        + Self.advice(
          near: near, all: jobs, none: "dovetail.yaml declares no job.", noun: "jobs",
          list: "dovetail status")
    case .jobNotNamed(let jobs):
      return jobs.isEmpty
        ? "dovetail.yaml declares no job. Add one below `jobs:`."
        : "Name the job: dovetail.yaml declares \(jobs.listed)."
    case .unknownTable(let name, let near, let tables):
      return "There is no table \(name.quoted). "
        + Self.advice(
          near: near, all: tables, none: "dovetail.yaml declares no table.", noun: "tables",
          list: "dovetail tables")
    case .unknownInput(let name, let near, let job, let inputs):
      let start =
        job.map { "Job \($0.printable) has no input \(name.quoted)." }
        ?? "There is no input \(name.quoted)."
      return start + (near.map { " Did you mean \($0.quoted)?" } ?? "")
        + (inputs.isEmpty
          ? " dovetail.yaml declares no job. Add one below `jobs:`."
          : " The inputs are \(inputs.listed).")
    case .unknownPredicate(let name, let near, let names):
      return "There is no saved predicate \(name.quoted). "
        + Self.advice(
          near: near, all: names,
          none: "None is saved; `dovetail predicate save NAME TEXT` saves one.",
          noun: "saved predicates", list: "dovetail predicate saved")
    case .predicateExists(let name, let path):
      return "There is a saved predicate \(name.quoted) already, \(path.printable). Choose another "
        + "name, or replace it with --replace."
    case .predicateName(let name):
      return "A predicate cannot be saved as \(name.quoted): a name has letters, digits, _ and - "
        + "only, at most 100."
    }
  }

  /// The nearest name, or all of them where they are few, and the command that lists them.
  private static func advice(
    near: String?, all: [String], none: String, noun: String, list command: String
  ) -> String {
    if let near { return "Did you mean \(near.quoted)? `\(command)` lists the \(noun)." }
    if all.isEmpty { return none }
    return all.count > 10
      ? "`\(command)` lists the \(all.count) \(noun)." : "The \(noun) are \(all.listed)."
  }
}
