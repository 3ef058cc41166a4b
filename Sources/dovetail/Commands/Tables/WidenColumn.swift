import ArgumentParser
import Foundation
import IncrementalJoin
import Ledger
import Operations
import Workspace

/// `dovetail tables widen TABLE COLUMN TYPE`: gives a pinned column a wider type.
struct WidenColumn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "widen",
    abstract: "Give a pinned column a type that holds every value of the one it has.",
    discussion: """
      Example: dovetail tables widen orders amount 'DECIMAL(12,2)'

      Files of the type before are still read, and nothing is rebuilt. Only the ledger is written; a run \
      that is in progress continues with the columns that it began with.
      """)

  @Argument(help: "The table.")
  var table: String

  @Argument(help: "The column, in any case.")
  var column: String

  @Argument(help: "The type from now on, as DuckDB spells it.")
  var type: String

  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    try session.allowChanges()
    let definition = try session.workspace.table(named: table)
    let widening = try await ColumnWidening(
      of: column, to: type, in: definition, ledger: try session.ledger(),
      schemas: session.engine(for: nil))
    if !widening.isNothing {
      try session.writers().ledger.widen(
        column: widening.column, to: widening.new, table: widening.table,
        by: PinOrigin(run: nil, user: NSUserName(), at: Date()))
    }
    if options.json { return try Report.json(JSON(widening)) }
    Report.line(widening.description)
  }

  private struct JSON: Encodable {
    let table: String
    let column: String
    let from: String?
    let to: String

    init(_ widening: ColumnWidening) {
      table = widening.table
      column = widening.column
      from = widening.old
      to = widening.new
    }
  }
}
