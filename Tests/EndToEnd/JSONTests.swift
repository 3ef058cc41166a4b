import Foundation
import Testing

/// The shapes of docs/guide/json.md.
@Suite("The shapes of JSON")
struct JSONTests {
  @Test("init and demo create name what they made")
  func made() async throws {
    let bench = try Workbench()
    let initialized = try await Command.run(
      Command.dovetail, ["init", bench.path("new"), "--json"])
    #expect(try JSONValue(initialized.stdout)["path"].text == bench.path("new/dovetail.yaml"))
    for table in ["flights", "weather"] {
      try bench.write(
        "csv/\(table).csv",
        "month,day,origin,time_hour,minute,dep_time\n1,1,JFK,2013-01-01T10:00:00Z,0,1\n")
    }
    let demo = try await Command.run(
      Command.dovetail,
      ["demo", "create", bench.path("demo"), "--data", bench.path("csv"), "--json"])
    #expect(try JSONValue(demo.stdout)["folder"].text == bench.path("demo"))
  }

  @Test("every command has its documented keys, before and after a run")
  func shapes() async throws {
    let bench = try Workbench(
      Workbench.pair(format: "csv", table: ", columns: { id: BIGINT, v: BIGINT }"))
    for (file, text) in [
      ("a/k=1/p.csv", "id,v\n1,2\n"), ("b/k=1/p.csv", "id,v\n1,3\n"),
      ("a/k=2/p.csv", "id,v\none,2\n"), ("b/k=2/p.csv", "id,v\n1,2\n"),
    ] {
      try bench.write("data/\(file)", text)
    }
    try await expect(
      bench, ["status"],
      "alarms builtFromOlder held job pending problems published readUnderOlderRules sourceChanges staged undone "
        + "unfinished unwatched waiting wouldBeEmptied")
    try await expect(
      bench, ["tables"], "bytes files format keys location partitions problems table")
    let tables = try await expect(bench, ["tables", "--columns"], "columns files optional table")
    #expect(tables[0]["columns"][0].keys == ["name", "source", "type"])
    let partitions = try await expect(
      bench, ["partitions", "a"], "files partition spellings version")
    #expect(partitions[0]["files"][0].keys == Self.file)
    let never = try await expect(
      bench, ["bookmarks"], "arrived bytes counters files input job lag partitions table")
    #expect(never[0]["arrived"].keys == ["arrivals", "bytes", "corrections", "deletions"])
    #expect(never[0]["counters"].keys == ["attempt", "run", "version"])
    #expect(never[0]["lag"].keys == ["medianSeconds", "p95Seconds", "partitions"])
    try await expect(
      bench, ["bookmarks", "--partitions"], "inputs job partition status")
    let skew = try await expect(bench, ["skew", "--all"], "inputs job partitions")
    #expect(skew[0]["inputs"][0].keys == ["input", "lag"])
    #expect(skew[0]["partitions"][0].keys == ["arrivals", "partition"])
    #expect(skew[0]["partitions"][0]["arrivals"][0].keys == ["delaySeconds", "input", "landed"])
    let pending = try await expect(
      bench, ["pending"], "bytes changes files job oneSided partition reasons")
    #expect(pending[0]["changes"][0].keys == ["class", "file", "input", "kind", "partition"])
    #expect(pending[0]["changes"][0]["file"].keys == Self.file)
    try await expect(bench, ["predicate"], "dialect exactness input job partitions text")
    let plan = try await expect(
      bench, ["plan"],
      "bytes columns compacted conversions files held id job kind mode outOfReach postponed problems reads "
        + "seenColumns steps types units warnings")
    #expect(plan[0]["units"][0].keys == ["action", "bytes", "files", "partition", "reasons"])
    #expect(
      plan[0]["units"][0]["files"] == (try JSONValue(#"{"a": ["k=1/p.csv"], "b": ["k=1/p.csv"]}"#)))
    #expect(plan[0]["columns"][0].keys == ["name", "type"])

    let run = try await expect(
      bench, ["run"],
      "adopted alarms bytesRead bytesWritten cancelled committed compacted failed filesRead held job mode "
        + "moved outOfReach plan postponed problems removed rows run seconds staged state unchanged warnings withheld wouldBeEmptied",
      status: 3)
    #expect(run[0]["failed"][0].keys == ["message", "partition"])
    #expect(run[0]["plan"] == plan[0]["id"])
    #expect(run[0]["state"] == .string("partial"))
    let idle = try await bench.json("rerun", "k=1")
    #expect(idle[0].keys == run[0].keys)
    let dry = try await bench.json("rerun", "k=1", "--dry-run")
    // A job that has run says how long the next run may take.
    #expect(dry.keys == (plan[0].keys + ["expectedSeconds"]).sorted())
    try await expect(
      bench, ["status"],
      "alarms builtFromOlder held job lastRun lastState pending problems published readUnderOlderRules "
        + "sourceChanges staged undone unfinished unwatched waiting wouldBeEmptied")
    try await expect(
      bench, ["bookmarks"],
      "arrived bytes counters files input job lag listedAt newestFile partitions run table")
    try await expect(
      bench, ["bookmarks", "--partitions", "--job", "j"], "inputs job partition status",
      orKeys: "builtBy inputs job partition run status")
    try await expect(
      bench, ["history"],
      "bytesRead committed detail failed filesRead finishedAt job kind listedAt mode plan rows run "
        + "startedAt state timings unchanged user")
    let changes = try await expect(
      bench, ["changes"], "held job landed pending published runs since")
    #expect(
      changes[0]["landed"][0].keys == ["bytes", "files", "input", "newestFile", "partitions"])
    #expect(changes[0]["published"][0].keys == ["partition", "rowsNow", "run"])
    #expect(changes[0]["runs"][0].keys == (try await bench.json("history"))[0].keys)
    let units = try await bench.json("history", "1")
    #expect(units[0].keys == ["bytes", "partition", "reason", "rows", "state"])
    #expect(units[1].keys == ["bytes", "message", "partition", "reason", "rows", "state"])
    let record = try await bench.json("history")[1].keys
    let account = try await bench.json("lineage", "--run", "1")
    #expect(
      account.keys == (record + ["batches", "log", "matches", "read", "units", "written"]).sorted())
    #expect(
      account["batches"][0].keys
        == ["batches", "begunAt", "commit", "failed", "partitions", "publish", "rows", "stage"])
    #expect(account["read"][0].keys == ["bytes", "files", "input", "partition"])
    #expect(account["written"][0].keys == ["bytes", "files", "partition", "rows", "state"])
    #expect(try await bench.json("history", "1", "--all")[0].keys == account.keys)

    try await expect(
      bench, ["matches"],
      "alarms fanOut left leftMatched leftRows leftUnmatched pairs partition right rightMatched "
        + "rightRows rightUnmatched run")
    let why = try await bench.json("why", "k=1")
    #expect(
      why.keys == [
        "built", "causes", "inputs", "job", "listedAt", "near", "partition", "position", "problems",
        "runs", "status", "unfinished", "verdict",
      ])
    #expect(
      why["inputs"][0].keys
        == ["built", "consumed", "current", "delaySeconds", "input", "landed", "partition"])
    #expect(
      try await bench.json("why", "k=2")["causes"][0].keys
        == ["changes", "class", "input", "partition", "reason"])
    #expect(
      try await bench.json("lineage", "k=1").keys
        == ["bytes", "inputs", "job", "partition", "published", "rows", "run"])
    try await expect(
      bench, ["lineage", "--file", "data/a/k=1/p.csv"], "file input job table uses")
    let verified = try await expect(
      bench, ["verify", "k=1", "--drift"], "drift job partitions")
    #expect(verified[0]["drift"].keys == ["checked", "findings", "problems"])
    #expect(
      verified[0]["partitions"][0].keys
        == ["certified", "outcome", "partition", "rows", "sentence"])
    #expect(
      try await bench.json("bookmarks", "reset", "--dry-run").keys
        == [
          "allowedRemovals", "becomesPending", "detail", "job", "moves", "operation", "preview",
          "released", "settles", "stays", "steps",
        ])
  }

  @Test("a run with nothing to do has no number")
  func exceptions() async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    let idle = try await bench.run()
    #expect(!idle[0].keys.contains("run"))
    #expect(idle[0]["state"] == .string("succeeded"))
    #expect(try await bench.json("pending") == .array([]))
  }

  private static let file = ["changed", "inode", "modified", "path", "size"]

  /// Expects every element of an answer to have exactly these keys, or the other ones.
  @discardableResult
  private func expect(
    _ bench: Workbench, _ command: [String], _ keys: String, orKeys: String? = nil,
    status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let finished = try await Command.run(
      Command.dovetail, command + ["--json", "-C", bench.folder])
    #expect(
      finished.status == status, Comment(rawValue: finished.stderr),
      sourceLocation: sourceLocation)
    let answer = try JSONValue(finished.stdout)
    #expect(!answer.elements.isEmpty, sourceLocation: sourceLocation)
    let shapes = [keys, orKeys ?? keys].map { $0.split(separator: " ").map { String($0) } }
    for element in answer.elements {
      #expect(shapes.contains(element.keys), "\(element.keys)", sourceLocation: sourceLocation)
    }
    return answer
  }
}
