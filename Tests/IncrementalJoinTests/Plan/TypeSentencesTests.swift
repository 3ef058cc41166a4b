import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The sentences about the types of an output's columns")
struct TypeSentencesTests {
  @Test("columns that would have two types at once say what to run, to undo or to throw away")
  func types() {
    expect(
      PlanError.mixedTypes(job: "j", types: .spark, partition: "day=1", count: 1),
      """
      Job j: `types: spark` changes columns of every published partition, and the run would leave \
      day=1 as before. Run it for all partitions at once, without --where, --max-partitions or \
      --max-bytes, or take `types:` out.
      """)
    expect(
      PlanError.mixedTypes(
        job: "j", types: .spark, partition: "day=1", count: 3, hold: .undone(run: 2, by: 3)),
      """
      Job j: `types: spark` changes columns of every published partition, and the run would leave \
      day=1 and 2 more as before. day=1 is held: run 3 undid what run 2 had built of it; a new \
      arrival or `dovetail bookmarks release` releases it. Run again when nothing holds a published \
      partition any more, or take `types:` out.
      """)
    expect(
      PlanError.stagedSwitch(job: "j", types: .duckdb),
      """
      Job j: `types: duckdb` changes columns of every published partition, which happens to all of \
      them in one run; what is staged could be published in parts. Run it without --stage-only, or \
      take `types:` out.
      """)
    expect(
      PublishError.switchIncomplete(failed: 2, partition: "day=1", message: "m"),
      """
      The columns of all partitions get other types together, and 2 of them failed, so nothing was \
      published. Fix the cause, then run again. day=1: m
      """)
    expect(
      StagedRunError.mixedTypes(
        job: "j", run: 4, types: .spark, partition: "day=1", published: .duckdb),
      """
      Run 4 of job j has staged columns of `types: spark`, and day=1, which stays published, has \
      those of `types: duckdb`. Nothing was published. Discard what is staged with `dovetail publish \
      4 --none`; `dovetail run` rebuilds it.
      """)
    for (needed, remedy) in [
      (2, "Undo all of run 2: `dovetail undo --run 2`."),
      (5, "Undo run 5 first: `dovetail undo --run 5`."),
      (nil, "`dovetail rerun day=1` rebuilds the partition from the current files."),
    ] as [(RunID?, String)] {
      expect(
        UndoError.mixedTypes(
          job: "j", run: 2, partition: "day=1", types: .duckdb, staying: "day=2", needed: needed),
        """
        Undoing run 2 of job j in day=1 would put back columns of `types: duckdb`, and day=2, \
        which stays published, has others. Nothing was changed. \(remedy)
        """)
    }
    #expect(
      PlanError.mixedTypes(job: "j", types: .spark, partition: "p", count: 1).category == .refused)
    #expect(PlanError.stagedSwitch(job: "j", types: .spark).category == .refused)
  }
}
