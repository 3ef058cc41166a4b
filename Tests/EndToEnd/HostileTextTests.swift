import Foundation
import Testing

@Suite("Hostile text")
struct HostileTextTests {
  @Test("control sequences in names, values and rows never reach a terminal as they are (I10)")
  func controlSequences() async throws {
    let evil = "\u{1B}[31m\u{9B}2J\u{7}\u{202E}"
    let bench = try Workbench(Workbench.pair(key: "string"))
    for key in ["x\(evil)", "%1B]0;owned%07"] {
      try await bench.land("a/k=\(key)", Workbench.rows("x"), file: "part\(evil).parquet")
      try await bench.land(
        "b/k=\(key)", "SELECT n AS id, '\(evil)' AS y FROM range(1, 4) AS r(n)")
    }
    try bench.write("data/a/k=1/\(evil).txt", "x")
    try bench.write("data/a/\(evil)/part.parquet", "x")
    let commands = [
      ["tables"], ["partitions", "a", "--files"], ["status"], ["pending", "--files"],
      ["predicate"], ["plan", "--sample", "3"], ["bookmarks"], ["run"], ["history"],
      ["history", "1"], ["rerun", "k=\(evil)"], ["partitions", evil], ["run", "--job", evil],
      ["bookmarks", "--partitions"], ["skew", "--all"], ["why", "k=x\(evil)"], ["why", evil],
      ["lineage", "k=x\(evil)"], ["lineage", "--run", "1"], ["lineage", "--file", evil],
      ["lineage", "--file", "data/a/k=x\(evil)/part\(evil).parquet"], ["matches"],
      ["matches", "--csv"], ["verify", "--all", "--drift"], ["bookmarks", "reset", "--dry-run"],
      ["bookmarks", "set", "--input", evil], ["bookmarks", "rewind", "0", "k=\(evil)"],
      ["bookmarks", "reset", "--note", evil, "--confirm", "j"],
      ["bookmarks", "reset", "--confirm", evil],
      ["pending"], ["history"], ["report"],
    ]
    for command in commands {
      for json in [[], ["--json"]] where command != ["run"] || json.isEmpty {
        let finished = try await Command.run(
          Command.dovetail, command + json + ["-C", bench.folder])
        for scalar in ["\u{1B}", "\u{9B}", "\u{7}"] as [Unicode.Scalar] {
          #expect(!finished.stdout.unicodeScalars.contains(scalar), "\(command) to stdout")
          #expect(!finished.stderr.unicodeScalars.contains(scalar), "\(command) to stderr")
        }
      }
    }
    // Sanitized on screen, kept on disk: the values themselves are data.
    #expect(try await bench.count(bench.relation("out/j", keys: "k VARCHAR")) == 6)
  }
}
