import ArgumentParser
import Operations
import PartitionPredicate
import Reports
import Workspace

/// `dovetail predicate save NAME TEXT`: saves a predicate under a name.
struct SavePredicate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "save",
    abstract: "Save a predicate as predicates/NAME.sql, for use as @NAME.",
    discussion: "Example: dovetail predicate save late 'month = 2 AND day < 8' --table flights")

  @Argument(help: "Letters, digits, _ and -.")
  var name: String

  @Argument(help: "The predicate; it is checked over the keys first.")
  var predicate: String

  @Flag(help: "Replace what is saved under the name.")
  var replace = false

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    try session.allowChanges()
    _ = try await scope.scope(session).outline(predicate)
    let path = try session.workspace.predicates.save(
      predicate, as: name, replacing: replace)
    if options.json { return try Report.json(["path": path]) }
    Report.line("Saved as \(path); use it as @\(name).")
  }
}

/// `dovetail predicate saved`: lists the saved predicates.
struct SavedPredicateList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saved", abstract: "List the saved predicates.",
    discussion: "Example: dovetail predicate saved")

  @OptionGroup var options: Options

  func run() async throws {
    let predicates = try await Session(options.workspace).workspace.predicates
    let rows = try predicates.names().map { name -> JSON in
      do {
        return JSON(name: name, text: try predicates.text(of: name))
      } catch {
        // One that cannot be read must not hide the others.
        StandardError.write("dovetail: \(error)")
        return JSON(name: name, text: nil)
      }
    }
    if options.json { return try Report.json(rows) }
    if rows.isEmpty {
      Report.line("None is saved. `dovetail predicate save NAME TEXT` saves one.")
    }
    Report.table(
      ["NAME", "TEXT"],
      rows.map { row in
        [
          "@\(row.name)",
          (row.text ?? "").exact.parts(separatedBy: "\n").joined(separator: " ").text,
        ]
      })
  }

  private struct JSON: Encodable {
    let name: String
    /// The text; none when the file cannot be read.
    let text: String?
  }
}
