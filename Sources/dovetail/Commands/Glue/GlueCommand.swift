import ArgumentParser

/// `dovetail glue`: shows what AWS Glue knows.
struct GlueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "glue",
    abstract: "Show what AWS Glue knows of its own jobs.",
    discussion: """
      Example: dovetail glue bookmark nightly

      `dovetail bookmarks set --from-glue` starts a job where a Glue job has ended.
      """,
    subcommands: [ShowGlueBookmark.self])
}
