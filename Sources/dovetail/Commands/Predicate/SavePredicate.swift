import ArgumentParser
import IncrementalJoin
import Workspace

/// `dovetail predicate save NAME TEXT`: keeps a predicate under a name.
struct SavePredicate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "save",
    abstract: "Save a predicate as predicates/NAME.sql, for use as @NAME.",
    discussion: "Example: dovetail predicate save late 'month = 2 AND day < 8' --table flights")

  @Argument(help: "Letters, digits, _ and -.")
  var name: String

  @Argument(help: "The predicate; it is checked over the keys first.")
  var predicate: String

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func run() throws {
    let session = try Session(options.workspace)
    _ = try scope.scope(session).outline(predicate)
    let path = try session.workspace.predicates.save(predicate, as: name)
    if options.json { return try Report.json(["path": path]) }
    Report.line("Saved as \(path); use it as @\(name).")
  }
}

/// `dovetail predicate saved`: the saved predicates.
struct SavedPredicateList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saved", abstract: "List the saved predicates.",
    discussion: "Example: dovetail predicate saved")

  @OptionGroup var options: Options

  func run() throws {
    let predicates = try Session(options.workspace).workspace.predicates
    let shapes = try predicates.names().map { name in
      Shape(name: name, text: try predicates.text(of: name))
    }
    if options.json { return try Report.json(shapes) }
    if shapes.isEmpty {
      Report.line("None is saved. `dovetail predicate save NAME TEXT` saves one.")
    }
    Report.table(["NAME", "TEXT"], shapes.map { ["@\($0.name)", $0.text] })
  }

  private struct Shape: Encodable {
    let name: String
    let text: String
  }
}
