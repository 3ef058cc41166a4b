import ArgumentParser
import Foundation
import IncrementalJoin
import LocalStorage
import Operations
import PartitionPredicate
import Reports
import Wording
import Workspace

/// `dovetail tables list`: lists the catalog.
struct ListTables: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "List the tables with their partitions, files and bytes; or with --columns their columns.",
    discussion: """
      Example: dovetail tables list
      or: dovetail tables list orders --columns

      The columns are printed so that they can be pasted into dovetail.yaml, with who pinned them and \
      when. Files are read where a table has columns that are neither declared nor pinned.
      """)

  @Argument(help: "The table, or the job whose output to show; by default every table.")
  var table: String?

  @Flag(help: "Print the columns, in a form that can be pasted into dovetail.yaml.")
  var columns = false

  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let tables = try table.map { [try named($0, session)] } ?? session.workspace.tables
    var snapshots: [Snapshot] = []
    for table in tables { snapshots.append(await session.storage.tables.snapshot(of: table)) }
    guard columns else { return try list(snapshots) }
    try await listColumns(of: snapshots, session)
  }

  /// The table with a name, which may be a misspelled command.
  private func named(_ name: String, _ session: Session) throws -> TableDefinition {
    do {
      return try session.workspace.table(named: name)
    } catch {
      let commands = TablesCommand.configuration.subcommands.map { $0._commandName }
      guard let near = NearName.of(name, in: commands) else { throw error }
      throw UsageError("\(error) Or did you mean the command `dovetail tables \(near)`?")
    }
  }

  /// A table whose files cannot be read does not stop the others from being listed.
  private func listColumns(of snapshots: [Snapshot], _ session: Session) async throws {
    let engine = try session.engine(for: nil)
    var rows: [TableColumnsJSON] = []
    var first: Failure?
    func say(_ error: any Error) {
      var failure = Failure(error)
      failure.say()
      first = first ?? failure
    }
    for snapshot in snapshots {
      for problem in snapshot.problems {
        if problem.severity == .incomplete {
          say(PlanError.listing(problem))
        } else {
          StandardError.write("dovetail: \(problem)")
        }
      }
      do {
        let columns = try await TableColumns(
          of: snapshot, in: session.storage.files, ledger: try session.ledger(), schemas: engine)
        rows.append(TableColumnsJSON(columns))
        if !options.json { ColumnListing(columns).lines.forEach(Report.line) }
      } catch {
        say(error)
      }
    }
    if options.json { try Report.json(rows) }
    if let first { throw first }
  }

  private func list(_ snapshots: [Snapshot]) throws {
    if options.json { return try Report.json(snapshots.map(JSON.init)) }
    Report.table(
      [
        "TABLE", "FORMAT", "KEYS", .number("PARTITIONS"), .number("FILES"), .number("BYTES"),
        "NEWEST FILE",
      ],
      snapshots.map { snapshot in
        let newest = snapshot.partitions.values.map(\.version.newest).max()
        return [
          snapshot.table.name, snapshot.table.format.rawValue,
          snapshot.table.keys.map { "\($0.name) \($0.type)" }.joined(separator: ", "),
          Quantity.number(snapshot.partitions.count), Quantity.number(snapshot.fileCount),
          Quantity.bytes(snapshot.bytes),
          newest.map(Quantity.instant(nanoseconds:)) ?? "",
        ]
      })
    for problem in snapshots.flatMap(\.problems) { Report.line(problem.description) }
  }

  private struct JSON: Encodable {
    let table: String
    let location: String
    let format: String
    let keys: [String]
    let partitions: Int
    let files: Int
    let bytes: Int64
    let problems: [String]

    init(_ snapshot: Snapshot) {
      table = snapshot.table.name
      location = snapshot.table.location.description
      format = snapshot.table.format.rawValue
      keys = snapshot.table.keys.map { "\($0.name) \($0.type)" }
      partitions = snapshot.partitions.count
      files = snapshot.fileCount
      bytes = snapshot.bytes
      problems = snapshot.problems.map(\.description)
    }
  }
}
