import ArgumentParser
import Workspace

/// `dovetail init`: writes a commented starting file.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a commented dovetail.yaml to start from.",
    discussion: """
      Example: dovetail init warehouse
      or: dovetail init warehouse --from-glue market.trades market.quotes
      """)

  @Argument(help: "The folder to write it to; it is created if it does not exist.")
  var folder = "."

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Tables of the Glue Data Catalog of the environment, to begin with.",
      valueName: "database.table"))
  var fromGlue: [String] = []

  @Flag(help: "Print JSON in the shape of docs/guide/json.md.")
  var json = false

  @OptionGroup var readOnly: ReadOnlyOption

  func run() async throws {
    try readOnly.allowChanges()
    var text: String?
    if !fromGlue.isEmpty {
      text = GlueStartingFile(try await CatalogAccess(GlueDefinition()).described(fromGlue)).text
    }
    let path = try Workspace.create(in: folder, containing: text)
    if json { return try Report.json(["path": path]) }
    Report.line("Wrote \(path).")
    Report.line("Edit its tables and its job, then look: dovetail -C \(folder) status")
  }
}
