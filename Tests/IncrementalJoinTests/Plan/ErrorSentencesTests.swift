import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The sentences about plans, engines and outputs")
struct ErrorSentencesTests {
  @Test("a plan that cannot be made or run says why and what to do")
  func plans() throws {
    let problem = ListingProblem(table: "t", path: "/d", kind: .locationMissing)
    expect(PlanError.listing(problem), problem.description)
    expect(
      PlanError.definition(job: "j", reason: "no column \"a\""),
      "Job j does not fit its inputs: no column \"a\"")
    expect(
      LookupError.partition("day=9", of: "j", near: ["day=1", "day=2"]),
      """
      Job j has no partition day=9: no input has it and it was never built. \
      Known are, for example: day=1, day=2. `dovetail bookmarks --partitions --job j` lists them \
      all.
      """)
    expect(
      LookupError.partition("day=9", of: "j", near: []),
      """
      Job j has no partition day=9: no input has it and it was never built. No partition is known \
      yet; `dovetail tables` shows what has landed.
      """)
    expect(
      PlanError.outOfDate(expected: "abc", actual: "def", changes: []),
      """
      The plan abc is out of date: the inputs or the definition changed since, and the plan \
      would now be def. Look at it with `dovetail plan`, then run it. A plan runs only with the \
      options it was made with.
      """)
    expect(
      PlanError.outOfDate(
        expected: "abc", actual: "def",
        changes: (1...7).map { "day=\($0): files of w changed" }),
      """
      The plan abc is out of date: the inputs or the definition changed since, and the plan \
      would now be def (day=1: files of w changed; day=2: files of w changed; day=3: files of w \
      changed; day=4: files of w changed; day=5: files of w changed; and 2 more). Look at it with \
      `dovetail plan`, then run it. A plan runs only with the options it was made with.
      """)
    expect(
      PlanError.ceiling(
        job: "j", limit: "max_partitions", planned: "3 partitions", allowed: "2"),
      """
      Job j: the run would take 3 partitions, and max_partitions in dovetail.yaml allows 2. \
      Limit it with --max-partitions or --max-bytes, or allow it with --exceed-limits.
      """)
    expect(
      PlanError.boundTooSmall(job: "j", partition: "day=1", bytes: 900, bound: 100),
      """
      Job j: the first partition, day=1, alone reads 900 bytes, more than --max-bytes 100. \
      Allow more, or choose other partitions with --where.
      """)
    expect(
      PlanError.sourceChanged(
        job: "j", input: "w", differences: ["location was data/w and is data/v"]),
      """
      Job j: the table declaration of input w has changed since its bookmark was taken: \
      location was data/w and is data/v. If it was a mistake, put dovetail.yaml back. If it is \
      the same data, run with --accept-source. If it is other data, start over with `dovetail \
      bookmarks reset --input w`.
      """)
    expect(
      PlanError.lost(job: "j", try Self.loss(3, of: 8), limit: 0.29),
      """
      Job j: the input w has lost 3 of its 8 partitions, more than the limit of 29 %: day=1 and 2 more \
      have no data file left in /data/w. Nothing was changed. If they were really deleted, run again with \
      --allow-removals.
      """)
    expect(
      PlanError.lost(job: "j", try Self.loss(1, of: 2), limit: 0.25),
      """
      Job j: the input w has lost 1 of its 2 partitions, more than the limit of 25 %: day=1 has no data \
      file left in /data/w. Nothing was changed. If they were really deleted, run again with \
      --allow-removals.
      """)
    expect(
      PlanError.emptied(job: "j", input: "w", location: "/data/w"),
      """
      Job j: the input w has no data file left in /data/w. If it was really emptied (and not \
      merely unmounted), run again with --allow-removals.
      """)
    expect(
      PlanError.notOurs(job: "j", location: "/out"),
      """
      Job j: the output /out has data that no run of this workspace wrote. Empty it, choose \
      another location, adopt what is there with `dovetail adopt --job j`, which builds nothing, or adopt \
      it and build what is pending with --adopt.
      """)
  }

  private static func loss(_ lost: Int, of consumed: Int) throws -> InputLoss {
    InputLoss(
      input: "w", location: "/data/w",
      example: try Partition(path: "day=1", keys: [PartitionKey(name: "day", type: .int)]),
      lost: lost, consumed: consumed)
  }

  @Test("an output that is not the one that the ledger knows is told with the ways on")
  func outputLocations() {
    func place(_ path: String) -> OutputPlace { OutputPlace(declared: path, resolved: path) }
    expect(
      PlanError.outputMissing(job: "j", location: "/out", published: 3),
      """
      Job j: 3 partitions are published by the ledger, but /out has no data. Mount the disk, or put \
      `location:` back; if it was deleted on purpose, `dovetail run --job j --adopt` rebuilds all of \
      them.
      """)
    expect(
      PlanError.outputMoved(
        job: "j", from: place("out/j"), to: place("out/k"), published: 3, isTaken: false),
      """
      Job j: its output was published in out/j, and `location:` is out/k now. Put `location: out/j` \
      back; or move the output there: `mv out/j out/k && mv out/.j.dovetail out/.k.dovetail` in the \
      folder of the workspace; or rebuild it there with `dovetail run --job j --adopt`, which leaves \
      the old one as it is.
      """)
    expect(
      PlanError.outputMoved(
        job: "a'b", from: place("j"), to: place("/new place/k"), published: 3, isTaken: true),
      """
      Job a'b: its output was published in j, and `location:` is /new place/k now. Put `location: j` \
      back; or empty /new place/k and move the output there: `mkdir -p '/new place' && \
      mv j '/new place/k' && mv .j.dovetail '/new place/.k.dovetail'` in the folder of the workspace; or \
      rebuild it there with `dovetail run --job 'a'\\''b' --adopt`, which rebuilds every partition \
      whose files there are not the published ones; or take it over as it is with \
      `dovetail adopt --job 'a'\\''b'`, which builds nothing.
      """)
    expect(
      PlanError.outputMoved(job: "j", from: nil, to: place("out/k"), published: 3, isTaken: true),
      """
      Job j: 3 partitions are published by the ledger, but none of their files is in out/k. Put \
      `location:` back, or take out/k over: as it is with `dovetail adopt --job j`, which builds nothing, or \
      with `dovetail run --job j --adopt`, which rebuilds every partition whose files there are not the \
      published ones.
      """)
    expect(
      PlanError.otherOwner(job: "j", location: "/out", owner: "k", workspace: nil),
      """
      Job j: /out holds the output of job k. Put `location:` back or choose another one, or take the \
      output over: as it is with `dovetail adopt --job j`, which builds nothing, or with \
      `dovetail run --job j --adopt`, which rebuilds every partition whose files there are not the \
      published ones.
      """)
    expect(
      PlanError.otherOwner(job: "j", location: "/out", owner: "j", workspace: "/ws"),
      """
      Job j: /out holds the output of job j by another ledger, that of the workspace /ws. Put \
      `location:` back or choose another one, or take the output over: as it is with \
      `dovetail adopt --job j`, which builds nothing, or with `dovetail run --job j --adopt`, which rebuilds \
      every partition whose files there are not the published ones.
      """)
    expect(
      PlanError.sharedOutput(job: "j", location: "/out", workspace: "/ws"),
      """
      Job j: /out is the output of the workspace /ws, of which this one is a copy. Give the job another \
      location here, or take the output over: as it is with `dovetail adopt --job j`, which builds nothing, \
      or with `dovetail run --job j --adopt`, which rebuilds every partition whose files there are not the \
      published ones. The other workspace is refused from then on.
      """)
    expect(
      PlanError.unknownRun(
        job: "j", location: "/out", run: 12, since: Date(timeIntervalSince1970: 1_700_000_000),
        workspace: "/ws"),
      """
      Job j: /out was published last by run 12 of 2023-11-14 22:13:20 UTC, workspace /ws, which this ledger \
      does not know: it is older than the output, as a restored backup is. Put the newer ledger back, or \
      continue from this one: as it is with `dovetail adopt --job j`, which builds nothing, or with \
      `dovetail run --job j --adopt`, which rebuilds every partition whose files there are not the \
      published ones.
      """)
    expect(
      PlanError.damagedMarker(job: "j", path: "/.out.dovetail/owner"),
      """
      Job j: the marker /.out.dovetail/owner is damaged and does not say whose the output is. If it is this \
      job's, remove the marker and run again, which writes it anew; or take the output over: as it is with \
      `dovetail adopt --job j`, which builds nothing, or with `dovetail run --job j --adopt`, which rebuilds \
      every partition whose files there are not the published ones.
      """)
    expect(
      PublishError.linked(path: "/out/k=1"),
      """
      /out/k=1 is a symbolic link, and what it leads to may be somebody else's, so that nothing is \
      written or removed through it. Put the folder itself in its place, then run again.
      """)
  }

  @Test("refusals are those that an option or a new look can overcome")
  func refusals() throws {
    let problem = ListingProblem(table: "t", path: "/d", kind: .locationMissing)
    #expect(PlanError.outOfDate(expected: "a", actual: "b", changes: []).category == .refused)
    #expect(PlanError.lost(job: "j", try Self.loss(1, of: 1), limit: 0).category == .refused)
    #expect(PlanError.emptied(job: "j", input: "i", location: "/l").category == .refused)
    #expect(PlanError.notOurs(job: "j", location: "/l").category == .refused)
    #expect(PlanError.listing(problem).category == .failed)
    #expect(PlanError.definition(job: "j", reason: "r").category == .usage)
    #expect(LookupError.partition("p", of: "j", near: []).category == .usage)
  }

  @Test("an engine's error names its place")
  func engines() {
    expect(EngineError.definition("no table x"), "no table x")
    expect(
      EngineError.unreadableFile(path: "/d/a.csv", reason: "line 7 has 3 values"),
      "/d/a.csv cannot be read: line 7 has 3 values. Replace the file; the partition stays pending."
    )
    expect(
      EngineError.schemaMismatch(path: "/d/a.csv", reason: "unknown column b"),
      "/d/a.csv: unknown column b")
    expect(
      EngineError.wrongPartition(partition: "day=1", reason: "a row has day 2"),
      "Partition day=1: a row has day 2")
    expect(EngineError.failed("disk full"), "disk full")
  }

  @Test("an output that cannot be written says who or what is in the way")
  func outputs() {
    let holder = LockHolder(
      user: "ann", host: "h1", process: 42, workspace: "/w",
      since: Date(timeIntervalSince1970: 0))
    expect(
      PublishError.locked(location: "/out", by: holder),
      """
      The output /out is being written by process 42 of ann on h1, workspace /w, \
      since 1970-01-01 00:00:00 UTC. Wait until that run has ended, then run again.
      """)
    expect(
      PublishError.locked(
        location: Location(scheme: "s3", root: "b/out"), by: holder,
        freeAfter: .milliseconds(360_500)),
      """
      The output s3://b/out is being written by process 42 of ann on h1, workspace /w, \
      since 1970-01-01 00:00:00 UTC. Wait until that run has ended, then run again; if it was killed, \
      the output is free in 361 s, for which `--wait 361` waits.
      """)
    expect(
      PublishError.locked(location: "/out", by: nil),
      """
      The output /out is being written by another process. Wait until that run has ended, \
      then run again.
      """)
    expect(
      PublishError.noSpace(location: "/out", needed: 20, free: 10),
      """
      The file system of /out has 10 B free, but the run needs about 20 B. Free some space, \
      then run again; nothing was changed.
      """)
    expect(
      PublishError.noSpace(
        location: Location(scheme: "s3", root: "b/out"), needed: 20, free: 10),
      """
      The file system of this machine's .dovetail, before the upload to s3://b/out, has 10 B free, but \
      the run needs about 20 B. Free some space, then run again; nothing was changed.
      """)
    expect(
      UndoError.recovered(job: "j", partition: "day=1"),
      """
      A run of job j that was interrupted has published day=1, which the ledger knows only now: this publish \
      would be undone, and not the one before. Nothing was undone; look at it again.
      """)
    #expect(UndoError.recovered(job: "j", partition: "day=1").category == .refused)
    expect(
      PublishError.system(operation: "rename", path: "/out/day=1", reason: "read-only"),
      """
      Cannot rename /out/day=1: read-only. The partition stays as it was and stays pending; \
      put the cause right, then run again.
      """)
    expect(
      PublishError.outputChanged(path: "/out/day=1"),
      """
      /out/day=1 was changed by somebody else during the run. It was left alone and \
      stays pending; run again.
      """)
    expect(
      PublishError.emptyKey(key: "region", partition: "day=1/region="),
      """
      The partition key region of day=1/region= is an empty string, and a table with a folder \
      region= cannot be read by Spark, Hive or Glue. The partition stays pending. Rename the \
      folder of the inputs to region=__HIVE_DEFAULT_PARTITION__ if the value means NULL, or else \
      to a word; or say `types: duckdb` for the output, if only readers such as DuckDB read it.
      """)
  }

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

  private func expect(
    _ error: any CustomStringConvertible, _ sentence: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(error.description == sentence, sourceLocation: location)
  }
}
