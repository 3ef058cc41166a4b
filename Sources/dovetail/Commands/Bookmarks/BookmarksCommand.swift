import ArgumentParser

/// `dovetail bookmarks`: what counts as consumed, and how to change that without building.
struct BookmarksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bookmarks",
    abstract: "Show the bookmark of every input; rewind, reset, set, skip and release positions.",
    discussion: """
      Example: dovetail bookmarks --job flights_weather

      Without a subcommand it shows the bookmarks. The others move positions and build nothing: each \
      shows first what would become pending or settled, needs --confirm with the job's name, is \
      recorded with who, when and why, and can be undone with `dovetail undo`.
      """,
    subcommands: [
      ShowBookmarks.self, RewindBookmarks.self, ResetBookmarks.self, SetBookmarks.self,
      SkipPartitions.self, ReleasePartitions.self,
    ],
    defaultSubcommand: ShowBookmarks.self)
}
