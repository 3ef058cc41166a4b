import Foundation
import ObjectStorage
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

/// Tables and outputs in a bucket, from the command line.
@Suite("A workspace on S3")
struct LakeTests {
  @Test("finds what is new, publishes exactly these partitions, and undoes them")
  func work() async throws {
    let lake = try await Lake()
    try await lake.landPair()
    #expect(try await lake.pending().count == 3)
    let first = try await lake.dovetail("run")
    #expect(first.status == 0, Comment(rawValue: first.stderr))
    #expect(
      try await lake.keys("out/j/") == (1...3).map { "k=\($0)/data.parquet" })
    #expect(try await lake.pending() == [])

    try await lake.land("b/k=2", Workbench.rows("y", 2), file: "late.parquet")
    try await lake.remove("data/a/k=3/")
    #expect(try await lake.pending() == ["k=2: b: 1 added", "k=3: a: 1 removed"])
    let second = try await lake.dovetail("run", "--allow-removals")
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    #expect(try await lake.keys("out/j/") == ["k=1/data.parquet", "k=2/data.parquet"])
    #expect(
      try await lake.keys("out/.j.dovetail/kept/")
        == ["2/k=2/data.parquet", "2/k=3/data.parquet"])

    let verified = try await lake.dovetail("verify")
    #expect(verified.status == 0, Comment(rawValue: verified.stdout + verified.stderr))
    let undone = try await lake.dovetail("undo", "--run", "2", "--confirm", "j")
    #expect(undone.status == 0, Comment(rawValue: undone.stderr))
    try await lake.download("out/j")
    #expect(
      try await lake.bench.count(lake.bench.relation("out/j", keys: "k INTEGER")) == 9)
  }

  @Test(
    "keeps its ledger there, and two machines that run a job each at the same time both commit",
    arguments: [1, 2, 4])
  func twoJobs(held number: Int) async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let lake = try await Lake(through: proxy.endpoint) { place in
      Lake.pair(place)
        + "  i:\n    inputs: [b, a]\n    join: { type: left, on: [id] }\n    output: { location: \"\(place)/out/i\" }\n"
        + "ledger: \"\(place)/state\"\n"
    }
    let direct = try await S3Peer.shared(.seaweedFS).endpoint
    let other = try Workbench(
      try String(contentsOfFile: lake.bench.path("dovetail.yaml"), encoding: .utf8).exact
        .replacing(every: proxy.endpoint.exact, with: direct.exact).text)
    try await lake.landPair()
    #expect(try await lake.dovetail("run").status == 0)
    for key in ["1", "2", "3"] { try await lake.land("b/k=\(key)", Workbench.rows("y", 2)) }

    let gate = Gate()
    let seen = Mutex(0)
    proxy.set { request, _ in
      guard request.kind == .put, request.target.exact.contains(text: "/change-") else {
        return nil
      }
      let isHeld = seen.withLock { count in
        count += 1
        return count == number
      }
      return isHeld ? .before { gate.hold() } : nil
    }
    let first = try lake.start(["run", "--job", "j"])
    await gate.waitForRequest()
    let second = try await lake.dovetail("run", "--job", "i", in: other.folder)
    gate.open()
    let end = await first.finish()
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    #expect(end.status == 0, Comment(rawValue: end.stderr))
    proxy.set { _, _ in nil }
    #expect(try await lake.pending() == [])
    let history = try await lake.dovetail("history", "--json", in: other.folder)
    let runs = try JSONValue(history.stdout).elements
    #expect(runs.compactMap { $0["state"].text } == Array(repeating: "succeeded", count: 4))
    let verified = try await lake.dovetail("verify")
    #expect(verified.status == 0, Comment(rawValue: verified.stdout + verified.stderr))
  }

  @Test("keeps its ledger there, so that two machines share one history")
  func ledger() async throws {
    let lake = try await Lake { Lake.pair($0) + "ledger: \"\($0)/state\"\n" }
    let other = try Workbench(
      try String(contentsOfFile: lake.bench.path("dovetail.yaml"), encoding: .utf8))
    try await lake.landPair()
    let first = try await lake.dovetail("run")
    #expect(first.status == 0, Comment(rawValue: first.stderr))
    try await lake.land("b/k=2", Workbench.rows("y", 2))
    let second = try await lake.dovetail("run", "--json", in: other.folder)
    #expect(second.status == 0, Comment(rawValue: second.stderr))
    let shape = try JSONValue(second.stdout)[0]
    #expect(shape["run"].integer == 2 && shape["committed"].integer == 1)
    // The first machine's copy is old, and its disk may as well be empty.
    #expect(try await lake.pending() == [])
    try lake.bench.remove(".dovetail")
    #expect(try await lake.pending() == [])
    let history = try await lake.dovetail("history", "--json")
    #expect(try JSONValue(history.stdout).elements.count == 2)
    #expect(!lake.bench.exists(".dovetail/ledger.sqlite"))
  }

  @Test("a run with nothing to do asks once for its ledger, and from an empty disk gets one object")
  func ledgerRequests() async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let lake = try await Lake(through: proxy.endpoint) {
      Lake.pair($0) + "ledger: \"\($0)/state\"\n"
    }
    try await lake.landPair()
    #expect(try await lake.dovetail("run").status == 0)
    for expected: [StoreRequest.Kind] in [[.list], [.list, .get]] {
      proxy.set { _, _ in nil }
      let run = try await lake.dovetail("run")
      #expect(run.status == 0, Comment(rawValue: run.stderr))
      let asked = proxy.requests.filter { $0.target.exact.contains(text: "state") }
      #expect(asked.map(\.kind) == expected)
      try lake.bench.remove(".dovetail")
    }
  }

  @Test("a ledger that lies beside the file is not forgotten, but uploaded when it is told to be")
  func upload() async throws {
    let lake = try await Lake()
    try await lake.landPair()
    let first = try await lake.dovetail("run")
    #expect(first.status == 0, Comment(rawValue: first.stderr))
    let none = try await lake.dovetail("upload-ledger")
    #expect(none.status == 2)
    #expect(
      none.stderr
        == "dovetail: dovetail.yaml has no `ledger:`, so the ledger is kept beside it. Add for example "
        + "ledger: s3://lake/state/flights, then upload it.\n")
    let yaml = try String(contentsOfFile: lake.bench.path("dovetail.yaml"), encoding: .utf8)
    try lake.bench.write("dovetail.yaml", "\(yaml)ledger: \"\(lake.place)/state\"\n")
    let refused = try await lake.dovetail("run")
    #expect(refused.status == 1)
    #expect(
      refused.stderr.contains(
        "Upload it, so that what was read already is not read again (dovetail upload-ledger)"))
    let uploaded = try await lake.dovetail("upload-ledger", "--json")
    #expect(
      try JSONValue(uploaded.stdout)
        == JSONValue(#"{"place": "\#(lake.place)/state", "lastRun": 1}"#))
    #expect(try await lake.pending() == [])
    try await lake.land("b/k=2", Workbench.rows("y", 2))
    let second = try await lake.dovetail("run", "--json")
    #expect(try JSONValue(second.stdout)[0]["run"].integer == 2)
  }

  @Test("what is wrong with a store is said in one sentence, and nothing is published")
  func mistakes() async throws {
    let lake = try await Lake()
    try await lake.landPair(["1"])
    let yaml = try String(contentsOfFile: lake.bench.path("dovetail.yaml"), encoding: .utf8)
    for (text, environment, sentence) in [
      (
        yaml.replacing("s3://lake/", with: "s3://lakes/"), [:],
        "There is no bucket lakes at this endpoint. Check its name, and `endpoint:` below `stores:`"
      ),
      (yaml, ["AWS_SECRET_ACCESS_KEY": "wrong"], "The store refuses the credentials"),
      (yaml, ["AWS_ACCESS_KEY_ID": "nobody"], "The store refuses the credentials"),
      (
        yaml, ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""],
        "No credentials for the store"
      ),
      (
        yaml.replacing(lake.endpoint, with: "http://127.0.0.1:9"), [:],
        "http://127.0.0.1:9 cannot be reached"
      ),
    ] {
      try lake.bench.write("dovetail.yaml", text)
      let finished = try await lake.dovetail("run", environment: environment)
      #expect(finished.status == 1, Comment(rawValue: finished.stderr))
      #expect(finished.stderr.contains(sentence), Comment(rawValue: finished.stderr))
      #expect(!finished.stderr.contains(S3Peer.secret))
    }
    #expect(try await lake.keys("out/") == [])
  }

  @Test(
    "a process that has credentials leaves no image of its memory when it crashes",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/limits"), "there is no /proc"))
  func coreDump() async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    let lake = try await Lake(through: proxy.endpoint)
    try await lake.landPair(["1"])
    let gate = Gate()
    proxy.set { request, number in
      request.kind == .list && number == 1 ? .before { gate.hold() } : nil
    }
    // As many bytes as this machine lets a shell allow.
    let command = try Command(
      "/bin/sh",
      [
        "-c", "ulimit -S -c \"$(ulimit -H -c)\" && exec \"$0\" \"$@\"", Command.dovetail, "pending",
        "-C", lake.bench.folder,
      ], environment: Lake.environment)
    await gate.waitForRequest()
    let limits = try await Command.run("/bin/cat", ["/proc/\(command.processID)/limits"])
    gate.open()
    let line = limits.stdout.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
    #expect(line?.split(separator: " ").dropFirst(4).first == "0", Comment(rawValue: limits.stdout))
    let end = await command.finish()
    #expect(end.status == 0, Comment(rawValue: end.stderr))
  }

  @Test("an object that is not a Parquet file fails its partition alone, under its own name")
  func truncated() async throws {
    let lake = try await Lake()
    try await lake.landPair(["1", "2"])
    try await lake.put(Data("PAR1 cut".utf8), at: "data/a/k=2/part.parquet")
    let finished = try await lake.dovetail("run")
    #expect(finished.status == 3, Comment(rawValue: finished.stderr))
    #expect(
      finished.stderr.contains("\(lake.place)/data/a/k=2/part.parquet cannot be read"),
      Comment(rawValue: finished.stderr))
    #expect(!finished.stderr.contains("spill-"), Comment(rawValue: finished.stderr))
    #expect(try await lake.keys("out/j/") == ["k=1/data.parquet"])
  }
}
