import Foundation
import Testing

/// An output's identity is its job and its place: another place is another output.
@Suite("An output whose location is changed")
struct OutputPlaceTests {
  /// A workspace whose job has published three partitions in `out/j`, and reads `out/k` as its location now.
  private func moved(to location: String = "out/k") async throws -> Workbench {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try bench.write(
      "dovetail.yaml", Workbench.pair().replacing("location: out/j", with: "location: \(location)"))
    return bench
  }

  /// The shell commands that the refusal of a run names between grave accents.
  private func commands(_ bench: Workbench) async throws -> [String] {
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    return refused.stderr.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }

  private func expectPublished(_ bench: Workbench, in location: String) async throws {
    #expect(bench.files(location).count == 3)
    let drift = try await bench.dovetail("verify")
    #expect(drift.status == 0, Comment(rawValue: drift.stdout + drift.stderr))
    #expect(try await bench.pending() == [])
  }

  @Test(
    "is refused before anything is made, in run, undo, publish, bookmarks and gc; plan and status tell"
  )
  func refused() async throws {
    let bench = try await moved()
    let sentence = "Job j: its output was published in out/j, and `location:` is out/k now."
    try await bench.landPair(["4"])
    for arguments in [
      ["run"], ["rerun", "k=1", "--yes"], ["bookmarks", "reset", "--confirm", "j"],
    ] {
      let refused = try await bench.dovetail(arguments)
      #expect(refused.status == 4, "\(arguments): \(refused.stderr)")
      #expect(refused.stderr.contains("dovetail: \(sentence)"), "\(arguments): \(refused.stderr)")
    }
    #expect(!bench.exists("out/k"))
    #expect(!bench.exists("out/.k.dovetail"))
    #expect(bench.files("out/j").count == 3)
    #expect(try await bench.dovetail("plan").stdout.contains("A run is refused: \(sentence)"))
    #expect(try await bench.json("plan")[0]["refusal"].text?.hasPrefix(sentence) == true)
    #expect(try await bench.dovetail("status").stdout.contains(sentence))
    #expect(try await bench.json("status")[0]["refusal"].text?.hasPrefix(sentence) == true)
  }

  @Test("goes on when the location is put back")
  func putBack() async throws {
    let bench = try await moved()
    #expect(try await bench.dovetail("run").status == 4)
    try bench.write("dovetail.yaml", Workbench.pair())
    try await bench.landPair(["4"])
    #expect(try await bench.dovetail("run").status == 0)
    #expect(bench.files("out/j").count == 4)
  }

  @Test(
    "goes on when the output is moved there with the commands that the refusal names",
    arguments: ["out/k", "new place/k", "k"])
  func movedThere(location: String) async throws {
    let bench = try await moved(to: location)
    let move = try #require(try await commands(bench).first { $0.contains("mv ") })
    let done = try await bench.shell("cd \"$1\" && \(move)")
    #expect(done.status == 0, Comment(rawValue: done.stderr))
    try await expectPublished(bench, in: location)
    #expect(try await bench.dovetail("undo", "--run", "1", "--confirm", "j").status == 0)
    #expect(bench.files(location) == [])
  }

  @Test("is built anew there with the command that the refusal names, and the old one stays")
  func builtAnew() async throws {
    let bench = try await moved()
    let adopt = try #require(try await commands(bench).first { $0.hasSuffix("--adopt") })
    let words = adopt.split(separator: " ").dropFirst().map(String.init)
    let run = try await bench.dovetail(words)
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    try await expectPublished(bench, in: "out/k")
    #expect(bench.files("out/j").count == 3)
    // The old place is another output by now.
    try bench.write("dovetail.yaml", Workbench.pair())
    #expect(try await bench.dovetail("run").status == 4)
  }

  @Test("is taken over where its files were copied: only what is not there is built")
  func adopted() async throws {
    let bench = try await moved()
    #expect(try await bench.shell("cp -a \"$1\"/out/j \"$1\"/out/k").status == 0)
    try bench.remove("out/k/k=2")
    try bench.write("out/k/k=3/mine.parquet", "not ours")
    #expect(try await bench.dovetail("run").status == 4)
    #expect(bench.exists("out/k/k=3/mine.parquet"))
    let run = try await bench.json("run", "--adopt")
    #expect(run[0]["committed"].integer == 2)
    try await expectPublished(bench, in: "out/k")
    #expect(!bench.exists("out/k/k=3/mine.parquet"))
  }

  @Test("leaves no hole when it is taken over in pieces")
  func bounded() async throws {
    let bench = try await moved()
    let first = try await bench.json("run", "--adopt", "--max-partitions", "1")
    #expect(first[0]["committed"].integer == 1)
    #expect(
      try await bench.pending() == ["k=2: a: 1 added; b: 1 added", "k=3: a: 1 added; b: 1 added"])
    #expect(try await bench.run()[0]["committed"].integer == 2)
    try await expectPublished(bench, in: "out/k")
  }

  @Test("files of somebody else there are neither lost nor mixed in")
  func foreign() async throws {
    let bench = try await moved()
    try bench.write("out/k/k=1/mine.parquet", "not ours")
    try await bench.landPair(["1"])
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr.contains("or empty out/k and move the output there: `mv out/j out/k && "))
    #expect(bench.files("out/k") == ["k=1/mine.parquet"])
  }

  @Test("is found by its files where an earlier Dovetail published and nothing names the place")
  func unmarked() async throws {
    let bench = try await moved(to: "out/j")
    for schema in [true, false] {
      if schema { try bench.forgetLocations() }
      try? bench.remove("out/.j.dovetail/owner")
      #expect(try await bench.dovetail("run").status == 0)
    }
    try bench.forgetLocations()
    try bench.write("out/k/k=1/mine.parquet", "not ours")
    try bench.write(
      "dovetail.yaml", Workbench.pair().replacing("location: out/j", with: "location: out/k"))
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr.contains(
        "3 partitions are published by the ledger, but none of their files is in out/k."))
  }

  @Test("two jobs whose locations are swapped are refused, and neither publishes into the other's")
  func swapped() async throws {
    func yaml(_ first: String, _ second: String) -> String {
      """
      tables: { a: { location: data/a, partitions: { k: int } } }
      jobs:
        x: { inputs: [a], sql: SELECT id FROM a, output: { location: \(first) } }
        y: { inputs: [a], sql: SELECT x AS other FROM a, output: { location: \(second) } }
      """
    }
    let bench = try Workbench(yaml("out/x", "out/y"))
    try await bench.land("a/k=1", Workbench.rows("x"))
    try await bench.run()
    let before = try bench.facts("out")
    try await bench.land("a/k=2", Workbench.rows("x"))
    try bench.write("dovetail.yaml", yaml("out/y", "out/x"))
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("Job x: \(bench.path("out/y")) holds the output of job y. "))
    #expect(refused.stderr.contains("Job y: \(bench.path("out/x")) holds the output of job x. "))
    let after = try bench.facts("out")
    #expect(
      after.filter { $0.key.hasSuffix("parquet") } == before.filter { $0.key.hasSuffix("parquet") })
    for job in ["x", "y"] {
      let run = try await bench.dovetail("run", "--job", job, "--adopt")
      #expect(run.status == 0, Comment(rawValue: run.stderr))
    }
    #expect(try await bench.dovetail("verify").status == 0)
    let columns = try await bench.sql(
      "SELECT column_name FROM (DESCRIBE FROM '\(bench.path("out/y"))/k=*/*.parquet')")
    #expect(columns.map { $0[0] } == ["id", "k"])
  }

  @Test("a link in the place of a partition's folder or the hidden folder is not followed")
  func links() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    try bench.write("elsewhere/precious.parquet", "not ours")
    try bench.remove("out/j/k=1")
    let link = try await bench.shell("ln -s \"$1/elsewhere\" \"$1/out/j/k=1\"")
    #expect(link.status == 0)
    try await bench.land("a/k=1", Workbench.rows("x", 2))
    let run = try await bench.dovetail("run")
    #expect(run.status == 1)
    #expect(
      run.stderr.contains("\(bench.path("out/j/k=1")) is a symbolic link, and what it leads to"))
    try bench.remove("out/.j.dovetail")
    #expect(try await bench.shell("ln -s \"$1/elsewhere\" \"$1/out/.j.dovetail\"").status == 0)
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr.contains("\(bench.path("out/.j.dovetail")) is a symbolic link, and what it"))
    #expect(bench.files("elsewhere") == ["precious.parquet"])
  }
}
