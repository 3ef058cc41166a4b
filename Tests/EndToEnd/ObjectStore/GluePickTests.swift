import Foundation
import TestSupport
import Testing

/// Tables of a catalog that an operator picks for a workspace that there is already.
@Suite("Tables of the Glue Data Catalog are added to a workspace")
struct GluePickTests {
  /// What stands in the file for a table without columns, on a lake.
  private static func lines(_ name: String, _ table: String, of glue: CatalogedLake) -> String {
    """
      \(name):
        glue: \(glue.database).\(table)
        # parquet in \(glue.lake.place)/data/\(table), partitioned by k int
        # columns: as in its files, which tell an instant from what a clock shows
        # time: ts                      # when a row happens: joins by time need it
        # watch: 90d                    # what every run looks at; default: all partitions

    """
  }

  /// A lake with tables a and b that are declared, c, and j, whose name the job has.
  private func lake() async throws -> CatalogedLake {
    let glue = try await CatalogedLake {
      "  # Ours.\n\(CatalogedLake.pair($0))\n  # c comes later"
    }
    for table in ["a", "b", "c", "j"] {
      try await glue.create(table)
      try await glue.add(table, "1", at: "data/\(table)/k=1")
    }
    try await glue.lake.landPair(["1"])
    return glue
  }

  private func file(of glue: CatalogedLake) throws -> String {
    try String(contentsOfFile: glue.lake.bench.path("dovetail.yaml"), encoding: .utf8)
  }

  /// A console on the workspace that has listed it.
  private func console(on glue: CatalogedLake, _ options: String = "") async throws -> Screen {
    let screen = try await Screen(
      "\(Command.dovetail) -C \(glue.lake.bench.folder) \(options)", environment: Lake.environment)
    try await screen.wait(for: "1 pending")
    return screen
  }

  /// Goes to a table of the lake in the list of all that the catalog has.
  private func select(
    _ table: String, of glue: CatalogedLake, on screen: Screen
  ) async throws {
    try await screen.press("2", "A", until: "Enter add to dovetail.yaml")
    try await screen.press("/")
    try await screen.type("\(glue.database).\(table)")
    // Of the tables of others, too, nothing is left.
    try await screen.wait { $0.contains("/data/\(table)") && !$0.contains("/data/a") }
    try await screen.press("Enter", until: "Enter add to dovetail.yaml")
  }

  @Test func `by the command line: shown, then written below the others, and read at once`()
    async throws
  {
    let glue = try await lake()
    let before = try file(of: glue)
    let names = ["\(glue.database).c", "\(glue.database).j"]
    let add = ["tables", "add", "--from-glue"] + names
    let shown = try await glue.lake.dovetail(add + ["--dry-run"])
    let added =
      Self.lines("c", "c", of: glue) + Self.lines("\(glue.database)_j", "j", of: glue)
    let first =
      before.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.contains("jobs:") }.count + 1
    #expect(
      shown.stdout
        == "What dovetail.yaml would get:\nLines \(first) to \(first + 11); nothing else in the file changes.\n\n"
        + added.split(separator: "\n").map { "+ \($0)\n" }.joined(),
      Comment(rawValue: shown.stderr))
    #expect(try file(of: glue) == before)

    let json = try await glue.lake.dovetail(add + ["--dry-run", "--json"])
    let answer = try JSONValue(json.stdout)
    #expect(answer.keys == ["firstLine", "lines", "path", "tables", "written"])
    #expect(answer["tables"][1].keys == ["glue", "table"])
    #expect(answer["tables"][1]["table"].text == "\(glue.database)_j")
    #expect(answer["written"] == .boolean(false) && answer["firstLine"].integer == first)

    let done = try await glue.lake.dovetail(add)
    #expect(done.status == 0, Comment(rawValue: done.stderr))
    #expect(done.stdout.hasPrefix("Added c and \(glue.database)_j to "))
    #expect(
      try file(of: glue)
        == before.replacing("  # c comes later\n", with: "  # c comes later\n\(added)"))
    let tables = try await glue.lake.dovetail("tables", "--json")
    #expect(
      try JSONValue(tables.stdout).elements.map { $0["table"].text }
        == ["a", "b", "c", "\(glue.database)_j"])

    let again = try await glue.lake.dovetail(add)
    #expect(again.status == 2)
    #expect(
      again.stderr.contains(
        "Nothing was added: dovetail.yaml has \(glue.database).c already: it is the table c in line"
      )
    )
  }

  @Test func `not into braces, and not what Dovetail does not read`() async throws {
    let glue = try await CatalogedLake { database in
      "  a: { glue: \(database).a }\n  b: { glue: \(database).b }"
    }
    for table in ["a", "b", "c"] { try await glue.create(table) }
    try await glue.create("made_up", parameters: ["projection.enabled": "true"])
    let add = ["tables", "add", "--from-glue"]
    let madeUp = try await glue.lake.dovetail(add + ["\(glue.database).made_up"])
    #expect(madeUp.status == 2)
    #expect(madeUp.stderr.contains("has partition projection"))
    let nameless = try await glue.lake.dovetail(add + ["c"])
    #expect(nameless.status == 2)
    #expect(nameless.stderr.contains("c does not name a table as database.table"))
    let flow = try file(of: glue).replacing("tables:\n", with: "tables: {\n")
      .replacing(".a }\n", with: ".a },\n").replacing("jobs:", with: "  }\njobs:")
    try glue.lake.bench.write("dovetail.yaml", flow)
    let refused = try await glue.lake.dovetail(add + ["\(glue.database).c"])
    #expect(refused.status == 2)
    #expect(refused.stderr.contains("does not have each table on lines of its own"))
    #expect(refused.stderr.contains("\n  c:\n    glue: \(glue.database).c\n"))
    #expect(try file(of: glue) == flow)
  }

  @Test(.enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
  func `in the console: marked, previewed and added, and reread`() async throws {
    let glue = try await lake()
    let before = try file(of: glue)
    let screen = try await console(on: glue)
    try await select("c", of: glue, on: screen)
    try await screen.press("Space", until: "add 1 to dovetail.yaml")
    try await screen.press("Enter", until: "[ Leave it ]")
    try await screen.wait(for: "+     glue: \(glue.database).c")
    #expect(try file(of: glue) == before)
    try await screen.press("y", until: "Added c to")
    let added = Self.lines("c", "c", of: glue)
    #expect(
      try file(of: glue)
        == before.replacing("  # c comes later\n", with: "  # c comes later\n\(added)"))

    // Somebody else is quicker than the answer.
    try await select("j", of: glue, on: screen)
    try await screen.press("Enter", until: "[ Leave it ]")
    let changed = try file(of: glue) + "# mine\n"
    try glue.lake.bench.write("dovetail.yaml", changed)
    try await screen.press("y", until: "dovetail.yaml stays as it is")
    #expect(try file(of: glue) == changed)
  }

  @Test(.enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
  func `never in a console that only looks`() async throws {
    let glue = try await lake()
    let before = try file(of: glue)
    let screen = try await console(on: glue, "--read-only")
    try await select("c", of: glue, on: screen)
    try await screen.press("Enter", until: "the console was opened with --read-only")
    #expect(try file(of: glue) == before)
  }
}
