import ArgumentParser

/// The command line; each subcommand is a file in `Commands`.
struct Dovetail: AsyncParsableCommand {
  /// The prefix of the parser's errors, the same as that of all others.
  static let _errorPrefix = "dovetail: "

  static let configuration = CommandConfiguration(
    commandName: "dovetail",
    abstract: "Keeps joined tables up to date when their inputs arrive at different times.",
    discussion: """
      Example: dovetail status -C warehouse

      Without a subcommand, the console opens on the workspace of this folder.

      Exit status: 0 done or nothing to do; 1 failed; 2 usage or definition error; 3 some partitions \
      failed while others were committed; 4 refused before anything ran; 130 interrupted.

      Shell completions: dovetail --generate-completion-script bash|zsh|fish
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Start", subcommands: [OpenConsole.self, Init.self, Demo.self]),
      CommandGroup(
        name: "Look",
        subcommands: [
          Status.self, ReportJob.self, ShowCatalog.self, TablesCommand.self, Partitions.self,
          Pending.self,
          Skew.self,
          PredicateCommand.self,
          ShowPlan.self,
        ]),
      CommandGroup(
        name: "Explain",
        subcommands: [
          Why.self, ShowLineage.self, Matches.self, Lint.self, Verify.self, History.self,
          ShowChanges.self,
        ]),
      CommandGroup(
        name: "Work",
        subcommands: [
          Run.self, Rerun.self, Diff.self, Publish.self, BookmarksCommand.self, Adopt.self,
          Undo.self, GlueCommand.self, ExportCommand.self, CollectGarbage.self, Backup.self,
          UploadLedger.self,
        ]),
    ],
    defaultSubcommand: OpenConsole.self)
}
