import Foundation
import Testing

/// The operator's own programs and files, from a console in a real terminal.
@Suite(
  "Editor, pager and exports of the console", .serialized,
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"))
struct ConsoleProgramTests {
  /// A workspace with partitions that wait, and a console with an editor, which is a script.
  private func open(
    _ script: String, _ variables: [String: String] = [:], partitions: [String] = ["1", "2", "3"]
  ) async throws -> (Workbench, Screen) {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(partitions)
    try bench.write("bin/ed", "\(script)\n")
    // A shell reads it: a file that another test's child still has open for writing cannot be executed.
    let environment = ["VISUAL": "", "EDITOR": "sh \(bench.path("bin/ed")) -x"]
    let screen = try await Screen(
      "\(Command.dovetail) -C \(bench.folder); echo ended with $?",
      environment: environment.merging(variables) { $1 })
    try await screen.wait(for: "\(partitions.count) pending")
    return (bench, screen)
  }

  @Test("Ctrl-E gives the predicate to $EDITOR, which has the terminal, and takes its text")
  func predicate() async throws {
    // It asks on the terminal, as an editor does.
    let (bench, screen) = try await open(
      "test -t 0 && test -t 1 && test \"$1\" = -x && read -r line && echo \"$line\" > \"$2\"")
    defer { withExtendedLifetime(bench) {} }
    try await screen.press("5")
    try await screen.wait(for: "Selects 3 of 3 partitions")
    try await screen.press("C-e")
    try await screen.wait { !$0.contains("1 Overview") }
    #expect(try await screen.facts("#{alternate_on}") == "0")
    try await screen.type("k > 1")
    try await screen.press("Enter")
    try await screen.wait(for: "selects 2 of 3 partitions")
    try await screen.press("C-e")
    try await screen.wait { !$0.contains("1 Overview") }
    try await screen.type("k > > 1")
    try await screen.press("Enter")
    try await screen.wait(for: "The text has a mistake")
    // Escape and a letter at once are a letter with Alt.
    try await screen.press("Escape")
    try await screen.wait { !$0.contains("Mistake") }
    try await screen.press("Q")
    try await screen.wait(for: "ended with 0")
  }

  @Test("an editor that fails changes nothing, and the console says so")
  func failing() async throws {
    let (bench, screen) = try await open("exit 3")
    defer { withExtendedLifetime(bench) {} }
    try await screen.press("5")
    try await screen.wait(for: "Selects 3 of 3 partitions")
    try await screen.press("C-e")
    try await screen.wait(for: "ended with status 3")
    #expect(try await screen.text().contains("Selects 3 of 3 partitions"))
    try await screen.press("E")
    try await screen.wait(for: "ended with status 3")
  }

  @Test("E edits dovetail.yaml: a mistake leaves what was, and a new job is there at once")
  func definition() async throws {
    let (bench, screen) = try await open(
      "cat \"$DOVETAIL_NEW\" > \"$2\"", ["DOVETAIL_NEW": "new.yaml"])
    defer { withExtendedLifetime(bench) {} }
    let text = try String(contentsOfFile: bench.path("dovetail.yaml"), encoding: .utf8)
    try bench.write("new.yaml", text.replacing("tables:", with: "tabels:"))
    try await screen.press("E")
    try await screen.wait(for: "dovetail.yaml cannot be used; what was read before stays")
    try await screen.wait(for: "tabels")
    try await screen.press("Escape")
    try await screen.wait(for: "3 pending")
    try bench.write("new.yaml", text.replacing("  j:", with: "  renamed:"))
    try await screen.press("E")
    try await screen.wait(for: "renamed")
    try await screen.press("R")
    try await screen.wait(for: "3 new")
    try await screen.press("E")
    try await screen.wait(for: "Nothing was changed in the editor.")
  }

  @Test("r rereads dovetail.yaml that somebody else has changed, and so does E")
  func changedElsewhere() async throws {
    let (bench, screen) = try await open("true")
    defer { withExtendedLifetime(bench) {} }
    let text = try String(contentsOfFile: bench.path("dovetail.yaml"), encoding: .utf8)
    try bench.write("dovetail.yaml", text.replacing("  j:", with: "  renamed:"))
    try await screen.press("r")
    try await screen.wait(for: "What to do next for renamed")
    try await screen.wait(for: "Listed 2 tables; no new runs; dovetail.yaml was read anew.")
    try bench.write("dovetail.yaml", text.replacing("tables:", with: "tabels:"))
    try await screen.press("r")
    try await screen.wait(for: "dovetail.yaml cannot be used; what was read before stays")
    try await screen.wait(for: "tabels")
    try await screen.press("Escape")
    try await screen.wait(for: "What to do next for renamed")
    try bench.write("dovetail.yaml", text.replacing("  j:", with: "  again:"))
    try await screen.press("E")
    try await screen.wait(for: "What to do next for again")
  }

  @Test("after E it watches the workspace as it is now: a run of a new job shows at once")
  func watched() async throws {
    let (bench, screen) = try await open(
      "cat \"$DOVETAIL_NEW\" > \"$2\"", ["DOVETAIL_NEW": "new.yaml"], partitions: ["1"])
    defer { withExtendedLifetime(bench) {} }
    try await bench.land("a/k=9", "SELECT n AS id, n AS x FROM range(20000) AS r(n)")
    let text = try String(contentsOfFile: bench.path("dovetail.yaml"), encoding: .utf8)
    let job = """
        slow:
          inputs: [a]
          sql: SELECT count(*) AS n FROM a AS p, a AS q, a AS r, a AS s WHERE p.id + q.id > r.id * s.id
          output: { location: out/slow }
      """
    try bench.write("new.yaml", "\(text)\n\(job)\n")
    try await screen.press("E")
    try await screen.wait(for: "slow")
    let run = try bench.start("run", "--job", "slow")
    try await screen.wait(for: "Run 1 of slow is in progress, started by ")
    // It is among the runs although nothing was listed since.
    try await screen.press("3", "]")
    try await screen.wait(for: "1 run     running")
    run.send(SIGKILL)
    #expect(await run.finish().status == 137)
  }

  @Test("a report goes to $PAGER, and is saved as CSV; a list is saved as JSON")
  func reports() async throws {
    let (bench, screen) = try await open(
      "", ["PAGER": "cat > paged; read -r line < /dev/tty; test \"$line\" = seen"])
    defer { withExtendedLifetime(bench) {} }
    try await screen.press("4", "w")
    try await screen.wait(for: "Esc back")
    try await screen.press("|")
    try await screen.wait { !$0.contains("Esc back") }
    try await screen.type("seen")
    try await screen.press("Enter")
    try await screen.wait(for: "Esc back")
    let paged = try String(contentsOfFile: bench.path("paged"), encoding: .utf8)
    #expect(paged.contains("k=1"))
    try await screen.press("C-s")
    try await screen.wait(for: "Save the report as")
    try await screen.press("Enter")
    try await screen.wait(for: "Saved as /")
    try await screen.press("Escape")
    try await screen.wait(for: "1 Overview")
    try await screen.press("C-s")
    try await screen.wait(for: "Save the list as")
    try await screen.press("j", "Enter")
    try await screen.wait(for: "-j-pending.json")
    let exports = bench.path(".dovetail/exports")
    let names = try FileManager.default.contentsOfDirectory(atPath: exports).sorted()
    let csv = try #require(names.first { $0.hasSuffix(".csv") })
    let report = try String(contentsOfFile: "\(exports)/\(csv)", encoding: .utf8)
    #expect(report.hasPrefix("Tone,Cell 1"))
    let json = try #require(names.first { $0.hasSuffix("-j-pending.json") })
    let rows = try JSONDecoder().decode(
      [[String: String]].self, from: Data(contentsOf: URL(filePath: "\(exports)/\(json)")))
    #expect(rows.map { $0["Partition"] } == ["k=1", "k=2", "k=3"])
    #expect(rows.allSatisfy { $0["State"] == "pending" })
  }

  @Test("Ctrl-Z in an editor stops it and the console together, and fg goes on with both")
  func stopped() async throws {
    let (bench, screen) = try await open("read -r line && echo \"$line\" > \"$2\"")
    defer { withExtendedLifetime(bench) {} }
    try await screen.press("5")
    try await screen.wait(for: "Selects 3 of 3 partitions")
    try await screen.press("C-e")
    try await screen.wait { !$0.contains("1 Overview") }
    try await screen.press("C-z")
    try await screen.wait(for: "Stopped")
    try await screen.type("fg")
    try await screen.press("Enter")
    try await screen.type("k > 1")
    try await screen.press("Enter")
    try await screen.wait(for: "selects 2 of 3 partitions")
  }
}
