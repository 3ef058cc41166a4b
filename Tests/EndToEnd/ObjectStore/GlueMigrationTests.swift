import AWSAccess
import Foundation
import PartitionPredicate
import S3Client
import TestSupport
import Testing

/// A Glue job that is taken over: its output is adopted, and its bookmark says what was consumed.
///
/// No emulator of Glue has bookmarks: a proxy answers with what Glue was recorded to answer, with the present times.
@Suite("A migration from Glue")
struct GlueMigrationTests {
  private let lake: Lake
  private let glue: FaultProxy

  init() async throws {
    lake = try await Lake()
    glue = try FaultProxy(for: await S3Peer.shared(.seaweedFS))
  }

  private func dovetail(_ arguments: String...) async throws -> Finished {
    try await lake.dovetail(
      arguments,
      environment: ["AWS_ENDPOINT_URL_GLUE": glue.endpoint, "AWS_REGION": "us-east-1"])
  }

  /// Lets Glue answer with a bookmark of the contexts `a` and `b_node1`, whose run began at an instant.
  private func answer(startedAt start: Date) {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    let state = { (list: String) in
      #"{"jsonClass":"HadoopDataSourceJobBookmarkState","timestamps":{"RUN":"2","HIGH_BAND":"900000","#
        + #""CURR_LATEST_PARTITION":"0","CURR_LATEST_PARTITIONS":"","CURR_RUN_START_TIME":"\#(start.formatted(style))","#
        + #""INCLUDE_LIST":"\#(list)"}}"#
    }
    let bookmark = #"{"a":\#(state("")),"b_node1":\#(state(""))}"#
    let text = bookmark.exact.replacing(every: "\"", with: "\\\"")
    let entry = """
      {"JobBookmarkEntry":{"JobName":"nightly","Version":4,"Run":3,"Attempt":0,"PreviousRunId":"jr_16cd",
      "RunId":"jr_2","JobBookmark":"\(text)"}}
      """
    glue.set { request, _ in
      request.headers["x-amz-target"] == "AWSGlue.GetJobBookmark" ? .answered(entry) : nil
    }
  }

  @Test("the output is adopted, and what the bookmark has consumed is settled")
  func migration() async throws {
    try await lake.landPair()
    let theirs = lake.bench.path("theirs.parquet")
    try await lake.bench.sql("COPY (\(Workbench.rows("x"))) TO '\(theirs)' (FORMAT parquet)")
    for key in 1...3 {
      try await lake.put(
        Data(contentsOf: URL(filePath: theirs)), at: "out/j/k=\(key)/part-0.parquet")
    }
    #expect(try await dovetail("run").status == 4)
    let adopted = try await dovetail("adopt", "--confirm", "j")
    #expect(adopted.status == 0, Comment(rawValue: adopted.stderr))
    #expect(adopted.stdout.contains("k=1 holds other objects than data.parquet"))

    // A run half an hour from now: everything is older than its band.
    answer(startedAt: Date(timeIntervalSinceNow: 1800))
    let shown = try await dovetail("glue", "bookmark", "nightly")
    #expect(shown.status == 0, Comment(rawValue: shown.stderr))
    #expect(shown.stdout.contains("Glue job nightly: bookmark version 4, run 3, attempt 0.\n"))
    let unnamed = try await dovetail("bookmarks", "set", "--from-glue", "nightly", "--dry-run")
    #expect(unnamed.status == 2)
    #expect(
      unnamed.stderr.contains("has no transformation_ctx b for the input b; it has a, b_node1."))
    let set = try await dovetail(
      "bookmarks", "set", "--from-glue", "nightly", "--context", "b=b_node1", "--confirm", "j")
    #expect(set.status == 0, Comment(rawValue: set.stderr))
    #expect(set.stdout.contains("a: 3 of 3 files consumed by a (3 by time, 0 by the list).\n"))
    #expect(try await lake.pending() == [])
    #expect(try await dovetail("verify").status == 0)

    try await lake.land("b/k=4", Workbench.rows("y"))
    try await lake.land("a/k=4", Workbench.rows("x"))
    let run = try await dovetail("run")
    #expect(run.status == 0, Comment(rawValue: run.stderr))
    let history = try await dovetail("history", "--json")
    #expect(
      try JSONValue(history.stdout).elements.map { $0["kind"].text } == ["run", "set", "adopt"])
  }

  @Test("what came after the job's last run stays pending, as added")
  func later() async throws {
    try await lake.landPair(["1"])
    answer(startedAt: Date(timeIntervalSinceNow: -7200))
    let preview = try await dovetail(
      "bookmarks", "set", "--from-glue", "nightly", "--context", "b=b_node1", "--dry-run", "--json")
    #expect(preview.status == 0, Comment(rawValue: preview.stderr))
    let shape = try JSONValue(preview.stdout)
    #expect(shape["moves"] == .array([]))
    #expect(shape["glue"][0].keys == ["byList", "byTime", "context", "input", "later", "unlisted"])
    #expect(shape["glue"][0]["later"] == .array([.string("k=1/part.parquet")]))
    #expect(shape["stays"][0]["reasons"] == .array([.string("a: 1 added"), .string("b: 1 added")]))
  }

  @Test("a job without a bookmark, and one that cannot be read, are named")
  func unreadable() async throws {
    glue.set { _, _ in
      .answered(
        #"{"__type":"EntityNotFoundException","Message":"Continuation for job nightly not found."}"#,
        status: 400)
    }
    let none = try await dovetail("glue", "bookmark", "nightly")
    #expect(none.status == 1)
    #expect(
      none.stderr
        == "dovetail: Glue has no bookmark of a job nightly. Check the name; a job has one after a successful run with "
        + "bookmarks enabled.\n")
    glue.set { _, _ in
      .answered(
        #"{"JobBookmarkEntry":{"JobName":"n","Version":1,"Run":1,"Attempt":0,"JobBookmark":"[]"}}"#)
    }
    let other = try await dovetail("bookmarks", "set", "--from-glue", "n", "--dry-run")
    #expect(other.status == 1)
    #expect(
      other.stderr.contains(
        "The bookmark of the Glue job n cannot be read: it is of another type than expected."))
  }

  @Test("the script of a job is written once, and Python compiles it")
  func script() async throws {
    let path = lake.bench.path("j.py")
    let written = try await dovetail("export", "glue", "--database", "db", "--out", path)
    #expect(written.status == 0, Comment(rawValue: written.stderr))
    #expect(written.stdout == "\(path) has the Glue script of job j.\n")
    #expect(try await dovetail("export", "glue", "--database", "db", "--out", path).status == 4)
    let printed = try await dovetail("export", "glue", "--database", "db")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == printed.stdout.dropLast())
    #expect(try await dovetail("export", "glue").status == 2)
    let compiled = try await Command.run(
      "/usr/bin/env", ["python3", "-m", "py_compile", path])
    #expect(compiled.status == 0, Comment(rawValue: compiled.stderr))
  }
}
