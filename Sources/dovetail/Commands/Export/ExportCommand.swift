import ArgumentParser

/// `dovetail export`: translates a job for another tool.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a job as a script for another tool.",
    discussion: """
      Example: dovetail export glue --job flights_weather --out flights_weather.py
      """,
    subcommands: [ExportGlue.self])
}
