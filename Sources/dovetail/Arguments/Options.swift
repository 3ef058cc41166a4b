import ArgumentParser

/// Chooses the workspace.
struct WorkspaceOption: ParsableArguments {
  @Option(
    name: [.customShort("C"), .customLong("workspace")],
    help: ArgumentHelp(
      "The folder of dovetail.yaml; by default this folder or the nearest one above.",
      valueName: "folder"), completion: .directory)
  var folder: String?

  // Not a group inside this group: the parser reads every level several times.
  @Flag(help: ReadOnlyOption.help) var readOnly = false
}

/// The options of every subcommand that gives an answer.
struct Options: ParsableArguments {
  @OptionGroup var workspace: WorkspaceOption

  @Flag(help: "Print JSON in the shape of docs/guide/json.md.")
  var json = false
}

/// Chooses the one job that a command works on.
struct OneJobOption: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The job; needed unless there is only one.", valueName: "name"))
  var job: String?
}

/// Chooses the one job that a command works on, which may follow from a run.
struct JobOfRunOption: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The job; by default that of the run, or the only one.", valueName: "name"))
  var job: String?
}

/// Chooses among the jobs of a workspace.
struct JobOption: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The job; by default every job, in the order in which they read each other.",
      valueName: "name"))
  var job: String?
}
