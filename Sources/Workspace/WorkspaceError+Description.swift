import IncrementalJoin

extension WorkspaceError: CustomStringConvertible {
  /// A sentence and what to do next; for mistakes, four lines each.
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
    case .jobNotNamed(let jobs):
      return jobs.isEmpty
        ? "dovetail.yaml declares no job. Add one below `jobs:`."
        : "Name the job: dovetail.yaml declares \(jobs.listed)."
    case .predicateExists(let name, let path):
      return "There is a saved predicate \(name.quoted) already, \(path.printable). Choose another "
        + "name, or replace it with --replace."
    case .predicateName(let name):
      return "A predicate cannot be saved as \(name.quoted): a name has letters, digits, _ and - "
        + "only, at most 100."
    case .notAdded(let obstacle):
      return "Nothing was added: \(obstacle)"
    }
  }
}
