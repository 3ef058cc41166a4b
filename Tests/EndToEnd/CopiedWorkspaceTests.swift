import Foundation
import Testing

@Suite("A workspace that is copied as a whole")
struct CopiedWorkspaceTests {
  /// A chain of two jobs, the first of which was built twice, with a partition that an undo holds and one that
  /// an operator skipped.
  private func chain(output: String = "out/n") async throws -> Workbench {
    let bench = try Workbench(Self.yaml(output))
    for key in 1...4 {
      try await bench.land("a/k=\(key)", Workbench.rows("x"))
    }
    try await bench.run()
    for key in 1...3 { try await bench.land("a/k=\(key)", Workbench.rows("x", 4)) }
    #expect(
      try await bench.dovetail(
        "bookmarks", "skip", "k=3", "--job", "j", "--note", "late", "--confirm", "j"
      ).status == 0)
    try await bench.run()
    #expect(
      try await bench.dovetail("undo", "k=2", "--job", "j", "--confirm", "j").status == 0)
    try await bench.run()
    return bench
  }

  private static func yaml(_ output: String) -> String {
    """
    tables: { a: { location: data/a, partitions: { k: int } } }
    jobs:
      j: { inputs: [a], sql: SELECT * FROM a, output: { location: out/j } }
      n: { inputs: [j], sql: SELECT count(*) AS n FROM j, output: { location: \(output) } }
    """
  }

  @Test(
    "with its times has pending what it had, holds what it held, and can be verified and undone",
    arguments: [
      "cp -a \"$1\" \"$2\"", "mkdir \"$2\" && tar -C \"$1\" -cf - . | tar -C \"$2\" -xf -",
    ])
  func copied(command: String) async throws {
    let bench = try await chain()
    let copy = try Workbench()
    try copy.remove("")
    let done = try await bench.shell(command, copy.folder)
    #expect(done.status == 0, Comment(rawValue: done.stderr))
    for arguments in [["pending"], ["status"]] {
      let (before, after) = (
        try await bench.dovetail(arguments), try await copy.dovetail(arguments)
      )
      #expect(after.stdout == before.stdout)
      #expect(after.status == 0, Comment(rawValue: after.stderr))
    }
    #expect(try await copy.dovetail("verify").status == 0)
    for job in ["j", "n"] {
      let (before, after) = (
        try await bench.json("verify", "--all", "--job", job, status: job == "j" ? 1 : 0),
        try await copy.json("verify", "--all", "--job", job, status: job == "j" ? 1 : 0)
      )
      #expect(after == before)
    }
    // A run learns that the files are the same, and nobody has to read them again to know.
    let run = try await copy.run()
    #expect(run.elements.allSatisfy { $0["committed"].integer == 0 })
    #expect(try await copy.pending() == bench.pending())
    let undone = try await copy.dovetail("undo", "k=1", "--job", "j", "--confirm", "j")
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    #expect(try await copy.count(copy.relation("out/j/k=1")) == 3)
    #expect(try await bench.count(bench.relation("out/j/k=1")) == 4)
  }

  @Test("with another content of the same size and time is pending there")
  func rewritten() async throws {
    let bench = try Workbench(
      """
      tables: { a: { location: data/a, format: csv, partitions: { k: int }, columns: { id: BIGINT } } }
      jobs: { j: { inputs: [a], sql: SELECT * FROM a, output: { location: out/j } } }
      """)
    for key in 1...2 { try bench.write("data/a/k=\(key)/f.csv", "id\n1\n") }
    try await bench.run()
    let copy = try Workbench()
    try copy.remove("")
    let script = """
      cp -a "$1" "$2" && f=$2/data/a/k=1/f.csv && cp -p $f "$2/time" && sed -i s/1/2/ $f \
      && touch -r "$2/time" $f
      """
    #expect(try await bench.shell(script, copy.folder).status == 0)
    #expect(try await copy.pending() == ["k=1: a: 1 rewritten"])
  }

  @Test("has outputs of its own, also where they are moved with it; and may be moved itself")
  func moved() async throws {
    let bench = try await chain()
    let copy = try Workbench()
    try copy.remove("")
    #expect(try await bench.shell("mv \"$1\" \"$2\"", copy.folder).status == 0)
    try await copy.land("a/k=5", Workbench.rows("x"))
    let run = try await copy.dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    #expect(copy.files("out/n").count == 5)
  }

  @Test("does not publish into the output of the first one, which lies elsewhere")
  func shared() async throws {
    let place = try Workbench()
    let bench = try await chain(output: place.path("n"))
    let copy = try Workbench()
    try copy.remove("")
    #expect(try await bench.shell("cp -a \"$1\" \"$2\"", copy.folder).status == 0)
    try await copy.land("a/k=5", Workbench.rows("x"))
    let refused = try await copy.dovetail("run")
    // The first job, whose output was copied along, goes on.
    #expect(refused.status == 3)
    #expect(
      refused.stderr.contains(
        "Job n: \(place.path("n")) is the output of the workspace \(bench.folder), of which this one "
          + "is a copy."))
    #expect(place.files("n").count == 4)
    #expect(try await copy.dovetail("run", "--job", "n", "--adopt").status == 0)
    #expect(place.files("n").count == 5)
    let other = try await bench.dovetail("run", "--job", "n")
    #expect(other.status == 4)
    #expect(other.stderr.contains("is the output of the workspace \(copy.folder)"))
  }
}
