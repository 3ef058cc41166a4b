import Console
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("What helps is named by a command on the command line, and by a key in the console")
struct RemedyTests {
  private let errors: [any Error] = [
    LookupError.partition("k=9", of: "j", near: []),
    LookupError.predicate("late", known: []),
    LookupError.run(7, of: nil),
    StagedRunError.nothingStaged(job: "j", run: 3, state: .succeeded),
    StagedRunError.mixedTypes(
      job: "j", run: 3, types: .spark, partition: "k=1", published: .duckdb),
    UndoError.nothing(job: "j", run: 3),
    UndoError.notKept(job: "j", run: 3, partition: "k=1", kept: []),
    UndoError.publishedChanged(job: "j", partition: "k=1"),
    BookmarkChangeError.notPending(job: "j", partition: "k=1"),
    BookmarkChangeError.notHeld(job: "j", partition: "k=1"),
    PlanError.outOfDate(expected: "a", actual: "b", changes: []),
    PlanError.ceiling(job: "j", limit: "max_partitions", planned: "20", allowed: "10"),
    PlanError.boundTooSmall(job: "j", partition: "k=1", bytes: 20, bound: 10),
    PlanError.sourceChanged(job: "j", input: "a", differences: ["format"]),
    PlanError.emptied(job: "j", input: "a", location: "/in/a"),
    PlanError.notOurs(job: "j", location: "/out"),
    PlanError.stagedSwitch(job: "j", types: .spark),
  ]

  @Test("no sentence of the console names a command or an option of the command line")
  func kinds() {
    for error in errors {
      #expect("\(error)".contains { $0 == "`" } || "\(error)".contains("--"))
      let sentence = error.consoleMessage
      #expect(!sentence.contains("`dovetail"), Comment(rawValue: sentence))
      #expect(!sentence.contains("--"), Comment(rawValue: sentence))
    }
  }

  @Test("the keys are a part of the sentence")
  func sentences() {
    #expect(
      LookupError.run(7, of: nil).consoleMessage == "There is no run 7. 3 lists the runs.")
    #expect(
      LookupError.predicate("late", known: []).consoleMessage
        == "There is no saved predicate \"late\". None is saved; W on 5 saves one.")
    #expect(
      StagedRunError.nothingStaged(job: "j", run: 3, state: .succeeded).consoleMessage
        == "Run 3 of job j has nothing staged (its state is succeeded). % on 6, before the run, stages."
    )
    #expect(
      BookmarkChangeError.notPending(job: "j", partition: "k=1").consoleMessage
        == "Partition k=1 of job j is not pending, so there is nothing to skip. 4 lists what is.")
    #expect(
      PlanError.notOurs(job: "j", location: "/out").consoleMessage
        == "Job j: the output /out has data that no run of this workspace wrote. Empty it, choose another location, "
        + "adopt what is there with Alt-a on 1, which builds nothing, or adopt it and build what is pending with R "
        + "after that.")
    #expect(
      PlanError.ceiling(job: "j", limit: "max_partitions", planned: "20", allowed: "10")
        .consoleMessage
        == "Job j: the run would take 20, and max_partitions in dovetail.yaml allows 10. Limit it with # on 6, or allow "
        + "it with R and x, which take typing the job's name.")
    #expect(
      PublishError.locked(location: "/out", by: nil, freeAfter: .seconds(3)).consoleMessage
        == "The output /out is being written by another process. Wait until that run has ended, then run again; if it "
        + "was killed, the output is free in 3 s.")
  }

  @Test("verifications name keys where R in the report is not enough")
  func verifications() {
    let partition = World.partition(1, 1)
    let results = [
      Verification(partition: partition, outcome: .surplus(files: 2)),
      Verification(partition: partition, outcome: .definitionChanged(since: 4)),
      Verification(partition: partition, outcome: .adopted(by: 4)),
    ]
    let texts = TextReport.verification(results, of: "j", isConsole: true).lines.map(\.text)
    #expect(
      texts.contains(
        "month=1/day=1: 2 files published, and recomputing gives no row. Alt-a on 1, then R on 4 with it marked, "
          + "removes the partition."))
    #expect(
      texts.contains(
        "month=1/day=1 cannot be verified: the job's definition changed since run 4 built it. Run it first (R, or R on "
          + "4 with it marked when it is not pending)."))
    #expect(!texts.contains { $0.contains("`dovetail") })
  }

  @Test("of a held partition the predicate's screen names keys, too")
  func holds() async throws {
    let report = try await World.control().statuses()[0].report
    #expect(
      report.status(of: World.partition(1, 12), \.keys)
        == "held: run 6 undid what run 4 had built of it; a new arrival or L on 4 releases it")
    #expect(report.status(of: World.partition(1, 12)).contains("`dovetail bookmarks release`"))
    let count = RemovalCount(earlier: 0, new: 2, published: 4, limit: 0.25)
    let sentence = Hold.wouldBeEmptied(run: 4, count: count).consoleSentence
    #expect(
      sentence.contains(
        "the next run after L on 4 removes it, I on 4 keeps its rows, and any change of an input triggers another "
          + "attempt"), Comment(rawValue: sentence))
  }

  @Test("an error without such advice is said as it is")
  func plain() {
    #expect(CancellationError().consoleMessage == "\(CancellationError())")
  }
}
