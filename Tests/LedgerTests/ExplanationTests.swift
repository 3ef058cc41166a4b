import Foundation
import GRDB
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

struct ExplanationTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("matches are told for what was committed, newest run first, then by path")
  func matches() throws {
    let second = InputMatch(
      left: "flights", right: "planes", leftRows: 100, rightRows: 0, leftMatched: 0,
      rightMatched: 0, pairs: 0, fanOut: 0)
    for _ in 1...2 {
      let run = try ledger.begin()
      let publishes = [
        publish("day=2", run: run, matches: [sampleMatch, second]),
        publish("day=1", run: run, matches: [sampleMatch]),
        publish("day=3", run: run, matches: [sampleMatch]),
      ]
      try ledger.prepare(publishes)
      try ledger.commit(Array(publishes.prefix(2)))
      try ledger.rollBack([publishes[2]])
      try ledger.finishRun(run, RunEnd(state: .partial))
    }
    func expected(_ run: RunID) -> [MatchRecord] {
      [
        MatchRecord(run: run, partition: "day=1", match: sampleMatch),
        MatchRecord(run: run, partition: "day=2", match: sampleMatch),
        MatchRecord(run: run, partition: "day=2", match: second),
      ]
    }
    #expect(try ledger.matches(job: "joined", run: nil) == expected(2) + expected(1))
    #expect(try ledger.matches(job: "joined", run: 1) == expected(1))
    #expect(try ledger.matches(job: "joined", run: 3).isEmpty)
    #expect(try ledger.matches(job: "other", run: nil).isEmpty)
  }

  @Test("digests of rows belong to versions, once recorded by a commit")
  func rowDigests() throws {
    let run = try ledger.begin()
    let first = publish("day=1", run: run, rowDigests: ["flights": "a"])
    let second = publish("day=2", run: run, rowDigests: ["flights": "b", "weather": "c"])
    try ledger.prepare([first, second])
    let references = (Array(first.references.values) + second.references.values)
    #expect(try ledger.rowDigests(of: references).isEmpty)
    try ledger.commit([first, second])
    let flights = try #require(first.references["flights"])
    #expect(
      try ledger.rowDigests(of: references) == [
        flights: "a", try #require(second.references["flights"]): "b",
        try #require(second.references["weather"]): "c",
      ])
    try ledger.build(["day=1"])
    let again = publish("day=1", run: try ledger.begin(), rowDigests: ["flights": "a"])
    try ledger.prepare([again])
    try ledger.commit([again])
    #expect(try ledger.rowDigests(of: [flights]) == [flights: "a"])
    #expect(try ledger.rowDigests(of: []).isEmpty)
  }

  @Test("a file's uses name every build that read it, newest first, and what is published")
  func uses() throws {
    try ledger.build(["day=1", "day=2"])
    try ledger.build(["day=1"], content: 2)
    try ledger.build(["day=1"], job: "other")
    try ledger.build(["day=1"], content: 2)
    let file: ExactText = "day=1/flights-0.parquet"
    let old = try #require(version("flights", "day=1").files.first)
    let new = try #require(version("flights", "day=1", content: 2).files.first)
    func use(_ run: RunID, _ file: DataFile, _ isPublished: Bool) -> FileUse {
      FileUse(
        partition: "day=1", input: "flights", run: run, file: file, isPublished: isPublished)
    }
    #expect(
      try ledger.uses(ofFile: file, job: "joined")
        == [use(4, new, true), use(2, new, false), use(1, old, false)])
    #expect(try ledger.uses(ofFile: file, job: "other") == [use(3, old, true)])
    #expect(try ledger.uses(ofFile: "day=1/unknown.parquet", job: "joined").isEmpty)
    #expect(try ledger.uses(ofFile: "day=1/joined-0.parquet", job: "joined").isEmpty)
  }

  @Test("sources are recorded where they differ from what was recorded last")
  func sources() throws {
    func accept(_ sources: [String: SourceDescription], job: String = "joined") throws -> Int {
      let run = try ledger.begin(job: job)
      try ledger.accept(sources, run: run)
      return try DatabaseQueue(path: folder.ledger).read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM source") ?? 0
      }
    }
    let flights = source("data/flights")
    let weather = source("s3://b/\"weather\"", columns: nil)
    #expect(try accept(["flights": flights, "weather": weather]) == 2)
    #expect(try accept(["flights": flights, "weather": weather]) == 2)
    let moved = source("data/flights2")
    #expect(try accept(["flights": moved]) == 3)
    #expect(try accept(["flights": flights], job: "other") == 4)
    #expect(try ledger.sources(job: "joined") == ["flights": moved, "weather": weather])
    #expect(try ledger.sources(job: "other") == ["flights": flights])
    #expect(try accept(["flights": flights]) == 5)
    #expect(try ledger.sources(job: "joined")["flights"] == flights)
  }

  @Test("a run's log keeps its order, also of what was written after the run had ended")
  func log() throws {
    let run = try ledger.build([])
    let instant = Date(timeIntervalSince1970: 1_700_000_000.25)
    let lines = LogLine.Level.allCases.map {
      LogLine(instant: instant, level: $0, text: "a \($0) \"line\"")
    }
    try ledger.log(lines, run: run)
    try ledger.log([lines[0]], run: run)
    #expect(try ledger.log(run: run) == lines + [lines[0]])
    #expect(try ledger.log(run: run.next).isEmpty)
    #expect(throws: LedgerError.unknownRun(run: 99)) { try ledger.log(lines, run: 99) }
  }
}
