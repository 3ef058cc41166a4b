import ArgumentParser
import IncrementalJoin
import Reports
import Workspace

/// `dovetail tables add --from-glue DATABASE.TABLE`: declares tables of the Glue Data Catalog.
struct AddTables: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Declare tables of the Glue Data Catalog in dovetail.yaml.",
    discussion: """
      Example: dovetail tables add --from-glue market.trades market.quotes

      The lines are those that `dovetail init --from-glue` writes. They are added below `tables:`; nothing \
      else in the file changes.
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Tables of the workspace's catalog.", valueName: "database.table"))
  var fromGlue: [String]

  @Flag(help: "Only show what would be added.")
  var dryRun = false

  @OptionGroup var options: Options

  func run() async throws {
    if !dryRun, options.workspace.readOnly { throw ReadOnlyRefusal() }
    let addition = try await TableAddition.composed(
      of: fromGlue, in: try Workspace.find(from: options.workspace.folder ?? "."))
    if !dryRun { try addition.write() }
    if options.json { return try Report.json(JSON(addition, isWritten: !dryRun)) }
    if dryRun {
      Report.titled(.tableAddition(addition.lines, from: addition.firstLine))
    } else {
      Report.line(addition.description)
    }
  }

  private struct JSON: Encodable {
    struct Table: Encodable {
      let table: String
      let glue: String
    }

    let path: String
    let tables: [Table]
    let lines: [String]
    let firstLine: Int
    let written: Bool

    init(_ addition: TableAddition, isWritten: Bool) {
      path = addition.path
      tables = addition.tables.map { Table(table: $0.name, glue: "\($0.glue)") }
      lines = addition.lines
      firstLine = addition.firstLine
      written = isWritten
    }
  }
}
