import Foundation
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

/// Two tables in S3 with a listing each, and the bookmark of a Glue job that has read them.
private struct Listed: TableReader {
  var files: [String: [DataFile]]  // characters: table names are ASCII

  func snapshot(of table: TableDefinition, in scope: PartitionScope) async -> Snapshot {
    let byPartition = Dictionary(grouping: files[table.name] ?? []) { file in
      Partition("\(file.path.parts(separatedBy: "/")[0])")
    }
    return Snapshot(
      table: table, listedAt: Date(),
      partitions: byPartition.mapValues {
        PartitionListing(version: PartitionVersion(files: $0), spellings: [])
      }, problems: [])
  }
}

@Suite("What a Glue bookmark counts as consumed")
struct GlueConsumptionTests {
  /// The start of the run, in milliseconds; its band is 900 s.
  private static let start: Int64 = 1_730_081_526_503

  private static func file(_ path: ExactText, secondsBefore seconds: Int64) -> DataFile {
    // Last-Modified has whole seconds.
    DataFile(
      path: path, size: 1, modified: (start / 1000 - seconds) * 1_000_000_000, tag: "\"e\" 1")
  }

  private static func job(changes: ChangePolicy = .all, scheme: ExactText = "s3") -> JobDefinition {
    func input(_ name: String, _ changes: ChangePolicy = .all) -> JobInput {
      JobInput(
        name: name,
        table: TableDefinition(
          name: name, location: Location(scheme: scheme, root: "lake/\(name)"), format: .parquet,
          keys: [PartitionKey(name: "k", type: .int)],
          columns: [Column(name: "line", type: "VARCHAR")]), changes: changes)
    }
    return JobDefinition(
      name: "joined", inputs: [input("flights"), input("weather", changes)],
      transformation: .join(type: .inner, on: ["line"], select: nil),
      output: OutputDefinition(
        location: Location("/w/out"), keys: [PartitionKey(name: "k", type: .int)]))
  }

  private let tables = Listed(files: [
    "flights": [
      file("k=1/old.parquet", secondsBefore: 5000),
      file("k=2/at-the-edge.parquet", secondsBefore: 900),
      file("k=2/listed.parquet", secondsBefore: 526),
      file("k=2/unlisted.parquet", secondsBefore: 500),
      file("k=3/later.parquet", secondsBefore: -60),
    ],
    "weather": [1, 2, 3].map { file("k=\($0)/w.parquet", secondsBefore: 5000) },
  ])

  /// The digests are Python's: hashlib.md5(path + milliseconds), and of the path.
  private static let bookmark = bookmark(
    list: "3f940f0e1d0402aab9880917a35034d4,970f3791a3f3dfadfe595db0040e0107",
    contexts: ["flights", "weather"])

  private static func bookmark(list: String, contexts: [String]) -> String {
    let states = contexts.map {
      #"""
      "\#($0)":{"jsonClass":"HadoopDataSourceJobBookmarkState","timestamps":{"RUN":"2","HIGH_BAND":"900000",
      "CURR_LATEST_PARTITION":"0","CURR_LATEST_PARTITIONS":"",
      "CURR_RUN_START_TIME":"2024-10-28T02:12:06.503Z","INCLUDE_LIST":"\#(list)"}}
      """#
    }
    return "{\(states.joined(separator: ","))}"
  }

  private func glue(_ bookmark: String = Self.bookmark) throws -> GlueBookmark {
    try GlueBookmark(GlueBookmarkTests.entry(bookmark))
  }

  private func storage() -> StorageReader {
    let memory = MemoryStorage()
    return StorageReader(tables: tables, files: memory, outputs: memory)
  }

  private func report(_ job: JobDefinition, _ ledger: MemoryLedger = MemoryLedger()) async throws
    -> PendingReport
  {
    try await PendingDetector(storage: storage(), ledger: ledger).detect(job)
  }

  @Test("files up to the band by time, those in it by the list, and later ones not")
  func consumption() async throws {
    let found = try glue().consumption(in: await report(Self.job()))
    #expect(found.map(\.input) == ["flights", "weather"])
    // The edge of the band lies 503 ms later.
    #expect(found[0].byTime.map(\.path) == ["k=1/old.parquet", "k=2/at-the-edge.parquet"])
    #expect(found[0].byList.map(\.path) == ["k=2/listed.parquet"])
    #expect(found[0].unlisted.map(\.path) == ["k=2/unlisted.parquet"])
    #expect(found[0].later.map(\.path) == ["k=3/later.parquet"])
    #expect(found[1].consumed.count == 3)
    #expect(
      "\(found[0])"
        == "flights: 3 of 5 files consumed by flights (2 by time, 1 by the list); 1 came too late for the list, "
        + "1 came after the run.")
  }

  @Test("the positions are of exactly the consumed files, so that the rest shows as added")
  func positions() async throws {
    let (job, ledger) = (Self.job(), MemoryLedger())
    let found = try glue().consumption(in: await report(job))
    let consumed = ConsumedFiles(
      origin: "the Glue job nightly after run jr_2",
      files: Dictionary(found.map { ($0.input, $0.consumed) }, uniquingKeysWith: { $1 }))
    let change = BookmarkChange(.take(consumed))
    #expect(change.detail == "to the Glue job nightly after run jr_2")
    let preview = try await BookmarkPlanner(storage: storage(), ledger: ledger)
      .preview(change, of: job)
    #expect(preview.settles.map(\.partition) == ["k=1"])
    #expect(preview.becomesPending.isEmpty)
    #expect(
      preview.stays.map { "\($0.partition.path): \($0.reasonText)" }
        == ["k=2: flights: 1 added", "k=3: flights: 1 added"])

    let memory = MemoryStorage()
    let runner = JobRunner(
      storage: storage(), outputs: memory, ledger: ledger, engine: LineEngine(over: memory),
      holder: LockHolder(user: "ada", host: "mill", process: 1, workspace: "/w", since: Date()))
    let summary = try await runner.apply(change, to: job, expected: preview.id)
    #expect(summary.moved == 3)
    let pending = try await report(job, ledger).pending
    #expect(
      pending.map { "\($0.partition.path): \($0.reasonText)" }
        == ["k=2: flights: 1 added", "k=3: flights: 1 added"])
  }

  @Test("a file that was rewritten since the listing is not the one that was consumed")
  func rewritten() async throws {
    let job = Self.job()
    let stale = ["k=1/old.parquet", "k=1/w.parquet"].map {
      DataFile(path: $0, size: 2, modified: 1, tag: "\"f\" 2")
    }
    let change = BookmarkChange(
      .take(ConsumedFiles(origin: "Glue", files: ["flights": [stale[0]], "weather": [stale[1]]])))
    let preview = try await BookmarkPlanner(storage: storage(), ledger: MemoryLedger())
      .preview(change, of: job)
    #expect(preview.moves.isEmpty)
  }

  @Test("an input without its context is an error that names the near ones and all")
  func missing() async throws {
    let found = try glue(Self.bookmark(list: "", contexts: ["flight", "weather_node1"]))
    let report = try await report(Self.job())
    let error = #expect(throws: GlueBookmarkError.self) { _ = try found.consumption(in: report) }
    #expect(
      error?.description
        == "The bookmark of the Glue job nightly has no transformation_ctx flights for the input flights; it has "
        + "flight, weather_node1. Did you mean flight? Name it with --context flights=NAME, or take only "
        + "another input with --input.")
    let named = try found.consumption(
      in: report, contexts: ["flights": "flight", "weather": "weather_node1"])
    #expect(named.map(\.context.name) == ["flight", "weather_node1"])
    let one = try found.consumption(in: report, input: "flights", contexts: ["flights": "flight"])
    #expect(one.map(\.input) == ["flights"])
  }

  @Test("a reference may be without a context, and files outside S3 are refused by name")
  func exceptions() async throws {
    let found = try glue(Self.bookmark(list: "", contexts: ["flights"]))
    let reference = try found.consumption(in: await report(Self.job(changes: .ignore)))
    #expect(reference.map(\.input) == ["flights"])
    let local = try await report(Self.job(scheme: "file"))
    let error = #expect(throws: GlueBookmarkError.self) { _ = try found.consumption(in: local) }
    #expect(error?.description.contains("and a Glue bookmark is about files in S3") == true)
  }
}
