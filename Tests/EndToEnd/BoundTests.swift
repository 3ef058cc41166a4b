import Foundation
import Testing

@Suite("Bookmark modes, windows, bounds and ceilings")
struct BoundTests {
  @Test("a paused run publishes and moves nothing")
  func pause() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let run = try await bench.json("run", "--bookmark", "pause")
    #expect(run[0]["committed"].integer == 3)
    #expect(run[0]["mode"] == .string("pause"))
    try await bench.expectPair()
    #expect(try await bench.pending().count == 3)
    #expect(try await bench.run()[0]["unchanged"].integer == 3)
    #expect(try await bench.pending() == [])
  }

  @Test("a run without bookmarks does everything and moves nothing")
  func disable() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    let run = try await bench.json("run", "--bookmark", "disable")
    #expect(run[0]["committed"].integer == 3)
    #expect(run[0]["unchanged"].integer == 2)
    try await bench.expectPair()
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten"])
  }

  @Test("a window replays what its runs had consumed, from current files")
  func window() async throws {
    let bench = try Workbench(Workbench.pair())
    for key in ["1", "2", "3"] {
      try await bench.landPair([key])
      try await bench.run()
    }
    let plan = try await bench.json(
      "plan", "--bookmark", "pause", "--from", "1", "--to", "3", "--job", "j")
    #expect(plan[0]["units"].elements.map { $0["partition"].text } == ["k=2", "k=3"])
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    let run = try await bench.json(
      "run", "--bookmark", "pause", "--from", "1", "--to", "2", "--job", "j")
    #expect(run[0]["committed"].integer == 1)
    try await bench.expectPair()
    #expect(try await bench.pending() == ["k=2: a: 1 rewritten"])
    let all = try await bench.json(
      "plan", "--bookmark", "pause", "--from", "0", "--to", "3", "--job", "j")
    #expect(all[0]["units"].elements.count == 3)
  }

  @Test(
    "the arguments of a window follow Glue's rules",
    arguments: [
      (["--from", "1", "--to", "2"], 2, "Invalid option(s)"),
      (["--bookmark", "pause", "--from", "1"], 2, "Missing option or value"),
      (["--bookmark", "pause", "--to", "1"], 2, "Missing option or value"),
      (["--bookmark", "pause", "--from", "1", "--to", "9"], 2, "9"),
      (["--bookmark", "pause", "--from", "2", "--to", "1"], 2, "--from"),
    ] as [([String], Int32, String)])
  func windowArguments(options: [String], status: Int32, sentence: String) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    try await bench.landPair(["2"])
    try await bench.run()
    let refused = try await bench.dovetail(["run", "--job", "j"] + options)
    #expect(refused.status == status, Comment(rawValue: refused.stderr))
    #expect(refused.stderr.contains(sentence), Comment(rawValue: refused.stderr))
    #expect(try await bench.json("history").elements.count == 2)
  }

  @Test("a bounded run takes so many from one end, and leaves the rest pending")
  func bounds() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1", "2", "3", "4"])
    let first = try await bench.json("run", "--max-partitions", "1")
    #expect(first[0]["committed"].integer == 1)
    #expect(first[0]["postponed"].integer == 3)
    #expect(bench.files("out/j").allSatisfy { $0.hasPrefix("k=1/") })
    _ = try await bench.json("run", "--max-partitions", "2", "--newest-first")
    #expect(try await bench.pending().map { String($0.prefix(3)) } == ["k=2"])
    let small = try await bench.dovetail("run", "--max-bytes", "10 B")
    #expect(small.status == 4)
    #expect(small.stderr.contains("the first partition, k=2, alone reads"))
    #expect(try await bench.json("run", "--max-bytes", "1 MB")[0]["committed"].integer == 1)
    try await bench.expectPair()
  }

  @Test("a ceiling refuses a larger run, unless it is exceeded explicitly")
  func ceiling() async throws {
    let bench = try Workbench(Workbench.pair(job: "    limits: { max_partitions: 2 }"))
    try await bench.landPair()
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(
      refused.stderr
        == "dovetail: Job j: the run would take 3 partitions, and max_partitions in dovetail.yaml "
        + "allows 2. Limit it with --max-partitions or --max-bytes, or allow it with "
        + "--exceed-limits.\n")
    #expect(!bench.exists("out/j"))
    let plan = try await bench.dovetail("plan")
    #expect(plan.stdout.contains("A run is refused: Job j: the run would take 3 partitions"))
    #expect(try await bench.json("run", "--max-partitions", "2")[0]["committed"].integer == 2)
    try await bench.landPair(["4", "5"])
    #expect(try await bench.json("run", "--exceed-limits")[0]["committed"].integer == 3)
    try bench.write("dovetail.yaml", Workbench.pair(job: "    limits: { max_bytes: 100 B }"))
    try await bench.landPair(["6"])
    let bytes = try await bench.dovetail("run")
    #expect(bytes.status == 4)
    #expect(bytes.stderr.contains("max_bytes in dovetail.yaml allows 100"))
  }

  @Test("a source that is declared differently is refused, with three ways on")
  func source() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try FileManager.default.moveItem(
      atPath: bench.path("data/a"), toPath: bench.path("data/moved"))
    let moved = Workbench.pair().replacing("data/a", with: "data/moved")
    try bench.write("dovetail.yaml", moved)
    try await bench.land("b/k=4", Workbench.rows("y"))
    try await bench.land("moved/k=4", Workbench.rows("x"))
    let refused = try await bench.dovetail("run")
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("location was data/a and is data/moved"))
    for way in ["put dovetail.yaml back", "--accept-source", "bookmarks reset --input a"] {
      #expect(refused.stderr.contains(way))
    }
    #expect(try await bench.json("run", "--accept-source")[0]["committed"].integer == 1)
    #expect(try await bench.pending() == [])
  }

  @Test(
    "a table that only moved is accepted though nothing is to be built",
    arguments: [["run", "--accept-source"], ["bookmarks", "set", "--confirm", "j"]])
  func moved(accept: [String]) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    try await bench.run()
    try FileManager.default.moveItem(
      atPath: bench.path("data/a"), toPath: bench.path("data/moved"))
    try bench.write("dovetail.yaml", Workbench.pair().replacing("data/a", with: "data/moved"))
    #expect(try await bench.dovetail("run").status == 4)
    let accepted = try await bench.dovetail(accept)
    #expect(accepted.status == 0, Comment(rawValue: accepted.stderr))
    #expect(try await bench.run()[0]["run"] == .null)
  }

  @Test("moving the whole workspace changes no source")
  func workspace() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    let other = try Workbench()
    try FileManager.default.removeItem(atPath: other.folder)
    try FileManager.default.moveItem(atPath: bench.folder, toPath: other.folder)
    #expect(try await other.run()[0]["run"] == .null)
  }

  @Test("a plan whose inputs moved is refused, saying which")
  func plan() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair()
    let id = try #require(try await bench.json("plan")[0]["id"].text)
    try await bench.land("a/k=2", Workbench.rows("x", 2))
    try await bench.landPair(["4"])
    let refused = try await bench.dovetail("run", "--plan", id, "--job", "j")
    #expect(refused.status == 4)
    #expect(refused.stderr.contains("(k=2: files of a changed; k=4: would be built too)"))
  }
}
